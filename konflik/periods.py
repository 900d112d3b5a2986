"""Rows that hold from one day until another, both counted; without an end as long as nobody ends them."""

from datetime import date
from typing import Protocol, Self, TypeVar

from django.db import models
from django.db.models import Q

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class Lasting(Protocol):
    """A row that holds from a day until a day."""

    valid_from: date
    valid_until: date | None


def holds_on(row: Lasting, day: date) -> bool:
    """Whether `row` holds on `day`; for rows that were read."""
    return row.valid_from <= day and (row.valid_until is None or row.valid_until >= day)


def lasting_on(day: date) -> Q:
    """The filter for rows that hold on `day`."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class LastingQuerySet(models.QuerySet[Row_co]):
    """Rows with `valid_from` and `valid_until`."""

    def valid_at(self, day: date) -> Self:
        """Those that hold on `day`."""
        return self.filter(lasting_on(day))
