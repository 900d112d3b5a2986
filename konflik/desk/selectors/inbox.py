"""The notices of one person: how many are unread, and page by page, the unread first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Case, Value, When

from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.desk.selectors.notice_words import PARTS, Told, place_of, told_of
from konflik.desk.tables.due import DueAt
from konflik.desk.tables.words import local
from konflik.law.telling import Urgency
from konflik.notices.models import Notice, NoticeQuerySet

PAGE = 30
COUNTED_TO = 99
AWAITED = 5
"""So many that wait for an answer stand on the first page; the others in the list."""
UNREAD, READ = "belum", "sudah"


@dataclass(frozen=True)
class Day:
    """The notices of one calendar day."""

    day: date
    rows: list[Told]


@dataclass(frozen=True)
class Awaited:
    """One notice that waits for the answer of its recipient, and until when."""

    told: Told
    due: DueAt | None


@dataclass(frozen=True)
class Inbox:
    """One page: the unread, then the read, each by day, and the mark of the next page."""

    unread: list[Day]
    read: list[Day]
    next: str
    is_first: bool


def unread_of(user: User) -> int:
    """How many notices of `user` were never opened, counted as far as the bell shows."""
    return _unread(user).order_by()[: COUNTED_TO + 1].count()


def inbox_of(user: User, region: Region | None, *, at: datetime, after: str = "", size: int = PAGE) -> Inbox:
    """The page that begins after the mark `after`; an unreadable mark is the first page."""
    kind, _, key = after.partition("-")
    if kind not in {UNREAD, READ} or not key.isdigit() or len(key) > 18:
        kind, key = UNREAD, ""
    found = list(_after(_unread(user), key)[: size + 1]) if kind == UNREAD else []
    if len(found) <= size:
        read = _after(Notice.objects.in_bell_of(user).filter(seen_at__isnull=False), key if kind == READ else "")
        found += read[: size + 1 - len(found)]
    shown = found[:size]
    words = told_of(shown, user, at=at)
    mark = f"{READ if shown[-1].seen_at else UNREAD}-{shown[-1].pk}" if len(found) > size else ""
    return Inbox(
        unread=_days((one for one in words if one.notice.seen_at is None), region),
        read=_days((one for one in words if one.notice.seen_at is not None), region),
        next=mark,
        is_first=not key,
    )


def awaiting(user: User, *, at: datetime) -> list[Awaited]:
    """What still waits for the answer of `user`, the urgent first, then by limit; one more than `AWAITED` where there are more."""
    urgent_first = Case(When(urgency=Urgency.URGENT.value, then=Value(0)), default=Value(1))
    waiting = Notice.objects.in_bell_of(user).asking()
    rows = waiting.select_related(*PARTS).order_by(urgent_first, "confirm_until", "pk")[: AWAITED + 1]
    return [Awaited(told, _answer_by(told.notice, at)) for told in told_of(rows, user, at=at)]


def _answer_by(row: Notice, at: datetime) -> DueAt | None:
    place = place_of(row)
    return DueAt(row.confirm_until, None, zone_of(place), at) if place is not None and row.confirm_until is not None else None


def _unread(user: User) -> NoticeQuerySet:
    return Notice.objects.in_bell_of(user).filter(seen_at__isnull=True)


def _after(rows: NoticeQuerySet, key: str) -> NoticeQuerySet:
    older = rows.filter(pk__lt=int(key)) if key else rows
    return older.select_related(*PARTS).order_by("-pk")


def _days(rows: Iterable[Told], region: Region | None) -> list[Day]:
    return [Day(day, list(of_day)) for day, of_day in groupby(rows, key=lambda one: _day(one.notice.created_at, region))]


def _day(at: datetime, region: Region | None) -> date:
    return local(at, region).date() if region else at.date()
