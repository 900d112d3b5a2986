"""What a page offers and what the edge lets through is the one rule of `scope`, for every role, act, class and place."""

import pytest

from accounts.access.tables import Act
from konflik.cases.models import Case
from konflik.desk.selectors.permitted import permitted_on
from konflik.law.secrecy import Secrecy
from tests.builders import BUNGKU, MUARO_JAMBI, NOW, PASER, a_case
from tests.desk.conftest import ROLES, World

PLACES = ((BUNGKU,), (BUNGKU, MUARO_JAMBI), ("15.04.03",), (MUARO_JAMBI,), (PASER,))


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_is_the_same_as_scope(world: World, secrecy: Secrecy) -> None:
    cases = [a_case(actor=world.people["sekretaris"], at=at, secrecy=secrecy, title=f"{at}") for at in PLACES]
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
