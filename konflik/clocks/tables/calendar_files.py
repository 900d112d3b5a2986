"""How lists of days off are read: the shipped decrees, and a file that somebody uploads."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from konflik.clocks.tables import DAY_OFF_KIND_LABELS, DayOffKind

DATA_FILE = Path(__file__).parent.parent / "data" / "calendar.json"
COLUMNS = ("tanggal", "nama", "jenis")
KINDS = {label.casefold(): kind for kind, label in DAY_OFF_KIND_LABELS.items()}
DAY_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
NAME_MAX = 160
LINES_MAX = 400
EXAMPLE = "tanggal;nama;jenis"


@dataclass(frozen=True)
class DayRow:
    """One day off: its date, its name, its kind."""

    day: date
    name: str
    kind: DayOffKind


@dataclass(frozen=True)
class DecreeRow:
    """One decree as it is shipped."""

    number: str
    decided_on: date
    covers_from: date
    covers_until: date
    days: tuple[DayRow, ...]


class BadCalendarFile(ValueError):
    """The file cannot be taken; `faults` say what is wrong, line by line, in Indonesian."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = list(faults)


def shipped_decrees(path: Path = DATA_FILE) -> list[DecreeRow]:
    """The national decrees that come with the system, in the order in which they were decided."""
    return [
        DecreeRow(
            number=one["number"],
            decided_on=date.fromisoformat(one["decided_on"]),
            covers_from=date.fromisoformat(one["covers_from"]),
            covers_until=date.fromisoformat(one["covers_until"]),
            days=tuple(DayRow(date.fromisoformat(day), name, DayOffKind(kind)) for day, name, kind in one["days"]),
        )
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]


def read_days(content: bytes, *, covers_from: date, covers_until: date) -> list[DayRow]:
    """The days of a file with the columns tanggal;nama;jenis. Raises BadCalendarFile with every fault, by line."""
    text = _text(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    lines = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(reader, start=1)]
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        raise BadCalendarFile([f"Berkas ini kosong. Baris pertama memuat judul kolom: {EXAMPLE}."])
    _refuse_columns(lines[0][1])
    if len(lines) == 1:
        raise BadCalendarFile(["Berkas ini tidak memuat satu hari pun di bawah judul kolom."])
    if len(lines) > LINES_MAX:
        raise BadCalendarFile([f"Berkas ini terlalu panjang. Paling banyak {LINES_MAX - 1} hari dalam satu keputusan."])
    order = [[cell.casefold() for cell in lines[0][1]].index(column) for column in COLUMNS]
    faults: list[str] = []
    rows: dict[date, DayRow] = {}
    for number, cells in lines[1:]:
        wrong, row = _row(cells, order, covers_from, covers_until)
        if row is not None and row.day in rows:
            wrong = [f"tanggal {row.day:%d-%m-%Y} sudah ada pada baris sebelumnya"]
        faults += [f"Baris {number}: {one}." for one in wrong]
        if row is not None and not wrong:
            rows[row.day] = row
    if faults:
        raise BadCalendarFile(faults)
    return sorted(rows.values(), key=lambda row: row.day)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as unread:
        raise BadCalendarFile(["Berkas ini bukan teks CSV. Simpan dari lembar kerja sebagai CSV UTF-8."]) from unread


def _refuse_columns(heads: list[str]) -> None:
    found = [head.casefold() for head in heads]
    unknown = [f"Kolom “{head}” tidak dikenal." for head in heads if head.casefold() not in COLUMNS]
    missing = [f"Kolom “{column}” tidak ada." for column in COLUMNS if column not in found]
    twice = [f"Kolom “{column}” ada dua kali." for column in COLUMNS if found.count(column) > 1]
    if unknown or missing or twice:
        raise BadCalendarFile([*unknown, *missing, *twice, f"Baris pertama harus berisi judul kolom: {EXAMPLE}."])


def _row(cells: list[str], order: list[int], covers_from: date, covers_until: date) -> tuple[list[str], DayRow | None]:
    if len(cells) != len(COLUMNS):
        return [f"ada {len(cells)} kolom, seharusnya {len(COLUMNS)}"], None
    written, name, label = (cells[place] for place in order)
    day, kind = _day(written), KINDS.get(label.casefold())
    wrong = list(_faults(written, day, name, label, kind))
    if day is not None and not covers_from <= day <= covers_until:
        wrong.append(f"tanggal {day:%d-%m-%Y} di luar masa keputusan ini")
    return wrong, DayRow(day, name, kind) if day is not None and kind is not None else None


def _faults(written: str, day: date | None, name: str, label: str, kind: DayOffKind | None) -> Iterator[str]:
    if day is None:
        yield f"tanggal “{written}” tidak dapat dibaca, tulis seperti 2026-03-21 atau 21-03-2026"
    if not name:
        yield "nama hari libur kosong"
    if len(name) > NAME_MAX:
        yield f"nama hari libur terlalu panjang, paling banyak {NAME_MAX} huruf"
    if kind is None:
        known = ", ".join(one.lower() for one in DAY_OFF_KIND_LABELS.values())
        yield f"jenis “{label}” tidak dikenal, pilih salah satu: {known}"


def _day(written: str) -> date | None:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day of a decree has no zone
        except ValueError:
            continue
    return None
