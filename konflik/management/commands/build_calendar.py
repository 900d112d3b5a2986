"""Build the shipped list of national days off from the `holidays` package. Needed only when a new SKB 3 Menteri is out.

    pip install -r requirements/dev.txt
    manage.py build_calendar

The package gives the days (categories public and government), the table below the decrees they stand in; the package is
not needed at run time. A number that nobody has read in the decree itself says so.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from konflik.clocks.tables import DayOffKind
from konflik.clocks.tables.calendar_files import DATA_FILE, shipped_decrees

try:
    from holidays.constants import GOVERNMENT, PUBLIC
    from holidays.countries.indonesia import Indonesia
except ImportError:
    Indonesia = None  # type: ignore[assignment,misc]

TO_CONFIRM = "nomor dan tanggal perlu dikonfirmasi"


@dataclass(frozen=True)
class Decree:
    """A decree and the days of the package that it has or has not."""

    number: str
    decided_on: date
    first: date
    last: date
    without: frozenset[date] = frozenset()


def _year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


def _skb(agama: str, kerja: str, panrb: str, year: int) -> str:
    """As it is cited: the numbers of the ministers of religion, of labour and of the civil service."""
    return f"SKB 3 Menteri Nomor {agama}/{year}, {kerja}/{year}, dan {panrb}/{year}"


ELECTION, LOCAL_ELECTION = date(2024, 2, 14), date(2024, 11, 27)
MERDEKA_80 = date(2025, 8, 18)
DECREES = (
    Decree(_skb("855", "3", "4", 2023), date(2023, 9, 12), *_year(2024), frozenset({ELECTION, LOCAL_ELECTION})),
    Decree(f"Keputusan Presiden Nomor 10 Tahun 2024 ({TO_CONFIRM})", date(2024, 2, 8), ELECTION, ELECTION),
    Decree(_skb("1017", "2", "2", 2024), date(2024, 10, 14), *_year(2025), frozenset({MERDEKA_80})),
    Decree(f"Keputusan Presiden Nomor 33 Tahun 2024 ({TO_CONFIRM})", date(2024, 11, 21), LOCAL_ELECTION, LOCAL_ELECTION),
    Decree(_skb("933", "1", "3", 2025), date(2025, 8, 7), *_year(2025)),
    Decree(_skb("1497", "2", "5", 2025), date(2025, 9, 19), *_year(2026)),
    Decree(f"SKB 3 Menteri untuk tahun 2027 ({TO_CONFIRM})", date(2026, 9, 16), *_year(2027)),
)


class Command(BaseCommand):
    """Write konflik/clocks/data/calendar.json."""

    help = "Menyusun ulang berkas hari libur nasional (hanya untuk pengembang)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, read with the reader of the product, and say what was written."""
        if Indonesia is None:
            raise CommandError("holidays belum terpasang: pip install -r requirements/dev.txt")
        DATA_FILE.write_text(built(), encoding="utf-8")
        decrees = shipped_decrees()
        self.stdout.write(f"{len(decrees)} keputusan, {sum(len(one.days) for one in decrees)} hari libur")


def built() -> str:
    """The text of the file: one decree a block, one day a line."""
    blocks = []
    for decree in DECREES:
        head = {
            "number": decree.number,
            "decided_on": decree.decided_on.isoformat(),
            "covers_from": decree.first.isoformat(),
            "covers_until": decree.last.isoformat(),
        }
        lines = ",\n   ".join(json.dumps(day, ensure_ascii=False) for day in _days(decree))
        fields = ",\n  ".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items())
        blocks.append(f' {{\n  {fields},\n  "days": [\n   {lines}\n  ]\n }}')
    return "[\n" + ",\n".join(blocks) + "\n]\n"


def _days(decree: Decree) -> Iterator[tuple[str, str, str]]:
    for category, kind in ((PUBLIC, DayOffKind.HOLIDAY), (GOVERNMENT, DayOffKind.JOINT_LEAVE)):
        found = Indonesia(years=decree.first.year, categories=(category,), language="id", islamic_show_estimated=False)
        for day, name in sorted(found.items()):
            if decree.first <= day <= decree.last and day not in decree.without:
                yield day.isoformat(), name, kind.value
