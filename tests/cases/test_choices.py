"""What a case may name: the services refuse whatever the pages would not offer, whoever calls."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.postings.models import Institution, Posting
from accounts.postings.tables import Role
from forums.bodies.models import Body
from konflik.cases.models import Case, IssueType
from konflik.cases.selectors.choices import posted_anywhere, posted_in
from konflik.cases.services import access, amending, assigning
from konflik.cases.services.opening import open_case
from konflik.cases.tables import ACT_FOR, LinkKind
from konflik.desk.forms.actions import CASE_ACTIONS
from konflik.law.bodies import BodyKind
from konflik.law.secrecy import Secrecy
from konflik.law.stages import Stage
from tests.builders import BATANGHARI, DAY, MUARO_JAMBI, NOW, PASER, a_case, a_user, an_activity, an_institution, an_opening, region
from tests.refusals import refused

pytestmark = pytest.mark.django_db

FAR = "Tidak ada perkara"
TANAH_GROGOT = "64.01.01"


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user()


@pytest.fixture
def case(clerk: Any) -> Case:
    return a_case(actor=clerk)


def a_body(kind: BodyKind, at: str, *, until: date | None = None) -> Body:
    started = date(2026, 1, 1)
    return Body.objects.create(kind=kind, name=f"{kind} {at}", region=region(at), legal_basis="SK", valid_from=started, valid_until=until)


def hidden(clerk: Any) -> Case:
    """A case that the clerk may not see: above the clearance."""
    return a_case(actor=a_user(Role.SEKRETARIS_TIM), secrecy=Secrecy.SANGAT_RAHASIA)


def out_of_use() -> IssueType:
    return IssueType.objects.create(code="lama", label="Isu lama", is_active=False)


def shut() -> Institution:
    institution = an_institution("Dinas yang bubar")
    Institution.objects.filter(pk=institution.pk).update(is_active=False)
    return institution


ENDED = date(2026, 6, 1)
AMENDMENTS: dict[str, tuple[str, Callable[[Any], object], str]] = {
    "an issue type out of use": ("issue_type", lambda clerk: out_of_use(), "Jenis isu ini tidak dipakai lagi"),
    "a Satgas of elsewhere": ("satgas", lambda clerk: a_body(BodyKind.SATGAS, MUARO_JAMBI), "Pilih Satuan Tugas"),
    "a Satgas that has ended": ("satgas", lambda clerk: a_body(BodyKind.SATGAS, BATANGHARI, until=ENDED), "Pilih Satuan Tugas"),
    "a forum that is no Satgas": ("satgas", lambda clerk: a_body(BodyKind.FKUB, BATANGHARI), "Pilih Satuan Tugas"),
    "a parent that is hidden": ("parent", hidden, FAR),
}


@pytest.mark.parametrize("what", AMENDMENTS)
def test_an_amendment_names_only_what_may_be_named(case: Case, clerk: Any, what: str) -> None:
    field, make, says = AMENDMENTS[what]
    value = make(clerk)
    with refused(field, says):
        amending.amend_case(case=case, seen_version=case.version, changes={field: value}, actor=clerk, now=NOW)


def test_a_parent_that_is_hidden_stays_where_it_stands(case: Case, clerk: Any) -> None:
    Case.objects.filter(pk=case.pk).update(parent=hidden(clerk))
    case.refresh_from_db()
    changes = {"title": "Judul baru", "parent": case.parent}
    assert amending.amend_case(case=case, seen_version=case.version, changes=changes, actor=clerk, now=NOW).parent_id


def test_a_reason_for_an_amendment_goes_into_the_history(case: Case, clerk: Any) -> None:
    told = {"changes": {"title": "Judul baru"}, "reason": "Salah ketik."}
    amending.amend_case(case=case, seen_version=case.version, actor=clerk, now=NOW, **told)
    assert case.journal.latest("pk").detail.data["reason"] == "Salah ketik."


@pytest.mark.parametrize("make", [shut, lambda: an_institution(at=PASER)])
def test_work_and_handling_go_to_institutions_of_the_kabupaten(case: Case, clerk: Any, make: Callable[[], Institution]) -> None:
    elsewhere = make()
    handing = {"handler": None, "institution": elsewhere, "reason": "Kewenangan."}
    with refused("institution", "Pilih instansi yang aktif"):
        assigning.assign_handler(case=case, seen_version=case.version, actor=clerk, now=NOW, **handing)
    with refused("institution", "Pilih instansi yang aktif"):
        an_activity(case, actor=clerk, institution=elsewhere)


def test_a_handler_has_a_posting_in_the_kabupaten(case: Case, clerk: Any) -> None:
    handing = {"handler": a_user(at=PASER), "institution": an_institution(), "reason": "Kewenangan."}
    with refused("handler", "Pilih orang yang sedang bertugas"):
        assigning.assign_handler(case=case, seen_version=case.version, actor=clerk, now=NOW, **handing)


def test_a_link_names_a_case_that_may_be_seen(case: Case, clerk: Any) -> None:
    other = hidden(clerk)
    with refused("other", FAR):
        assigning.link_cases(case=case, other=other, kind=LinkKind.RELATED, reason="", actor=clerk, now=NOW)


@pytest.mark.parametrize("until", [None, ENDED])
def test_access_goes_to_forums_in_force_here_and_to_people_with_a_posting(case: Case, clerk: Any, until: date | None) -> None:
    told = {"valid_from": NOW, "valid_until": NOW + DAY, "reason": "Pendampingan.", "actor": clerk, "now": NOW}
    body = a_body(BodyKind.FKUB, BATANGHARI if until else MUARO_JAMBI, until=until)
    with refused("body", "Pilih forum"):
        access.grant_access(case=case, user=None, body=body, **told)
    idle = a_user()
    idle.postings.update(valid_until=ENDED)
    with refused("user", "Pilih pengguna"):
        access.grant_access(case=case, user=idle, body=None, **told)


def test_a_case_is_opened_with_what_may_be_named(clerk: Any) -> None:
    openings = {
        ("parent", FAR): an_opening(parent=hidden(clerk)),
        ("stage_since", "Isi sejak kapan"): replace(an_opening(stage=Stage.PEMULIHAN), stage_since=None),
    }
    for (field, says), opening in openings.items():
        with refused(field, says):
            open_case(opening=opening, actor=clerk, now=NOW)


def test_every_act_of_the_pages_stands_in_the_table_and_nothing_else() -> None:
    assert {action.name for action in CASE_ACTIONS} == set(ACT_FOR)


@pytest.mark.parametrize(
    ("place", "minute", "is_there"), [(PASER, 29, False), (PASER, 30, True), (TANAH_GROGOT, 30, True), (BATANGHARI, 30, False)]
)
def test_who_begins_today_is_there_from_midnight_of_the_own_place(place: str, minute: int, is_there: bool) -> None:
    """00.00 WITA of 23 November, an hour before it is that in WIB."""
    at = datetime(2026, 11, 22, 15, 30, tzinfo=UTC) + timedelta(minutes=minute)
    person = a_user(Role.CAMAT if place == TANAH_GROGOT else Role.STAF_SEKRETARIAT, place)
    Posting.objects.filter(user=person).update(valid_from=date(2026, 11, 23))
    assert posted_anywhere(at=at).filter(pk=person.pk).exists() is is_there
    assert posted_in(region(place[:5]), at=at).filter(pk=person.pk).exists() is is_there
