"""Decrees on days off in the admin: a draft with its days, what it would move, and then in force."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import TabularInline
from unfold.decorators import action, display

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.acts import services
from konflik.acts.services import ShiftReport
from konflik.clocks.models import CalendarDecree, DayOff, Deadline
from konflik.clocks.tables import DayOffKind
from konflik.clocks.tables.calendar_files import DayRow
from konflik.desk.admin.reach import own_kabupaten
from konflik.desk.forms.calendar_file import CalendarFileForm
from konflik.desk.tables.words import short_date
from konflik.registry.admin.base import ServiceAdmin, person

IN_FORCE = (
    "Keputusan ini sudah berlaku dan tidak dapat diubah. Untuk mengubah hari liburnya, catat keputusan baru; "
    "yang terakhir diberlakukan menggantikannya."
)
DRAFT = "Rancangan belum menggeser tenggat apa pun. Simpan hari liburnya, lalu buka Lihat dampak."
WHAT_TO_DO = (
    "Buka tenggatnya dan periksa waktu mulai serta penangguhannya; perbaiki catatan pemicunya atau batalkan tenggat itu dengan alasan. "
    "Tenggat lain tetap bergeser, dan yang tertinggal dihitung lagi oleh setiap penyapuan."
)
SHOWN = 200


class DaysFormSet(BaseInlineFormSet):
    """Each day is told at its field why it does not fit the decree above it."""

    def clean(self) -> None:
        """By the rule of the service."""
        super().clean()
        decree = self.instance
        if decree.covers_from is None or decree.covers_until is None:
            return
        for form in self.forms:
            told = form.cleaned_data if form.is_valid() else {}
            if told.get("day") and not told.get("DELETE") and (fault := services.fault_of(decree, told["day"], DayOffKind(told["kind"]))):
                form.add_error("kind" if fault == services.REGIONAL_ONLY else "day", fault)

    def rows(self) -> list[DayRow]:
        """The days that are to stand."""
        told = [form.cleaned_data for form in self.forms if form.cleaned_data.get("day") and not form.cleaned_data.get("DELETE")]
        return [DayRow(one["day"], one["name"].strip(), DayOffKind(one["kind"])) for one in told]


class DayInline(TabularInline):
    """The days of one decree, in their order."""

    model = DayOff
    formset = DaysFormSet
    fields = ("day", "name", "kind")
    ordering = ("day",)
    extra = 3
    hide_title = True
    formfield_overrides = ServiceAdmin.formfield_overrides

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the page."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the decree is in force."""
        return _is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the decree is in force."""
        return _is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the decree is in force."""
        return _is_draft(obj)


@admin.register(CalendarDecree)
class CalendarDecreeAdmin(ServiceAdmin):
    """National decrees, and those of the own kabupaten."""

    sees = manages = Act.MANAGE_CALENDAR
    inlines = (DayInline,)
    list_display = ("number", "decided_on", "reach", "covers_from", "covers_until", "state")
    list_select_related = ("kabupaten",)
    search_fields = ("number",)
    search_help_text = "Nomor keputusan"
    ordering = ("-covers_from", "-decided_on", "-pk")
    actions_detail = ("import_file", "show_effect")
    fields = ("number", "decided_on", "kabupaten", "covers_from", "covers_until")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarDecree]:
        """National ones and those of the regions in which the asking person keeps the calendar."""
        here = area(person(request), self.sees, via="kabupaten__", at=timezone.now())
        return CalendarDecree.objects.filter(Q(kabupaten__isnull=True) | here).order_by(*self.ordering)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With what can be done with it."""
        return ((None, {"fields": self.fields, "description": DRAFT if _is_draft(obj) else IN_FORCE}),)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Only kabupaten in which the asking person keeps the calendar."""
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, "queryset": own_kabupaten(person(request), self.manages)})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never once it is in force."""
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_manage_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may write."""
        return self.is_open_to(request, self.manages)

    def write(self, row: CalendarDecree, form: Any, *, change: bool, actor: User, now: datetime) -> CalendarDecree:
        """The services of the calendar."""
        told = {name: form.cleaned_data[name] for name in self.fields}
        if change:
            return services.amend_draft(decree=row, **told, actor=actor, now=now)
        return services.draft_decree(**told, actor=actor, now=now)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """All days at once, by the service."""
        services.replace_days(decree=form.instance, days=formset.rows(), actor=person(request), now=timezone.now())
        formset.new_objects = formset.changed_objects = formset.deleted_objects = []

    @display(description="berlaku di", ordering="kabupaten")
    def reach(self, decree: CalendarDecree) -> str:
        """Where its days are days off."""
        return decree.kabupaten.name if decree.kabupaten else "Seluruh Indonesia"

    @display(description="keadaan", ordering="applied_at", label={"Rancangan": "warning", "Berlaku": "success"})
    def state(self, decree: CalendarDecree) -> str:
        """Draft or in force."""
        return "Rancangan" if _is_draft(decree) else "Berlaku"

    @action(description="Impor berkas CSV", url_path="impor", permissions=["manage"])
    def import_file(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for a file; its days replace those of the draft."""
        decree = self.get_object(request, object_id)
        if decree is None or not _is_draft(decree):
            return self._no_draft(request, decree, object_id)
        form = CalendarFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
        if form.is_valid():
            try:
                content = form.cleaned_data["file"].read()
                number = services.import_days(decree=decree, content=content, actor=person(request), now=timezone.now())
            except ValidationError as refused:
                form.add_error("file", refused.messages)
            else:
                messages.success(request, f"{number} hari libur diambil dari berkas.")
                return redirect("admin:konflik_calendardecree_change", decree.pk)
        return self._page(request, decree, "import", form=form, status=400 if form.errors else 200)

    @action(description="Lihat dampak", url_path="dampak", permissions=["manage"])
    def show_effect(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What would move; the button there puts the decree in force."""
        decree = self.get_object(request, object_id)
        if decree is None or not _is_draft(decree):
            return self._no_draft(request, decree, object_id)
        now, fault = timezone.now(), ""
        if request.method == "POST":
            try:
                report = services.apply_calendar(decree=decree, actor=person(request), now=now)
            except ValidationError as refused:
                fault = " ".join(refused.messages)
            else:
                messages.success(request, f"Keputusan {decree} diberlakukan. {report}.")
                if report.failed:
                    messages.warning(request, _left(report, person(request), now))
                return redirect("admin:konflik_calendardecree_change", decree.pk)
        report = services.shift_report(decree, now=now)
        left = _left(report, person(request), now) if report.failed else ""
        told = {"report": report, "rows": _rows(report, person(request), now), "fault": fault, "left": left}
        return self._page(request, decree, "effect", **told, status=400 if fault else 200)

    def _no_draft(self, request: HttpRequest, decree: CalendarDecree | None, object_id: str) -> HttpResponse:
        if decree is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        messages.error(request, IN_FORCE)
        return redirect("admin:konflik_calendardecree_change", decree.pk)

    def _page(self, request: HttpRequest, decree: CalendarDecree, name: str, *, status: int, **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": decree, "title": str(decree), **more}
        return TemplateResponse(request, f"desk/calendar_{name}.html", context, status=status)


def _is_draft(decree: CalendarDecree | None) -> bool:
    return decree is None or decree.applied_at is None


def _rows(report: ShiftReport, user: User, now: datetime) -> list[dict[str, Any]]:
    """Those that the asking person may see; of the others only the number is told."""
    keys = [row.deadline.pk for row in report.rows[:SHOWN]]
    seen = Deadline.objects.visible_to(user, at=now).filter(pk__in=keys).select_related("case", "kabupaten").in_bulk()
    return [
        {
            "deadline": seen[row.deadline.pk],
            "old": short_date(row.old_day) if row.old_day else "–",
            "new": short_date(row.new_day) if row.new_day else "–",
            "is_earlier": row.is_earlier,
        }
        for row in report.rows[:SHOWN]
        if row.deadline.pk in seen
    ]


def _left(report: ShiftReport, user: User, now: datetime) -> SafeString:
    """Which deadlines cannot be counted, each with the way to it, and what to do; of what `user` may not see the number alone."""
    keys = [deadline.pk for deadline in report.failed]
    seen = list(Deadline.objects.visible_to(user, at=now).filter(pk__in=keys).select_related("case").order_by("pk")[:SHOWN])
    named = format_html_join(
        ", ",
        '<a href="{}">{}</a>{}',
        (
            (reverse("admin:konflik_deadline_change", args=[one.pk]), one.title, f" ({one.case.number})" if one.case is not None else "")
            for one in seen
        ),
    )
    others = f"{len(keys) - len(seen)} tenggat yang tidak dapat Anda buka" if len(seen) < len(keys) else ""
    which = format_html("{}{}{}", named, ", dan " if seen and others else "", others)
    return format_html("Tidak dapat dihitung dan tetap pada tanggal semula: {}. {}", which, WHAT_TO_DO)
