"""Prepared queries (`konflik.rest.prepared`) whose rows are models: for what every request or act reads."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from konflik.rest.prepared import EMPTY, INSTANT, Statement, statement_for

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
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


def objects(key: Hashable, build: Callable[[], QuerySet[Row]], values: Mapping[str, Any], *, at: datetime | None = None) -> list[Row]:
    """The rows of a query as models, with what it selects beside them: for what every request or act reads.

    `at` where the query asks for the instant, as in `run`.
    """
    statement = statement_for(key, lambda: [build()], at=at)
    if statement is EMPTY:
        return []
    return list(_models(statement, statement.rows(values if at is None else {**values, INSTANT: at})))


def joined(name: str, build: Callable[[], QuerySet], parts: Sequence[Part], values: Mapping[str, Any]) -> list[list[Any]]:
    """Several models in each row of one query, along joins that Django's own select_related does not walk; None where a join
    found nothing. `name` is the key.
    """
    columns_of_all = [column for part in parts for column in part.columns]
    statement = statement_for(name, lambda: [build().values_list(*columns_of_all)], at=None)
    told = [(part.model, part.names, part.model._meta.pk.attname) for part in parts]  # noqa: SLF001 - Django documents it
    found = []
    for row in statement.rows(values):
        start, models_of_row = 0, []
        for model, names, key in told:
            end = start + len(names)
            columns = row[start:end]
            models_of_row.append(None if columns[names.index(key)] is None else model.from_db(statement.using, names, columns))
            start = end
        found.append(models_of_row)
    return found


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
