"""What of the app stands in the admin; wiring only."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from unfold.admin import ModelAdmin

from accounts.access.tables import Act
from konflik.cases.admin import CaseList, IssueTypeAdmin
from konflik.cases.models import Case
from konflik.clocks.models import Deadline, Duty
from konflik.desk.admin import CalendarDecreeAdmin, JournalLineAdmin, PolicyAdmin, RoomAdmin
from konflik.desk.web.deadlines import deadline_patterns
from konflik.desk.web.duties import duty_patterns
from konflik.desk.web.office import office_patterns
from konflik.desk.web.outbox import outbox_patterns
from konflik.desk.web.shells import Shell
from konflik.desk.web.statistics import statistics_patterns
from konflik.notices.models import Notice
from konflik.public.admin import PublicNoteAdmin
from konflik.registry import admin as registry
from konflik.statistics.models import Release

__all__ = [
    "CalendarDecreeAdmin",
    "CaseAdmin",
    "DeadlineAdmin",
    "DutyAdmin",
    "IssueTypeAdmin",
    "JournalLineAdmin",
    "PolicyAdmin",
    "PublicNoteAdmin",
    "StatisticsAdmin",
    "registry",
]


def inside(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of ours behind the door of the admin, drawn in its frame."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.is_framed = True  # type: ignore[attr-defined]  # read by `konflik.desk.admin.surroundings.frame`
        return view(request, *args, **kwargs)

    return admin.site.admin_view(framed)


OFFICE = Shell(
    base="desk/admin_shell.html",
    namespace="admin",
    prefix="konflik_case_",
    case_page="change",
    list_page="changelist",
    part_mark="?bagian=",
    rooms={"outbox": "konflik_notice_", "deadline": "konflik_deadline_", "duty": "konflik_duty_", "statistics": "konflik_release_"},
    guard=inside,
)


@admin.register(Notice)
class OutboxAdmin(ModelAdmin):
    """The outbox stands where a table of notices would: nobody edits the ledger."""

    def get_urls(self) -> list[URLPattern]:
        """The same views as the team pages."""
        return outbox_patterns(OFFICE)


@admin.register(Case)
class CaseAdmin(CaseList):
    """The list, with the pages of one case beside it: the same views as the team pages, in the frame of the admin."""

    of_one_case: ClassVar[list[URLPattern]] = office_patterns(OFFICE)

    def get_urls(self) -> list[URLPattern]:
        """List and export, then one case."""
        return [*super().get_urls(), *self.of_one_case]


@admin.register(Deadline)
class DeadlineAdmin(RoomAdmin):
    """The list of deadlines, one of them explained, and the acts on it."""

    pages: ClassVar[list[URLPattern]] = deadline_patterns(OFFICE, page="<int:pk>/change/")


@admin.register(Duty)
class DutyAdmin(RoomAdmin):
    """Applications, requests and incidents without a case."""

    pages: ClassVar[list[URLPattern]] = duty_patterns(OFFICE, page="<int:pk>/change/")


@admin.register(Release)
class StatisticsAdmin(RoomAdmin):
    """Live numbers of the cases one may see; of the releases themselves there is nothing to edit."""

    sees: ClassVar[Act] = Act.SEE_CASES
    pages: ClassVar[list[URLPattern]] = statistics_patterns(OFFICE)
