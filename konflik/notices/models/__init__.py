"""The ledger of notices, how people want to be told, and the watch on the watch."""

from konflik.notices.models.habits import CalendarFeed, ChannelChoice, DigestScope, Habit
from konflik.notices.models.notice import Notice, NoticeQuerySet
from konflik.notices.models.sending import Gateway, Heartbeat
from konflik.notices.models.subscription import Subscription

__all__ = ["CalendarFeed", "ChannelChoice", "DigestScope", "Gateway", "Habit", "Heartbeat", "Notice", "NoticeQuerySet", "Subscription"]
