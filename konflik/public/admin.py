"""The announcements of one's own kabupaten: a plain table, for it changes no case and no deadline."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from konflik.public.models import PublicNote
from konflik.registry.admin.base import person


@admin.register(PublicNote)
class PublicNoteAdmin(ModelAdmin):
    """What is no longer so is withdrawn, never deleted."""

    list_display = ("title", "section", "kabupaten", "published_on", "withdrawn_on")
    list_filter = ("section",)
    search_fields = ("title",)
    search_help_text = "Judul"
    ordering = ("-published_on", "-pk")
    fields = ("section", "kabupaten", "title", "text", "source", "published_on", "withdrawn_on")
    list_select_related = ("kabupaten",)
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicNote]:
        """Those of the regions in which the asking person keeps such lists."""
        return super().get_queryset(request).filter(area(person(request), Act.MANAGE_REFERENCE, via="kabupaten__", at=timezone.now()))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only kabupaten of the same regions."""
        if db_field.name == "kabupaten":
            here = area(person(request), Act.MANAGE_REFERENCE, via="", at=timezone.now())
            kwargs["queryset"] = Region.objects.of_level(Level.KABUPATEN).filter(here).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who keeps the reference lists."""
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who keeps the reference lists."""
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who keeps the reference lists."""
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who keeps the reference lists."""
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: it was read by everybody."""
        return False

    def _may(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"accounts.{Act.MANAGE_REFERENCE}")
