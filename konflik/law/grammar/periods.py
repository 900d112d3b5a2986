"""A period of days as decrees write it: both ends count, no end means until further notice."""

from datetime import date

REVERSED = "Tanggal berakhir tidak boleh sebelum tanggal mulai."


def is_reversed(start: date, end: date | None) -> bool:
    """Whether the period would end before it starts."""
    return end is not None and end < start


def day_to_check(start: date, end: date | None, *, today: date) -> date:
    """The day on which what a period rests on must exist: today, or its nearest day where it is over or still to come."""
    day = max(start, today)
    return min(day, end) if end is not None else day
