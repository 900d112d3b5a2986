"""What the tests of the journal share: lines written at will, and SQL past every trigger."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models

from konflik.journal.models import JournalAnchor, JournalDetail, JournalHead, JournalLine
from konflik.journal.services import Entry, append

NOW = datetime(2026, 11, 22, 3, 0, 0, 123456, tzinfo=UTC)
LINES, DETAILS, HEADS, ANCHORS = (model._meta.db_table for model in (JournalLine, JournalDetail, JournalHead, JournalAnchor))


def write(number: int = 1, *, case_id: int | None = 7, **told: Any) -> list[JournalLine]:
    """So many lines of one stream, a minute apart, every second one with a detail."""
    lines = []
    for index in range(number):
        at = NOW + timedelta(minutes=index)
        entry = {
            "event": "note_added",
            "occurred_at": at,
            "case_id": case_id,
            "payload": {"n": index, "tanggal": at},
            "basis": "UU 7/2012 Pasal 12",
        }
        entry["detail"] = {"teks": f"Catatan {index}"} if index % 2 else {}
        lines.append(append(Entry(**{**entry, **told}), now=at))
    return lines


def sql(statement: str, *values: object) -> None:
    """One statement, as somebody with the keys of the database would type it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def adapted(field: str, value: object) -> object:
    """`value` as the column `field` of a line stores it."""
    column: Any = JournalLine._meta.get_field(field)
    column = column.target_field if isinstance(column, models.ForeignKey) else column
    return column.get_db_prep_save(value, connection)


def drop_triggers() -> None:
    """As the owner of the database can; inside the transaction of the test."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT DISTINCT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
