"""What several lists and pages of people and forums have beside them: a filter by period, a table of rows that are only shown."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import DropdownFilter


class PeriodFilter(DropdownFilter):
    """How the period of a row stands today: `words` for kini, lalu and, where rows may lie ahead, nanti."""

    parameter_name = "masa"
    words: tuple[tuple[str, str], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The words of this list."""
        return list(self.words)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """By the day of today."""
        today = timezone.localdate()
        match self.value():
            case "kini":
                return queryset.valid_at(today)
            case "lalu":
                return queryset.filter(valid_until__lt=today)
            case "nanti":
                return queryset.filter(valid_from__gt=today)
            case _:
                return queryset


class ShownInline(TabularInline):
    """Rows on the page of another; each is written on its own page, where a refusal can stand at its field."""

    extra = 0
    show_change_link = True
    can_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All that is shown."""
        return self.fields

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the page."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On its own page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On its own page."""
        return False
