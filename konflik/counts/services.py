"""Keeps the cells exact in the transaction of the act."""

from dataclasses import asdict

from django.db.models import F

from konflik.counts.models import CaseCell, MonthCell
from konflik.counts.tables import CaseKey, MonthKey


def move(*, before: CaseKey | None, after: CaseKey | None) -> None:
    """Take a case out of the cell `before` and put it into `after`; either may be None."""
    if before == after:
        return
    if before is not None:
        _add(CaseCell, before, -1)
    if after is not None:
        _add(CaseCell, after, 1)


def tally(key: MonthKey, *, by: int) -> None:
    """Count an event `by` times more in its month; a correction takes one out and puts one in elsewhere."""
    _add(MonthCell, key, by)


def _add(cell: type[CaseCell] | type[MonthCell], key: CaseKey | MonthKey, by: int) -> None:
    row, _ = cell.objects.get_or_create(**asdict(key))
    cell.objects.filter(pk=row.pk).update(number=F("number") + by)
