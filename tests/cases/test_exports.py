"""Exports are inert and faithful (S26): no formula cell, no unguarded field, and every text comes back as it was."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.cases.services import exports
from konflik.cases.services.exports import COLUMNS, Export, export_cases
from konflik.journal.models import JournalLine
from konflik.sheets import XLSX_LONGEST, csv_chunks, guarded, xlsx_chunks, xlsx_text
from tests.builders import DAY, MUARO_JAMBI, NOW, PASER, a_case, a_party, a_user

PREFIXES = [
    *("=", "+", "-", "@", "\t", "\r", "\n", "\0"),
    *(" =", "\u00a0=", "\ufeff=", "\u200b=", "＝", "＋", "－", "＠"),
    *("|", "%", "'", "'=", '"=', ";=", ",=", "=cmd|' /C calc'!A0", "_x000D_="),
]
DANGEROUS_FIRST = re.compile("[=+\\-@\t\r\n\0＝＋－＠|%\\s\ufeff\u200b]")
TEXTS = [f'{prefix}1+1 HYPERLINK("luar")' for prefix in PREFIXES]
TEXT_TYPES = {"s", "inlineStr"}
ESCAPED = re.compile("_x([0-9A-F]{4})_")


def bytes_of(chunks: object) -> bytes:
    return b"".join(chunks)


def csv_rows(data: bytes) -> list[list[str]]:
    """The fields as a spreadsheet program takes them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def from_csv(field: str) -> str:
    """The inverse of the rule: one leading quote goes."""
    return field.removeprefix("'")


def from_xlsx(value: object) -> str:
    """The inverse of the rule, as the format prescribes it."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value or ""))


def test_there_are_25_prefixes() -> None:
    assert len(set(PREFIXES)) == 25


@pytest.mark.parametrize("column", range(3))
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_inert_and_comes_back_from_csv(text: str, column: int) -> None:
    row = ["biasa", "biasa", "biasa"]
    row[column] = text
    [read] = csv_rows(bytes_of(csv_chunks([row])))
    assert not DANGEROUS_FIRST.match(read[column])
    assert [from_csv(field) for field in read] == row


@pytest.mark.parametrize("column", range(3))
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_inert_and_comes_back_from_xlsx(text: str, column: int) -> None:
    row = ["biasa", "biasa", "biasa"]
    row[column] = text
    sheet = load_workbook(io.BytesIO(bytes_of(xlsx_chunks([row], title="Uji")))).active
    [cells] = sheet.iter_rows()
    assert {cell.data_type for cell in cells} <= TEXT_TYPES
    assert [from_xlsx(cell.value) for cell in cells] == row


@pytest.mark.parametrize("text", ["Sengketa lahan", "2024 dan sesudahnya", "Éclair", "(tanpa judul)", "“Kutipan”", ""])
def test_prose_stands_as_it_is(text: str) -> None:
    assert guarded(text) == text


def test_what_no_cell_can_hold_ends_with_a_word_about_it() -> None:
    whole = "a" * XLSX_LONGEST
    assert xlsx_text(whole) == whole
    for before in range(8):
        cut = xlsx_text("b" * before + "\x01" * 8000)
        assert len(cut) <= XLSX_LONGEST
        kept, _, told = cut.partition(" … ")
        assert kept == "b" * before + "_x0001_" * ((len(kept) - before) // 7), "no sign is cut in two"
        assert "CSV" in told


def an_evil_case(text: str) -> Case:
    """A case all of whose texts are `text`, past the services: an old import, say."""
    staff = a_user()
    case = a_case(actor=staff, title="Judul")
    party = a_party(case, actor=staff)
    evil = text.replace("\0", "")
    type(party).objects.filter(pk=party.pk).update(name=evil)
    Case.objects.filter(pk=case.pk).update(title=evil, number=evil[:40], handler=staff)
    type(staff).objects.filter(pk=staff.pk).update(name=evil)
    type(case.issue_type).objects.filter(pk=case.issue_type_id).update(label=evil)
    return case


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_column_of_the_export_is_inert_and_faithful(text: str, form: str) -> None:
    case = an_evil_case(text)
    reader = a_user(Role.SEKRETARIS_TIM, name="pembaca")
    data = bytes_of(export_cases(cases=Case.objects.all(), form=form, filters="", reader=reader, now=NOW).chunks)
    case.refresh_from_db()
    wanted = {"Nomor": case.number, "Judul": case.title, "Para pihak": case.title, "Jenis isu": case.title, "Penanggung jawab": case.title}
    if form == "csv":
        heading, row = csv_rows(data)
        assert not [field for field in row if field and DANGEROUS_FIRST.match(field)]
        read = {name: from_csv(field) for name, field in zip(heading, row, strict=True)}
    else:
        sheet = load_workbook(io.BytesIO(data)).active
        heading, cells = ([*row] for row in sheet.iter_rows())
        assert {cell.data_type for cell in cells if cell.value is not None} <= {*TEXT_TYPES, "d"}
        read = {name.value: from_xlsx(cell.value) for name, cell in zip(heading, cells, strict=True)}
    assert {name: read[name] for name in wanted} == wanted


def an_export(form: str) -> Export:
    return export_cases(cases=Case.objects.order_by("pk"), form=form, filters="tahap=1", reader=a_user(name="pembaca"), now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_holds_every_case_once_in_its_order(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "CHUNK", 2)
    staff = a_user()
    numbers = [a_case(actor=staff, title=f"Perkara {index}", at=("15.04.07.2001", MUARO_JAMBI)).number for index in range(5)]
    data = bytes_of(an_export(form).chunks)
    rows = csv_rows(data) if form == "csv" else [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active.iter_rows()]
    assert [column.heading for column in COLUMNS] == rows[0]
    assert [row[0] for row in rows[1:]] == numbers
    places = rows[1][rows[0].index("Wilayah")]
    assert places == "Desa Bungku, Kec. Bajubang, Kab. Batanghari · Kab. Muaro Jambi, Provinsi Jambi"


@pytest.mark.django_db
def test_hours_are_those_of_the_kabupaten() -> None:
    a_case(actor=a_user(at=PASER), at=(PASER,), opened_at=NOW - DAY)
    heading, row = csv_rows(bytes_of(an_export("csv").chunks))
    read = dict(zip(heading, row, strict=True))
    assert (read["Dibuka pada"], read["Zona waktu"]) == ("21-11-2026 11:00", "WITA")
    sheet = load_workbook(
        io.BytesIO(bytes_of(export_cases(cases=Case.objects.all(), form="xlsx", filters="", reader=a_user(), now=NOW).chunks))
    )
    cell = sheet.active.cell(2, heading.index("Dibuka pada") + 1)
    assert cell.value == datetime(2026, 11, 21, 11, 0)  # noqa: DTZ001 - spreadsheets know no zone
    assert cell.value.replace(tzinfo=ZoneInfo("Asia/Makassar")) == NOW - DAY


@pytest.mark.django_db
def test_one_line_per_kabupaten_tells_who_took_how_many() -> None:
    for at in (("15.04.07",), ("15.04.07",), (MUARO_JAMBI,)):
        a_case(actor=a_user(at=at[0][:5]), at=at)
    an_export("csv")
    lines = JournalLine.objects.filter(event="cases_exported").order_by("stream")
    assert [(line.stream, line.payload) for line in lines] == [
        ("kab:15.04", {"number": 2, "filters": "tahap=1"}),
        ("kab:15.05", {"number": 1, "filters": "tahap=1"}),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("places", "name"),
    [
        (("15.04.07",), "perkara-20261122-1000.csv"),
        ((PASER,), "perkara-20261122-1100.csv"),
        # Of several kabupaten, or of none: the clocks of the display.
        (("15.04.07", PASER), "perkara-20261122-1000.csv"),
        ((), "perkara-20261122-1000.csv"),
    ],
)
def test_the_name_of_the_file_tells_the_hour_on_the_clocks_of_the_place(places: tuple[str, ...], name: str) -> None:
    for at in places:
        a_case(actor=a_user(at=at[:5]), at=(at,))
    assert an_export("csv").name == name


@pytest.mark.django_db
def test_an_unknown_form_writes_no_line() -> None:
    a_case(actor=a_user())
    with pytest.raises(KeyError):
        an_export("ods")
    assert not JournalLine.objects.filter(event="cases_exported").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "queries"), [(3, 3), (6, 6)])
def test_rows_are_read_in_pieces(number: int, queries: int, django_assert_num_queries: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "CHUNK", 3)
    staff = a_user()
    for _ in range(number):
        a_case(actor=staff)
    chunks = an_export("csv").chunks
    with django_assert_num_queries(queries):
        bytes_of(chunks)
