"""Keeps the cells exact in the transaction of the act."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, fields
from typing import Any

from django.db import connection
from django.db.models import F

from konflik.counts.models import CaseCell, MonthCell
from konflik.counts.tables import CaseKey, MonthKey


def move(*, before: CaseKey | None, after: CaseKey | None) -> None:
    """Take a case out of the cell `before` and put it into `after`; either may be None."""
    _add(CaseCell, [(before, -1), (after, 1)])


def tally(gains: Iterable[tuple[MonthKey, int]]) -> None:
    """Count events in their months; a correction takes one out and puts one in elsewhere."""
    _add(MonthCell, gains)


def pour(cases: Counter[CaseKey], months: Counter[MonthKey]) -> None:
    """Add many gains to many cells in one statement each, for bulk work; both databases know it word for word."""
    _pour(CaseCell, cases)
    _pour(MonthCell, months)


def _pour(cell: type[CaseCell] | type[MonthCell], gains: Mapping[Any, int]) -> None:
    if not gains:
        return
    meta = cell._meta  # noqa: SLF001 - Django's documented door
    columns = [field.name for field in fields(next(iter(gains)))]
    key = ", ".join(columns)
    statement = (
        f"INSERT INTO {meta.db_table} AS cell ({key}, number) VALUES ({'%s, ' * len(columns)}%s) "  # noqa: S608 - our own names only
        f"ON CONFLICT ({key}) DO UPDATE SET number = cell.number + excluded.number"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*astuple(one), gain) for one, gain in sorted(gains.items(), key=lambda pair: str(pair[0]))])


def _add(cell: type[CaseCell] | type[MonthCell], gains: Iterable[tuple[CaseKey | MonthKey | None, int]]) -> None:
    """Always in the same order, cells made before cells changed: two acts that cross wait for each other and never for ever."""
    total: Counter[CaseKey | MonthKey] = Counter()
    for key, gain in gains:
        if key is not None:
            total[key] += gain
    keys = sorted((key for key, gain in total.items() if gain), key=lambda key: tuple(map(str, astuple(key))))
    rows = [cell.objects.get_or_create(**asdict(key))[0].pk for key in keys]
    for pk, key in sorted(zip(rows, keys, strict=True), key=lambda pair: pair[0]):
        cell.objects.filter(pk=pk).update(number=F("number") + total[key])
