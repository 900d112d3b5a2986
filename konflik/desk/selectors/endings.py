"""Whose last day comes near: SK of forums and postings, as Lembar Harian lists them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.postings.models import Posting
from accounts.postings.selectors import once
from accounts.users.models import User
from forums.bodies.models import Body
from forums.bodies.selectors import ending
from konflik.desk.tables.words import days_away, long_date

POSTING_ENDS_WITHIN = timedelta(days=30)
ENDS_SOON_DAYS = 14
"""Local practice, not law: how far ahead Lembar Harian looks."""

ROWS = 20
COUNTED_TO = 999


@dataclass(frozen=True)
class Ending:
    """An SK or a posting whose last day comes near."""

    row: object
    label: str
    where: str
    until: date
    days: int

    @property
    def tone(self) -> str:
        """late, soon or calm."""
        if self.days < 0:
            return "late"
        return "soon" if self.days <= ENDS_SOON_DAYS else "calm"

    @property
    def away(self) -> str:
        """ "2 hari lagi"."""
        return days_away(self.days)

    @property
    def day(self) -> str:
        """ "24 November 2026"."""
        return long_date(self.until)


def decrees_ending(user: User, *, at: datetime) -> list[Ending]:
    """Forums in the area of `user` whose SK ends soon or has ended without a successor."""
    bodies = _bodies_ending(user, at)[:ROWS] if decrees_number(user, at=at) else []
    return [_ending(row, row.name, timezone.localdate(at)) for row in bodies]


def decrees_number(user: User, *, at: datetime) -> int:
    """How many of them there are, counted as far as the menu shows; read once for a page and the menu around it."""
    return once(("decrees", user.pk), _bodies_ending(user, at).order_by()[: COUNTED_TO + 1].count)


def _bodies_ending(user: User, at: datetime) -> QuerySet[Body]:
    return ending(Body.objects.filter(area(user, Act.SEE_FORUMS, via="region__", at=at)), day=timezone.localdate(at))


def postings_ending(user: User, *, at: datetime) -> list[Ending]:
    """Postings in the area of `user` whose last day comes near; those that ended are over."""
    day = timezone.localdate(at)
    mine = Posting.objects.filter(area(user, Act.SEE_PEOPLE, via="region__", at=at)).valid_at(day)
    rows = mine.filter(valid_until__lte=day + POSTING_ENDS_WITHIN).select_related("user", "region").order_by("valid_until", "pk")[:ROWS]
    return [_ending(row, f"{row.user.name}, {row.get_role_display()}", day) for row in rows]


def _ending(row: Any, label: str, day: date) -> Ending:
    return Ending(row, label, row.region.name, row.valid_until, (row.valid_until - day).days)
