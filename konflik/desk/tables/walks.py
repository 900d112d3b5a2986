"""The walk of a limit, day by day, as months to be drawn and as a table to be read."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from konflik.clocks.tables.stretches import Stretch, goes_back, stretches_of
from konflik.desk.tables.words import sentence
from konflik.law.grammar.counting import STOOD_STILL, WEEKEND, Step
from konflik.law.grammar.reading import MONTHS

SHOWN_AT_EACH_END = 2
"""Of a walk of many months the first and the last stand open; what lies between is folded."""


@dataclass(frozen=True)
class Cell:
    """One day of a month: `kind` is its colour, `mark` what stands below the date, `told` the same in words. `day` None: a gap."""

    day: date | None
    kind: str = ""
    mark: str = ""
    told: str = ""
    is_last: bool = False


@dataclass(frozen=True)
class Month:
    """One month of the walk, in weeks from Monday, and why days of it were skipped."""

    label: str
    weeks: list[list[Cell]]
    reasons: list[tuple[str, str]]


@dataclass(frozen=True)
class Walk:
    """How a date was reached. Empty for limits of hours, which are walked by no days."""

    months: list[Month] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    counted: int = 0
    skipped: int = 0
    kinds: frozenset[str] = frozenset()

    @property
    def first_months(self) -> list[Month]:
        """What stands open at the beginning; everything where it is short."""
        return self.months if self._is_short else self.months[:SHOWN_AT_EACH_END]

    @property
    def middle_months(self) -> list[Month]:
        """What is folded."""
        return [] if self._is_short else self.months[SHOWN_AT_EACH_END:-SHOWN_AT_EACH_END]

    @property
    def last_months(self) -> list[Month]:
        """What stands open at the end."""
        return [] if self._is_short else self.months[-SHOWN_AT_EACH_END:]

    @property
    def _is_short(self) -> bool:
        return len(self.months) <= 3 * SHOWN_AT_EACH_END


def walk_of(steps: Sequence[Step], *, start: date | None = None) -> Walk:
    """The walk of `steps` as the law counted them; `start` is the day of the trigger, drawn where it does not count itself."""
    if not steps:
        return Walk()
    is_backwards = goes_back(steps)
    cells = {step.day: _cell(step, is_last=step == steps[-1], is_backwards=is_backwards) for step in steps}
    if start is not None and start not in cells and not is_backwards and _is_near(start, steps[0].day):
        cells[start] = Cell(start, "start", "mulai", "hari kejadian, tidak dihitung")
    first, last = min(cells), max(cells)
    counted = sum(1 for step in steps if step.number)
    return Walk(
        months=[_month(year, month, cells) for year, month in _months(first, last)],
        stretches=stretches_of(steps),
        counted=counted,
        skipped=sum(1 for step in steps if step.number is None),
        kinds=frozenset(cell.kind for cell in cells.values()),
    )


def _is_near(start: date, first: date) -> bool:
    """Whether the trigger lies so near that drawing it adds at most one month."""
    return (first - start).days <= calendar.monthrange(start.year, start.month)[1]


def _cell(step: Step, *, is_last: bool, is_backwards: bool) -> Cell:
    if step.number is None:
        kind = "still" if step.reason == STOOD_STILL else "weekend" if step.reason in WEEKEND.values() else "off"
        return Cell(step.day, kind, {"still": "‖", "weekend": "", "off": "libur"}[kind], f"tidak dihitung: {step.reason}", is_last)
    if is_backwards:
        told = f"{step.number} hari sebelum berakhir" if step.number else "hari terakhir masa berlaku"
        return Cell(step.day, "counted", f"−{step.number}" if step.number else "0", told, is_last)
    return Cell(step.day, "counted", str(step.number), f"hari ke-{step.number}", is_last)


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield number // 12, number % 12 + 1


def _month(year: int, month: int, cells: dict[date, Cell]) -> Month:
    weeks = [
        [cells.get(day, Cell(day)) if day.month == month else Cell(None) for day in week]
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]
    special = [cell for week in weeks for cell in week if cell.day and cell.kind in {"off", "still"}]
    return Month(f"{MONTHS[month - 1]} {year}", weeks, [_reason(list(group)) for _, group in groupby(special, key=_alike)])


def _alike(cell: Cell) -> tuple[str, object]:
    """Holidays stand one by one, a suspension as one stretch."""
    return cell.told, "" if cell.kind == "still" else cell.day


def _reason(group: list[Cell]) -> tuple[str, str]:
    first, last = group[0].day, group[-1].day
    days = f"{first.day}" if first == last or last is None else f"{first.day}–{last.day}"  # type: ignore[union-attr]
    return days, sentence(group[0].told.removeprefix("tidak dihitung: "))
