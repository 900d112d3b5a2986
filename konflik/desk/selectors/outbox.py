"""The ledger as the secretariat sees it: what waits, what failed, what went out, and when each rule last reminded."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.desk.selectors.notice_words import PARTS, Told, told_of
from konflik.desk.tables.outbox import COUNTED, TABS, Tab
from konflik.law.events import EVENT_LABELS
from konflik.law.rulebook import RULES
from konflik.law.telling import TELLINGS
from konflik.notices.models import Notice, NoticeQuerySet
from konflik.notices.services.scanning import to_remind
from konflik.notices.tables import Source

PAGE = 20


@dataclass(frozen=True)
class TabCount:
    """One tab with how much stands in it; None where it is not counted."""

    tab: Tab
    number: int | None


@dataclass(frozen=True)
class OutboxPage:
    """Rows of one tab, the newest first, and the mark of the next page."""

    rows: list[Told]
    next: str


@dataclass(frozen=True)
class Fired:
    """When one rule or event last made a notice, and what a sweep now would find of it."""

    label: str
    basis: str
    last_at: datetime | None
    waiting: int = 0
    code: str = ""


def own_notices(user: User, *, at: datetime) -> NoticeQuerySet:
    """Notices of the kabupaten in which `user` may settle them."""
    return Notice.objects.filter(area(user, Act.SETTLE_NOTICES, via="kabupaten__", at=at))


def tabs_of(user: User, *, at: datetime) -> list[TabCount]:
    """The tabs with their numbers."""
    rows = own_notices(user, at=at).filter(state__in=[state.value for state in COUNTED])
    numbers = Counter(dict(rows.order_by().values_list("state").annotate(Count("pk"))))
    return [TabCount(tab, sum(numbers[state.value] for state in tab.states) if set(tab.states) <= set(COUNTED) else None) for tab in TABS]


def waiting_for_decision(user: User, *, at: datetime, most: int) -> int:
    """How many wait for a person to decide, counted up to `most`."""
    states = [state.value for tab in TABS if tab.name in {"keputusan", "gagal"} for state in tab.states]
    return own_notices(user, at=at).filter(state__in=states).order_by()[:most].count()


def outbox_page(user: User, tab: Tab, *, at: datetime, before: str = "", size: int = PAGE) -> OutboxPage:
    """The page of `tab` that begins below the mark `before`."""
    rows = own_notices(user, at=at).filter(state__in=[state.value for state in tab.states])
    if before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related("settled_by", *PARTS).order_by("-pk")[: size + 1])
    shown = found[:size]
    return OutboxPage(told_of(shown, user, at=at), str(shown[-1].pk) if len(found) > size else "")


def fired_rules(user: User, *, at: datetime) -> list[Fired]:
    """Each rule of the book: when it last reminded here, and how many deadlines a sweep at `at` would remind of."""
    reminded = own_notices(user, at=at).filter(source=Source.DEADLINE.value).order_by()
    last = dict(reminded.values_list("deadline__rule").annotate(Max("created_at")))
    due = to_remind(now=at).filter(area(user, Act.SETTLE_NOTICES, via="kabupaten__", at=at))
    waiting = dict(due.order_by().values_list("rule").annotate(Count("pk")))
    return [Fired(rule.title, str(rule.basis), last.get(code), waiting.get(code, 0), code) for code, rule in RULES.rules.items()]


def fired_events(user: User, *, at: datetime) -> list[Fired]:
    """Each event that somebody is told of: when that last happened here."""
    told = own_notices(user, at=at).filter(source=Source.LINE.value).order_by()
    last = dict(told.values_list("line__event").annotate(Max("created_at")))
    return [Fired(EVENT_LABELS[row.event], str(row.basis), last.get(row.event.value)) for row in TELLINGS]
