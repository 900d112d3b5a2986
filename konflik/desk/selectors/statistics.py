"""Live numbers of the cases that somebody may see: for whoever may not see the cases there are the frozen releases."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth

from accounts.access.selectors import area, postings_of
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.users.models import User
from konflik.cases.models import Case, CasePlace
from konflik.cases.models.case import CaseQuerySet
from konflik.clocks.models import Deadline, DeadlineQuerySet
from konflik.clocks.tables import State
from konflik.law.stages import Stage
from konflik.statistics.selectors.months import month_before, next_month

RUNNING = (Stage.PENCEGAHAN, Stage.PENGHENTIAN, Stage.PEMULIHAN)
TREND_MONTHS = 12
CLOCKS_SHOWN = 12
WITHOUT_KECAMATAN = "Tingkat kabupaten"


@dataclass
class Row:
    """One line of a table over places: running cases by stage, and what happened in the period."""

    code: str
    label: str
    stages: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(RUNNING, 0))
    opened: int = 0
    closed: int = 0
    late: int = 0

    @property
    def running(self) -> int:
        """All stages together."""
        return sum(self.stages.values())


@dataclass(frozen=True)
class Month:
    """What was opened and closed in one local month."""

    first: date
    opened: int
    closed: int


@dataclass(frozen=True)
class LateClocks:
    """One rule whose limit has passed: how often, and since when the oldest."""

    title: str
    basis: str
    number: int
    oldest: datetime


@dataclass(frozen=True)
class Rate:
    """Of the cases opened in the period, how many are settled (konflik diselesaikan / total)."""

    settled: int
    total: int

    @property
    def percent(self) -> int | None:
        """Rounded; None where there is nothing to settle."""
        return round(100 * self.settled / self.total) if self.total else None


def kabupaten_of(user: User, *, at: datetime) -> list[Region]:
    """The kabupaten whose cases this person sees by posting, by code; for a posting further down the one it lies in."""
    inside = Q(area(user, Act.SEE_CASES, via="", at=at), level=Level.KABUPATEN)
    above = [held.region.kabupaten_id for held in postings_of(user, at=at) if held.region.kabupaten_id]
    return list(Region.objects.filter(inside | Q(code__in=above)).order_by("code"))


def seen(user: User, kabupaten: Region | None, *, at: datetime) -> CaseQuerySet:
    """The cases of the page: those that `user` may see, of one kabupaten or of all."""
    cases = Case.objects.visible_to(user, at=at)
    return cases.filter(kabupaten=kabupaten) if kabupaten is not None else cases


def by_stage(cases: CaseQuerySet) -> dict[Stage, int]:
    """Running cases by stage."""
    found = dict(cases.running().order_by().values_list("stage").annotate(Count("pk")))
    return {stage: found.get(stage.value, 0) for stage in RUNNING}


def by_source(cases: CaseQuerySet) -> dict[str, dict[Stage, int]]:
    """Running cases by source and stage."""
    rows: dict[str, dict[Stage, int]] = {}
    for source, stage, number in cases.running().order_by().values_list("source", "stage").annotate(Count("pk")):
        rows.setdefault(source, dict.fromkeys(RUNNING, 0))[Stage(stage)] = number
    return rows


def begin_of_trend(today: date, zone: ZoneInfo) -> datetime:
    """When the first of the months shown began, on the clocks of `zone`."""
    first = month_before(today, TREND_MONTHS - 1)
    return datetime(first.year, first.month, 1, tzinfo=zone)


def months(cases: CaseQuerySet, *, begin: datetime) -> list[Month]:
    """The months from `begin` on, each on the calendar of its zone."""
    opened, closed = (_monthly(cases, column, begin) for column in ("opened_at", "closed_at"))
    firsts = [begin.date()]
    while len(firsts) < TREND_MONTHS:
        firsts.append(next_month(firsts[-1]))
    return [Month(first, opened[first], closed[first]) for first in firsts]


def _monthly(cases: CaseQuerySet, column: str, begin: datetime) -> Counter[date]:
    rows = cases.filter(**{f"{column}__gte": begin}).order_by()
    counted = rows.annotate(month=TruncMonth(column, tzinfo=begin.tzinfo)).values_list("month").annotate(Count("pk"))
    return Counter({month.date(): number for month, number in counted})


def rate(cases: CaseQuerySet, *, since: datetime) -> Rate:
    """How many of the cases opened since then are settled."""
    found = cases.filter(opened_at__gte=since).aggregate(total=Count("pk"), settled=Count("pk", filter=Q(closed_at__isnull=False)))
    return Rate(found["settled"], found["total"])


def per_kecamatan(cases: CaseQuerySet) -> list[Row]:
    """Running cases by kecamatan, the fullest first; a case in two kecamatan counts in both."""
    places = CasePlace.objects.filter(case__in=cases.running().order_by().values("pk")).order_by()
    counted = places.values_list("kecamatan_id", "kecamatan__name", "case__stage").annotate(Count("case", distinct=True))
    rows: dict[str, Row] = {}
    for code, name, stage, number in counted:
        rows.setdefault(code or "", Row(code or "", name or WITHOUT_KECAMATAN)).stages[Stage(stage)] = number
    return sorted(rows.values(), key=lambda row: (-row.running, row.label))


def per_kabupaten(cases: CaseQuerySet, clocks: DeadlineQuerySet, kabupaten: Iterable[Region], *, since: datetime) -> list[Row]:
    """The same measures for each kabupaten, by code; those without a case too."""
    rows = {region.code: Row(region.code, region.name) for region in kabupaten}
    for code, stage, number in cases.running().order_by().values_list("kabupaten", "stage").annotate(Count("pk")):
        if code in rows:
            rows[code].stages[Stage(stage)] = number
    told: tuple[tuple[str, Any], ...] = (
        ("opened", cases.filter(opened_at__gte=since)),
        ("closed", cases.filter(closed_at__gte=since)),
        ("late", clocks),
    )
    for name, found in told:
        for code, number in found.order_by().values_list("kabupaten").annotate(Count("pk")):
            if code in rows:
                setattr(rows[code], name, number)
    return list(rows.values())


def late_clocks(user: User, kabupaten: Region | None, *, at: datetime) -> DeadlineQuerySet:
    """Limits that have passed without being met, of what `user` may see."""
    rows = Deadline.objects.visible_to(user, at=at).filter(state=State.RUNNING.value, due_at__lte=at)
    return rows.filter(kabupaten=kabupaten) if kabupaten is not None else rows


def late_by_rule(clocks: DeadlineQuerySet) -> list[LateClocks]:
    """The same by rule, the most frequent first."""
    rows = clocks.order_by().values_list("title", "basis").annotate(number=Count("pk"), oldest=Min("due_at"))
    return [LateClocks(*row) for row in rows.order_by("-number", "oldest")[:CLOCKS_SHOWN]]


def centres(kabupaten: Sequence[Region]) -> list[Region]:
    """The kecamatan of these kabupaten that have a centre to be drawn at."""
    inside = Region.objects.of_level(Level.KECAMATAN).filter(kabupaten__in=[one.code for one in kabupaten])
    return list(inside.filter(latitude__isnull=False, longitude__isnull=False).order_by("code"))
