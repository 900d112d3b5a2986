"""The periods of a rhythm: months, semesters, the thirds of the Rencana Aksi Terpadu, years."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from konflik.law.grammar.clocks import Period, Rhythm
from konflik.law.grammar.durations import MONTHS_IN_YEAR

ONE_DAY = timedelta(days=1)


def period_of(rhythm: Rhythm, day: date) -> Period:
    """The period that contains `day`, or the next one where `day` lies between two."""
    return next(period for period in _periods(rhythm, day.year - 1) if period.last_day >= day)


def shifted(day: date, number: int) -> date:
    """The same date `number` months later, or that month's last day."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + number, MONTHS_IN_YEAR)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _periods(rhythm: Rhythm, year: int) -> Iterator[Period]:
    """The periods that begin in `year` and the years after, without end."""
    while True:
        numbers = range(MONTHS_IN_YEAR // rhythm.length)
        for number in numbers:
            if rhythm.only in {0, number + 1}:
                begins = shifted(date(year, rhythm.first_month, 1), number * rhythm.length)
                yield Period(_code(rhythm, begins, number), begins, shifted(begins, rhythm.length) - ONE_DAY)
        year += 1


def _code(rhythm: Rhythm, begins: date, number: int) -> str:
    if rhythm.length == 1:
        return f"{begins.year}-{begins.month:02}"
    if rhythm.length == MONTHS_IN_YEAR:
        return f"{begins.year}"
    letter = {3: f"TW{number + 1}", 4: f"B{(number + 1) * 4:02}", 6: f"S{number + 1}"}.get(rhythm.length, f"P{number + 1}")
    return f"{begins.year}-{letter}"
