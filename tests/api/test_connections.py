"""A connection that the server has ended between two requests is noticed without asking the server, and opened anew."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from konflik.rest.connections import is_quiet
from konflik.rest.prepared import cursor_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could end a connection"),
]


@pytest.fixture
def other(db: None) -> Iterator[Any]:
    kept = connection.copy()
    kept.ensure_connection()
    yield kept
    kept.close()


def number_of(kept: Any) -> int:
    with cursor_of(kept) as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_an_ended_connection_is_opened_anew(other: Any) -> None:
    other.health_check_enabled = True
    first = number_of(other)
    assert is_quiet(other)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    assert not is_quiet(other)
    other.health_check_done = False  # as at the start of a request
    assert number_of(other) != first
    assert is_quiet(other)
