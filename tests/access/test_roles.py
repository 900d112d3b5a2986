"""The one table of roles, pinned by hand: a right given or taken away is a decision, not a slip."""

from functools import partial

import pytest

from accounts.access.selectors import acts_of, acts_on, clearance_in, institutions_of, lies_in, may, needs_second_factor, postings_of
from accounts.access.tables import ROLE_ACTS, ROLE_CLEARANCE, Act
from accounts.postings.models import Posting
from accounts.postings.tables import ROLE_LEVELS, Role
from konflik.law.secrecy import Secrecy
from tests.access.world import PEOPLE, a_grant
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, DAY, JAMBI, KALTIM, NOW, PASER, a_case, a_user, an_institution, region

BY_LETTER = {letter: role for letter, (role, _, _) in PEOPLE.items()}
# For each act the roles that may do it, by their letters in tests/access/world.py.
WHO_MAY = {
    Act.ENTER_ADMIN: "STPA",
    Act.SEE_CASES: "KSTMCLV",
    Act.OPEN_CASE: "ST",
    Act.AMEND_CASE: "ST",
    Act.MOVE_STAGE: "ST",
    Act.QUALIFY_CASE: "KS",
    Act.ASSIGN_HANDLER: "ST",
    Act.CLASSIFY_CASE: "ST",
    Act.GRANT_ACCESS: "S",
    Act.ADD_FIGURE: "STMCL",
    Act.DECLARE_FIGURE: "ST",
    Act.ADD_NOTE: "KSTMCL",
    Act.ADD_ATTACHMENT: "STMCL",
    Act.PLAN_ACTIVITY: "ST",
    Act.UPDATE_OWN_ACTIVITY: "STMC",
    Act.UPDATE_ANY_ACTIVITY: "ST",
    Act.RECORD_AGREEMENT: "ST",
    Act.EXPORT_CASES: "ST",
    Act.PRINT_CASE: "KSTMCV",
    Act.SEE_FORUMS: "KSTMCVA",
    Act.MANAGE_FORUMS: "STA",
    Act.SEE_PEOPLE: "STPA",
    Act.MANAGE_PEOPLE: "SA",
    Act.MANAGE_KEYS: "SA",
    Act.MANAGE_REFERENCE: "SA",
    Act.MANAGE_INSTALLATION: "A",
    Act.SEE_JOURNAL: "SP",
    Act.SEE_CLOCKS: "KSTMCVP",
    Act.MANAGE_CLOCKS: "STP",
    Act.MANAGE_CALENDAR: "SA",
    Act.MANAGE_STATUS: "ST",
    Act.SETTLE_NOTICES: "ST",
}


@pytest.mark.parametrize("act", Act)
def test_an_act_is_open_to_these_roles_and_no_other(act: Act) -> None:
    assert {role for role in Role if act in ROLE_ACTS[role]} == {BY_LETTER[letter] for letter in WHO_MAY[act]}


@pytest.mark.parametrize("letter", PEOPLE)
def test_a_role_reads_up_to_its_class(letter: str) -> None:
    role, _, highest = PEOPLE[letter]
    if Act.SEE_CASES in ROLE_ACTS[role]:
        assert ROLE_CLEARANCE[role] == highest
    else:
        assert highest == 0


def test_every_role_has_its_row_in_every_table() -> None:
    assert set(ROLE_ACTS) == set(ROLE_CLEARANCE) == set(ROLE_LEVELS) == set(Role) == set(BY_LETTER.values())


@pytest.mark.parametrize("role", Role)
@pytest.mark.django_db
def test_a_posting_gives_the_acts_of_its_role_where_it_lies(role: Role) -> None:
    home = next(home for one, home, _ in PEOPLE.values() if one is role)
    user = a_user(role, home)
    assert acts_of(user, at=NOW) == ROLE_ACTS[role]
    for act in Act:
        assert may(user, act, at=NOW) == (act in ROLE_ACTS[role])
        assert may(user, act, at=NOW, region=region(home)) == (act in ROLE_ACTS[role])
        assert not may(user, act, at=NOW, region=region(PASER))
    assert needs_second_factor(user, at=NOW) == (role is Role.KEPALA_DAERAH or Act.ENTER_ADMIN in ROLE_ACTS[role])


@pytest.mark.parametrize(
    ("home", "inside", "outside"),
    [
        (JAMBI, [JAMBI, BATANGHARI, BAJUBANG, BUNGKU], [KALTIM, PASER]),
        (BATANGHARI, [BATANGHARI, BAJUBANG, BUNGKU], [JAMBI, "15.05", PASER]),
        (BAJUBANG, [BAJUBANG, BUNGKU], [JAMBI, BATANGHARI, "15.04.01"]),
        (BUNGKU, [BUNGKU], [BAJUBANG, BATANGHARI, "15.04.07.2002"]),
    ],
)
@pytest.mark.django_db
def test_a_posting_covers_its_region_and_what_lies_below(home: str, inside: list[str], outside: list[str]) -> None:
    posting = Posting(region=region(home))
    assert [code for code in [*inside, *outside] if lies_in(region(code), posting.region)] == inside


@pytest.mark.django_db
def test_who_is_shut_out_or_nobody_may_nothing() -> None:
    user = a_user(Role.SEKRETARIS_TIM)
    user.is_active = False
    for nobody in (user, None):
        assert postings_of(nobody, at=NOW) == []
        assert acts_of(nobody, at=NOW) == frozenset()
        assert institutions_of(nobody, at=NOW) == set()
        assert not may(nobody, Act.SEE_CASES, at=NOW)


@pytest.mark.django_db
def test_the_clearance_of_one_posting_never_reaches_into_the_region_of_another() -> None:
    """Bupati of Batanghari, and at the same time observer of the whole province."""
    user = a_user(Role.KEPALA_DAERAH)
    Posting.objects.create(user=user, role=Role.PENGAMAT_PROVINSI, region=region(JAMBI), valid_from=NOW.date())
    at_home, next_door = [region(BATANGHARI)], [region("15.05")]
    assert clearance_in(user, regions=at_home, at=NOW) == Secrecy.SANGAT_RAHASIA
    assert clearance_in(user, regions=next_door, at=NOW) == Secrecy.TERBATAS
    there = partial(acts_on, user, leading="15.05", regions=next_door, at=NOW)
    assert there(secrecy=Secrecy.RAHASIA) == frozenset()
    assert there(secrecy=Secrecy.BIASA) == ROLE_ACTS[Role.PENGAMAT_PROVINSI]
    assert Act.QUALIFY_CASE in acts_on(user, leading=BATANGHARI, regions=at_home, secrecy=Secrecy.SANGAT_RAHASIA, at=NOW)


@pytest.mark.django_db
def test_a_grant_on_a_sealed_case_asks_for_the_second_factor_while_it_lasts() -> None:
    secretary, member = a_user(Role.SEKRETARIS_TIM), a_user(Role.ANGGOTA_TIM, of=an_institution())
    case = a_case(actor=secretary, secrecy=Secrecy.RAHASIA)
    assert not needs_second_factor(member, at=NOW)
    a_grant(case, member, secretary, since=NOW)
    assert needs_second_factor(member, at=NOW)
    assert not needs_second_factor(member, at=NOW + 100 * DAY)
