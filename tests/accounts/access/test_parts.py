"""The parts of the scope are the scope: together every row of it, none twice, each read along one index."""

from datetime import date
from unittest import mock

import pytest

from accounts.access.selectors import opened_beyond, parts, scope
from accounts.access.tables import Act
from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.cases.models import Case, CasePlace
from konflik.cases.services.access import grant_access
from konflik.cases.services.amending import set_places
from konflik.law.secrecy import Secrecy
from konflik.stages.models import Activity
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, DAY, JAMBI, MUARO_JAMBI, NOW, PASER, a_case, a_user, an_activity, region
from tests.crowd import crowd
from tests.plans import plan

MUARO_DESA = "15.05.01"
ROLES = [
    (Role.SEKRETARIS_TIM, BATANGHARI),
    (Role.STAF_SEKRETARIAT, BATANGHARI),
    (Role.SEKRETARIS_TIM, MUARO_JAMBI),
    (Role.PENGAMAT_PROVINSI, JAMBI),
    (Role.CAMAT, BAJUBANG),
    (Role.PELAPOR_LAPANGAN, BUNGKU),
    (Role.ADMINISTRATOR_SISTEM, BATANGHARI),
]


@pytest.fixture
def cases(db: None) -> list[Case]:
    """Cases in two kabupaten, between them and in another province, in every class; each with one activity."""
    made = []
    for at in ((BUNGKU,), (BATANGHARI,), (MUARO_DESA,), (BUNGKU, MUARO_DESA), (MUARO_DESA, BUNGKU, BAJUBANG), (PASER,), (PASER, BUNGKU)):
        boss = User.objects.filter(username=f"boss-{at[0]}").first() or a_user(
            Role.SEKRETARIS_TIM, region(at[0]).kabupaten_id, name=f"boss-{at[0]}"
        )
        for secrecy in Secrecy:
            case = a_case(actor=boss, at=at, secrecy=secrecy)
            an_activity(case, actor=boss)
            made.append(case)
    return made


def posted_twice() -> User:
    """In two kabupaten, and in one of them by two roles."""
    user = a_user(Role.STAF_SEKRETARIAT, BATANGHARI, name="dua")
    for role, at in ((Role.SEKRETARIS_TIM, BATANGHARI), (Role.STAF_SEKRETARIAT, MUARO_JAMBI), (Role.PENGAMAT_PROVINSI, JAMBI)):
        Posting.objects.create(user=user, role=role.value, region=region(at), valid_from=date(2020, 1, 1))
    return user


def a_grant(user: User, case: Case) -> None:
    grant_access(case=case, user=user, body=None, reason="Tugas", valid_from=NOW, valid_until=NOW + DAY, actor=case.recorded_by, now=NOW)


@pytest.mark.parametrize("act", [Act.SEE_CASES, Act.EXPORT_CASES, Act.AMEND_CASE])
@pytest.mark.parametrize("via", ["", "case__"])
@pytest.mark.parametrize("granted", [False, True])
def test_the_parts_are_the_scope_and_never_overlap(cases: list[Case], act: Act, via: str, granted: bool) -> None:
    people = [*(a_user(role, at) for role, at in ROLES), posted_twice()]
    rows = Activity.objects if via else Case.objects
    for user in people:
        if granted:
            a_grant(user, cases[-1])
            a_grant(user, cases[0])
        found = [pk for part in parts(user, via=via, at=NOW, act=act) for pk in rows.filter(part).values_list("pk", flat=True)]
        assert sorted(found) == sorted(rows.filter(scope(user, via=via, at=NOW, act=act)).values_list("pk", flat=True)), user
    assert Case.objects.filter(scope(people[0], at=NOW)).count() > len(Secrecy)


def test_a_place_beyond_the_kabupaten_of_the_case_says_so(cases: list[Case]) -> None:
    places = CasePlace.objects.select_related("case")
    assert {place.is_beyond for place in places} == {True, False}
    assert all(place.is_beyond == (place.kabupaten_id != place.case.kabupaten_id) for place in places)
    case = cases[0]
    set_places(case=case, seen_version=case.version, places=[region(BUNGKU), region(PASER)], actor=case.recorded_by, now=NOW)
    assert dict(case.places.values_list("region", "is_beyond")) == {BUNGKU: False, PASER: True}


def test_who_has_neither_grants_nor_shared_places_reads_along_one_index(db: None) -> None:
    user = a_user(Role.SEKRETARIS_TIM, BATANGHARI)
    crowd(a_case(actor=user, at=(BUNGKU, BAJUBANG)))
    assert opened_beyond(user, at=NOW) == opened_beyond(mock.Mock(is_authenticated=False), at=NOW)
    (whole,) = parts(user, at=NOW)
    newest = Case.objects.filter(whole).order_by("-opened_at", "-pk")
    for rows, index in ((newest, "case_kab_recent"), (newest.filter(stage="pemulihan"), "case_kab_stage")):
        # Fewer than there are, as a page is: else sorting the few of a stage would be as good a way.
        text = plan(rows[:2])
        assert index in text
        assert "sort" not in text
        assert "b-tree" not in text
