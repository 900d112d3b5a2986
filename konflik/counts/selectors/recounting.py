"""What the cells should hold, told from the journal alone."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from accounts.regions.models import Region
from konflik.counts.models import CaseCell, CaseGain, MonthCell, MonthGain
from konflik.counts.selectors.replaying import histories
from konflik.counts.tables import PLACED, CaseKey, Cell, MonthKey, cells_of


@dataclass(frozen=True)
class Deviation:
    """A cell that does not hold what the journal says."""

    cell: Cell
    held: int
    counted: int


def local_day() -> Callable[[str, datetime], date]:
    """What gives the day of an instant in the legal time of a kabupaten; each is asked for once."""

    @cache
    def zone(kabupaten: str) -> ZoneInfo:
        return ZoneInfo(Region.objects.values_list("time_zone", flat=True).get(pk=kabupaten))

    return lambda kabupaten, at: at.astimezone(zone(kabupaten)).date()


def recount() -> tuple[Counter[CaseKey], Counter[MonthKey]]:
    """Both kinds of numbers counted anew from the journal, per kecamatan."""
    cases, months, day_at = Counter[CaseKey](), Counter[MonthKey](), local_day()
    for history in histories():
        cases[history.key()] += 1
        months.update(history.months(day_at))
    return cases, months


def deviations() -> list[Deviation]:
    """Every cell that differs from the recount, on every level; gains that are not folded yet count with the cells."""
    cases, months = recount()
    pairs = (
        (held(CaseCell, CaseGain, CaseKey), spread(cases)),
        (held(MonthCell, MonthGain, MonthKey), spread(months)),
    )
    return [found for kept, counted in pairs for found in _differing(kept, counted)]


def spread(numbers: Counter[CaseKey] | Counter[MonthKey]) -> Counter[Cell]:
    """The same numbers on all four levels."""
    cells = Counter[Cell]()
    for key, number in numbers.items():
        for cell in cells_of(key):
            cells[cell] += number
    return cells


def held(
    cell: type[CaseCell] | type[MonthCell], gain: type[CaseGain] | type[MonthGain], key: type[CaseKey] | type[MonthKey]
) -> Counter[Cell]:
    """What cells and gains hold together."""
    rest = [name for name in key._fields if name not in PLACED]
    waiting = Counter[CaseKey | MonthKey]()
    for *values, number in gain.objects.values_list(*key._fields, "gain"):
        waiting[key(*values)] += number
    kept: Counter[Cell] = spread(waiting)  # type: ignore[arg-type]
    for *values, number in cell.objects.values_list("level", *PLACED, *rest, "number").iterator():
        kept[tuple(values)] += number
    return kept


def _differing(kept: Counter[Cell], counted: Counter[Cell]) -> Iterable[Deviation]:
    for cell in sorted({*kept, *counted}, key=lambda cell: tuple(map(str, cell))):
        if kept[cell] != counted[cell]:
            yield Deviation(cell, kept[cell], counted[cell])
