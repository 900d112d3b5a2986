"""The fast read path: a query that the ORM compiles once for each of its shapes, and that is then only bound and run.

Visibility, filters and columns stay ordinary querysets. Where a value comes from a request there stands a `Hole`, told by name when
the query is run; everything else belongs to the shape, and so to the key under which the compiled statement is kept. The instant of
the request needs no hole: wherever it stands among the parameters, the instant of the next request is put.

Several querysets are walks over one table, each along its own index, of which one page is put together: `a OR b` would make a database
read everything.

The same on SQLite and PostgreSQL; there the statement is prepared in the connection too. Price: calls that Django half documents
(`get_compiler`, `as_sql`, `get_converters`), so Django is pinned to a minor version and tests compare the page with that of the plain
ORM.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import QuerySet, Value

from konflik.rest.connections import is_quiet
from konflik.rest.kept import Kept

KEPT = 2000
"""How many statements a process keeps; the oldest gives way."""

FIELDS: tuple[tuple[type, models.Field], ...] = (
    (bool, models.BooleanField()),
    (int, models.BigIntegerField()),
    (str, models.TextField()),
    (datetime, models.DateTimeField()),
    (date, models.DateField()),
)
AS_THEY_ARE = frozenset({bool, str})
"""What every database takes as Python has it. Of an integer psycopg would choose the size by its value, and each size is another plan."""
INSTANT = "at"


class Hole(Value):
    """A value that is told when the query is run, and is of the kind of `like`."""

    def __init__(self, name: str, like: Any) -> None:
        self.name = name
        super().__init__(like, output_field=next(field for kind, field in FIELDS if isinstance(like, kind)))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """As the ORM asks: a place for the value, and what will fill it."""
        return "%s", [Slot(self.name, self.output_field)]


def fits(value: Any) -> bool:
    """Whether `value` can stand in a Hole."""
    return isinstance(value, tuple(kind for kind, _ in FIELDS))


@dataclass(frozen=True)
class Slot:
    """A parameter that is still to be filled."""

    name: str
    field: models.Field

    def filled(self, values: Mapping[str, Any], connection: Any) -> Any:
        """The value as the database takes it."""
        value = values[self.name]
        return value if type(value) in AS_THEY_ARE else self.field.get_db_prep_value(value, connection=connection, prepared=False)


@dataclass(frozen=True)
class Statement:
    """A compiled query: its text, its parameters with the places to fill, and what turns its rows into values."""

    using: str
    sql: str
    params: tuple[Any, ...]
    converters: Mapping[int, Any]
    compiler: Any
    is_planned_once: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be found, so that nobody need be asked."""
        return not self.sql

    def rows(self, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        """The rows for these values."""
        connection = connections[self.using]
        params = [one.filled(values, connection) if isinstance(one, Slot) else one for one in self.params]
        with cursor_of(connection) if self.is_planned_once else connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return list(self.compiler.apply_converters(found, self.converters)) if self.converters else found


EMPTY = Statement("default", "", (), {}, None)

_kept: Kept[Statement] = Kept(KEPT)


def forget() -> None:
    """Compile everything anew from here on: for tests, and for whoever changes tables under a running process."""
    _kept.clear()


def run(
    key: Hashable | None,
    build: Callable[[], list[QuerySet]],
    values: Mapping[str, Any],
    *,
    at: datetime,
    is_planned_once: bool = True,
) -> list[Sequence[Any]]:
    """The rows of the walks that `build` gives for this key; it is called when the key is new, or always when there is none.

    Each walk is a `values_list` in the same columns, order and limit. `is_planned_once`: whether one plan is good for all values; where it
    is not (a window of time may hold everything or nothing) the database plans for the values each time.
    """
    statement = compiled(build(), at=at) if key is None else statement_for(key, build, at=at, is_planned_once=is_planned_once)
    return [] if statement.is_empty else statement.rows({**values, INSTANT: at})


def several(name: str, values: Iterable[Any]) -> tuple[list[Any], dict[str, Any]]:
    """Holes for an `__in` of these values, and what fills them; the number of holes belongs to the key of the query.

    The last value stands again until their number is a power of two, so that lists of all lengths share a few statements.
    """
    every = list(values)
    if every:
        every += every[-1:] * ((1 << (len(every) - 1).bit_length()) - len(every))
    told = {f"{name}{index}": value for index, value in enumerate(every)}
    return [Hole(one, value) for one, value in told.items()], told


def run_count(build: Callable[[], list[QuerySet]], *, at: datetime) -> int:
    """How many rows the walks find together, each once; every walk is cut where counting stops, and so is their sum."""
    statement = compiled(build(), at=at)
    if statement.is_empty:
        return 0
    sql = f"SELECT COUNT(*) FROM ({statement.sql}) AS counted"  # noqa: S608 - a text of the ORM
    counting = Statement(statement.using, sql, statement.params, {}, None)
    return int(counting.rows({INSTANT: at})[0][0])


def statement_for(
    key: Hashable, build: Callable[[], list[QuerySet]], *, at: datetime | None, overlap: bool = True, is_planned_once: bool = True
) -> Statement:
    """The kept statement of this key, compiled where it is new; an empty one where nothing can be found. `at` where the query asks for the
    instant: some rules hold by the local day, and at every full hour the day may be another one. `overlap`: whether two walks may find
    the same row, which then comes once.
    """
    if at is not None:
        key = (key, at.date(), at.hour)
    return _kept.get(key, lambda: replace(compiled(build(), at=at, overlap=overlap), is_planned_once=is_planned_once))


def compiled(walks: list[QuerySet], *, at: datetime | None, overlap: bool = True) -> Statement:
    """The statement of these walks, in which the instant `at` is a place to fill."""
    parts = []
    for walk in walks:
        compiler = walk.query.get_compiler(walk.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            continue
        parts.append((compiler, sql, params))
    if not parts:
        return EMPTY
    compiler = parts[0][0]
    sql = parts[0][1] if len(parts) == 1 else _united([sql for _, sql, _ in parts], walks[0], overlap=overlap)
    instant = Slot(INSTANT, models.DateTimeField())
    is_now = instant.filled({INSTANT: at}, compiler.connection) if at else Slot
    params = [instant if one == is_now else one for _, _, told in parts for one in told]
    converters = compiler.get_converters([column[0] for column in compiler.select])
    return Statement(walks[0].db, sql, tuple(params), converters, compiler)


def _united(texts: list[str], walk: QuerySet, *, overlap: bool) -> str:
    """One page of several walks: rows that two of them find come once."""
    names = list(walk.query.values_select)
    order = []
    for column in map(str, walk.query.order_by):
        name = column.lstrip("-")
        place = names.index(_plain(name, walk)) + 1
        order.append(f"{place} {'DESC' if column.startswith('-') else 'ASC'}")
    # Texts of the ORM and numbers of columns: nothing here comes from a request.
    union = " UNION " if overlap else " UNION ALL "
    walks = union.join(f"SELECT * FROM ({text}) AS w{index}" for index, text in enumerate(texts))  # noqa: S608
    sorting = f" ORDER BY {', '.join(order)}" if order else ""
    limit = f" LIMIT {walk.query.high_mark}" if walk.query.high_mark else ""
    return f"{walks}{sorting}{limit}"


def _plain(name: str, walk: QuerySet) -> str:
    names = walk.query.values_select
    return name if name in names else str(walk.model._meta.pk.name)  # noqa: SLF001 - Django documents it


def cursor_of(connection: Any) -> Any:
    """On PostgreSQL a cursor whose statements are prepared in the server; Django's own where queries are logged: it knows their text."""
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    if not connection.health_check_done:
        connection.health_check_done = is_quiet(connection)
        connection.close_if_health_check_failed()
        connection.ensure_connection()
    connection.connection.prepare_threshold = 0
    return connection.make_cursor(connection.Database.Cursor(connection.connection))
