"""Reading the cells: one statement over cells and gains, so that a number is exact at one instant."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from accounts.regions.tables import depth_of
from konflik.counts.models import CaseCell, CaseGain, MonthCell, MonthGain
from konflik.counts.tables import TOGETHER
from konflik.law.regions import Depth
from konflik.law.secrecy import Secrecy

COUNTRY = 0
CODES = {Depth.PROVINCE: "province", Depth.KABUPATEN: "kabupaten", Depth.KECAMATAN: "kecamatan"}
ATTRIBUTES = ("source", "issue_type", "secrecy")
OF_CASES = (*ATTRIBUTES, "severity")


@dataclass(frozen=True)
class Tile:
    """The cases that one region (a code, "" for the country) leads, of the classes above `above` up to `upto`."""

    code: str
    above: int = 0
    upto: int = Secrecy.SANGAT_RAHASIA

    @property
    def level(self) -> int:
        """Of the region: 0 for the country."""
        return depth_of(self.code) if self.code else COUNTRY


@dataclass(frozen=True)
class Wanted:
    """What is asked of the cells.

    `by`: columns to tell apart ("region" at `level`, "source", "issue_type", "secrecy", of what stands also "severity").
    `only`: the values of a column that count. `since`: steps of earlier months are left out. `spans`: first days of months; the steps
    from each until the next are told together, under that day, those before the first under the first. None: each month by itself.
    """

    by: tuple[str, ...] = ()
    level: int = COUNTRY
    only: Mapping[str, Collection[Any]] = field(default_factory=dict)
    since: date | None = None
    spans: tuple[date, ...] | None = None

    @property
    def is_together(self) -> bool:
        """Whether neither issue type nor severity matters."""
        return not {"issue_type", "severity"} & {*self.by, *self.only}


@dataclass(frozen=True)
class Held:
    """A number: what it is told apart by, its month or span (None for what stands now), the stages left and entered."""

    key: tuple[Any, ...]
    month: date | None
    stage_left: str
    stage_entered: str
    number: int


def standing(tiles: Sequence[Tile], wanted: Wanted) -> list[Held]:
    """How many cases stand now in each stage."""
    return _asked([_arms(tile, wanted, is_month=False) for tile in tiles])


def stepped(tiles: Sequence[Tile], wanted: Wanted) -> list[Held]:
    """How many steps were taken in each month since `wanted.since`."""
    return _asked([_arms(tile, wanted, is_month=True) for tile in tiles])


def both(tiles: Sequence[Tile], wanted: Wanted) -> list[Held]:
    """What stands and what was stepped, of one and the same instant."""
    return _asked([_arms(tile, wanted, is_month=is_month) for tile in tiles for is_month in (False, True)])


def _asked(arms: Iterable[tuple[str, list[Any]]]) -> list[Held]:
    told = list(arms)
    if not told:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statement for statement, _ in told), [value for _, values in told for value in values])
        rows = cursor.fetchall()
    return [Held(tuple(key), _day(month), left, entered, int(number)) for *key, month, left, entered, number in rows if number]


def _day(month: Any) -> date | None:
    """SQLite hands a date of a plain statement back as its text."""
    return date.fromisoformat(month) if isinstance(month, str) else month


def _arms(tile: Tile, wanted: Wanted, *, is_month: bool) -> tuple[str, list[Any]]:
    """One tile: its cells and the gains that are not in them yet, added up."""
    level = max(tile.level, wanted.level) if "region" in wanted.by else tile.level
    conditions = list(_conditions(tile, wanted, is_month=is_month))
    where = "".join(f" AND {text}" for text, _ in conditions)
    values = [value for _, some in conditions for value in some]
    names = [CODES[Depth(wanted.level)] if name == "region" else name for name in wanted.by]
    told = [*names, *(("month", "stage_left", "stage_entered") if is_month else ("stage",))]
    month, spans = _span(wanted) if is_month else ("", [])
    read = [*names, *((month, "stage_left", "stage_entered") if is_month else ("stage",))]
    cells, gains = (MonthCell, MonthGain) if is_month else (CaseCell, CaseGain)
    shown = [*names, "month", "stage_left", "stage_entered"] if is_month else [*names, *_NOW]
    columns = ", ".join(read)
    statement = (
        f"SELECT {', '.join([*shown, 'SUM(number)'])} FROM ("  # noqa: S608 - our own names only, values are bound
        f"SELECT {columns}, number FROM {_table(cells)} WHERE level = %s{where} UNION ALL "
        f"SELECT {columns}, gain FROM {_table(gains)} WHERE 1 = 1{where}) AS told GROUP BY {', '.join(told)}"
    )
    kept = TOGETHER.get(level, level) if wanted.is_together else level
    return statement, [*spans, kept, *values, *spans, *values]


def _span(wanted: Wanted) -> tuple[str, list[Any]]:
    """The month, or the first day of its span."""
    if wanted.spans is None:
        return "month", []
    first, *later = sorted(wanted.spans)
    cast = "CAST(%s AS date)" if connection.vendor == "postgresql" else "%s"
    whens = "".join(f"WHEN month >= {cast} THEN {cast} " for _ in later)
    values = [_bound(day) for begin in reversed(later) for day in (begin, begin)]
    return f"CASE {whens}WHEN 1 = 1 THEN {cast} END AS month", [*values, _bound(first)]


def _bound(day: date) -> Any:
    """SQLite keeps a day as its text."""
    return day.isoformat() if connection.vendor == "sqlite" else day


_NOW = ("CAST(NULL AS date) AS month", "'' AS stage_left", "stage")


def _table(model: Any) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django's documented door


def _conditions(tile: Tile, wanted: Wanted, *, is_month: bool) -> Iterator[tuple[str, list[Any]]]:
    parts = tile.code.split(".") if tile.code else []
    for depth in range(1, tile.level + 1):
        yield f"{CODES[Depth(depth)]} = %s", [".".join(parts[:depth])]
    if tile.above:
        yield "secrecy > %s", [tile.above]
    if tile.upto < max(Secrecy):
        yield "secrecy <= %s", [tile.upto]
    for column, values in wanted.only.items():
        if column not in OF_CASES:
            raise ValueError(f"no cell is told apart by {column}")
        yield f"{column} IN ({', '.join(['%s'] * len(values)) or 'NULL'})", sorted(values)
    if is_month and wanted.since is not None:
        yield "month >= %s", [_bound(wanted.since)]
