"""Which rule holds, with which figure; which days are off; where a deadline ends and why."""

from konflik.clocks.selectors.calendar import Calendars, calendars, days_off
from konflik.clocks.selectors.explaining import explain
from konflik.clocks.selectors.knowing import known_at
from konflik.clocks.selectors.resolving import (
    Resolved,
    clock_of,
    needs_calendar,
    outcome_of,
    preview,
    recount,
    resolve,
    resolve_among,
    start_means,
)

__all__ = [
    "Calendars",
    "Resolved",
    "calendars",
    "clock_of",
    "days_off",
    "explain",
    "known_at",
    "needs_calendar",
    "outcome_of",
    "preview",
    "recount",
    "resolve",
    "resolve_among",
    "start_means",
]
