"""Asked for many people and cases at once, the answer is that of the one filter, person by person and case by case."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.access.selectors import Readers
from accounts.users.models import User
from forums.bodies.models import Body
from konflik.cases.models import AccessGrant, Case
from tests.access.world import World, build
from tests.builders import BATANGHARI, DAY, NOW


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.DEMO = True
    return build()


def test_it_answers_as_the_filter_does(world: World) -> None:
    cases = list(Case.objects.values_list("pk", flat=True))
    readers = Readers(cases, at=NOW)
    readers.learn(world.people.values())
    for letter, person in world.people.items():
        seen = set(Case.objects.visible_to(person, at=NOW).values_list("pk", flat=True))
        assert {pk for pk in cases if readers.may_read(person, pk)} == seen, letter
        assert seen


def test_a_grant_to_a_body_lets_its_people_in(world: World) -> None:
    body = Body.objects.get(region=BATANGHARI)
    world.people["M"].postings.update(body=body)
    sealed = world.cases["revoked"]["case"]
    boss = world.people["S"]
    AccessGrant.objects.create(
        case=sealed, body=body, valid_from=NOW - DAY, valid_until=NOW + DAY, reason="Uji", granted_by=boss, granted_at=NOW - DAY
    )
    readers = Readers([sealed.pk], at=NOW)
    assert readers.may_read(world.people["M"], sealed.pk)
    assert not readers.may_read(world.people["C"], sealed.pk)


def test_who_may_not_log_in_reads_nothing_and_what_is_not_there_nobody_reads(world: World) -> None:
    own = world.cases["own biasa"]["case"].pk
    User.objects.filter(pk=world.people["K"].pk).update(is_active=False)
    world.people["K"].refresh_from_db()
    assert not Readers([own], at=NOW).may_read(world.people["K"], own)
    assert not Readers([], at=NOW).may_read(world.people["S"], 987654)


def test_it_asks_as_often_for_many_as_for_one(world: World, django_assert_num_queries: Callable) -> None:
    cases = list(Case.objects.values_list("pk", flat=True))
    people = list(world.people.values())
    with django_assert_num_queries(4):
        readers = Readers(cases, at=NOW)
        readers.learn(people)
        assert any(readers.may_read(person, pk) for person in people for pk in cases)
        [readers.may_read(person, pk) for person in people for pk in cases]
