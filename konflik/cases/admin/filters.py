"""By what the list of cases is narrowed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter
from unfold.contrib.filters.forms import AutocompleteDropdownForm

from konflik.cases import selectors
from konflik.cases.filters import FIRST_YEAR, NEEDS, CaseFilters
from konflik.cases.models import CasePlace, IssueType
from konflik.cases.models.case import CaseQuerySet
from konflik.rest.params import choices_of, narrow
from konflik.rest.problems import Problem


class PlaceForm(AutocompleteDropdownForm):
    """Unfold's field that searches while one types, with its words in Indonesian."""

    class Media:
        css = AutocompleteDropdownForm.Media.css
        js = [*AutocompleteDropdownForm.Media.js[:2], "admin/js/vendor/select2/i18n/id.js", *AutocompleteDropdownForm.Media.js[2:]]


class PlaceFilter(admin.SimpleListFilter):
    """Everything in one region, from province down to desa, found by typing."""

    title = "Wilayah"
    parameter_name = "place"
    template = "unfold/filters/filters_field.html"
    form_class = PlaceForm

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: ModelAdmin) -> None:
        self.request, self.model_admin = request, model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Never listed: 91,599 regions are searched."""
        return []

    def has_output(self) -> bool:
        """Always there."""
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The field with the region that is chosen."""
        yield {
            "form": self.form_class(
                request=self.request,
                label=self.title,
                name=self.parameter_name,
                choices=(),
                field=CasePlace._meta.get_field("region"),  # noqa: SLF001 - Django's public way to a field
                model_admin=self.model_admin,
                initial={self.parameter_name: self.value()},  # shown, not checked: what it is was found by `queryset`
            ),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """By the places of the case; an unknown code finds nothing."""
        code = self.value()
        return selectors.lying_in(cast("CaseQuerySet", queryset), code) if code else queryset


class SharedFilter(DropdownFilter):
    """A filter of `konflik.cases.filters` as a field of the side panel."""

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """What may be chosen."""
        return choices_of(CaseFilters, self.parameter_name)

    def queryset(self, request: HttpRequest, queryset: CaseQuerySet) -> CaseQuerySet:
        """`queryset` narrowed; a value that cannot be read is passed over."""
        value = self.value()
        try:
            return narrow(queryset, CaseFilters, {self.parameter_name: value} if value else {})
        except Problem:
            return queryset


def shared(name: str, title: str) -> type[SharedFilter]:
    """The shared filter of this name, under this heading."""
    return type(f"{name.title()}Filter", (SharedFilter,), {"parameter_name": name, "title": title})


class AttentionFilter(DropdownFilter):
    """Why a case may need somebody."""

    title, parameter_name = "Perlu perhatian", "attention"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """What Lembar Harian counts, too."""
        return [(word, label) for word, (label, _) in NEEDS.items()]

    def queryset(self, request: HttpRequest, queryset: CaseQuerySet) -> CaseQuerySet:
        """By the hour of asking."""
        _, need = NEEDS.get(self.value() or "", ("", None))
        return need(queryset, timezone.now()) if need else queryset


class IssueTypeFilter(SharedFilter):
    """The kinds of issue that the list of this office has."""

    title, parameter_name = "Jenis isu", "issue_type"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The kinds with their names."""
        return list(IssueType.objects.order_by("label").values_list("pk", "label"))


class YearFilter(SharedFilter):
    """The year in the number of the case."""

    title, parameter_name = "Tahun", "year"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Every year since the law, without asking the table which ones occur."""
        return [(str(year), str(year)) for year in range(timezone.localdate().year, FIRST_YEAR - 1, -1)]


class DaysFilter(RangeDateFilter):
    """An instant between two days, both included."""

    def __init__(self, field: Field, *told: Any, **named: Any) -> None:
        super().__init__(field, *told, **named)
        self.title = capfirst(str(field.verbose_name))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """A day lasts until the next begins; what is no date is passed over."""
        start, end = self._day("_from"), self._day("_to")
        if start:
            queryset = queryset.filter(**{f"{self.field_path}__gte": _midnight(start)})
        if end:
            queryset = queryset.filter(**{f"{self.field_path}__lt": _midnight(end + timedelta(days=1))})
        return queryset

    def _day(self, end: str) -> date | None:
        try:
            # Django's field reads dates as they are written here; Unfold's own reading knows only the American order.
            day = forms.DateField(required=False).clean(self.used_parameters.get(f"{self.parameter_name}{end}"))
        except forms.ValidationError:
            return None
        return day if day and date.min < day < date.max else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
