"""What can be asked of the numbers, and how the answer looks. Days are days of the region's own legal time."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from konflik.law.regions import Depth

DAY = timedelta(days=1)


class Dimension(StrEnum):
    """By what numbers of cases are told apart. Source, issue type and severity are those of the case as it is now (or was known)."""

    REGION = "region"
    STAGE = "stage"
    SOURCE = "source"
    ISSUE_TYPE = "issue_type"
    SEVERITY = "severity"
    MONTH = "month"


class Basis(StrEnum):
    """What a number was read from."""

    CELLS = "cells"
    JOURNAL = "journal"
    ROWS = "rows"


@dataclass(frozen=True)
class Period:
    """From the first day until the last, both counted. Raises ValueError where the last lies before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("Hari terakhir tidak boleh sebelum hari pertama.")

    @property
    def is_whole_months(self) -> bool:
        """Whether it begins with the first of a month and ends with the last of one."""
        return self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]

    @property
    def months(self) -> list[date]:
        """The first day of every month it touches."""
        first, number = self.first.replace(day=1), (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [month_ahead(first, ahead) for ahead in range(number)]

    @property
    def before(self) -> "Period":
        """The period of the same length that ends the day before: as many months, or as many days."""
        if self.is_whole_months:
            return Period(month_ahead(self.first, -len(self.months)), self.first - DAY)
        return Period(self.first - (self.last - self.first) - DAY, self.first - DAY)


def month_ahead(first: date, ahead: int) -> date:
    """The first day of the month that lies so many months after that of `first`, or before it."""
    number = first.year * 12 + first.month - 1 + ahead
    return date(number // 12, number % 12 + 1, 1)


MOST_DIMENSIONS = 3
"""Told apart by more, hardly a cell holds a case, and a request makes rows without end."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    `region`: a code down to kecamatan, "" for the country. `level`: of the regions told apart by Dimension.REGION, below `region`.
    `only`: values that count of SOURCE, ISSUE_TYPE or SEVERITY. `known_at`: as the journal knew it at that instant.
    Raises ValueError where level or filters do not fit.
    """

    period: Period
    region: str = ""
    by: tuple[Dimension, ...] = ()
    level: Depth | None = None
    only: Mapping[Dimension, Collection[str | int]] = field(default_factory=dict)
    known_at: datetime | None = None

    def __post_init__(self) -> None:
        if len(self.by) > MOST_DIMENSIONS:
            raise ValueError(f"Pilih paling banyak {MOST_DIMENSIONS} pembeda sekaligus.")
        depth = self.region.count(".") + 1 if self.region else 0
        if depth > Depth.KECAMATAN:
            raise ValueError("Statistik tersedia sampai tingkat kecamatan.")
        if (Dimension.REGION in self.by) != (self.level is not None) or (self.level and not depth <= self.level <= Depth.KECAMATAN):
            raise ValueError("Pilih tingkat wilayah di bawah wilayah yang ditanyakan, sampai kecamatan.")
        if set(self.only) - {Dimension.SOURCE, Dimension.ISSUE_TYPE, Dimension.SEVERITY}:
            raise ValueError("Saringan ini tidak dikenal.")


@dataclass(frozen=True)
class CaseRow:
    """Numbers of cases for one combination. `key` holds a value for each dimension asked for, a month as its first day.

    With STAGE in the key: `opened` were entered in that stage, `closed` and `left` went out of it, `reopened` and `entered` came into it,
    `standing` stand in it at the end of the period (or month). Without: `standing` counts the running cases.
    """

    key: Mapping[Dimension, str | int | date]
    opened: int = 0
    closed: int = 0
    reopened: int = 0
    entered: int = 0
    left: int = 0
    standing: int = 0

    @property
    def whole(self) -> int:
        """All cases that were running in the period; one that was closed and taken up again counts as both."""
        return self.standing + self.closed

    @property
    def settled_share(self) -> float | None:
        """Konflik diselesaikan / total: of all cases that were running in the period, the share that was closed. None without any."""
        return self.closed / self.whole if self.whole else None


@dataclass(frozen=True)
class CaseAnswer:
    """The rows, the same without any dimension, that of the period before, and what they were read from."""

    question: Question
    rows: tuple[CaseRow, ...]
    total: CaseRow
    before: CaseRow
    basis: Basis

    @property
    def settled_share(self) -> float | None:
        """Of the whole."""
        return self.total.settled_share


@dataclass(frozen=True)
class StageTime:
    """How many days cases stood in a stage that they left in the period."""

    stage: str
    number: int
    median: float
    p90: float


@dataclass(frozen=True)
class ActivityRow:
    """Kegiatan of one kind: finished in the period, open with a planned end in it, and open past that end."""

    stage: str
    kind: str
    done: int
    open: int
    overdue: int


@dataclass(frozen=True)
class DeadlineRow:
    """Deadlines of one rule that fell due in the period: met in time, met late, still open past their date, still running, cancelled."""

    rule: str
    due: int
    met: int
    met_late: int
    overdue: int
    running: int
    cancelled: int


@dataclass(frozen=True)
class FigureRow:
    """Authoritative figures of one measure by one source, of the cases of the region, as of an instant in the period."""

    measure: str
    source: str
    cases: int
    value: str
    newest: datetime
