"""A list of days off is read whole or not at all, and says line by line what is wrong with it; the shipped one is built by a command."""

from collections import Counter
from datetime import date

import pytest

from konflik.clocks.tables import DayOffKind
from konflik.clocks.tables.calendar_files import DATA_FILE, BadCalendarFile, read_days, shipped_decrees
from konflik.management.commands.build_calendar import Indonesia, built

YEAR = {"covers_from": date(2026, 1, 1), "covers_until": date(2026, 12, 31)}
HEAD = "tanggal;nama;jenis\n"
GOOD = "2026-12-25;Natal;libur nasional\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "2026-12-25;Natal;libur nasional\n",
        "\ufeff" + HEAD + "25-12-2026;Natal;Libur Nasional",
        "Tanggal,Nama,Jenis\r\n25/12/2026,Natal,LIBUR NASIONAL\r\n",
        "jenis;tanggal;nama\nlibur nasional; 2026-12-25 ; Natal \n\n;;\n",
    ],
)
def test_as_spreadsheets_write_it(text: str) -> None:
    (row,) = read_days(text.encode(), **YEAR)
    assert (row.day, row.name, row.kind) == (date(2026, 12, 25), "Natal", DayOffKind.HOLIDAY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Berkas ini kosong."),
        (HEAD, "Berkas ini tidak memuat satu hari pun di bawah judul kolom."),
        ("tanggal;nama;keterangan\n" + GOOD, "Kolom “keterangan” tidak dikenal."),
        ("tanggal;nama\n2026-12-25;Natal\n", "Kolom “jenis” tidak ada."),
        ("tanggal;nama;jenis;nama\n", "Kolom “nama” ada dua kali."),
        (GOOD, "Kolom “2026-12-25” tidak dikenal."),
        (HEAD + "25 Desember;Natal;libur nasional\n", "Baris 2: tanggal “25 Desember” tidak dapat dibaca"),
        (HEAD + "2026-02-30;Natal;libur nasional\n", "Baris 2: tanggal “2026-02-30” tidak dapat dibaca"),
        (HEAD + "2027-01-01;Tahun baru;libur nasional\n", "Baris 2: tanggal 01-01-2027 di luar masa keputusan ini."),
        (HEAD + "2026-12-25;;libur nasional\n", "Baris 2: nama hari libur kosong."),
        (HEAD + "2026-12-25;Natal;hari raya\n", "Baris 2: jenis “hari raya” tidak dikenal, pilih salah satu: libur nasional"),
        (HEAD + GOOD + GOOD, "Baris 3: tanggal 25-12-2026 sudah ada pada baris sebelumnya."),
        (HEAD + "2026-12-25;Natal\n", "Baris 2: ada 2 kolom, seharusnya 3."),
        (HEAD + f"2026-12-25;{'x' * 161};libur nasional\n", "Baris 2: nama hari libur terlalu panjang"),
        (HEAD + GOOD * 400, "Berkas ini terlalu panjang."),
    ],
)
def test_what_is_wrong_is_said_by_line(text: str, says: str) -> None:
    with pytest.raises(BadCalendarFile) as caught:
        read_days(text.encode(), **YEAR)
    assert caught.value.faults[0].startswith(says), caught.value.faults


def test_all_faults_at_once() -> None:
    with pytest.raises(BadCalendarFile) as caught:
        read_days((HEAD + "x;;y\n" + GOOD + "2026-13-01;Natal;libur nasional\n").encode(), **YEAR)
    assert [fault.partition(":")[0] for fault in caught.value.faults] == ["Baris 2", "Baris 2", "Baris 2", "Baris 4"]


def test_no_text_at_all() -> None:
    with pytest.raises(BadCalendarFile, match="bukan teks CSV"):
        read_days(b"PK\x03\x04\xff\xfe\x00", **YEAR)


def test_the_shipped_list_is_what_its_command_builds() -> None:
    assert Indonesia is not None, "a development install has the package"
    assert built() == DATA_FILE.read_text(encoding="utf-8"), "run manage.py build_calendar"


def test_the_shipped_list_has_each_year_once_more_where_it_was_amended() -> None:
    whole = [decree for decree in shipped_decrees() if decree.covers_from != decree.covers_until]
    assert Counter(decree.covers_from.year for decree in whole) == {2024: 1, 2025: 2, 2026: 1, 2027: 1}
    kinds = {(one.covers_from.year, one.number): Counter(day.kind for day in one.days) for one in whole}
    assert [(counts[DayOffKind.HOLIDAY], counts[DayOffKind.JOINT_LEAVE]) for counts in kinds.values()] == [
        (17, 10),
        (17, 10),
        (17, 11),
        (17, 8),
        (18, 8),
    ]
    assert all(decree.covers_from <= day.day <= decree.covers_until for decree in shipped_decrees() for day in decree.days)
