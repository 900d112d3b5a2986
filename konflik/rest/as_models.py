"""Prepared queries (`konflik.rest.prepared`) whose rows are models: for what every request or act reads."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.query import get_related_populators

from konflik.rest.prepared import INSTANT, Statement, statement_for

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, eq=False)
class Part:
    """One model among the columns of a row. `path` leads to it from the model that is asked; "" is that model itself.

    `only`: the columns that are read; what else is asked of the model is fetched when it is. None: all.
    """

    model: type[Model]
    path: str = ""
    only: tuple[str, ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """Its columns."""
        names = [field.attname for field in self.model._meta.concrete_fields]  # noqa: SLF001 - Django documents it
        return [name for name in names if not self.only or name in self.only]

    @property
    def columns(self) -> list[str]:
        """Its columns, as `values_list` asks for them."""
        return [f"{self.path}__{name}" if self.path else name for name in self.names]

    @property
    def holes(self) -> list[Cast]:
        """As many columns of the same kinds with nothing in them."""
        fields = {field.attname: field for field in self.model._meta.concrete_fields}  # noqa: SLF001 - Django documents it
        return [Cast(Value(None), fields[name]) for name in self.names]

    @cached_property
    def key(self) -> int:
        """Where among its columns the primary key stands."""
        return self.names.index(self.model._meta.pk.attname)  # noqa: SLF001 - Django documents it


def objects(key: Hashable, build: Callable[[], QuerySet[Row]], values: Mapping[str, Any], *, at: datetime | None = None) -> list[Row]:
    """The rows of a query as models, with what it selects beside them: for what every request or act reads.

    `at` where the query asks for the instant, as in `run`.
    """
    statement = statement_for(key, lambda: [build()], at=at)
    if statement.is_empty:
        return []
    return list(_models(statement, statement.rows(values if at is None else {**values, INSTANT: at})))


def joined(name: str, build: Callable[[], QuerySet], legs: Sequence[Sequence[Part]], values: Mapping[str, Any]) -> list[dict[Part, Any]]:
    """Several models in each row of one query, along joins that Django's own select_related does not walk. `name` is the key.

    Each leg is a walk of its own: what hangs on the model along two of them comes in as many rows as both have together, not as one
    times the other. A row has the parts of its leg, None where a join found nothing. What stands in many rows or places is one model.
    """
    parts = list(dict.fromkeys(part for leg in legs for part in leg))

    def walks() -> list[QuerySet]:
        return [
            build().values_list(Value(number), *(one for part in parts for one in (part.columns if part in leg else part.holes)))
            for number, leg in enumerate(legs)
        ]

    statement = statement_for(name, walks, at=None, overlap=False)
    ends = list(accumulate((len(part.names) for part in parts), initial=1))
    places = {part: slice(start, end) for part, start, end in zip(parts, ends, ends[1:], strict=False)}
    known: dict[tuple[type[Model], tuple[str, ...], Any], Any] = {}

    def read(part: Part, columns: Sequence[Any]) -> Any:
        key = (part.model, part.only, columns[part.key])
        if key not in known:
            known[key] = None if key[2] is None else part.model.from_db(statement.using, part.names, columns)
        return known[key]

    return [{part: read(part, row[places[part]]) for part in legs[row[0]]} for row in statement.rows(values)]


def _models(statement: Statement, rows: Sequence[Sequence[Any]]) -> Iterator[Any]:
    told = statement.compiler.klass_info
    select, places = statement.compiler.select, told["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    populators = get_related_populators(told, select, statement.using)  # type: ignore[call-arg]  # the stubs know a later Django
    for row in rows:
        found = told["model"].from_db(statement.using, names, row[start:end])
        for populator in populators:
            populator.populate(row, found)
        yield found
