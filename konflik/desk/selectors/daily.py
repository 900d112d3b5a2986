"""Lembar Harian: what needs somebody today. Every number and row lies within what that somebody may see."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.access.selectors import NOTHING, area, led, opened_beyond, parts
from accounts.access.tables import Act
from accounts.postings.models import Posting
from accounts.regions.models import Region
from accounts.users.models import User
from forums.bodies.models import Body
from forums.bodies.selectors import ending
from konflik.cases import selectors
from konflik.cases.models import Case, CasePlace
from konflik.cases.models.case import CaseQuerySet
from konflik.counts.models import CaseCell
from konflik.desk.selectors.today import due_on
from konflik.desk.tables.due import Due
from konflik.desk.tables.words import days_away, long_date
from konflik.journal.models import JournalLine
from konflik.journal.selectors import newest, shelves
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.stages import Stage
from konflik.stages.models import Activity, AgreementTerm
from konflik.stages.tables import OPEN_STATUSES, TermStatus

SOON = timedelta(days=7)
POSTING_ENDS_WITHIN = timedelta(days=30)
ENDS_SOON_DAYS = 14
"""Local practice, not law: how far ahead Lembar Harian looks."""

ROWS = 20
SHORT_LIST = 5
LINES = 8
KECAMATAN_SHOWN = 15
WITHOUT_KECAMATAN = "Tingkat kabupaten"
BEYOND = "_beyond"
RUNNING = (Stage.PENCEGAHAN, Stage.PENGHENTIAN, Stage.PEMULIHAN)


@dataclass(frozen=True)
class Overview:
    """The numbers on top."""

    by_stage: dict[Stage, int]
    running: int
    new: int
    stuck: int
    unassigned: int
    opened_this_year: int
    closed_this_year: int


@dataclass(frozen=True)
class Waiting:
    """One thing that is due: in which case, what, on which basis, by whom, by which day."""

    case: Case
    what: str
    basis: str
    who: str
    due: Due


@dataclass(frozen=True)
class DueNumbers:
    """How many things have passed their day, and how many come to it within a week."""

    late: int
    soon: int


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


@dataclass
class Bar:
    """How many running cases one kecamatan has in each stage."""

    label: str
    numbers: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(RUNNING, 0))

    @property
    def total(self) -> int:
        """All stages together."""
        return sum(self.numbers.values())


def overview(user: User, *, now: datetime, stuck_after: timedelta) -> Overview:
    """All numbers on top: stages of the regions led from the cells, the rest along an index each, and the few cases beyond."""
    year = timezone.make_aware(datetime.combine(date(timezone.localdate(now).year, 1, 1), time.min))
    running = Q(closed_at__isnull=True)
    wanted = {
        "new": Q(opened_at__gt=now - selectors.NEW_FOR),
        "stuck": running & Q(updated_at__lt=now - stuck_after),
        "unassigned": running & Q(handler__isnull=True, handler_institution__isnull=True),
        "opened_this_year": Q(opened_at__gte=year),
        "closed_this_year": Q(closed_at__gte=year),
    }
    stages = {stage.value: Q(stage=stage.value) for stage in RUNNING}
    cells = CaseCell.objects.filter(led(user, at=now, province="kabupaten__province"))
    whole, beyond = led(user, at=now), opened_beyond(user, at=now)
    asked = {name: _number(Case.objects.filter(whole, which)) for name, which in wanted.items()}
    asked |= {name: _total(cells.filter(which)) for name, which in stages.items()}
    if beyond != NOTHING:
        others = Case.objects.filter(beyond).exclude(whole)
        asked |= {f"{name}{BEYOND}": _number(others.filter(which)) for name, which in (wanted | stages).items()}
    found: Any = User.objects.filter(pk=user.pk).values(**asked).get()
    number = {name: found[name] + found.get(f"{name}{BEYOND}", 0) for name in wanted | stages}
    by_stage = {stage: number[stage.value] for stage in RUNNING}
    return Overview(by_stage=by_stage, running=sum(by_stage.values()), **{name: number[name] for name in wanted})


def _number(rows: QuerySet) -> Coalesce:
    """How many, as one column of a row: all numbers on top come in one query, and each keeps its own index."""
    return Coalesce(Subquery(rows.order_by().values(found=Func(F("pk"), function="COUNT"))), 0)


def _total(cells: QuerySet[CaseCell]) -> Coalesce:
    return Coalesce(Subquery(cells.order_by().values(found=Func(F("number"), function="SUM"))), 0)


def waiting(user: User, *, at: datetime) -> list[Waiting]:
    """Open activities past or near their planned end and terms past or near their due date, the earliest first."""
    activities = _activities(user, at).select_related("case__kabupaten__kabupaten", "institution").order_by("planned_end", "pk")
    terms = _terms(user, at).select_related("agreement__case__kabupaten__kabupaten", "responsible").order_by("due_on", "pk")
    found = [*(_of_activity(row, at) for row in activities[:ROWS]), *(_of_term(row, at) for row in terms[:ROWS])]
    return sorted(found, key=lambda item: (item.due.day, item.case.pk))[:ROWS]


def due_numbers(user: User, *, at: datetime) -> DueNumbers:
    """How many of them have passed their day, and how many come to it soon."""
    day = timezone.localdate(at)
    activities = _activities(user, at).aggregate(late=Count("pk", filter=Q(planned_end__lt=day)), every=Count("pk"))
    terms = _terms(user, at).aggregate(late=Count("pk", filter=Q(due_on__lt=day)), every=Count("pk"))
    late = activities["late"] + terms["late"]
    return DueNumbers(late=late, soon=activities["every"] + terms["every"] - late)


def _running(user: User, at: datetime) -> QuerySet:
    """Ids of the running cases of `user`, each part along its own index."""
    first, *others = (Case.objects.running().filter(part).values("pk") for part in parts(user, at=at) or [NOTHING])
    return first.union(*others, all=True) if others else first


def _activities(user: User, at: datetime) -> QuerySet[Activity]:
    near = timezone.localdate(at) + SOON
    return Activity.objects.filter(case__in=_running(user, at), status__in=[s.value for s in OPEN_STATUSES], planned_end__lte=near)


def _terms(user: User, at: datetime) -> QuerySet[AgreementTerm]:
    near = timezone.localdate(at) + SOON
    open_ones = AgreementTerm.objects.filter(status=TermStatus.BELUM.value, due_on__lte=near, agreement__corrected_by__isnull=True)
    return open_ones.filter(agreement__case__in=_running(user, at))


def _of_activity(row: Activity, at: datetime) -> Waiting:
    basis = f"Kegiatan · {ACTIVITY_KINDS[row.kind].basis}"
    return Waiting(row.case, row.title, basis, row.institution.name, _due(row.planned_end, row.case, at))


def _of_term(row: AgreementTerm, at: datetime) -> Waiting:
    case, who = row.agreement.case, row.responsible.name if row.responsible else "Para pihak"
    return Waiting(case, row.text, f"Kesepakatan {row.agreement.title}, butir {row.position}", who, _due(row.due_on, case, at))


def _due(day: date | None, case: Case, at: datetime) -> Due:
    due = due_on(day, case, at=at)
    if due is None:
        raise ValueError("asked only for rows that have a date")
    return due


def shortest(cases: CaseQuerySet, *order: str) -> list[Case]:
    """The first few of `cases` with their place."""
    return list(selectors.with_leading_place(cases.defer("chronology").order_by(*order, "-pk"))[:SHORT_LIST])


def decrees_ending(user: User, *, at: datetime) -> list[Ending]:
    """Forums in the area of `user` whose SK ends soon or has ended without a successor."""
    day = timezone.localdate(at)
    bodies = ending(Body.objects.filter(area(user, Act.SEE_FORUMS, via="region__", at=at)), day=day)[:ROWS]
    return [_ending(row, row.name, day) for row in bodies]


def postings_ending(user: User, *, at: datetime) -> list[Ending]:
    """Postings in the area of `user` whose last day comes near; those that ended are over."""
    day = timezone.localdate(at)
    mine = Posting.objects.filter(area(user, Act.SEE_PEOPLE, via="region__", at=at)).valid_at(day)
    rows = mine.filter(valid_until__lte=day + POSTING_ENDS_WITHIN).select_related("user", "region").order_by("valid_until", "pk")[:ROWS]
    return [_ending(row, f"{row.user.name}, {row.get_role_display()}", day) for row in rows]


def _ending(row: Any, label: str, day: date) -> Ending:
    return Ending(row, label, row.region.name, row.valid_until, (row.valid_until - day).days)


def per_kecamatan(user: User, *, at: datetime) -> list[Bar]:
    """Running cases per kecamatan and stage, the fullest first; a case in two kecamatan counts in both."""
    places = CasePlace.objects.filter(case__in=_running(user, at)).order_by()
    rows = places.values_list("kecamatan_id", "case__stage").annotate(number=Count("case", distinct=True))
    counted = {(code or "", stage): number for code, stage, number in rows}
    names = dict(Region.objects.filter(pk__in={code for code, _ in counted}).values_list("pk", "name"))
    bars: dict[str, Bar] = {}
    for (code, stage), number in counted.items():
        bars.setdefault(code, Bar(names.get(code, WITHOUT_KECAMATAN))).numbers[Stage(stage)] = number
    return sorted(bars.values(), key=lambda bar: (-bar.total, bar.label))


def latest_lines(user: User, *, at: datetime) -> QuerySet[JournalLine]:
    """The last things recorded in the cases that `user` may see."""
    whole, beyond = led(user, via="case__", at=at), opened_beyond(user, via="case__", at=at)
    on = [shelf & whole for shelf in shelves(user, at=at, act=Act.SEE_CASES)]
    on += [beyond] if beyond != NOTHING else []
    return newest(JournalLine.objects.select_related("case", "actor", "detail"), on, most=LINES)
