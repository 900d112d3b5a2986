"""Deadlines as lists show them: how near, whose duty, of which case; mine first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Func, OuterRef, Subquery

from accounts.access.selectors import acts_of, acts_on, may
from accounts.access.tables import Act
from accounts.postings.selectors import once
from accounts.regions.selectors import office_at
from accounts.users.models import User
from konflik.acts.services import why_not_met
from konflik.cases.models import Case
from konflik.clocks.models import Deadline, DeadlineQuerySet
from konflik.clocks.tables import STATE_LABELS, State
from konflik.desk.tables.deadlines import COUNTED_TO, ELSEWHERE, TABS, Tab
from konflik.desk.tables.due import SOON_FOR, DueAt
from konflik.law.grammar.durations import Span, Unit
from konflik.notices.models import DigestScope, Notice
from konflik.notices.selectors.digest import deadlines_of

PARTS = ("case", "institution", "person", "body", "kabupaten", "policy")
"""What a row of a list reads besides itself: for select_related."""
MINE = 20
OF_A_CASE = 30
PRESSING = 20
PRESSING_TABS = tuple(tab for tab in TABS if tab.name in {"lewat", "segera"})


@dataclass(frozen=True)
class DeadlineRow:
    """One deadline as a list shows it. `due` None: it stands still or is closed."""

    deadline: Deadline
    due: DueAt | None
    who: str
    figure: str
    is_law: bool
    may_manage: bool = False

    @property
    def tone(self) -> str:
        """late, soon or calm; of what stands still or is closed none."""
        return self.due.tone if self.due else ""

    @property
    def may_be_met(self) -> bool:
        """Whether the one button of a list says that it was done: not what only ends or is met by a step of its own."""
        return self.may_manage and self.due is not None and not why_not_met(self.deadline)

    @property
    def was_due(self) -> str:
        """ "24 November 2026, 24.00 WIB": the date that a closed one had; empty where there was none."""
        one = self.deadline
        return DueAt(one.due_at, one.last_day, ZoneInfo(one.zone), one.due_at).exact if one.due_at is not None else ""

    @property
    def closed_word(self) -> str:
        """How it ended."""
        return STATE_LABELS[State(self.deadline.state)]


@dataclass(frozen=True)
class CaseDeadlines:
    """Of one case: what is open, the nearest first, and what is closed, the last closed first."""

    running: list[DeadlineRow]
    closed: list[DeadlineRow]


@dataclass(frozen=True)
class Numbers:
    """How many stand in each tab, counted no further than somebody turns pages."""

    by_tab: dict[str, int]

    def of(self, tab: Tab) -> str:
        """ "12", "999+"."""
        number = self.by_tab.get(tab.name, 0)
        return f"{COUNTED_TO}+" if number > COUNTED_TO else str(number)


def row_of(deadline: Deadline, *, at: datetime, may_manage: bool = False) -> DeadlineRow:
    """`deadline`, read with `PARTS`, as lists show it at `at`."""
    return DeadlineRow(
        deadline=deadline,
        due=due_of(deadline, at=at),
        who=who_of(deadline),
        figure=figure_of(deadline),
        is_law=deadline.policy_id is None,
        may_manage=may_manage,
    )


def due_of(deadline: Deadline, *, at: datetime) -> DueAt | None:
    """When a running deadline ends, seen from `at`."""
    if deadline.due_at is None or deadline.state != State.RUNNING:
        return None
    return DueAt(deadline.due_at, deadline.last_day, ZoneInfo(deadline.zone), at)


def who_of(deadline: Deadline) -> str:
    """Whose duty it is: the person, else the institution, else the office that the law names."""
    if deadline.person is not None:
        return str(deadline.person)
    return str(deadline.institution or office_at(deadline.duty_of, deadline.kabupaten))


def figure_of(deadline: Deadline) -> str:
    """ "90 hari", "1 x 24 jam"; empty for a date that was set."""
    if not deadline.span_number or not deadline.span_unit:
        return ""
    return str(Span(deadline.span_number, Unit(deadline.span_unit)))


def seen_by(user: User, *, at: datetime) -> DeadlineQuerySet:
    """Every deadline that `user` may see, with what a list shows."""
    return Deadline.objects.visible_to(user, at=at).select_related(*PARTS)


def numbers_of(rows: DeadlineQuerySet, user: User, *, at: datetime, tabs: Iterable[Tab] = TABS) -> Numbers:
    """How many of `rows`, which `user` may see, stand in each of `tabs`: all in one query."""
    asked = {tab.name: _number(tab.narrow(rows, at)) for tab in tabs}
    found: Any = User.objects.filter(pk=user.pk).values(**asked).get()
    return Numbers({name: number or 0 for name, number in found.items()})


def _number(rows: DeadlineQuerySet) -> Subquery:
    # Only so many are looked at: the number of a million is no more use than "999+".
    few = Deadline.objects.filter(pk__in=rows.order_by().select_related(None).values("pk")[: COUNTED_TO + 1])
    return Subquery(few.order_by().values(found=Func(F("pk"), function="COUNT")))


def pressing_numbers(user: User, *, at: datetime) -> Numbers:
    """How many are late and how many near of all that `user` may see: what the tabs of the list say, read once for a page and its menu."""
    rows = Deadline.objects.visible_to(user, at=at)
    return once(("pressing", user.pk), lambda: numbers_of(rows, user, at=at, tabs=PRESSING_TABS))


def counted_here(rows: DeadlineQuerySet) -> DeadlineQuerySet:
    """`rows` without what is shown where it is done: activities and terms have their own places."""
    for kind in ELSEWHERE:
        rows = rows.exclude(thread__startswith=f"{kind}:")
    return rows


def mine(user: User, *, at: datetime) -> list[DeadlineRow]:
    """What `user`, an institution or an office of theirs has to do, the nearest first.

    Who keeps the deadlines of others also finds those that end within days and of which the bell has reminded him.
    """
    acts = acts_of(user, at=at)
    if Act.SEE_CLOCKS not in acts:
        return []
    own = counted_here(deadlines_of(user, DigestScope.MINE, at=at)).select_related(*PARTS).order_by("due_at", "pk")
    found = {row.pk: row for row in own[:MINE]}
    if Act.MANAGE_CLOCKS in acts and len(found) < MINE:
        found |= {row.pk: row for row in _reminded(user, at=at)[: MINE - len(found)]}
    rows = sorted(found.values(), key=lambda row: (row.due_at is None, row.due_at, row.pk))
    return [row_of(row, at=at, may_manage=may_manage(row, user, at=at)) for row in rows]


def _reminded(user: User, *, at: datetime) -> DeadlineQuerySet:
    told = Notice.objects.in_bell_of(user).filter(deadline=OuterRef("pk"), source_version=OuterRef("due_version"))
    near = counted_here(seen_by(user, at=at)).filter(state=State.RUNNING.value, due_at__gt=at, due_at__lte=at + SOON_FOR)
    return near.filter(Exists(told)).order_by("due_at", "pk")


def pressing(user: User, *, at: datetime) -> list[DeadlineRow]:
    """What is late or near of all that `user` may see, the nearest first."""
    rows = seen_by(user, at=at).filter(state=State.RUNNING.value, due_at__lte=at + SOON_FOR).order_by("due_at", "pk")
    return [row_of(row, at=at) for row in rows[:PRESSING]]


def of_case(case: Case, acts: Iterable[Act], *, at: datetime) -> CaseDeadlines:
    """The deadlines of `case`."""
    manages = Act.MANAGE_CLOCKS in set(acts)
    rows = list(counted_here(Deadline.objects.filter(case=case)).select_related(*PARTS).order_by("due_at", "pk"))
    listed = [row_of(row, at=at, may_manage=manages) for row in rows]
    closed = sorted((row for row in listed if row.deadline.closed_at), key=lambda row: (row.deadline.closed_at, row.deadline.pk))
    return CaseDeadlines([row for row in listed if row.deadline.closed_at is None][:OF_A_CASE], closed[::-1][:OF_A_CASE])


def may_manage(deadline: Deadline, user: User, *, at: datetime) -> bool:
    """Whether `user`, who may see it, may act on `deadline`: by the case where it has one, else by its kabupaten."""
    case = deadline.case
    if case is None:
        return may(user, Act.MANAGE_CLOCKS, at=at, region=deadline.kabupaten)
    # Acts but reading need the leading kabupaten: its own place is asked instead of every place of the case.
    acts = acts_on(user, leading=case.kabupaten_id, regions=[deadline.kabupaten], secrecy=case.secrecy, at=at)
    return Act.MANAGE_CLOCKS in acts
