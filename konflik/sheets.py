"""Rows as a file that no spreadsheet program takes for formulas (S26).

The rule, so that a reader of the file can undo it without loss:

- xlsx: every text stands in a cell of type text. Characters that XML cannot carry or would change (all below the blank
  but TAB and LF) are written `_xHHHH_`, as the format itself prescribes; a text that already looks so gets `_x005F_` first.
  What is longer than a cell can be ends with a word that says so; the csv has it whole.
- csv: UTF-8 with BOM, `;` between fields (the list separator of Indonesian Windows), CRLF, every field in quotes. A field
  whose first character is neither a letter, a digit nor an opening bracket or quotation mark gets one `'` before it,
  also a field that starts with `'`: taking one leading `'` away gives back the text.

Numbers are numbers in both, yes and no are `true` and `false`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Value = str | int | float | datetime | None

XLSX_LONGEST = 32_767
"""Signs in a cell: the format's own limit, which writers keep by cutting in silence."""
CUT = " … (terlalu panjang untuk lembar kerja; lengkapnya ada dalam berkas CSV)"
IN_MEMORY = 5 * 1024 * 1024
GUARD = "'"
HARMLESS_FIRST = frozenset('([{"“‘«')
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
SPELLED_OUT = re.compile("_x[0-9A-F]{4}_")
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def guarded(text: str) -> str:
    """`text` as it stands in a CSV field: with a leading quote unless it plainly starts like prose."""
    first = text[:1]
    is_plain = first.isalpha() or (first.isascii() and first.isdigit()) or first in HARMLESS_FIRST
    return text if is_plain or not first else GUARD + text


def csv_chunks(rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The file in pieces, one per row."""
    yield "\ufeff".encode()
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_field(value) for value in row])
        yield line.getvalue().encode("utf-8", errors="replace")
        line.seek(0)
        line.truncate()


def xlsx_chunks(rows: Iterable[Sequence[Value]], *, title: str) -> Iterator[bytes]:
    """The file in pieces, once it is written whole beside the memory. `title` is the name of its sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "C2"
    try:
        for index, row in enumerate(rows):
            sheet.append([_cell(sheet, value, is_heading=index == 0) for value in row])
    except BaseException:
        sheet.close()  # else its half-written file is closed under it, whenever it is collected
        raise
    with SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        book.save(out)
        out.seek(0)
        yield from _pieces(out)


def xlsx_text(text: str) -> str:
    """`text` as the format writes it, control characters spelled out, and never longer than a cell can be."""
    written = NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", LOOKS_ESCAPED.sub("_x005F_", text))
    if len(written) <= XLSX_LONGEST:
        return written
    end = XLSX_LONGEST - len(CUT)
    spanning = (found.start() for found in SPELLED_OUT.finditer(written) if found.start() < end < found.end())
    return written[: next(spanning, end)] + CUT


def _field(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M}"
    return guarded(_word(value) or "") if value is None or isinstance(value, str | bool) else str(value)


def _word(value: Value) -> str | None:
    """Yes and no as words, texts as they are."""
    return str(value).lower() if isinstance(value, bool) else value  # type: ignore[return-value]


def _cell(sheet: Any, value: Value, *, is_heading: bool) -> Any:
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "dd-mm-yyyy hh:mm"
        return cell
    if isinstance(value, int | float) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=xlsx_text(_word(value) or ""))
    # Said last: a text that starts with "=" would otherwise have become a formula.
    cell.data_type = "s"
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def _pieces(out: IO[bytes]) -> Iterator[bytes]:
    while piece := out.read(64 * 1024):
        yield piece
