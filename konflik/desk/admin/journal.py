"""The journal in the admin: read as sentences, never written."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter

from accounts.access.selectors import postings_of
from accounts.access.tables import Act
from konflik.cases.admin.filters import DaysFilter
from konflik.cases.admin.walking import WalkingList, WalkingPaginator
from konflik.desk.selectors.history import HistoryItem, told
from konflik.desk.tables.words import moment
from konflik.journal.models import JournalLine
from konflik.journal.selectors import open_to, shelves
from konflik.law.events import EVENT_LABELS, Event
from konflik.registry.admin.base import person


class EventFilter(DropdownFilter):
    """One kind of event."""

    title = "Kejadian"
    parameter_name = "kejadian"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Everything that can happen, in its words."""
        return sorted(((event.value, label) for event, label in EVENT_LABELS.items()), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """By the stored word."""
        return queryset.filter(event=self.value()) if self.value() else queryset


@admin.register(JournalLine)
class JournalLineAdmin(ModelAdmin):
    """Every line that the asking person may read."""

    list_display = ("recorded", "what", "case_number", "actor", "basis", "corrected")
    list_display_links = ("recorded", "what")
    list_select_related = ("case", "actor", "kabupaten__kabupaten")
    list_filter = (EventFilter, ("recorded_at", DaysFilter))
    list_filter_submit = True
    list_per_page = 50
    list_max_show_all = 0
    search_fields = ("case__number", "actor__name")
    search_help_text = "Nomor perkara atau nama pencatat"
    ordering = ("-pk",)
    show_full_result_count = False
    fields = readonly_fields = (
        "told",
        "case_number",
        "occurred",
        "recorded",
        "actor",
        "basis",
        "stream",
        "position",
        "seal",
        "seal_before",
    )
    show_facets = admin.ShowFacets.NEVER
    actions = None
    sortable_by = ("recorded",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[WalkingList]:
        """The list that never sorts every line."""
        return WalkingList

    def get_paginator(self, request: HttpRequest, queryset: QuerySet, per_page: int, *args: Any, **kwargs: Any) -> Paginator:
        """Along the own kabupaten, and along what belongs to the installation."""
        if queryset.model is not self.model:
            return super().get_paginator(request, queryset, per_page, *args, **kwargs)
        own = shelves(person(request), at=timezone.now())
        return WalkingPaginator(queryset, per_page, parts=[*own, Q(kabupaten__isnull=True)])

    def get_queryset(self, request: HttpRequest) -> QuerySet[JournalLine]:
        """What the asking person may read, the newest first."""
        return (
            open_to(person(request), at=timezone.now())
            .select_related("case", "actor", "detail", "kabupaten__kabupaten")
            .order_by(*self.ordering)
        )

    # Columns ---------------------------------------------------------------------------------------------------------

    @admin.display(description="dicatat pada", ordering="pk")
    def recorded(self, line: JournalLine) -> str:
        """The hour of writing, on the clocks of the kabupaten."""
        return _moment(line, line.recorded_at)

    @admin.display(description="terjadi pada")
    def occurred(self, line: JournalLine) -> str:
        """The hour it happened."""
        return _moment(line, line.occurred_at)

    @admin.display(description="kejadian")
    def what(self, line: JournalLine) -> str:
        """The event in a word."""
        return EVENT_LABELS[Event(line.event)]

    @admin.display(description="perkara")
    def case_number(self, line: JournalLine) -> SafeString | str:
        """The case, with the way to it."""
        if line.case is None:
            return "–"
        return format_html(
            '<a class="one-line" href="{}">{}</a>', reverse("admin:konflik_case_change", args=[line.case_id]), line.case.number
        )

    @admin.display(description="perbaikan")
    def corrected(self, line: JournalLine) -> str:
        """Whether the line puts another one right."""
        return "Memperbaiki baris lain" if line.corrects_id else "–"

    @admin.display(description="isi")
    def told(self, line: JournalLine) -> SafeString:
        """The line as a sentence, with its free text."""
        item = line.sentence  # type: ignore[attr-defined]  # set by get_object
        texts = format_html_join(
            "", '<p class="keep-lines"><span class="soft">{}</span> {}</p>', ((label, text) for label, text in item.quotes)
        )
        return format_html('<div class="stack-tight"><p>{}</p>{}</div>', item.text, texts)

    @admin.display(description="sidik baris")
    def seal(self, line: JournalLine) -> SafeString:
        """The hash of the line."""
        return format_html('<span class="code breakable">{}</span>', line.hash)

    @admin.display(description="sidik baris sebelumnya")
    def seal_before(self, line: JournalLine) -> SafeString:
        """The hash that the line is chained to."""
        return format_html('<span class="code breakable">{}</span>', line.previous_hash)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> JournalLine | None:
        """The line, with its sentence at hand."""
        line = super().get_object(request, object_id, from_field)
        if line is not None:
            line.sentence = _told(line, request)
        return line

    # Rights ----------------------------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may read the journal."""
        return request.user.has_perm(f"accounts.{Act.SEE_JOURNAL}")

    def has_view_permission(self, request: HttpRequest, obj: JournalLine | None = None) -> bool:
        """Who may read the journal; which lines, `get_queryset` says."""
        return request.user.has_perm(f"accounts.{Act.SEE_JOURNAL}")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Lines come from acts only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: JournalLine | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: JournalLine | None = None) -> bool:
        """Never."""
        return False


def _moment(line: JournalLine, at: datetime) -> str:
    return moment(at, line.kabupaten) if line.kabupaten else f"{timezone.localtime(at):%d-%m-%Y %H.%M}"


def _told(line: JournalLine, request: HttpRequest) -> HistoryItem:
    now = timezone.now()
    return told([line], person(request), line.kabupaten or postings_of(person(request), at=now)[0].region, at=now)[0]
