"""How near a date is: the day, the words beside it, and the colour of time."""

from dataclasses import dataclass
from datetime import date

from konflik.desk.tables.words import days_away, long_date

SOON_DAYS = 3
"""A habit of the screen, not of the law: from how many days before its date something is shown as near."""


@dataclass(frozen=True)
class Due:
    """A day by which something is to be done, seen from `today`, both on the calendar of the region."""

    day: date
    today: date
    zone_name: str

    @property
    def days(self) -> int:
        """Days left; below zero when the day has passed."""
        return (self.day - self.today).days

    @property
    def tone(self) -> str:
        """late, soon or calm."""
        if self.days < 0:
            return "late"
        return "soon" if self.days <= SOON_DAYS else "calm"

    @property
    def away(self) -> str:
        """ "2 hari lagi"."""
        return days_away(self.days)

    @property
    def exact(self) -> str:
        """ "24 November 2026, 24.00 WIB": a day ends with its last hour."""
        return f"{long_date(self.day)}, 24.00 {self.zone_name}"
