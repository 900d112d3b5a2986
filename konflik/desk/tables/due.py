"""How near a date is: the day, the words beside it, and the colour of time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from konflik.clocks.tables.counting import end_words
from konflik.desk.tables.words import days_away, hours_away, long_date

SOON_DAYS = 3
"""A habit of the screen, not of the law: from how many days before its date something is shown as near."""

SOON_FOR = timedelta(days=SOON_DAYS + 1)
"""The same as a stretch of time: a day ends with its last hour, so three days on is less than four times 24 hours away."""


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


@dataclass(frozen=True)
class DueAt:
    """An instant by which something is to be done, seen from `now`. `last_day` None: a rule of hours, else of days."""

    due_at: datetime
    last_day: date | None
    zone: ZoneInfo
    now: datetime

    @property
    def tone(self) -> str:
        """late, soon or calm."""
        if self.due_at <= self.now:
            return "late"
        return "soon" if self.due_at <= self.now + SOON_FOR else "calm"

    @property
    def away(self) -> str:
        """ "2 hari lagi", for a rule of hours "5 jam 20 menit lagi"."""
        if self.last_day is None:
            return hours_away(self.due_at - self.now)
        return days_away((self.last_day - self.now.astimezone(self.zone).date()).days)

    @property
    def exact(self) -> str:
        """ "24 November 2026, 24.00 WIB": a day ends with its last hour."""
        return end_words(self.due_at, self.last_day, self.zone)
