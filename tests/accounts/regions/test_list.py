"""The shipped list says what Kemendagri says, and a list that cannot be right is refused."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from accounts.regions.tables import ABOUT_FILE, COLUMNS, DATA_FILE, BadRegionFileError, fold, label, parse_rows, read_region_list

LISTED = read_region_list().rows
HEAD = ",".join(COLUMNS)
GOOD = ["15,Jambi,provinsi,,,Asia/Jakarta", "15.04,Kabupaten Batanghari,kabupaten,-1.7,103.2,Asia/Jakarta"]


def test_the_list_is_whole() -> None:
    assert Counter(row.level for row in LISTED) == {1: 38, 2: 514, 3: 7285, 4: 83762}


@pytest.mark.parametrize(
    ("code", "name", "kecamatan", "desa"),
    [
        ("15.04", "Kabupaten Batanghari", 8, 124),
        ("15.07", "Kabupaten Tanjung Jabung Timur", 11, 93),
        ("64.01", "Kabupaten Paser", 10, 144),
        ("21.71", "Kota Batam", 12, 64),
        ("16.07", "Kabupaten Banyuasin", 21, 313),
    ],
)
def test_a_kabupaten_has_its_parts(code: str, name: str, kecamatan: int, desa: int) -> None:
    inside = Counter(row.level for row in LISTED if row.code.startswith(f"{code}."))
    assert (inside[3], inside[4]) == (kecamatan, desa)
    assert next(row.name for row in LISTED if row.code == code) == name


def test_papua_has_distrik_and_nobody_else() -> None:
    assert {row.province_code for row in LISTED if row.kind == "distrik"} == {"91", "92", "93", "94", "95", "96"}
    assert not any(row.kind == "kecamatan" for row in LISTED if row.province_code >= "91")


def test_the_kind_of_a_village_stands_in_its_code() -> None:
    of_digit = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}
    assert all(row.kind == of_digit[row.code.split(".")[3][0]] for row in LISTED if row.level == 4)


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("15.04", "Asia/Jakarta"),
        ("61.71", "Asia/Jakarta"),
        ("64.01", "Asia/Makassar"),
        ("53.71", "Asia/Makassar"),
        ("91.71", "Asia/Jayapura"),
        ("94.01", "Asia/Jayapura"),
        ("81.71", "Asia/Jayapura"),
    ],
)
def test_every_kabupaten_has_its_zone(code: str, zone: str) -> None:
    assert next(row.time_zone for row in LISTED if row.code == code) == zone


def test_points_lie_in_indonesia() -> None:
    known = [row for row in LISTED if row.latitude is not None and row.longitude is not None]
    assert len(known) > 91_000
    assert all(-11.5 <= row.latitude <= 6.5 and 94.5 <= row.longitude <= 141.5 for row in known)


def test_the_note_beside_the_list_counts_right() -> None:
    about = json.loads(ABOUT_FILE.read_text())
    assert about["counts"] == dict(Counter(row.kind for row in LISTED))
    assert about["decree"] == "Keputusan Menteri Dalam Negeri Nomor 300.2.2-2138 Tahun 2025"
    assert {source["licence"] for source in about["sources"]} == {"MIT"}


def test_a_label_names_the_ancestors() -> None:
    listed = {row.code: row for row in LISTED}
    labels = {row.code: label(row, listed) for row in LISTED if row.code in {"15", "15.04", "21.71", "15.04.05"}}
    assert labels["15"] == "Provinsi Jambi"
    assert labels["15.04"] == "Kab. Batanghari, Provinsi Jambi"
    assert labels["21.71"] == "Kota Batam, Provinsi Kepulauan Riau"
    bungku = next(row for row in LISTED if row.name == "Bungku" and row.province_code == "15")
    assert label(bungku, listed) == "Desa Bungku, Kec. Bajubang, Kab. Batanghari"


def test_folding_forgets_case_accents_and_apostrophes() -> None:
    assert fold("  Udek Du’en ") == fold("udek  DU'EN") == "udek duen"
    assert fold("Nias-Barat, é") == "nias barat e"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "Kolom"),
        ([HEAD], "kosong"),
        (["code,name", *GOOD], "Kolom"),
        ([HEAD, *GOOD, GOOD[1]], "Baris 4: kode 15.04 tercatat dua kali"),
        ([HEAD, GOOD[1]], "induk dari kode 15.04"),
        ([HEAD, "1504,Batanghari,kabupaten,,,Asia/Jakarta"], "bukan kode wilayah"),
        ([HEAD, GOOD[0], "15.04, ,kabupaten,,,Asia/Jakarta"], "nama wilayah 15.04 kosong"),
        ([HEAD, GOOD[0], "15.04,Batanghari,desa,,,Asia/Jakarta"], "jenis 'desa'"),
        ([HEAD, GOOD[0], "15.04,Batanghari,kabupaten,-1.7,,Asia/Jakarta"], "tidak lengkap"),
        ([HEAD, GOOD[0], "15.04,Batanghari,kabupaten,nan,nan,Asia/Jakarta"], "tidak dapat dibaca"),
        ([HEAD, GOOD[0], "15.04,Batanghari,kabupaten,,,Asia/Pontianak"], "zona waktu"),
        ([HEAD, *GOOD, "15.04.01,Mersam,kecamatan,,,Asia/Jakarta"], "zona waktu"),
        ([HEAD, *GOOD, "15.04.01,Mersam"], "jumlah kolom 2"),
    ],
)
def test_a_wrong_line_refuses_the_whole_list(lines: list[str], words: str) -> None:
    with pytest.raises(BadRegionFileError, match=words):
        list(parse_rows(lines))


def _copy(place: Path, text: bytes) -> tuple[Path, Path]:
    data, about = place / "regions.csv.gz", place / "regions.json"
    data.write_bytes(text)
    about.write_text(ABOUT_FILE.read_text())
    return data, about


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    text = gzip.decompress(DATA_FILE.read_bytes()).replace(b"Kabupaten Batanghari", b"Kabupaten Batang Hari")
    with pytest.raises(BadRegionFileError, match="SHA-256"):
        read_region_list(*_copy(tmp_path, gzip.compress(text)))


@pytest.mark.parametrize("text", [b"", b"not gzip at all", DATA_FILE.read_bytes()[:-2000]])
def test_a_damaged_file_is_refused(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(BadRegionFileError, match=r"tidak terbaca|SHA-256"):
        read_region_list(*_copy(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRegionFileError, match="tidak terbaca"):
        read_region_list(tmp_path / "no.csv.gz")
