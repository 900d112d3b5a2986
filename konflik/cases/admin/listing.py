"""The list of cases: badges, tabs, search, filters, export. Saves nothing."""

from typing import Any
from urllib.parse import unquote

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from accounts.access.selectors import parts
from accounts.access.tables import Act
from konflik.cases import selectors
from konflik.cases.admin.filters import AttentionFilter, DaysFilter, IssueTypeFilter, PlaceFilter, YearFilter, shared
from konflik.cases.admin.tabs import tabs
from konflik.cases.admin.walking import WalkingList, WalkingPaginator
from konflik.cases.filters import ORDERINGS
from konflik.cases.models import Case
from konflik.cases.models.case import CaseQuerySet
from konflik.cases.services.exports import MEDIA_TYPES, export_cases
from konflik.law.secrecy import SEALED_FROM
from konflik.law.sources import SOURCE_LABELS, Source
from konflik.registry.admin.base import person

SEARCH_TEXT = "q"


class CaseList(ModelAdmin):
    """Every row that the asking person may see, and nothing of the others; the page of a case stands above."""

    list_display = ("headline", "stage_badge", "where", "rating", "answerable", "last_news")
    list_display_links = ("headline",)
    list_select_related = ("handler", "handler_institution")
    list_per_page = 50
    list_max_show_all = 0
    list_filter = (
        PlaceFilter,
        AttentionFilter,
        shared("stage", "Tahap"),
        shared("source", "Sumber konflik"),
        IssueTypeFilter,
        shared("severity", "Kerawanan"),
        shared("secrecy", "Kelas keamanan"),
        YearFilter,
        ("opened_at", DaysFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    list_before_template = "admin/konflik/case/tabs.html"
    palette_rank = 0
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("number", "title")
    search_help_text = "Nomor, judul, atau nama pihak"
    ordering = (ORDERINGS[0], "-pk")
    show_full_result_count = False
    actions = ("export_xlsx", "export_csv")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with its tabs, and with its export where that is open."""
        response = super().changelist_view(request, {**(extra_context or {}), "may_export": self.has_export_permission(request)})
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None:
            response.context_data["list_tabs"] = tabs(changelist)
        return response

    def get_queryset(self, request: HttpRequest) -> CaseQuerySet:
        """The one scope of list, search, export and autocomplete."""
        visible = Case.objects.visible_to(person(request), at=timezone.now()).order_by(*self.ordering)
        return selectors.with_leading_place(visible.defer("chronology"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[WalkingList]:
        """The list that never sorts every case."""
        return WalkingList

    def get_paginator(self, request: HttpRequest, queryset: QuerySet, per_page: int, *args: Any, **kwargs: Any) -> Paginator:
        """Along each region led, and through the few cases that a place or a grant opens beyond."""
        return WalkingPaginator(queryset, per_page, parts=parts(person(request), at=timezone.now()))

    def get_search_results(self, request: HttpRequest, queryset: CaseQuerySet, search_term: str) -> tuple[CaseQuerySet, bool]:
        """By number, title and party; without joins, so that no row comes twice."""
        return selectors.search(queryset, search_term), False

    # Columns ---------------------------------------------------------------------------------------------------------

    @admin.display(description="perkara", ordering="opened_at")
    def headline(self, case: Case) -> SafeString:
        """Number and title; whether it was entered afterwards."""
        late = format_html('<br><span class="tag tag-plain">{}</span>', "Dicatat susulan") if case.is_late_entry else ""
        return format_html('<span class="cell-case"><span class="code">{}</span><br><b>{}</b>{}</span>', case.number, case.title, late)

    @admin.display(description="tahap", ordering="stage")
    def stage_badge(self, case: Case) -> SafeString:
        """The stage in its colour, with its word."""
        return format_html('<span class="tag tag-{}">{}</span>', case.stage, case.get_stage_display())

    @admin.display(description="wilayah, sumber", ordering="source")
    def where(self, case: Case) -> SafeString:
        """The leading place, and the source of Pasal 5 in short."""
        source = SOURCE_LABELS[Source(case.source)]
        return format_html('<span class="cell-lines">{}<br><span class="soft small">{}</span></span>', selectors.place_label(case), source)

    @admin.display(description="kerawanan, kelas", ordering="severity")
    def rating(self, case: Case) -> SafeString:
        """How grave it is, and the class; from rahasia upward that stands out."""
        return format_html(
            '<span class="rating"><span class="level level-{}">{}</span><span class="tag {}">{}</span></span>',
            case.severity,
            case.get_severity_display(),
            "tag-sealed" if case.secrecy >= SEALED_FROM else "tag-plain",
            case.get_secrecy_display(),
        )

    @admin.display(description="penanggung jawab")
    def answerable(self, case: Case) -> str:
        """Institution, else person."""
        return str(case.handler_institution or case.handler or "Belum ada")

    @admin.display(description="pembaruan", ordering="updated_at")
    def last_news(self, case: Case) -> SafeString:
        """The day, and how long ago."""
        day = timezone.localtime(case.updated_at).date()
        days = (timezone.localdate() - day).days
        ago = "hari ini" if days <= 0 else "kemarin" if days == 1 else f"{days} hari lalu"
        return format_html('<span class="cell-lines num one-line">{}<br><span class="soft small">{}</span></span>', f"{day:%d-%m-%Y}", ago)

    # Rights ----------------------------------------------------------------------------------------------------------

    def is_open_to(self, request: HttpRequest, act: Act) -> bool:
        """Whether a posting of the asking person permits `act`; on which cases, the scope says."""
        return request.user.has_perm(f"accounts.{act}")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may see cases."""
        return self.is_open_to(request, Act.SEE_CASES)

    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Who may see cases; which, `get_queryset` says."""
        return self.is_open_to(request, Act.SEE_CASES)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may open cases; where, the form says."""
        return self.is_open_to(request, Act.OPEN_CASE)

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Never by the generic form: each change has a form of its own, which calls one service."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Nothing is ever deleted."""
        return False

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Who may take the list out."""
        return self.is_open_to(request, Act.EXPORT_CASES)

    # Export ----------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """List, autocomplete and export; pages of one case are added above."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name=f"{name}_changelist"),
            path("unduh/<slug:form>/", self.admin_site.admin_view(self.export_view), name=f"{name}_export"),
        ]

    def export_view(self, request: HttpRequest, form: str) -> StreamingHttpResponse:
        """The list as it is filtered, as a file. Raises Http404 for an unknown form, PermissionDenied without the act."""
        if form not in MEDIA_TYPES:
            raise Http404
        if not self.has_export_permission(request):
            raise PermissionDenied
        return self._export(request, self.get_changelist_instance(request).queryset, form)

    @admin.action(description="Unduh yang dipilih sebagai Excel (xlsx)", permissions=["export"])
    def export_xlsx(self, request: HttpRequest, queryset: CaseQuerySet) -> StreamingHttpResponse:
        """The chosen rows."""
        return self._export(request, queryset, "xlsx")

    @admin.action(description="Unduh yang dipilih sebagai CSV", permissions=["export"])
    def export_csv(self, request: HttpRequest, queryset: CaseQuerySet) -> StreamingHttpResponse:
        """The chosen rows."""
        return self._export(request, queryset, "csv")

    def _export(self, request: HttpRequest, cases: CaseQuerySet, form: str) -> StreamingHttpResponse:
        now = timezone.now()
        # A grant opens reading one case, not taking it out: the act is asked of every row.
        takeable = cases.filter(pk__in=Case.objects.visible_to(person(request), at=now, act=Act.EXPORT_CASES).values("pk"))
        export = export_cases(cases=takeable, form=form, filters=_filters_of(request), reader=person(request), now=now)
        response = StreamingHttpResponse(export.chunks, content_type=export.media_type)
        response["Content-Disposition"] = f'attachment; filename="{export.name}"'
        return response


def _filters_of(request: HttpRequest) -> str:
    """The filters for the journal, which is for ever: that something was searched, not the words, which may be names."""
    query = request.GET.copy()
    if query.pop(SEARCH_TEXT, None):
        query[SEARCH_TEXT] = "…"
    return unquote(query.urlencode())[:500]
