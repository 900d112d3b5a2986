"""Tables that stand in the admin by pages of ours alone: nothing of them is listed or changed by generic forms."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import URLPattern
from unfold.admin import ModelAdmin

from accounts.access.tables import Act


class RoomAdmin(ModelAdmin):
    """The pages of one topic below its own address; `sees` is what somebody must be allowed to do to be offered it."""

    sees: ClassVar[Act] = Act.SEE_CLOCKS
    pages: ClassVar[list[URLPattern]] = []

    def get_urls(self) -> list[URLPattern]:
        """Our pages, and none of Django's."""
        return list(self.pages)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may see."""
        return request.user.has_perm(f"accounts.{self.sees}")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may see; what of it, each page says."""
        return request.user.has_perm(f"accounts.{self.sees}")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by a generic form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by a generic form."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is ever deleted."""
        return False
