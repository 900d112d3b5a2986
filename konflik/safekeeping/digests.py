"""What stands in a table, as a number that two copies can compare."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

FETCH = 2000
MODULUS = 2**256


def table_states(connection: BaseDatabaseWrapper) -> dict[str, dict[str, Any]]:
    """For every table: number of rows and digest of their content, as the open transaction sees them."""
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
    return {name: _state(connection, name) for name in names}


def rows_state(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Independent of the order of rows: text sorts differently on two hosts."""
    count, total = 0, 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
    return {"rows": count, "digest": f"{total % MODULUS:064x}"}


def _state(connection: BaseDatabaseWrapper, table: str) -> dict[str, Any]:
    with connection.chunked_cursor() as cursor:
        # The name comes from the database itself.
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return rows_state(_fetched(cursor))


def _fetched(cursor: Any) -> Iterable[Sequence[Any]]:
    while rows := cursor.fetchmany(FETCH):
        yield from rows
