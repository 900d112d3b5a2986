"""The local list of issues: a plain reference table."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.access.tables import Act
from konflik.cases.models import IssueType


@admin.register(IssueType)
class IssueTypeAdmin(ModelAdmin):
    """Kinds of issue below the five sources of the law. What is no longer used is switched off, never deleted."""

    list_display = ("label", "code", "is_active")
    list_filter = ("is_active",)
    search_fields = ("label", "code")
    search_help_text = "Nama isu atau kode"
    ordering = ("label",)
    fields = ("label", "code", "is_active")
    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: IssueType | None = None) -> tuple[str, ...]:
        """The code is the key that cases and counts carry."""
        return ("code",) if obj else ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may enter the admin may look the words up."""
        return request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the section."""
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who keeps the reference lists."""
        return request.user.has_perm(f"accounts.{Act.MANAGE_REFERENCE}")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who keeps the reference lists."""
        return request.user.has_perm(f"accounts.{Act.MANAGE_REFERENCE}")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: cases name it."""
        return False
