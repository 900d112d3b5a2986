"""Keeps the numbers exact: a gain in the transaction of the act, carried into the cells later, or counted anew as a whole."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from konflik.bulk import insert
from konflik.counts.models import CaseCell, CaseGain, MonthCell, MonthGain
from konflik.counts.selectors import recount, spread
from konflik.counts.tables import PLACED, CaseKey, Cell, MonthKey, gain_of

GAINS_AT_ONCE = 5000
KINDS: tuple[tuple[Any, Any, Any], ...] = ((CaseCell, CaseGain, CaseKey), (MonthCell, MonthGain, MonthKey))


def gain(*, before: CaseKey | None = None, after: CaseKey | None = None, months: Iterable[tuple[MonthKey, int]] = ()) -> None:
    """Count one act: a case goes out of the number `before` and into `after`, steps into their months.

    A correction takes a step out of one month and puts it in elsewhere. Nothing is written where nothing changes.
    """
    cases = [(key, number) for key, number in ((before, -1), (after, 1)) if key is not None]
    told = [made for made in (_insert(CaseGain, CaseKey, cases), _insert(MonthGain, MonthKey, months)) if made]
    with connection.cursor() as cursor:
        if len(told) > 1 and connection.vendor == "postgresql":
            # One way to the server and back for both.
            (first, values), (second, more) = told
            cursor.execute(f"WITH counted AS ({first}) {second}", [*values, *more])
        else:
            for statement, values in told:
                cursor.execute(statement, values)


def _insert(table: Any, key: Any, gains: Iterable[tuple[Any, int]]) -> tuple[str, list[Any]] | None:
    """The statement that writes what one act gains in all. It is plain: an act waits for it, and the ORM takes longer than the database."""
    total = Counter[Any]()
    for one, number in gains:
        total[one] += number
    rows = [(*gain_of(one), number) for one, number in total.items() if number]
    if not rows:
        return None
    columns = ("province", *key._fields, "gain")
    holes = f"({', '.join(['%s'] * len(columns))})"
    statement = f"INSERT INTO {table._meta.db_table} ({', '.join(columns)}) VALUES {', '.join([holes] * len(rows))}"  # noqa: S608, SLF001
    return statement, [value for row in rows for value in row]


def pour(cases: Counter[CaseKey], months: Counter[MonthKey]) -> None:
    """Add many numbers to the cells at once, for bulk work."""
    _add(CaseCell, CaseKey, spread(cases))
    _add(MonthCell, MonthKey, spread(months))


def fold() -> int:
    """Carry every waiting gain into the cells and say how many there were. Two at once do each gain once."""
    return sum(_fold(*kind) for kind in KINDS)


def _fold(cell: Any, gain: Any, key: Any) -> int:
    done = 0
    while some := _fold_some(cell, gain, key):
        done += some
    return done


@transaction.atomic
def _fold_some(cell: Any, gain: Any, key: Any) -> int:
    """The oldest gains: who takes a case out of a cell has seen the gain that put it in, so no cell falls below nothing."""
    rows = list(gain.objects.select_for_update().order_by("pk").values_list("pk", "gain", *key._fields)[:GAINS_AT_ONCE])
    total = Counter[Any]()
    for _, number, *values in rows:
        total[key(*values)] += number
    _add(cell, key, spread(total))
    # Only what was read: gains that were committed meanwhile wait for the next time.
    gain.objects.filter(pk__in=[pk for pk, *_ in rows]).delete()
    return len(rows)


def _add(cell: Any, key: Any, gains: Mapping[Cell, int]) -> None:
    """Always in the same order: two who cross wait for each other and never for ever."""
    columns = ["level", *PLACED, *(name for name in key._fields if name not in PLACED)]
    ordered = sorted(((one, gain) for one, gain in gains.items() if gain), key=lambda pair: tuple(map(str, pair[0])))
    table, names = cell._meta.db_table, ", ".join(columns)  # noqa: SLF001 - Django's documented door
    more = (
        f"INSERT INTO {table} AS cell ({names}, number) VALUES ({'%s, ' * len(columns)}%s) "  # noqa: S608 - our own names only
        f"ON CONFLICT ({names}) DO UPDATE SET number = cell.number + excluded.number"
    )
    # A cell that loses is there; a row below nothing would be refused before the conflict is seen.
    less = f"UPDATE {table} SET number = number + %s WHERE {' AND '.join(f'{name} = %s' for name in columns)}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(more, [(*one, gain) for one, gain in ordered if gain > 0])
        cursor.executemany(less, [(gain, *one) for one, gain in ordered if gain < 0])


@transaction.atomic
def rebuild() -> int:
    """Write every cell anew from the journal and say how many there are. Acts that count wait until it is done."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {CaseGain._meta.db_table}, {MonthGain._meta.db_table} IN EXCLUSIVE MODE")  # noqa: SLF001
    cases, months = recount()
    made = 0
    for (cell, gain, key), counted in zip(KINDS, (spread(cases), spread(months)), strict=True):
        gain.objects.all().delete()
        cell.objects.all().delete()
        columns = ("level", *PLACED, *(name for name in key._fields if name not in PLACED))
        rows = [cell(number=number, **dict(zip(columns, one, strict=True))) for one, number in counted.items()]
        insert(rows)
        made += len(rows)
    return made
