"""An instant that is written and read again is the same instant."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.regions.models import TimeZone
from konflik.rest.instants import EARLIEST_YEAR, LATEST_YEAR, read_instant, write_instant


@pytest.mark.parametrize("zone", TimeZone.values)
def test_what_is_written_is_read_as_the_same_instant(zone: str) -> None:
    """Also of the years in which an Indonesian zone had seconds in its offset, which RFC 3339 cannot write."""
    at, last = datetime(EARLIEST_YEAR, 1, 2, tzinfo=UTC), datetime(LATEST_YEAR, 12, 30, tzinfo=UTC)
    while at < last:
        assert read_instant(str(write_instant(at, zone))) == at, at
        at += timedelta(days=29, hours=7, minutes=13, seconds=1)


def test_it_is_written_to_the_second_on_the_clocks_of_the_zone() -> None:
    at = datetime(2026, 3, 2, 2, 0, 59, 999_999, tzinfo=UTC)
    assert write_instant(at, "Asia/Makassar") == "2026-03-02T10:00:59+08:00"
    assert write_instant(datetime(1920, 1, 1, tzinfo=UTC), "Asia/Jakarta") == "1920-01-01T00:00:00+00:00"
    assert write_instant(None) is None
