"""Reading the way of a case: the stage bar, and the work that waits."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.law.stages import Stage
from konflik.stages.models import Activity
from konflik.stages.selectors import moves_in_force, open_terms, stage_bar, waiting_activities
from konflik.stages.services.agreements import Term, update_term
from konflik.stages.tables import TermStatus
from tests.builders import DAY, NOW, PASER, a_case, a_case_in, a_user, an_activity, an_agreement, an_institution, moved
from tests.stages.test_moves import correct, reverse

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


def bar(case: Case) -> list[tuple[Any, ...]]:
    case.refresh_from_db()
    return [
        (part["stage"], part["is_now"], part["is_done"], part["since"], part["until"])
        for part in stage_bar(case, list(moves_in_force(case)))
    ]


def test_the_bar_shows_where_a_new_case_stands(clerk: Any) -> None:
    case = a_case(actor=clerk)
    assert bar(case) == [
        ("pencegahan", True, False, case.opened_at, None),
        ("penghentian", False, False, None, None),
        ("pemulihan", False, False, None, None),
    ]


def test_the_bar_shows_the_way_there_and_back(clerk: Any) -> None:
    case = a_case(actor=clerk)
    opened = case.opened_at
    ways = [(Stage.PENGHENTIAN, 1), (Stage.PEMULIHAN, 2), (Stage.PENGHENTIAN, 3)]
    for stage, minutes in ways:
        moved(case, stage, actor=clerk, at=opened + minutes * MINUTE)
    assert bar(case) == [
        ("pencegahan", False, True, opened, opened + MINUTE),
        ("penghentian", True, False, opened + 3 * MINUTE, None),
        ("pemulihan", False, True, opened + 2 * MINUTE, opened + 3 * MINUTE),
    ]


def test_the_bar_of_a_closed_case_has_no_stage_now(clerk: Any) -> None:
    case = a_case_in(Stage.SELESAI, actor=clerk)
    assert [part[1] for part in bar(case)] == [False, False, False]
    assert bar(case)[0][2] is True


def test_the_bar_follows_corrections_and_reversals_even_at_one_instant(clerk: Any) -> None:
    case = a_case(actor=clerk, opened_at=NOW - 9 * DAY)
    first = moved(case, Stage.PENGHENTIAN, actor=clerk, at=NOW - 8 * DAY)
    second = moved(case, Stage.PEMULIHAN, actor=clerk, at=NOW - 5 * DAY)
    correct(first, clerk, at=NOW - 5 * DAY)
    assert bar(case)[1] == ("penghentian", False, True, NOW - 5 * DAY, NOW - 5 * DAY)
    assert bar(case)[2] == ("pemulihan", True, False, NOW - 5 * DAY, None)
    reverse(second, clerk)
    assert bar(case)[1] == ("penghentian", True, False, NOW - 5 * DAY, None)


@pytest.mark.parametrize("stage", [Stage.PENGHENTIAN, Stage.PEMULIHAN])
def test_the_bar_of_a_case_entered_mid_way_knows_when_its_stage_began(clerk: Any, stage: Stage) -> None:
    case = a_case(actor=clerk, opened_at=NOW - 9 * DAY, stage=stage, stage_since=NOW - 4 * DAY)
    shown = {part[0]: part for part in bar(case)}
    assert shown[stage.value][1:] == (True, False, NOW - 4 * DAY, None)
    moved(case, Stage.PEMULIHAN if stage is Stage.PENGHENTIAN else Stage.PENGHENTIAN, actor=clerk, at=NOW - 2 * DAY)
    shown = {part[0]: part for part in bar(case)}
    assert shown[stage.value][1:] == (False, True, NOW - 4 * DAY, NOW - 2 * DAY)


def test_what_waits_for_a_member_is_what_the_own_institution_has_open(clerk: Any) -> None:
    polres, dinas = an_institution(), an_institution("Dinas Sosial")
    member = a_user(Role.ANGGOTA_TIM, of=polres)
    case, hidden = a_case(actor=clerk), a_case(actor=a_user(at=PASER), at=(PASER,))
    closed = a_case(actor=clerk)
    mine = [an_activity(case, actor=clerk, institution=polres, planned_end=end) for end in (None, date(2026, 12, 3), date(2026, 12, 1))]
    an_activity(case, actor=clerk, institution=dinas)
    Activity.objects.filter(pk=an_activity(hidden, actor=clerk).pk).update(institution=polres)
    an_activity(closed, actor=clerk, institution=polres)
    moved(closed, Stage.SELESAI, actor=clerk)
    done = an_activity(case, actor=clerk, institution=polres)
    type(done).objects.filter(pk=done.pk).update(status="selesai", finished_on=date(2026, 11, 22))
    assert list(waiting_activities(member, at=NOW)) == [mine[2], mine[1], mine[0]]
    assert list(waiting_activities(clerk, at=NOW)) == []
    Case.objects.filter(pk=case.pk).update(handler=clerk)
    assert waiting_activities(clerk, at=NOW).count() == 4


def test_the_terms_that_wait_are_those_in_force_with_a_date(clerk: Any) -> None:
    case = a_case(actor=clerk)
    terms = [
        Term("Lambat", due_on=date(2026, 12, 9)),
        Term("Cepat", due_on=date(2026, 12, 1)),
        Term("Tanpa batas"),
        Term("Sudah", due_on=date(2026, 12, 2)),
    ]
    agreement = an_agreement(case, actor=clerk, terms=terms)
    update_term(term=agreement.terms.get(text="Sudah"), seen_version=1, status=TermStatus.DIPENUHI, status_note="", actor=clerk, now=NOW)
    an_agreement(a_case(actor=a_user(at=PASER), at=(PASER,)), actor=clerk)
    assert [term.text for term in open_terms(clerk, at=NOW)] == ["Cepat", "Lambat"]
