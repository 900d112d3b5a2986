"""How somebody wants to be told: written down once, the bell never switched off, the calendar behind a secret."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from konflik.law.telling import Group
from konflik.notices.models import CalendarFeed, ChannelChoice, Habit
from konflik.notices.services.habits import Wishes, digest_of, make_calendar_address, revoke_calendar_address, set_habits
from konflik.notices.tables import Channel
from tests.builders import DAY, NOW, a_user

pytestmark = pytest.mark.django_db


def test_the_last_wish_counts_and_stands_once() -> None:
    user = a_user()
    for is_on in (False, True, False):
        set_habits(user=user, wishes=Wishes({(Group.CASE, Channel.EMAIL): is_on}, digest="team"))
    assert [row.is_on for row in ChannelChoice.objects.filter(user=user)] == [False]
    assert Habit.objects.get(user=user).digest == "team"


@pytest.mark.parametrize(("begins", "ends"), [(time(21), None), (None, time(6)), (time(21), time(21))])
def test_quiet_hours_have_two_different_ends(begins: time | None, ends: time | None) -> None:
    user = a_user()
    with pytest.raises(ValidationError) as refused:
        set_habits(user=user, wishes=Wishes({(Group.CASE, Channel.EMAIL): False}, quiet_from=begins, quiet_until=ends))
    assert set(refused.value.message_dict) == {"quiet_until"}
    assert not ChannelChoice.objects.filter(user=user).exists()


def test_quiet_hours_may_run_over_midnight() -> None:
    habit = set_habits(user=a_user(), wishes=Wishes(quiet_from=time(21), quiet_until=time(5, 30)))
    assert (habit.quiet_from, habit.quiet_until) == (time(21), time(5, 30))


def test_the_database_knows_no_bell_that_is_switched_off() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelChoice.objects.create(user=a_user(), group=Group.CASE.value, channel=Channel.BELL.value, is_on=False)


def test_a_new_address_ends_the_old_and_only_its_digest_is_kept() -> None:
    user = a_user()
    first = make_calendar_address(user=user, now=NOW)
    second = make_calendar_address(user=user, now=NOW + DAY)
    assert first != second
    assert len(second) > 40
    [feed] = CalendarFeed.objects.filter(user=user)
    assert feed.digest == digest_of(second)
    assert second not in str(feed.__dict__)
    assert feed.made_at == NOW + DAY


def test_revoking_ends_it_once() -> None:
    user = a_user()
    make_calendar_address(user=user, now=NOW)
    assert revoke_calendar_address(user=user)
    assert not revoke_calendar_address(user=user)
    assert not CalendarFeed.objects.exists()
