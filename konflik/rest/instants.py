"""Instants as text: ISO 8601 with an offset, within the years that a case file can speak of."""

import re
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import orjson
from django.core.exceptions import ValidationError

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
LAST_YEAR_OF_SECONDS = 1932
"""Until then an Indonesian zone had seconds in its offset."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
WRONG = "Tulis waktu dengan tanggal, jam, dan selisih zona, misalnya 2026-03-02T09:00:00+07:00."
OUTSIDE = f"Tahun harus antara {EARLIEST_YEAR} dan {LATEST_YEAR}."
WRONG_DAY = "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-03-02."


def read_instant(text: str) -> datetime:
    """The instant that `text` names, in UTC. Raises ValidationError in words that say how to write it."""
    try:
        found = datetime.fromisoformat(text)
        offset = found.utcoffset()
    except ValueError:
        raise ValidationError(WRONG) from None
    if offset is None:
        raise ValidationError(WRONG)
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise ValidationError(OUTSIDE)
    return found.astimezone(UTC)


def read_day(text: str) -> date:
    """The day that `text` names. Raises ValidationError in words that say how to write it."""
    if not DAY.fullmatch(text):
        raise ValidationError(WRONG_DAY)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValidationError(WRONG_DAY) from None
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise ValidationError(OUTSIDE)
    return found


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone "Asia/Jayapura"."""
    return ZoneInfo(name)


def write_instant(at: datetime | None, zone: str = "UTC") -> str | None:
    """`at` as the clocks of `zone` show it, to the second: "2026-03-02T09:00:00+07:00"; None of none.

    In UTC up to LAST_YEAR_OF_SECONDS: RFC 3339 knows no offset with seconds.
    """
    if at is None:
        return None
    here = at.astimezone(zone_named(zone) if at.year > LAST_YEAR_OF_SECONDS else UTC)
    # orjson writes an instant eight times as fast as `isoformat`, and a page has a hundred and fifty.
    return orjson.dumps(here, option=orjson.OPT_OMIT_MICROSECONDS)[1:-1].decode()
