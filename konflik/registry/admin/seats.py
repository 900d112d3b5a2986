"""Seats in the admin."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from accounts.access.tables import Act
from accounts.users.models import User
from forums.bodies.models import Body
from forums.bodies.selectors import BodyWarning
from forums.seats.forms import SeatForm
from forums.seats.models import Seat, SeatQuerySet
from forums.seats.selectors import RELIGION_NEEDED, seat_warning
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person
from konflik.registry.admin.beside import PeriodFilter


class HeldFilter(PeriodFilter):
    """Whether the seat is held today."""

    title = "masa kedudukan"
    words = (("kini", "Menjabat kini"), ("lalu", "Sudah berakhir"))


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
        ("Unsur", {"fields": ("element", "gender", "religion", "deputy_of")}),
        ("Masa", {"fields": ("valid_from", "valid_until")}),
    )

    def get_queryset(self, request: HttpRequest) -> SeatQuerySet:
        """What the asking person may see."""
        return super().get_queryset(request).visible_to(person(request), at=timezone.now())

    def get_readonly_fields(self, request: HttpRequest, obj: Seat | None = None) -> tuple[str, ...]:
        """A seat never moves to another body."""
        return ("body",) if obj else ()

    def get_form(self, request: HttpRequest, obj: Seat | None = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """In a body where the religion must be said, the field says why."""
        form = super().get_form(request, obj, change=change, **kwargs)
        body = obj.body if obj else self._body_named(request)
        if body and "religion" in form.base_fields and seat_warning(body.kind, ""):
            form.base_fields["religion"].help_text = _told(RELIGION_NEEDED)
        return form

    def _body_named(self, request: HttpRequest) -> Body | None:
        """The body that the address or the sent form names, where the asking person may see it."""
        named = request.POST.get("body") or request.GET.get("body")
        return self.admin_site.get_model_admin(Body).get_object(request, named) if named else None

    def home_of(self, request: HttpRequest, obj: Seat | None = None) -> str:
        """The seats of its body."""
        body = obj.body if obj else self._body_named(request)
        return f"{reverse('admin:forums_body_change', args=[body.pk])}#seats" if body else ""

    def save_model(self, request: HttpRequest, obj: Seat, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Says at once what the body will be reproached with."""
        super().save_model(request, obj, form, change)
        warning = seat_warning(obj.body.kind, obj.religion)
        if warning:
            messages.warning(request, _told(warning))

    def write(self, row: Seat, form: Any, *, change: bool, actor: User, now: datetime) -> Seat:
        """The services of the registry."""
        if change:
            return services.amend_seat(seat=row, facts=form.facts(), actor=actor, now=now)
        return services.record_seat(body=form.cleaned_data["body"], facts=form.facts(), actor=actor, now=now)


def _told(warning: BodyWarning) -> str:
    return f"{warning.message} ({warning.basis})"
