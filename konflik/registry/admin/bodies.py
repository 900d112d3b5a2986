"""Bodies in the admin: the list with what is wrong, the page with its seats."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action, display

from accounts.access.tables import Act
from accounts.users.models import User
from forums.bodies.forms import BodyForm
from forums.bodies.models import Body, BodyQuerySet
from forums.bodies.selectors import ending
from forums.seats.models import Seat, SeatQuerySet
from forums.seats.selectors import seated, warnings_of
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person
from konflik.registry.admin.beside import ShownInline


class DecreeFilter(DropdownFilter):
    """How the SK stands today."""

    title = "keadaan SK"
    parameter_name = "sk"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Running, or due for a new one."""
        return [("berlaku", "Masih berlaku"), ("perhatian", "Segera berakhir atau sudah berakhir"), ("berakhir", "Sudah berakhir")]

    def queryset(self, request: HttpRequest, queryset: BodyQuerySet) -> BodyQuerySet:
        """By the day of today."""
        today = timezone.localdate()
        match self.value():
            case "berlaku":
                return queryset.valid_at(today)
            case "perhatian":
                return queryset.filter(pk__in=ending(Body.objects.all(), day=today).values("pk"))
            case "berakhir":
                return queryset.filter(valid_until__lt=today)
            case _:
                return queryset


class SeatInline(ShownInline):
    """Who sits in the body; each seat is changed on its own page, where a refusal can stand at its field."""

    model = Seat
    fields = ("position", "deputy_of", "person_name", "office", "institution", "element", "gender", "valid_from", "valid_until")
    ordering = ("valid_from", "pk")

    def get_queryset(self, request: HttpRequest) -> SeatQuerySet:
        """With the institution and whom a deputy stands for in the same query."""
        return super().get_queryset(request).select_related("institution", "deputy_of__institution", "deputy_of__user")


@admin.register(Body)
class BodyAdmin(ServiceAdmin):
    """Forums of the own regions."""

    sees, manages = Act.SEE_FORUMS, Act.MANAGE_FORUMS
    form = BodyForm
    inlines = (SeatInline,)
    list_display = ("name", "kind", "region", "secretariat", "period", "state")
    list_select_related = ("region", "secretariat")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        DecreeFilter,
        ("region__kabupaten", AutocompleteSelectFilter),
        ("region__kecamatan", AutocompleteSelectFilter),
    )
    list_filter_submit = True
    search_fields = ("name", "decree_number", "region__search_name")
    search_help_text = "Nama forum, nomor SK, atau wilayah"
    ordering = ("region__kabupaten", "region", "kind", "-valid_from")
    autocomplete_fields = ("region", "secretariat")
    readonly_fields = ("warnings",)
    fieldsets = (
        (None, {"fields": ("warnings", "kind", "name", "region", "secretariat")}),
        ("Dasar dan SK", {"fields": ("legal_basis", "decree_number", "decree_on", "valid_from", "valid_until")}),
        ("Keterangan", {"fields": ("religions_present", "note")}),
    )
    actions_detail = ("add_seat",)

    def get_queryset(self, request: HttpRequest) -> BodyQuerySet:
        """What the asking person may see, with all that the warnings ask."""
        return seated(super().get_queryset(request).visible_to(person(request), at=timezone.now()))

    def get_fieldsets(self, request: HttpRequest, obj: Body | None = None) -> Any:
        """A body that does not stand yet has nothing to warn of."""
        shown = super().get_fieldsets(request, obj)
        return shown if obj else [(None, {"fields": shown[0][1]["fields"][1:]}), *shown[1:]]

    def get_inlines(self, request: HttpRequest, obj: Body | None = None) -> Any:
        """Seats come once the body stands."""
        return self.inlines if obj else ()

    def write(self, row: Body, form: Any, *, change: bool, actor: User, now: datetime) -> Body:
        """The services of the registry."""
        if change:
            return services.amend_body(body=row, facts=form.facts(), actor=actor, now=now)
        return services.record_body(facts=form.facts(), actor=actor, now=now)

    @display(description="masa berlaku", ordering="valid_until")
    def period(self, body: Body) -> str:
        """Both days, in words."""
        begins = date_format(body.valid_from, "j F Y")
        return f"{begins} – {date_format(body.valid_until, 'j F Y')}" if body.valid_until else f"sejak {begins}"

    @display(description="keadaan", label={"Sesuai": "success", "Perlu perhatian": "warning"})
    def state(self, body: Body) -> tuple[str, str]:
        """One badge: what is wrong first."""
        found = warnings_of(body, day=timezone.localdate())
        return ("Perlu perhatian", found[0].short) if found else ("Sesuai", "Sesuai")

    @admin.display(description="perlu perhatian")
    def warnings(self, body: Body) -> SafeString | str:
        """Every warning with what it rests on."""
        found = warnings_of(body, day=timezone.localdate())
        if not found:
            return "Susunan dan SK forum ini sesuai."
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} ({})</li>", ((one.message, one.basis) for one in found)))

    @action(description="Tambah kedudukan", url_path="tambah-kedudukan", permissions=["add_seat"])
    def add_seat(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """To the page of a new seat in this body."""
        body = self.get_object(request, object_id)
        if body is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect(f"{reverse('admin:forums_seat_add')}?{urlencode({'body': body.pk})}")

    def has_add_seat_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may write."""
        return self.is_open_to(request, self.manages)
