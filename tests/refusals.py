"""A refusal says what is wrong, at the field, and leaves everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, transaction

from konflik.versions import StaleVersion

WHOLE = NON_FIELD_ERRORS


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the three apps, bar the regions; by plain SQL, since hundreds of tests look twice."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, query) for table, query in _queries()}


@cache
def _queries() -> list[tuple[str, str]]:
    ours = [
        model for label in ("konflik", "forums", "accounts") for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    named = [(model._meta.db_table, model._meta.pk.column) for model in ours if model.__name__ not in {"Region", "RegionRelease"}]
    return [(table, f'SELECT * FROM "{table}" ORDER BY "{key}"') for table, key in named]


def _rows(cursor: Any, query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query)
    return cursor.fetchall()


@contextmanager
def nothing_written() -> Iterator[None]:
    """Whatever happens inside leaves no trace."""
    before = everything()
    yield
    after = everything()
    for table, rows in before.items():
        assert after[table] == rows, f"{table} changed"


@contextmanager
def refused(field: str, says: str, error: type[ValidationError] = ValidationError) -> Iterator[None]:
    """The block is refused at `field` in words that begin with `says`, and nothing is half written."""
    with nothing_written(), pytest.raises(error) as caught, transaction.atomic():
        yield
    told = caught.value.message_dict if hasattr(caught.value, "error_dict") else {WHOLE: caught.value.messages}
    assert field in told, told
    assert told[field][0].startswith(says), told
    assert told[field][0].endswith("."), "a sentence"


@contextmanager
def overtaken(current: object, **stands: object) -> Iterator[None]:
    """The block comes too late: it is told what stands now, and writes nothing."""
    with nothing_written(), pytest.raises(StaleVersion) as caught, transaction.atomic():
        yield
    assert caught.value.current == current
    for name, value in stands.items():
        assert getattr(caught.value.current, name) == value
