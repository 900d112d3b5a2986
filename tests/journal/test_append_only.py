"""The database itself refuses to change what is written."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from konflik.journal.models import JournalDetail, JournalLine
from konflik.journal.selectors import breaks
from konflik.journal.services import anchor_heads, erase_detail
from konflik.law.events import Event
from tests.journal.writing import ANCHORS, DETAILS, LINES, NOW, sql, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _something_written() -> None:
    write(4)
    anchor_heads(now=NOW, day=date(2026, 11, 22))


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="riwayat tidak boleh diubah atau dihapus"), transaction.atomic():
        sql(statement)


@pytest.mark.parametrize("column", [field.column for field in JournalLine._meta.concrete_fields])
def test_no_column_of_a_line_can_be_updated(column: str) -> None:
    refused(f"UPDATE {LINES} SET {column} = {column} WHERE position = 2")


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM {LINES}",
        f"DELETE FROM {LINES} WHERE position = 4",
        f"UPDATE {ANCHORS} SET root = 'x'",
        f"DELETE FROM {ANCHORS}",
        f"UPDATE {DETAILS} SET data = '{{}}'",
        f"UPDATE {DETAILS} SET salt = ''",
    ],
)
def test_neither_lines_nor_anchors_nor_details_change(statement: str) -> None:
    refused(statement)


@pytest.mark.parametrize("table", [LINES, ANCHORS, DETAILS])
def test_no_table_is_emptied_or_replaced_at_once(table: str) -> None:
    if connection.vendor == "postgresql":
        # What waits for the end of the transaction would refuse the statement first.
        connection.check_constraints()
        refused(f"TRUNCATE {table} CASCADE")
    else:
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_a_line_is_not_replaced_by_one_with_another_id() -> None:
    columns = ", ".join(field.column for field in JournalLine._meta.concrete_fields if not field.primary_key)
    if connection.vendor == "postgresql":
        refused(
            f"INSERT INTO {LINES} ({columns}) SELECT {columns} FROM {LINES} WHERE position = 2 "
            f"ON CONFLICT (stream, position) DO UPDATE SET event = 'x'"
        )
    else:
        refused(f"INSERT OR REPLACE INTO {LINES} ({columns}) SELECT {columns} FROM {LINES} WHERE position = 2")


def test_the_code_has_no_way_around_it() -> None:
    line = JournalLine.objects.get(position=2)
    for change in (
        line.save,
        line.delete,
        lambda: JournalLine.objects.filter(position=2).update(event="x"),
        JournalLine.objects.all().delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_second_line_at_one_position_is_refused() -> None:
    line = JournalLine.objects.get(position=2)
    line.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save(force_insert=True)


def test_what_must_be_erased_is_erased_and_the_chain_holds() -> None:
    line = JournalLine.objects.get(position=2)
    assert line.detail.data == {"teks": "Catatan 1"}
    erase_detail(line)
    assert not JournalDetail.objects.filter(line=line).exists()
    assert JournalLine.objects.get(pk=line.pk).detail_digest == line.detail_digest
    write(1, event=Event.DETAIL_ERASED.value, payload={"line": line.pk})
    assert list(breaks()) == []
