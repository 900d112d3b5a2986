"""Pages by key: the thousandth costs what the first does, and rows that come in between are neither doubled nor left out.

A cursor is signed, and holds for the list, the filters and the order that it was made for; anything else is refused. That of a page for
people holds for the list and the order: it says after which row to go on, whatever narrows the list meanwhile. It says where a
page begins, never what may be seen: whoever uses it is asked for their rights anew.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Lookup, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from konflik.rest.problems import Problem

COUNTED_UP_TO = 10_001
SEPARATOR = "."
INSTANT, DAY, PLAIN = "t", "d", "p"


@dataclass(frozen=True)
class Order:
    """Columns in which a list is sorted, all the same way, by their sign; the last one is the key. None of them may be empty."""

    columns: tuple[str, ...]

    @classmethod
    def by(cls, name: str, key: str = "pk") -> "Order":
        """By one column and then by key, both the same way: "-opened_at"."""
        sign = "-" if name.startswith("-") else ""
        return cls((name,) if name.lstrip("-") == key else (name, f"{sign}{key}"))

    @property
    def names(self) -> tuple[str, ...]:
        """The columns without their signs."""
        return tuple(column.lstrip("-") for column in self.columns)

    def reversed(self) -> "Order":
        """The other way round."""
        return Order(tuple(column[1:] if column.startswith("-") else f"-{column}" for column in self.columns))

    def beyond(self, values: Sequence[Any]) -> Lookup:
        """Rows that come after `values` in this order, as one comparison of rows: what an index in this order is entered by."""
        comes_after = TupleLessThan if self.columns[0].startswith("-") else TupleGreaterThan
        return comes_after(Tuple(*(F(name) for name in self.names)), tuple(values))


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after the row with these values, or before it when `is_back`."""

    values: tuple[Any, ...]
    is_back: bool = False

    def write(self, scope: str) -> str:
        """As text, bound to `scope`."""
        told = json.dumps([self.is_back, *(_written(value) for value in self.values)], separators=(",", ":"))
        body = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
        return f"{body}{SEPARATOR}{_signer(scope).signature(body)}"

    @classmethod
    def read(cls, text: str, scope: str, *, columns: int) -> "Cursor":
        """The cursor that `text` is. Raises Problem where it was not made here for this list, these filters and this order."""
        body, _, signature = text.partition(SEPARATOR)
        try:
            _signer(scope).unsign(f"{body}:{signature}")
            is_back, *values = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        except (BadSignature, ValueError):
            raise Problem("kursor-tidak-sah") from None
        if len(values) != columns:
            raise Problem("kursor-tidak-sah")
        return cls(tuple(_read(kind, value) for kind, value in values), bool(is_back))


@dataclass(frozen=True)
class Page:
    """Rows in the order of the list, and the cursors of its neighbours; empty where there is none."""

    rows: list[Any]
    next: str
    previous: str


class KeyPage:
    """A page of models for people, who go forward and back to the front. A mark that was not made here leads to the front."""

    def __init__(self, rows: QuerySet, order: Order, *, after: str = "", size: int = 20) -> None:
        scope = scope_of(rows.model._meta.label, order, {})  # noqa: SLF001 - Django documents it
        cursor = _read_or_none(after, scope, columns=len(order.columns))
        found = list(narrowed(rows, order, cursor, limit=size))
        self.rows = found[:size]
        last = [getattr(self.rows[-1], name) for name in order.names] if len(found) > size else []
        self.next = Cursor(tuple(last)).write(scope) if last else ""
        self.is_first = cursor is None


def _read_or_none(text: str, scope: str, *, columns: int) -> Cursor | None:
    try:
        return Cursor.read(text, scope, columns=columns) if text else None
    except Problem:
        return None


def scope_of(path: str, order: Order, filters: Mapping[str, str]) -> str:
    """What a cursor holds for."""
    told = json.dumps([path, order.columns, sorted(filters.items())])
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def narrowed(rows: QuerySet, order: Order, cursor: Cursor | None, *, limit: int) -> QuerySet:
    """The rows of one page and one more, which says whether another page follows."""
    walk = order.reversed() if cursor and cursor.is_back else order
    if cursor:
        rows = rows.filter(walk.beyond(cursor.values))
    return rows.order_by(*walk.columns)[: limit + 1]


def page_of(found: Sequence[Any], cursor: Cursor | None, *, limit: int, scope: str, places: Sequence[int]) -> Page:
    """The page in the tuples `found` by `narrowed`; `places` say where in a tuple the columns of the order stand."""
    is_back = bool(cursor and cursor.is_back)
    rows, has_more = list(found[:limit]), len(found) > limit
    if is_back:
        rows.reverse()

    def mark(index: int, *, back: bool) -> str:
        return Cursor(tuple(rows[index][place] for place in places), back).write(scope)

    has_next, has_previous = (True, has_more) if is_back else (has_more, cursor is not None)
    return Page(rows, mark(-1, back=False) if rows and has_next else "", mark(0, back=True) if rows and has_previous else "")


def _signer(scope: str) -> Signer:
    return Signer(salt=f"konflik.rest.cursor.{scope}")


def _written(value: Any) -> list[Any]:
    if isinstance(value, datetime):
        return [INSTANT, value.isoformat()]
    return [DAY, value.isoformat()] if isinstance(value, date) else [PLAIN, value]


def _read(kind: str, value: Any) -> Any:
    if kind == INSTANT:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind == DAY else value
