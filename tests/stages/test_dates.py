"""Planned ends and agreed dates are deadlines: opened, moved, met and ended by the services of their own rows."""

from datetime import date
from typing import Any

import pytest

from accounts.users.models import User
from konflik.cases.models import Case
from konflik.clocks.models import Deadline, DeadlineFace
from konflik.journal.models import JournalLine
from konflik.law.stages import Stage
from konflik.notices.models import Notice
from konflik.stages.services.activities import update_activity
from konflik.stages.services.agreements import Term, correct_agreement, update_term
from konflik.stages.services.dates import open_dates
from konflik.stages.tables import TermStatus
from tests.builders import DAY, HOUR, NOW, a_case, a_user, an_activity, an_agreement, an_institution, moved, some_terms

pytestmark = pytest.mark.django_db

TODAY, SOON = date(2026, 11, 22), date(2026, 12, 1)


@pytest.fixture
def clerk(db: None) -> User:
    return a_user()


@pytest.fixture
def case(clerk: User) -> Case:
    return a_case(actor=clerk)


def deadlines(rule: str = "kegiatan-selesai") -> list[Deadline]:
    return list(Deadline.objects.filter(rule=rule).order_by("pk"))


def update(activity: Any, clerk: User, **changes: Any) -> Any:
    return update_activity(activity=activity, seen_version=activity.version, changes=changes, actor=clerk, now=NOW + HOUR)


def test_a_planned_end_is_a_deadline_of_the_institution(case: Case, clerk: User) -> None:
    activity = an_activity(case, actor=clerk, planned_end=SOON)
    (deadline,) = deadlines()
    assert (deadline.thread, deadline.fixed_on, deadline.last_day, deadline.case) == (f"kegiatan:{activity.pk}", SOON, SOON, case)
    assert (deadline.institution, deadline.title) == (activity.institution, f"Kegiatan selesai menurut rencana: {activity.title}")
    assert deadline.trigger.event == "activity_planned"
    an_activity(case, actor=clerk)
    assert len(deadlines()) == 1, "no date, no deadline"


def test_a_moved_plan_moves_it_and_reminds_anew(case: Case, clerk: User) -> None:
    activity = update(an_activity(case, actor=clerk, planned_end=SOON), clerk, planned_end=SOON + DAY)
    (deadline,) = deadlines()
    assert (deadline.last_day, deadline.due_version, deadline.version) == (SOON + DAY, 2, 2)
    update(activity, clerk, progress=10)
    (deadline,) = deadlines()
    assert (deadline.due_version, deadline.version) == (2, 2), "what says nothing of the date leaves it"
    update(activity.__class__.objects.get(), clerk, planned_end=None)
    assert [row.state for row in deadlines()] == ["cancelled"]


@pytest.mark.parametrize(
    ("status", "state"), [("selesai", "met"), ("batal", "cancelled"), ("berjalan", "running"), ("tertunda", "running")]
)
def test_its_status_answers_for_it(case: Case, clerk: User, status: str, state: str) -> None:
    update(an_activity(case, actor=clerk, planned_end=SOON), clerk, status=status, obstacles="Jalan putus.")
    (deadline,) = deadlines()
    assert (deadline.state, bool(deadline.evidence)) == (state, state != "running")


def test_an_activity_taken_up_again_has_its_date_again(case: Case, clerk: User) -> None:
    activity = update(an_activity(case, actor=clerk, planned_end=SOON), clerk, status="batal")
    update(activity, clerk, status="berjalan")
    assert [row.state for row in deadlines()] == ["cancelled", "running"]


def test_closing_the_case_ends_what_can_no_longer_be_done_and_reopening_brings_it_back(case: Case, clerk: User) -> None:
    an_activity(case, actor=clerk, planned_end=SOON)
    done = update(an_activity(case, actor=clerk, planned_end=SOON), clerk, status="selesai")
    an_agreement(case, actor=clerk)
    moved(case, Stage.SELESAI, actor=clerk)
    assert [(row.state, row.evidence) for row in deadlines()] == [("cancelled", "Perkara selesai"), ("met", deadlines()[1].evidence)]
    assert [row.state for row in deadlines("kesepakatan-butir")] == ["running"], "terms bind beyond the end of the case"
    moved(case, Stage.PENCEGAHAN, actor=clerk)
    assert [(row.state, row.thread == f"kegiatan:{done.pk}") for row in deadlines()] == [
        ("cancelled", False),
        ("met", True),
        ("running", False),
    ]


def test_a_late_entry_raises_no_flood(case: Case, clerk: User) -> None:
    an_activity(case, actor=clerk, planned_end=date(2026, 10, 1))
    (deadline,) = deadlines()
    assert (deadline.is_late_entry, deadline.next_notice_at) == (True, None)
    sent = Notice.objects.filter(deadline=deadline).exclude(state="superseded")
    assert set(sent.values_list("milestone", flat=True)) <= {"L+28"}, "the latest alone"


def test_an_institution_that_takes_over_is_reminded(case: Case, clerk: User) -> None:
    activity = an_activity(case, actor=clerk, planned_end=SOON)
    activity.institution = an_institution("Dinas Sosial")
    activity.save()
    update(activity, clerk, progress=5)
    (deadline,) = deadlines()
    assert (deadline.institution.name, deadline.due_version) == ("Dinas Sosial", 2), "a new version is reminded of anew"


# terms --------------------------------------------------------------------------------------------------------------------


def test_each_dated_term_is_a_deadline(case: Case, clerk: User) -> None:
    an_agreement(case, actor=clerk, terms=[Term("Portal dibuka", due_on=SOON), Term("Saling memaafkan")])
    (deadline,) = deadlines("kesepakatan-butir")
    assert (deadline.last_day, deadline.title, deadline.case) == (SOON, "Butir 1 kesepakatan: Portal dibuka", case)


@pytest.mark.parametrize(("status", "state"), [(TermStatus.DIPENUHI, "met"), (TermStatus.DILANGGAR, "cancelled")])
def test_a_term_kept_or_broken_is_answered_for(case: Case, clerk: User, status: TermStatus, state: str) -> None:
    term = an_agreement(case, actor=clerk).terms.get()
    update_term(term=term, seen_version=1, status=status, status_note="Portal dipasang lagi.", actor=clerk, now=NOW)
    assert [row.state for row in deadlines("kesepakatan-butir")] == [state]


def test_a_corrected_agreement_has_its_own_dates(case: Case, clerk: User) -> None:
    agreement = an_agreement(case, actor=clerk)
    parties = case.parties.order_by("pk")[:2]
    agreed = some_terms(*parties, terms=[Term("Portal dibuka", due_on=SOON)])
    correct_agreement(agreement=agreement, agreed=agreed, reason="Salah tanggal.", actor=clerk, now=NOW)
    assert [(row.state, row.last_day) for row in deadlines("kesepakatan-butir")] == [("cancelled", date(2026, 12, 21)), ("running", SOON)]


def test_what_stood_before_there_were_clocks_gets_its_deadlines_once(case: Case, clerk: User) -> None:
    an_activity(case, actor=clerk, planned_end=SOON)
    update(an_activity(case, actor=clerk, planned_end=SOON), clerk, status="selesai")
    an_agreement(case, actor=clerk)
    before = [(row.thread, row.last_day, row.trigger_id) for row in Deadline.objects.open().order_by("thread")]
    DeadlineFace.objects.all().delete()
    Deadline.objects.all().delete()
    lines = JournalLine.objects.count()
    assert open_dates(now=NOW + DAY) == len(before) == 2
    assert [(row.thread, row.last_day, row.trigger_id) for row in Deadline.objects.order_by("thread")] == before
    assert open_dates(now=NOW + DAY) == 0
    assert JournalLine.objects.count() == lines, "nothing has happened"
