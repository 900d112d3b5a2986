"""Figures of limits that the law leaves open, in the admin: dated rows, each replaced by a newer one."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Case, Exists, ForeignKey, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.forms import ChoiceField, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.acts import services
from konflik.clocks.models import Policy
from konflik.desk.admin.reach import own_kabupaten
from konflik.law.grammar.durations import Span, Unit
from konflik.law.rulebook import RULES
from konflik.registry.admin.base import ServiceAdmin, person

HINT = f"{services.NOT_BACKWARDS} Baris yang tersimpan tidak diubah: kebijakan baru menggantikannya."
TOLD = ("code", "kabupaten", "number", "unit", "basis", "is_confirmed", "valid_from")


@admin.register(Policy)
class PolicyAdmin(ServiceAdmin):
    """Rows for all, and those of the own kabupaten; first the rules that still have no figure."""

    sees = manages = Act.MANAGE_CALENDAR
    list_display = ("rule", "figure", "basis", "valid_from", "reach", "is_confirmed")
    list_filter = ("is_confirmed",)
    sortable_by = ("valid_from", "is_confirmed")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Policy]:
        """Rows for all and those of the regions in which the asking person keeps the calendar."""
        here = area(person(request), self.sees, via="kabupaten__", at=timezone.now())
        newer = Policy.objects.filter(code=OuterRef("code"), number__isnull=False, valid_from__gt=OuterRef("valid_from"))
        is_missing = When(Q(number__isnull=True) & ~Exists(newer), then=Value(0))
        rows = Policy.objects.filter(Q(kabupaten__isnull=True) | here).select_related("kabupaten")
        return rows.annotate(place=Case(is_missing, default=Value(1), output_field=IntegerField())).order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """What lacks a figure, then by rule, the newest first."""
        return ("place", "code", "-valid_from", "-pk")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A saved row by the title of its rule."""
        shown = ("rule", "kabupaten", "figure", "basis", "is_confirmed", "valid_from", "recorded_by", "recorded_at")
        return ((None, {"fields": shown if obj else TOLD, "description": HINT}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All of a saved row."""
        return ("rule", "figure", "recorded_by", "recorded_at") if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:  # noqa: FBT001
        """With the rules to choose from by title."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None and "code" in form.base_fields:
            choices = [("", "Pilih …"), *((rule.code, f"{rule.title} ({rule.basis})") for rule in services.open_rules())]
            form.base_fields["code"] = ChoiceField(label="aturan", choices=choices, widget=UnfoldAdminSelectWidget)
        return form

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Only kabupaten in which the asking person keeps the calendar."""
        if db_field.name == "kabupaten":
            kwargs["queryset"] = own_kabupaten(person(request), self.manages)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a newer row replaces it."""
        return False

    def write(self, row: Policy, form: Any, *, change: bool, actor: User, now: datetime) -> Policy:
        """The service of policies."""
        return services.record_policy(**{name: form.cleaned_data[name] for name in TOLD}, actor=actor, now=now)

    @display(description="aturan")
    def rule(self, policy: Policy) -> str:
        """Its title in the rulebook."""
        rule = RULES.get(policy.code)
        return rule.title if rule else policy.code

    @display(description="angka")
    def figure(self, policy: Policy) -> str:
        """With its unit."""
        return "Belum ada angka" if policy.number is None else str(Span(policy.number, Unit(policy.unit)))

    @display(description="berlaku di")
    def reach(self, policy: Policy) -> str:
        """For whom it counts."""
        return policy.kabupaten.name if policy.kabupaten else "Semua"
