"""Seats in the admin."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter

from accounts.access.tables import Act
from accounts.users.models import User
from forums.seats.forms import SeatForm
from forums.seats.models import Seat, SeatQuerySet
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person


class HeldFilter(DropdownFilter):
    """Whether the seat is held today."""

    title = "masa kedudukan"
    parameter_name = "masa"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Held, or over."""
        return [("kini", "Menjabat kini"), ("lalu", "Sudah berakhir")]

    def queryset(self, request: HttpRequest, queryset: SeatQuerySet) -> SeatQuerySet:
        """By the day of today."""
        today = timezone.localdate()
        match self.value():
            case "kini":
                return queryset.valid_at(today)
            case "lalu":
                return queryset.filter(valid_until__lt=today)
            case _:
                return queryset


@admin.register(Seat)
class SeatAdmin(ServiceAdmin):
    """Seats in the bodies of the own regions."""

    sees, manages = Act.SEE_FORUMS, Act.MANAGE_FORUMS
    form = SeatForm
    list_display = ("position", "person_name", "office", "body", "institution", "element", "valid_from", "valid_until")
    list_select_related = ("body", "institution")
    list_filter = (
        HeldFilter,
        ("body", AutocompleteSelectFilter),
        ("element", ChoicesDropdownFilter),
        ("gender", ChoicesDropdownFilter),
    )
    list_filter_submit = True
    search_fields = ("position", "person_name", "office", "body__name")
    search_help_text = "Kedudukan, nama, jabatan, atau forum"
    ordering = ("body", "valid_from", "pk")
    autocomplete_fields = ("body", "institution", "user", "deputy_of")
    fieldsets = (
        (None, {"fields": ("body", "position", "person_name", "office", "institution", "user")}),
        ("Unsur dan masa", {"fields": ("element", "gender", "religion", "deputy_of", "valid_from", "valid_until")}),
    )

    def get_queryset(self, request: HttpRequest) -> SeatQuerySet:
        """What the asking person may see."""
        return super().get_queryset(request).visible_to(person(request), at=timezone.now())

    def get_readonly_fields(self, request: HttpRequest, obj: Seat | None = None) -> tuple[str, ...]:
        """A seat never moves to another body."""
        return ("body",) if obj else ()

    def write(self, row: Seat, form: Any, *, change: bool, actor: User, now: datetime) -> Seat:
        """The services of the registry."""
        if change:
            return services.amend_seat(seat=row, facts=form.facts(), actor=actor, now=now)
        return services.record_seat(body=form.cleaned_data["body"], facts=form.facts(), actor=actor, now=now)
