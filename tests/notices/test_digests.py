"""The daily digest: from 07.00 of the person's own zone, once a day, one bad row stops no other, and cheap while nothing is due."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.notices.models import Habit, Notice
from konflik.notices.services import digests
from konflik.notices.services.digests import write_digests
from konflik.rowwise import SomeFailed
from konflik.watch.services import sweep
from tests.builders import BATANGHARI, DAY, HOUR, PASER, a_user
from tests.notices.making import MINUTE, reachable

pytestmark = pytest.mark.django_db

MIDNIGHT = datetime(2026, 11, 22, 17, tzinfo=UTC)
"""00.00 WIB of 23 November: the mornings of WITA and WIB come six and seven hours later."""


def wanting(at: str = BATANGHARI) -> User:
    """Somebody who wants a digest."""
    user = reachable(a_user(Role.STAF_SEKRETARIAT, at))
    Habit.objects.create(user=user, digest="mine")
    return user


def told() -> set[tuple[User, str]]:
    return {(row.recipient, row.milestone) for row in Notice.objects.filter(source="digest")}


def test_each_zone_has_its_own_morning() -> None:
    west, east = wanting(), wanting(PASER)
    day = "2026-11-23"
    for hours, expected in ((5, set()), (6, {east}), (7, {east, west})):
        write_digests(now=MIDNIGHT + hours * HOUR)
        assert told() == {(user, day) for user in expected}
    assert write_digests(now=MIDNIGHT + 8 * HOUR) == 0
    assert write_digests(now=MIDNIGHT + 7 * HOUR + DAY) == 2


def test_one_digest_that_cannot_be_written_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = wanting(), wanting()
    written = digests.drawn

    def failing(occasion: Any, *told: Any) -> Any:
        if occasion.source_id == first.pk:
            raise ValueError("Nama Orang")
        return written(occasion, *told)

    monkeypatch.setattr(digests, "drawn", failing)
    with pytest.raises(SomeFailed):
        write_digests(now=MIDNIGHT + 8 * HOUR)
    assert told() == {(second, "2026-11-23")}


@pytest.mark.parametrize("hours", [0, 6.5, 8], ids=["before every morning", "while the east has its morning", "when all have theirs"])
def test_a_sweep_with_nothing_due_costs_as_much_for_many_people_as_for_two(hours: float) -> None:
    at = MIDNIGHT + hours * HOUR

    def queries() -> int:
        sweep(now=at)
        with CaptureQueriesContext(connection) as asked:
            assert sweep(now=at + MINUTE).is_complete
        return len(asked)

    wanting(), wanting(PASER)
    few = queries()
    for _ in range(5):
        wanting(), wanting(PASER)
    assert queries() == few
    assert few < 60
