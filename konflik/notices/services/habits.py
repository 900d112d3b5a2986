"""How somebody wants to be told: channels, quiet hours, digest, and the secret address of the own calendar."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.law.telling import Group
from konflik.notices.models import CalendarFeed, ChannelChoice, DigestScope, Habit
from konflik.notices.tables import Channel

TOKEN_BYTES = 32


@dataclass(frozen=True)
class Wishes:
    """Which kind of notice by which channel (never the bell, which is always on), the quiet hours, the digest."""

    channels: Mapping[tuple[Group, Channel], bool] = field(default_factory=dict)
    quiet_from: time | None = None
    quiet_until: time | None = None
    digest: str = DigestScope.NONE


@transaction.atomic
def set_habits(*, user: User, wishes: Wishes) -> Habit:
    """Write down what `user` wants, from now on; notices that are written already stay as they are.

    Raises ValidationError at `quiet_until` for quiet hours with one end, or of no length.
    """
    if (wishes.quiet_from is None) != (wishes.quiet_until is None):
        raise ValidationError({"quiet_until": "Isi kedua jam waktu tenang, atau kosongkan keduanya."})
    if wishes.quiet_from is not None and wishes.quiet_from == wishes.quiet_until:
        raise ValidationError({"quiet_until": "Waktu tenang mulai dan berakhir pada jam yang sama. Ubah salah satunya."})
    for (group, channel), is_on in wishes.channels.items():
        ChannelChoice.objects.update_or_create(user=user, group=group.value, channel=channel.value, defaults={"is_on": is_on})
    habit, _ = Habit.objects.update_or_create(
        user=user, defaults={"quiet_from": wishes.quiet_from, "quiet_until": wishes.quiet_until, "digest": wishes.digest}
    )
    return habit


@transaction.atomic
def make_calendar_address(*, user: User, now: datetime) -> str:
    """A new secret for the calendar of `user`, told once; the old address ends with it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(user=user, defaults={"digest": digest_of(token), "made_at": now})
    return token


@transaction.atomic
def revoke_calendar_address(*, user: User) -> bool:
    """End the address at once; False where there was none."""
    ended, _ = CalendarFeed.objects.filter(user=user).delete()
    return ended > 0


def digest_of(token: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()
