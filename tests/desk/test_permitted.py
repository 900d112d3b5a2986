"""What a page offers and what the edge lets through is the one rule of `scope`, for every role, act, class and place."""

import pytest

from accounts.access.tables import Act
from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.cases.selectors.permitted import permitted_on
from konflik.law.secrecy import Secrecy
from tests.builders import BATANGHARI, BUNGKU, MUARO_JAMBI, NOW, PASER, a_case, a_user
from tests.desk.conftest import ROLES, World

PLACES = ((BUNGKU,), (BUNGKU, MUARO_JAMBI), ("15.04.03",), (MUARO_JAMBI,), (PASER,))


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_is_the_same_as_scope(world: World, secrecy: Secrecy) -> None:
    secretaries = {code: a_user(Role.SEKRETARIS_TIM, code) for code in (BATANGHARI, MUARO_JAMBI, PASER)}
    cases = [a_case(actor=secretaries[at[0][:5]], at=at, secrecy=secrecy, title=f"{at}") for at in PLACES]
    for name in ROLES:
        user = world.people[name]
        for case in cases:
            offered = permitted_on(case, user, at=NOW).acts
            for act in Act:
                let_through = Case.objects.visible_to(user, at=NOW, act=act).filter(pk=case.pk).exists()
                assert (act in offered) == let_through, (name, act, case.title)


def test_a_member_updates_only_the_own_institution(world: World) -> None:
    member, staff, stranger = (permitted_on(world.case, world.people[n], at=NOW) for n in ("polres", "staf", "camat"))
    assert member.may_update(world.activity)
    assert staff.may_update(world.activity)
    assert not stranger.may_update(world.activity)
