"""What the page Statistik shows of the cases that somebody may see: the numbers of `konflik.statistics`, places and late clocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min, Q

from accounts.access.selectors import area, postings_of
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.users.models import User
from konflik.cases.models import Case, CasePlace
from konflik.cases.models.case import CaseQuerySet
from konflik.clocks.models import Deadline, DeadlineQuerySet
from konflik.clocks.tables import State
from konflik.law.regions import Depth
from konflik.law.stages import Stage
from konflik.statistics.selectors.cases import cases
from konflik.statistics.selectors.sight import Sight
from konflik.statistics.tables.questions import DAY, CaseRow, Dimension, Period, Question, month_ahead

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
    """Konflik diselesaikan / total: closed in the period, of all that were running in it."""

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
    """The cases of the map: those that `user` may see, of one kabupaten or of all."""
    found = Case.objects.visible_to(user, at=at)
    return found.filter(kabupaten=kabupaten) if kabupaten is not None else found


def trend_of(today: date) -> Period:
    """The months shown, whole: this one and those before it."""
    return Period(month_ahead(today, 1 - TREND_MONTHS), month_ahead(today, 1) - DAY)


def by_source(sight: Sight, region: str, period: Period) -> dict[str, dict[Stage, int]]:
    """Running cases by source and stage; a source without one is left out."""
    rows: dict[str, dict[Stage, int]] = {}
    for row in cases(Question(period, region, by=(Dimension.SOURCE, Dimension.STAGE)), sight=sight).rows:
        if row.standing and row.key[Dimension.STAGE] in RUNNING:
            stage = Stage(str(row.key[Dimension.STAGE]))
            rows.setdefault(str(row.key[Dimension.SOURCE]), dict.fromkeys(RUNNING, 0))[stage] = row.standing
    return rows


def by_stage(sources: Mapping[str, Mapping[Stage, int]]) -> dict[Stage, int]:
    """The same over all sources."""
    return {stage: sum(row[stage] for row in sources.values()) for stage in RUNNING}


def months(sight: Sight, region: str, period: Period) -> tuple[list[Month], Rate]:
    """What was opened and closed in each local month of `period`, and the rate of all of it."""
    found = cases(Question(period, region, by=(Dimension.MONTH,)), sight=sight)
    numbers = {row.key[Dimension.MONTH]: row for row in found.rows}
    listed = [Month(first, *(_numbers(numbers.get(first)))) for first in period.months]
    return listed, Rate(found.total.closed, found.total.whole)


def _numbers(row: CaseRow | None) -> tuple[int, int]:
    return (row.opened, row.closed) if row is not None else (0, 0)


def per_kecamatan(found: CaseQuerySet) -> list[Row]:
    """Running cases by kecamatan, the fullest first; a case in two kecamatan counts in both, so these are no sums of cases."""
    places = CasePlace.objects.filter(case__in=found.running().order_by().values("pk")).order_by()
    counted = places.values_list("kecamatan_id", "kecamatan__name", "case__stage").annotate(Count("case", distinct=True))
    rows: dict[str, Row] = {}
    for code, name, stage, number in counted:
        rows.setdefault(code or "", Row(code or "", name or WITHOUT_KECAMATAN)).stages[Stage(stage)] = number
    return sorted(rows.values(), key=lambda row: (-row.running, row.label))


def per_kabupaten(sight: Sight, clocks: DeadlineQuerySet, kabupaten: Iterable[Region], period: Period) -> list[Row]:
    """The same measures for each kabupaten, by code; those without a case too."""
    rows = {region.code: Row(region.code, region.name) for region in kabupaten}
    question = Question(period, by=(Dimension.REGION, Dimension.STAGE), level=Depth.KABUPATEN)
    for told in cases(question, sight=sight).rows:
        row, stage = rows.get(str(told.key[Dimension.REGION])), str(told.key[Dimension.STAGE])
        if row is not None:
            row.opened += told.opened
            row.closed += told.closed
            # A case entered mid-way was in no recorded stage at first: that is none of the columns.
            row.stages |= {Stage(stage): told.standing} if stage in RUNNING else {}
    for code, number in clocks.order_by().values_list("kabupaten").annotate(Count("pk")):
        if code in rows:
            rows[code].late = number
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
