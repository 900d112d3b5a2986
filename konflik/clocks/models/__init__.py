"""Running deadlines, the working calendar, and the figures that only a policy gives."""

from konflik.clocks.models.calendar import CalendarDecree, DayOff
from konflik.clocks.models.deadline import Deadline, DeadlineFace, DeadlineQuerySet, Suspension
from konflik.clocks.models.duty import Duty, DutyQuerySet
from konflik.clocks.models.policy import Policy, PolicyQuerySet

__all__ = [
    "CalendarDecree",
    "DayOff",
    "Deadline",
    "DeadlineFace",
    "DeadlineQuerySet",
    "Duty",
    "DutyQuerySet",
    "Policy",
    "PolicyQuerySet",
    "Suspension",
]
