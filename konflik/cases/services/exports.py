"""The list of cases as a file that no spreadsheet program takes for formulas (S26), and the trace that taking it leaves.

The rule, so that a reader of the file can undo it without loss:

- xlsx: every text stands in a cell of type text. Characters that XML cannot carry or would change (all below the blank
  but TAB and LF) are written `_xHHHH_`, as the format itself prescribes; a text that already looks so gets `_x005F_` first.
- csv: UTF-8 with BOM, `;` between fields (the list separator of Indonesian Windows), CRLF, every field in quotes. A field
  whose first character is neither a letter, a digit nor an opening bracket or quotation mark gets one `'` before it,
  also a field that starts with `'`: taking one leading `'` away gives back the text.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.db import transaction
from django.db.models import Prefetch
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from accounts.regions.selectors import zone_name, zone_of
from accounts.users.models import User
from konflik.cases.models import Case, CasePlace
from konflik.cases.models.case import CaseQuerySet
from konflik.cases.services.access import note_export
from konflik.law.secrecy import SECRECY_LABELS, Secrecy

Value = str | datetime | None

CHUNK = 500
IN_MEMORY = 5 * 1024 * 1024
GUARD = "'"
HARMLESS_FIRST = frozenset('([{"“‘«')
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what stands in it for one case."""

    heading: str
    value: Callable[[Case], Value]


COLUMNS: tuple[Column, ...] = (
    Column("Nomor", lambda case: case.number),
    Column("Judul", lambda case: case.title),
    Column("Tahap", lambda case: case.get_stage_display()),
    Column("Tahap sejak", lambda case: _local(case, case.stage_since)),
    Column("Kualifikasi hukum", lambda case: case.get_qualification_display()),
    Column("Sumber (UU 7/2012 Pasal 5)", lambda case: case.get_source_display()),
    Column("Jenis isu", lambda case: case.issue_type.label),
    Column("Tingkat kerawanan", lambda case: case.get_severity_display()),
    Column("Kelas keamanan", lambda case: SECRECY_LABELS[Secrecy(case.secrecy)]),
    Column("Kabupaten/kota", lambda case: case.kabupaten.name),
    Column("Wilayah", lambda case: _joined(place.region.label for place in case.places.all())),
    Column("Para pihak", lambda case: _joined(party.name for party in case.parties.all())),
    Column("Penanggung jawab", lambda case: str(case.handler or "")),
    Column("Instansi penanggung jawab", lambda case: str(case.handler_institution or "")),
    Column("Dibuka pada", lambda case: _local(case, case.opened_at)),
    Column("Dicatat pada", lambda case: _local(case, case.recorded_at)),
    Column("Dicatat susulan", lambda case: "Ya" if case.is_late_entry else "Tidak"),
    Column("Selesai pada", lambda case: _local(case, case.closed_at)),
    Column("Pembaruan terakhir", lambda case: _local(case, case.updated_at)),
    Column("Zona waktu", lambda case: zone_name(case.kabupaten)),
)


@dataclass(frozen=True)
class Export:
    """A file on its way: its name, its type, its bytes."""

    name: str
    media_type: str
    chunks: Iterable[bytes]


@transaction.atomic
def export_cases(*, cases: CaseQuerySet, form: str, filters: str, reader: User, now: datetime) -> Export:
    """`cases` as "csv" or "xlsx", with one journal line per kabupaten that they belong to.

    The caller hands in only what `reader` may take out. Raises KeyError for another form.
    """
    media_type = MEDIA_TYPES[form]
    taken = list(cases.values_list("pk", "kabupaten_id"))
    for kabupaten_id, number in sorted(Counter(kabupaten for _, kabupaten in taken).items()):
        note_export(kabupaten_id=kabupaten_id, number=number, filters=filters, reader=reader, now=now)
    rows = _rows([pk for pk, _ in taken])
    write = csv_chunks if form == "csv" else xlsx_chunks
    return Export(name=f"perkara-{now:%Y%m%d-%H%M}.{form}", media_type=media_type, chunks=write(rows))


def guarded(text: str) -> str:
    """`text` as it stands in a CSV field: with a leading quote unless it plainly starts like prose."""
    first = text[:1]
    is_plain = first.isalpha() or (first.isascii() and first.isdigit()) or first in HARMLESS_FIRST
    return text if is_plain or not first else GUARD + text


def csv_chunks(rows: Iterable[list[Value]]) -> Iterator[bytes]:
    """The file in pieces, one per row."""
    yield "\ufeff".encode()
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(f"{value:%d-%m-%Y %H:%M}" if isinstance(value, datetime) else value or "") for value in row])
        yield line.getvalue().encode("utf-8", errors="replace")
        line.seek(0)
        line.truncate()


def xlsx_chunks(rows: Iterable[list[Value]]) -> Iterator[bytes]:
    """The file in pieces, once it is written whole beside the memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Perkara")
    sheet.freeze_panes = "C2"
    for index, row in enumerate(rows):
        sheet.append([_cell(sheet, value, is_heading=index == 0) for value in row])
    with SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        book.save(out)
        out.seek(0)
        yield from _pieces(out)


def xlsx_text(text: str) -> str:
    """`text` as the format writes it, control characters spelled out."""
    return NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", LOOKS_ESCAPED.sub("_x005F_", text))


def _cell(sheet: Any, value: Value, *, is_heading: bool) -> Any:
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "dd-mm-yyyy hh:mm"
        return cell
    cell = WriteOnlyCell(sheet, value=xlsx_text(value or ""))
    # Said last: a text that starts with "=" would otherwise have become a formula.
    cell.data_type = "s"
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def _pieces(out: IO[bytes]) -> Iterator[bytes]:
    while piece := out.read(64 * 1024):
        yield piece


def _rows(keys: list[int]) -> Iterator[list[Value]]:
    yield [column.heading for column in COLUMNS]
    remaining = iter(keys)
    while chunk := list(islice(remaining, CHUNK)):
        rows = _found().in_bulk(chunk)
        yield from ([column.value(rows[key]) for column in COLUMNS] for key in chunk)


def _found() -> CaseQuerySet:
    places = CasePlace.objects.select_related("region").order_by("-is_leading", "region_id")
    related = Case.objects.select_related("kabupaten__kabupaten", "issue_type", "handler", "handler_institution")
    return related.prefetch_related(Prefetch("places", queryset=places), "parties").defer("chronology")


def _joined(names: Iterable[str]) -> str:
    return " · ".join(names)


def _local(case: Case, at: datetime | None) -> datetime | None:
    """The instant on the clocks of the case's kabupaten, without zone: spreadsheets know none."""
    return at.astimezone(zone_of(case.kabupaten)).replace(tzinfo=None) if at else None
