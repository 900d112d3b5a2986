"""The shape of the shipped list of regions: its columns, its kinds and how a line is read."""

import csv
import gzip
import hashlib
import io
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from konflik.law.regions import Depth

DATA_FILE = Path(__file__).parent / "data" / "regions.csv.gz"
ABOUT_FILE = DATA_FILE.with_name("regions.json")

COLUMNS = ("code", "name", "kind", "lat", "lon", "tz")
CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?", re.ASCII)
KINDS_OF_LEVEL: dict[int, frozenset[str]] = {
    Depth.PROVINCE: frozenset({"provinsi"}),
    Depth.KABUPATEN: frozenset({"kabupaten", "kota"}),
    Depth.KECAMATAN: frozenset({"kecamatan", "distrik"}),
    Depth.DESA: frozenset({"kelurahan", "desa", "desa_adat"}),
}
SHORT_KIND = {
    "provinsi": "Provinsi",
    "kecamatan": "Kec.",
    "distrik": "Distrik",
    "kelurahan": "Kel.",
    "desa": "Desa",
    "desa_adat": "Desa Adat",
}
KIND_WORDS = re.compile(
    r"^\s*(provinsi|prov\.?|kabupaten|kab\.?|kota|kecamatan|kec\.?|distrik|kelurahan|kel\.?|desa adat|desa)\s+", re.IGNORECASE
)
"""What people write before a name and the list does not hold as part of it, but for kabupaten and kota."""
ZONE_OF_OFFSET = {7: "Asia/Jakarta", 8: "Asia/Makassar", 9: "Asia/Jayapura"}  # WIB, WITA, WIT
ZONES = frozenset(ZONE_OF_OFFSET.values())
NO_ZONE = frozenset({""})


class BadRegionFileError(ValueError):
    """The list of regions cannot be trusted; nothing of it may be loaded."""


def depth_of(code: str) -> int:
    """How deep the region with this Kemendagri code lies: as many as the code has parts (`konflik.law.regions.Depth`)."""
    return code.count(".") + 1


def lies_within(code: str, other: str) -> bool:
    """Whether the region `code` is `other` or lies in it, by the codes alone; "" is the country."""
    return not other or code == other or code.startswith(f"{other}.")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One line of the list: a region as Kemendagri names and numbers it."""

    code: str
    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    time_zone: str

    @property
    def level(self) -> int:
        """1 provinsi, 2 kabupaten or kota, 3 kecamatan, 4 desa or kelurahan: as many as the code has parts."""
        return depth_of(self.code)

    @property
    def province_code(self) -> str:
        """The code of the province this region lies in or is."""
        return self.code[:2]

    @property
    def parent_code(self) -> str | None:
        """The code of the region this one lies in; None for a province."""
        return self.code.rpartition(".")[0] or None


@dataclass(frozen=True, slots=True)
class RegionList:
    """The whole shipped list with what it rests on."""

    rows: tuple[RegionRow, ...]
    sha256: str
    decree: str
    valid_from: date


def fold(text: str) -> str:
    """The text as it is searched: lower case, without accents and apostrophes, one blank between words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return " ".join(re.sub(r"[^a-z0-9. ]", lambda found: "" if found[0] in "'`" else " ", plain).split())


def label(row: RegionRow, listed: Mapping[str, RegionRow]) -> str:
    """The name with its kind and ancestors: "Desa Bungku, Kec. Bajubang, Kab. Batanghari"."""
    parts = [_titled(row)]
    above = row.parent_code
    while above is not None and ("." in above or row.level == Depth.KABUPATEN):
        parts.append(_titled(listed[above]))
        above = listed[above].parent_code
    return ", ".join(parts)


def _titled(row: RegionRow) -> str:
    if row.level == Depth.KABUPATEN:
        return row.name.replace("Kabupaten ", "Kab. ", 1)
    return f"{SHORT_KIND[row.kind]} {row.name}"


def read_region_list(path: Path = DATA_FILE, about: Path = ABOUT_FILE) -> RegionList:
    """Read and check the shipped list.

    Raises BadRegionFileError when the file is damaged, differs from its checksum, or holds a line that cannot be right.
    """
    try:
        text = gzip.decompress(path.read_bytes())
        facts = json.loads(about.read_text(encoding="utf-8"))
        valid_from = date.fromisoformat(facts["valid_from"])
        decree, expected = str(facts["decree"]), str(facts["sha256"])
    except (OSError, EOFError, ValueError, KeyError, zlib.error) as error:
        raise BadRegionFileError(f"Berkas wilayah tidak terbaca: {error}") from error
    sha256 = hashlib.sha256(text).hexdigest()
    if sha256 != expected:
        raise BadRegionFileError("Berkas wilayah berubah: sidik SHA-256 tidak sama dengan catatannya.")
    rows = tuple(parse_rows(io.StringIO(text.decode("utf-8"), newline="")))
    return RegionList(rows=rows, sha256=sha256, decree=decree, valid_from=valid_from)


def parse_rows(lines: Iterable[str]) -> Iterator[RegionRow]:
    """Yield the rows of a csv text in the order of the file, parents before children. Raises BadRegionFileError."""
    reader = csv.reader(lines)
    if tuple(next(reader, ())) != COLUMNS:
        raise BadRegionFileError(f"Kolom berkas wilayah harus {', '.join(COLUMNS)}.")
    seen: set[str] = set()
    for number, fields in enumerate(reader, start=2):
        row = _row(number, fields)
        if row.code in seen:
            raise BadRegionFileError(f"Baris {number}: kode {row.code} tercatat dua kali.")
        if row.parent_code is not None and row.parent_code not in seen:
            raise BadRegionFileError(f"Baris {number}: induk dari kode {row.code} belum tercatat.")
        seen.add(row.code)
        yield row
    if not seen:
        raise BadRegionFileError("Berkas wilayah kosong.")


def _row(number: int, fields: list[str]) -> RegionRow:
    if len(fields) != len(COLUMNS):
        raise BadRegionFileError(f"Baris {number}: jumlah kolom {len(fields)}, seharusnya {len(COLUMNS)}.")
    code, name, kind, lat, lon, zone = fields
    try:
        row = RegionRow(code, name, kind, _degrees(lat, 90), _degrees(lon, 180), zone)
    except ValueError as error:
        raise BadRegionFileError(f"Baris {number}: titik tengah tidak dapat dibaca.") from error
    fault = _fault(row)
    if fault:
        raise BadRegionFileError(f"Baris {number}: {fault}.")
    return row


def _degrees(text: str, limit: int) -> float | None:
    if not text:
        return None
    value = float(text)
    if not abs(value) <= limit:
        raise ValueError(text)
    return value


def _zones_for(row: RegionRow) -> frozenset[str]:
    # Provinces and kabupaten state their zone, everything below has that of its kabupaten.
    return ZONES if row.level <= Depth.KABUPATEN else NO_ZONE


def _fault(row: RegionRow) -> str:
    """What is wrong with a line, in words; empty when nothing is."""
    checks = (
        (CODE.fullmatch(row.code) is not None, f"kode {row.code!r} bukan kode wilayah Kemendagri"),
        (bool(row.name.strip()), f"nama wilayah {row.code} kosong"),
        (row.kind in KINDS_OF_LEVEL.get(row.level, ()), f"jenis {row.kind!r} tidak cocok untuk kode {row.code}"),
        ((row.latitude is None) == (row.longitude is None), f"titik tengah {row.code} tidak lengkap"),
        (row.time_zone in _zones_for(row), f"zona waktu {row.time_zone!r} tidak cocok untuk kode {row.code}"),
    )
    return next((words for holds, words in checks if not holds), "")
