"""Which values of a request are told to a prepared query by name, and which belong to its shape."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import django_filters

from konflik.rest.paging import Cursor
from konflik.rest.prepared import Hole, fits

PLAIN = (django_filters.Filter.filter, django_filters.ChoiceFilter.filter)
"""Filters that are a lookup and nothing else."""
BOUND = frozenset({"exact", "gt", "gte", "lt", "lte"})


@dataclass(frozen=True)
class FilterShape:
    """The filters of one request: what they are told, the values of the holes among it, and the key of the rest."""

    holes: Mapping[str, Any]
    values: Mapping[str, Any]
    key: Hashable
    is_kept: bool
    """Whether the statement is worth keeping: not where a text of the request has become part of it."""


def shape_of(filters: type[django_filters.FilterSet], given: Mapping[str, Any]) -> FilterShape:
    """The shape of these filters."""
    holes: dict[str, Any] = {}
    values: dict[str, Any] = {}
    key: list[Hashable] = []
    is_kept = True
    for name, value in given.items():
        if is_plain(filters.base_filters[name]) and fits(value):
            holes[name], values[name] = Hole(name, value), value
            key.append((name, type(value)))
        else:
            holes[name] = value
            key.append((name, value if isinstance(value, bool) else None))
            is_kept &= isinstance(value, bool)
    return FilterShape(holes, values, tuple(key), is_kept)


def is_plain(one: django_filters.Filter) -> bool:
    """Whether a filter compares a column with a value, and nothing else."""
    return type(one).filter in PLAIN and one.lookup_expr in BOUND and not one.distinct


def holes_of(cursor: Cursor | None) -> Cursor | None:
    """The cursor with holes for its values."""
    return cursor and replace(cursor, values=tuple(Hole(name, value) for name, value in values_of(cursor).items()))


def values_of(cursor: Cursor | None) -> dict[str, Any]:
    """The values of the cursor by the names of their holes."""
    return {f"cursor{index}": value for index, value in enumerate(cursor.values)} if cursor else {}
