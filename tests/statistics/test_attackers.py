"""Nobody learns a true count from what is published, whatever he sums, differences or waits for (S13).

The same attacker is first let loose on what others publish, so that it is seen that he can win.
"""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import chain, product

import pytest
from django.db import transaction

from accounts.postings.tables import Role
from konflik.statistics.models import Release
from konflik.statistics.selectors.released import Sheet, Shown, sheets, tidy
from konflik.statistics.services import freeze_months
from konflik.statistics.tables.published import OPENED, PUBLISHED
from konflik.statistics.tables.rounding import LEAST_K, MOST_K, Rounding, span_of
from tests.builders import BATANGHARI, PASER, a_user
from tests.profiles import SEQUENCES_ATTACKED, TABLES_ATTACKED
from tests.seeds import seeded
from tests.statistics.attacking import Attacker, exact, narrower_than
from tests.statistics.test_freezing import cell

ROWS, COLUMNS, K = 8, 6, 5
Table = list[list[int]]
Leaf = tuple[str, str, str]
CELLS = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
MONTHS = [date(2026, month, 1) for month in range(1, 7)]
KABUPATEN = (BATANGHARI, PASER)


def number(row: int, column: int) -> int:
    return row * COLUMNS + column


def lines() -> Iterator[list[tuple[int, int]]]:
    """The cells of every margin: rows, columns, all."""
    yield from ([(row, column) for column in range(COLUMNS)] for row in range(ROWS))
    yield from ([(row, column) for row in range(ROWS)] for column in range(COLUMNS))
    yield CELLS


def a_table(chance: random.Random) -> Table:
    """Sparse, as conflict is: many nothings, some ones, a few large."""
    most = chance.choice((2, 4, 8, 15))
    return [[chance.choice((0, 0, 1, chance.randint(0, most), chance.randint(0, 3 * most))) for _ in range(COLUMNS)] for _ in range(ROWS)]


def attacked(tables: int, tell: Callable[[Attacker, Table, random.Random], list[tuple[int, int]]], width: int) -> tuple[int, int, int]:
    """How many hidden cells there were, how many were told exactly, how many more narrowly than `width`."""
    chance = seeded("attacked tables")
    hidden = told = narrow = 0
    for _ in range(tables):
        attacker = Attacker(ROWS * COLUMNS)
        targets = tell(attacker, a_table(chance), chance)
        found = attacker.intervals([[number(*one)] for one in targets])
        hidden, told, narrow = hidden + len(found), told + exact(found), narrow + narrower_than(found, width)
    return hidden, told, narrow


def hides_small_cells_only(attacker: Attacker, table: Table, _: random.Random) -> list[tuple[int, int]]:
    """Margins are told as they are, and every cell that is not 1 to 4."""
    small = [one for one in CELLS if 0 < table[one[0]][one[1]] < K]
    for row, column in set(CELLS) - set(small):
        attacker.learns([number(row, column)], table[row][column], table[row][column])
    for one in small:
        attacker.learns([number(*one)], 1, K - 1)
    for line in lines():
        total = sum(table[row][column] for row, column in line)
        attacker.learns([number(*one) for one in line], total, total)
    return small


def rounds_margins_by_themselves(attacker: Attacker, table: Table, chance: random.Random) -> list[tuple[int, int]]:
    """Everything is rounded, but each margin from its own true sum."""
    rounding = Rounding(K, chance.randbytes(32).hex())
    for line in [*([one] for one in CELLS), *lines()]:
        span = span_of(rounding.rounded(str(line), sum(table[row][column] for row, column in line)), k=K)
        attacker.learns([number(*one) for one in line], span.least, span.most)
    return CELLS


def publishes_as_we_do(attacker: Attacker, table: Table, chance: random.Random) -> list[tuple[int, int]]:
    """Leaves are rounded; a margin is the sum of published leaves, and can be wrong by as much as all of them."""
    rounding = Rounding(K, chance.randbytes(32).hex())
    spans = {(row, column): span_of(rounding.rounded(f"{row}|{column}", table[row][column]), k=K) for row, column in CELLS}
    for line in [*([one] for one in CELLS), *lines()]:
        attacker.learns([number(*one) for one in line], sum(spans[one].least for one in line), sum(spans[one].most for one in line))
    return CELLS


def test_the_attacker_wins_where_only_small_cells_are_hidden() -> None:
    hidden, told, narrow = attacked(8, hides_small_cells_only, K)
    assert told > hidden / 20
    assert narrow > hidden / 2


def test_the_attacker_gains_where_margins_are_rounded_by_themselves() -> None:
    assert attacked(8, rounds_margins_by_themselves, K)[2] > 0


def test_the_attacker_learns_nothing_from_our_tables() -> None:
    hidden, told, narrow = attacked(TABLES_ATTACKED, publishes_as_we_do, K)
    assert hidden == TABLES_ATTACKED * ROWS * COLUMNS
    assert (told, narrow) == (0, 0)


@pytest.mark.parametrize("k", [LEAST_K, K, MOST_K])
def test_every_count_in_the_span_could_stand_behind_the_number(k: int) -> None:
    """Against whoever knows the method by heart and not the secret: for each count some secret gives the same number."""
    roundings = [Rounding(k, f"{seed:064x}") for seed in range(60 * k)]
    for published in range(0, 4 * (k + 1), k + 1):
        span = span_of(published, k=k)
        assert span.width >= k
        for count in range(span.least, span.most + 1):
            assert any(rounding.rounded("leaf", count) == published for rounding in roundings), (published, count)
        for count in (span.least - 1, span.most + 1):
            assert count < 0 or all(rounding.rounded("leaf", count) != published for rounding in roundings)


def test_the_same_count_is_always_the_same_number_and_more_is_never_less() -> None:
    rounding = Rounding(K, "ab" * 32)
    for leaf in ("a", "b", "c"):
        numbers = [rounding.rounded(leaf, count) for count in range(100)]
        assert numbers == [rounding.rounded(leaf, count) for count in range(100)] == sorted(numbers)
        assert numbers[:: K + 1] == list(range(0, 100, K + 1))


def test_rounding_is_right_on_average() -> None:
    rounding = Rounding(K, "cd" * 32)
    for count in range(2 * (K + 1)):
        mean = sum(rounding.rounded(f"leaf {one}", count) for one in range(1000)) / 1000
        assert abs(mean - count) < 0.4, count


def leaves() -> list[Leaf]:
    return [(table.code, kabupaten, category) for table in PUBLISHED for kabupaten in KABUPATEN for category in table.categories]


def arrive(chance: random.Random) -> None:
    """What happens in each month of half a year; most months of most leaves nothing."""
    most = chance.choice((1, 2, 5, 12))
    for table in PUBLISHED:
        for month, kabupaten, category in product(MONTHS, KABUPATEN, table.categories):
            happened = chance.choice((0, 0, 0, 1, chance.randint(0, most)))
            source, _, entered = category.partition(".")
            step = {"source": source} if table is OPENED else {"source": source, "left": "pencegahan", "entered": entered}
            cell(month, happened, kabupaten=kabupaten, secrecy=1, **step)


def read(sheet: Sheet) -> Iterator[tuple[list[Leaf], Shown]]:
    """What people read of one table, each number with the leaves that it is said to be the sum of."""
    reading = sheet.table
    lines = [("", [one]) for one in KABUPATEN] if reading.rows is None else [(row, list(KABUPATEN)) for row in reading.rows]
    foot: dict[str, list[Leaf]] = {column: [] for column in reading.categories}
    for line, (row, codes) in zip(sheet.lines, lines, strict=True):
        cells = {column: [(reading.table.code, code, leaf) for code in codes for leaf in reading.holds(row, column)] for column in foot}
        yield from zip(cells.values(), line.cells, strict=True)
        yield list(chain.from_iterable(cells.values())), line.total
        for column, held in cells.items():
            foot[column] += held
    yield from zip(foot.values(), sheet.foot.cells, strict=True)
    yield list(chain.from_iterable(foot.values())), sheet.foot.total


def listen() -> tuple[Attacker, list[list[int]]]:
    """Every release as it comes; the unknowns are what happened in each leaf in each month.

    He reads each leaf as machines are told it, its difference to the month before, and every sum: over kabupaten, over categories, over
    both, and each cell, line and column of what people read.
    """
    known = {leaf: [at * len(MONTHS) + month for month in range(len(MONTHS))] for at, leaf in enumerate(leaves())}
    attacker = Attacker(len(known) * len(MONTHS))
    published = {(row.month, (row.table.code, row.kabupaten.pk, row.category)): row for row in tidy()}
    for month, release in enumerate(Release.objects.order_by("month")):
        spans = {leaf: published[release.month, leaf].span for leaf in known}
        groups = [[leaf] for leaf in known]
        for table in PUBLISHED:
            own = [leaf for leaf in known if leaf[0] == table.code]
            groups += [[leaf for leaf in own if leaf[1] == kabupaten] for kabupaten in KABUPATEN]
            groups += [[leaf for leaf in own if leaf[2] == category] for category in table.categories]
            groups.append(own)
        for group, shown in (one for sheet in sheets(release) for one in read(sheet)):
            assert shown.number == sum(published[release.month, leaf].number for leaf in group)
            groups.append(group)
        for group in groups:
            until_now = [unknown for leaf in group for unknown in known[leaf][: month + 1]]
            attacker.learns(until_now, sum(spans[leaf].least for leaf in group), sum(spans[leaf].most for leaf in group))
    in_a_month = [[unknown] for unknowns in known.values() for unknown in unknowns]
    in_a_quarter = [unknowns[:3] for unknowns in known.values()] + [unknowns[3:] for unknowns in known.values()]
    return attacker, in_a_month + in_a_quarter


@pytest.mark.django_db
def test_waiting_and_subtracting_tells_nothing_either() -> None:
    for kabupaten in KABUPATEN:
        a_user(Role.STAF_SEKRETARIAT, kabupaten)
    chance = seeded("attacked sequences")
    for _ in range(SEQUENCES_ATTACKED):
        sid = transaction.savepoint()
        arrive(chance)
        for month in range(2, 8):
            freeze_months(now=datetime(2026, month, 9, tzinfo=UTC))
        attacker, targets = listen()
        found = attacker.intervals(targets)
        assert len(found) == len(leaves()) * (len(MONTHS) + 2)
        assert (exact(found), narrower_than(found, K)) == (0, 0)
        transaction.savepoint_rollback(sid)
