"""Inserting and changing very many rows: one prepared statement on SQLite, COPY on PostgreSQL.

Several times as fast as `bulk_create`, which writes every value into the text of the statement. No defaults of the database,
no signals, no conflicts: for rows that were built whole, as generated cases and their journal lines.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, JSONField, Model

AS_IT_IS = (str, int, bool, type(None))


def insert(rows: Iterable[Model]) -> None:
    """Insert `rows`, all of one model, in the caller's transaction, and give each its key. Related rows must have theirs."""
    whole = list(rows)
    if not whole:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    meta = whole[0]._meta  # noqa: SLF001 - Django's documented door
    columns = list(meta.local_concrete_fields)
    if isinstance(meta.pk, AutoField):
        for row, key in zip(whole, _keys(connection, meta.db_table, str(meta.pk.column), len(whole)), strict=True):
            row.pk = key
    names = ", ".join(f'"{field.column}"' for field in columns)
    values: Any = (tuple(_value(row, field, connection) for field in columns) for row in whole)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f'COPY "{meta.db_table}" ({names}) FROM STDIN') as copy:
                for one in values:
                    copy.write_row(one)
        else:
            holes = ", ".join("%s" for _ in columns)
            cursor.executemany(f'INSERT INTO "{meta.db_table}" ({names}) VALUES ({holes})', values)  # noqa: S608 - our own names only


def insert_new(rows: Iterable[Model]) -> None:
    """Insert those of `rows`, all of one model with a key of its own, of which no unique key is there yet. Their keys are not read back.

    A column that says the same in all rows goes over the line once.
    """
    whole = list(rows)
    if not whole:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    meta = whole[0]._meta  # noqa: SLF001 - Django's documented door
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    columns = [(field, [_value(row, field, connection) for row in whole]) for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(*_from_arrays(meta.db_table, columns, connection))
            return
        names = ", ".join(f'"{field.column}"' for field in fields)
        holes = ", ".join("%s" for _ in fields)
        statement = f'INSERT INTO "{meta.db_table}" ({names}) VALUES ({holes}) ON CONFLICT DO NOTHING'  # noqa: S608 - our own names only
        cursor.executemany(statement, list(zip(*(values for _, values in columns), strict=True)))


def _from_arrays(table: str, columns: list[tuple[Any, list[Any]]], connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
    """The statement for PostgreSQL: an array for each column that differs, one value for each that does not."""
    same: list[tuple[Any, list[Any]]] = []
    differing: list[tuple[Any, list[Any]]] = []
    for field, values in columns:
        first = values[0]
        (same if all(value == first for value in values) else differing).append((field, values))
    differing = differing or [same.pop()]
    names = ", ".join(f'"{field.column}"' for field, _ in (*same, *differing))
    chosen = [f"%s::{field.db_type(connection)}" for field, _ in same] + [f'new."{field.column}"' for field, _ in differing]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field, _ in differing)
    new = ", ".join(f'"{field.column}"' for field, _ in differing)
    statement = f'INSERT INTO "{table}" ({names}) SELECT {", ".join(chosen)} FROM unnest({arrays}) AS new({new}) ON CONFLICT DO NOTHING'  # noqa: S608
    return statement, [*(values[0] for _, values in same), *(values for _, values in differing)]


def set_each(model: type[Model], column: str, values: Mapping[int, tuple[Any, Any]], unless: str) -> set[int]:
    """Set `column` of each row to a value of its own where the column `unless` still says what was read.

    `values` is {key: (what `unless` said, new value)}. Gives the keys of the rows that were set: compare-and-swap for many.
    """
    if not values:
        return set()
    connection = connections[DEFAULT_DB_ALIAS]
    meta = model._meta  # noqa: SLF001 - Django's documented door
    new, old = meta.get_field(column), meta.get_field(unless)
    rows = [(_prepared(fresh, new, connection), key, _prepared(seen, old, connection)) for key, (seen, fresh) in values.items()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            kinds = (new.db_type(connection), old.db_type(connection))
            cursor.execute(
                f'UPDATE "{meta.db_table}" AS row SET "{column}" = new.value '  # noqa: S608 - our own names only
                f"FROM unnest(%s::{kinds[0]}[], %s::bigint[], %s::{kinds[1]}[]) AS new(value, id, seen) "
                f'WHERE row.id = new.id AND row."{unless}" = new.seen RETURNING row.id',
                [list(part) for part in zip(*rows, strict=True)],
            )
            return {key for (key,) in cursor.fetchall()}
        won = set()
        for row in rows:
            cursor.execute(f'UPDATE "{meta.db_table}" SET "{column}" = %s WHERE id = %s AND "{unless}" = %s', row)  # noqa: S608
            if cursor.rowcount:
                won.add(row[1])
        return won


def _prepared(value: Any, field: Any, connection: BaseDatabaseWrapper) -> Any:
    return field.get_db_prep_save(value, connection)


def _keys(connection: BaseDatabaseWrapper, table: str, column: str, number: int) -> Iterator[int]:
    """The next `number` keys of a table, taken from its own counter, so that ordinary inserts go on after them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, number])
            return iter([key for (key,) in cursor.fetchall()])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return iter(range(first, first + number))


def _value(row: Model, field: Any, connection: BaseDatabaseWrapper) -> Any:
    value = getattr(row, field.attname)
    if field.is_relation and value is None and (other := field.get_cached_value(row, default=None)) is not None:
        value = other.pk
    if type(value) in AS_IT_IS and not isinstance(field, JSONField):
        return value
    return field.get_db_prep_save(value, connection)
