"""What stands in the releases, as tables: sums and differences of published leaves, and nothing else."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from accounts.regions.models import Region
from konflik.statistics.models import Release
from konflik.statistics.selectors.months import month_before
from konflik.statistics.tables.published import KNOWN, READINGS, PublishedTable, Reading
from konflik.statistics.tables.rounding import Span, span_of

TREND_MONTHS = 12
Group = tuple[str, list[str]]
"""A line of a table and the kabupaten that it counts."""


@dataclass(frozen=True)
class Shown:
    """One published number, and between which counts the true one lies: of one leaf, or of a sum of leaves."""

    number: int
    span: Span
    is_leaf: bool = True

    @property
    def is_hidden(self) -> bool:
        """Whether it is shown as withheld: the number says no more than that the count is small or nought."""
        return self.number == 0


@dataclass(frozen=True)
class Line:
    """One row of a table: what it stands for, its cells in the order of the categories, and their sum."""

    label: str
    cells: list[Shown]
    total: Shown


@dataclass(frozen=True)
class Sheet:
    """One table as it is read: since 1 January line by line with its foot, and what each of the last months added."""

    table: Reading
    lines: list[Line]
    foot: Line
    trend: list[tuple[date, Line]]


@dataclass(frozen=True)
class Tidy:
    """One leaf of one release, for machines. `number` counts since 1 January, `added` since the month before."""

    month: date
    table: PublishedTable
    kabupaten: Region
    category: str
    number: int
    added: int
    span: Span


def latest() -> Release | None:
    """The release of the last frozen month; None before the first."""
    return Release.objects.select_related("year").order_by("-month").first()


def sheets(release: Release) -> list[Sheet]:
    """Every published table as it stood with `release`."""
    back = month_before(release.month, TREND_MONTHS)
    releases = {one.month: one for one in Release.objects.filter(month__gte=back, month__lte=release.month).select_related("year")}
    names = _names(release)
    return [_sheet(reading, release, releases, names) for reading in READINGS if reading.table.code in release.numbers]


def tidy() -> Iterator[Tidy]:
    """Every leaf of every release, the oldest month first."""
    before: Release | None = None
    names: dict[str, Region] = {}
    for release in Release.objects.select_related("year").order_by("month").iterator():
        names = names if set(_kabupaten(release)) <= set(names) else _names(release)
        for table in KNOWN:
            for code in sorted(release.numbers.get(table.code, {})):
                for category in table.categories:
                    number = _leaf(release, table, code, category)
                    added = number - (_leaf(before, table, code, category) if before and before.year_id == release.year_id else 0)
                    yield Tidy(release.month, table, names[code], category, number, added, span_of(number, k=release.year.k))
        before = release


def _sheet(reading: Reading, release: Release, releases: dict[date, Release], names: dict[str, Region]) -> Sheet:
    codes = sorted(names, key=lambda code: (names[code].province_id or "", code))
    if reading.rows is None:
        lines = [_line(names[code].label, release, reading, [("", [code])]) for code in codes]
    else:
        lines = [_line(label, release, reading, [(row, codes)]) for row, label in reading.rows.items()]
    foot = _line("Jumlah", release, reading, _whole(reading, codes))
    shown = (month for month in sorted(releases) if month > month_before(release.month, TREND_MONTHS))
    # Of a year that published other tables there is nothing to show here.
    months = [month for month in shown if reading.table.code in releases[month].numbers]
    return Sheet(reading, lines, foot, [(month, _added(releases, month, reading)) for month in months])


def _whole(reading: Reading, codes: list[str]) -> list[Group]:
    return [(row, codes) for row in (reading.rows or [""])]


def _cells(reading: Reading, groups: list[Group], number: Callable[[str, str], int]) -> list[list[int]]:
    """The leaves of each column, over these lines."""
    return [
        [number(code, leaf) for row, codes in groups for leaf in reading.holds(row, column) for code in codes]
        for column in reading.categories
    ]


def _line(label: str, release: Release, reading: Reading, groups: list[Group]) -> Line:
    """The numbers since 1 January."""
    columns = _cells(reading, groups, lambda code, leaf: _leaf(release, reading.table, code, leaf))
    return _summed(label, columns, release.year.k)


def _added(releases: dict[date, Release], month: date, reading: Reading) -> Line:
    """What one month added, over all kabupaten."""
    release, before = releases[month], releases.get(month_before(month))
    is_january = before is None or before.year_id != release.year_id

    def added(code: str, leaf: str) -> int:
        return _leaf(release, reading.table, code, leaf) - (0 if is_january else _leaf(before, reading.table, code, leaf))

    return _summed("", _cells(reading, _whole(reading, _kabupaten(release)), added), release.year.k)


def _summed(label: str, columns: list[list[int]], k: int) -> Line:
    return Line(label, [_shown(column, k) for column in columns], _shown([number for column in columns for number in column], k))


def _shown(leaves: Iterable[int], k: int) -> Shown:
    """A sum of published leaves: as uncertain as all of them."""
    spans = [(number, span_of(number, k=k)) for number in leaves]
    least, most = sum(span.least for _, span in spans), sum(span.most for _, span in spans)
    return Shown(sum(number for number, _ in spans), Span(least, most), is_leaf=len(spans) == 1)


def _leaf(release: Release | None, table: PublishedTable, code: str, category: str) -> int:
    """A kabupaten or a table that came later counts from nought."""
    return release.numbers.get(table.code, {}).get(code, {}).get(category, 0) if release is not None else 0


def _kabupaten(release: Release) -> list[str]:
    return sorted({code for rows in release.numbers.values() for code in rows})


def _names(release: Release) -> dict[str, Region]:
    return Region.objects.in_bulk(_kabupaten(release))
