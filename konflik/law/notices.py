"""When the law's clock reminds, and whom it tells of what happened."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from konflik.law.grammar.deadlines import DeadlineRule

MORNING = time(7)
"""Day rules remind at the start of the working day."""

LATE_AFTER = timedelta(hours=24)
"""What is recorded later than this is a late entry and marked so; it is reminded of once, by the latest reminder."""

OVERDUE_AFTER_DAYS = (0, 1, 3, 7, 14, 28)
"""A missed date is told at once, and again until somebody answers for it."""


@dataclass(frozen=True)
class Milestone:
    """One reminder: its code ("H-3", "J-12", "L+1"), the instant from which it is due, whether the date has passed."""

    code: str
    at: datetime
    is_overdue: bool = False


def milestones(rule: DeadlineRule, *, due_at: datetime, last_day: date | None, zone: ZoneInfo) -> tuple[Milestone, ...]:
    """All reminders of a deadline in their order: before, on the last day, after."""
    overdue = tuple(Milestone(f"L+{number}", due_at + timedelta(days=number), is_overdue=True) for number in OVERDUE_AFTER_DAYS)
    if last_day is None:
        early = [Milestone(f"J-{number}", due_at - timedelta(hours=number)) for number in rule.warn_hours_before]
    else:
        early = [
            Milestone(f"H-{number}", datetime.combine(last_day - timedelta(days=number), MORNING, zone)) for number in rule.warn_days_before
        ]
    # What merely ends needs no reminders that it has ended.
    after = overdue[:1] if rule.ends_by_itself else overdue
    return (*sorted(early, key=lambda one: one.at), *after)
