"""The secretariat's pages beside those of one case: Lembar Harian, the journal, what stands around them."""

from konflik.desk.admin.calendars import CalendarDecreeAdmin
from konflik.desk.admin.journal import JournalLineAdmin
from konflik.desk.admin.policies import PolicyAdmin
from konflik.desk.admin.rooms import RoomAdmin

__all__ = ["CalendarDecreeAdmin", "JournalLineAdmin", "PolicyAdmin", "RoomAdmin"]
