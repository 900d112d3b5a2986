"""How long a limit runs, in the unit in which the law writes it."""

from dataclasses import dataclass
from enum import StrEnum

MONTHS_IN_YEAR = 12


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


UNIT_LABELS: dict[Unit, str] = {
    Unit.HOURS: "jam",
    Unit.DAYS: "hari",
    Unit.WORKING_DAYS: "hari kerja",
    Unit.MONTHS: "bulan",
    Unit.YEARS: "tahun",
}


@dataclass(frozen=True)
class Span:
    """A number of one unit, printed as the law writes it: "1 x 24 jam", "10 hari kerja"."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        if self.unit is Unit.HOURS and self.number % 24 == 0:
            return f"{self.number // 24} x 24 jam"
        return f"{self.number} {UNIT_LABELS[self.unit]}"


def hours(number: int) -> Span:
    """Exact instants: so many times sixty minutes."""
    return Span(number, Unit.HOURS)


def days(number: int) -> Span:
    """Calendar days; the law writes "hari"."""
    return Span(number, Unit.DAYS)


def working_days(number: int) -> Span:
    """Monday to Friday without the days off; the law writes "hari kerja"."""
    return Span(number, Unit.WORKING_DAYS)


def months(number: int) -> Span:
    """To the same date, or to the last day of a shorter month."""
    return Span(number, Unit.MONTHS)


def years(number: int) -> Span:
    """To the same date; 29 February becomes 28 February."""
    return Span(number, Unit.YEARS)
