"""What of the app stands in the admin; wiring only."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern

from konflik.cases.admin import CaseList, IssueTypeAdmin
from konflik.cases.models import Case
from konflik.desk.admin import JournalLineAdmin
from konflik.desk.web.office import office_patterns
from konflik.desk.web.shells import Shell
from konflik.registry import admin as registry

__all__ = ["CaseAdmin", "IssueTypeAdmin", "JournalLineAdmin", "registry"]


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
    guard=inside,
)


@admin.register(Case)
class CaseAdmin(CaseList):
    """The list, with the pages of one case beside it: the same views as the team pages, in the frame of the admin."""

    of_one_case: ClassVar[list[URLPattern]] = office_patterns(OFFICE)

    def get_urls(self) -> list[URLPattern]:
        """List and export, then one case."""
        return [*super().get_urls(), *self.of_one_case]
