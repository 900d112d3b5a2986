"""Institutions in the admin."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.postings.forms import InstitutionForm
from accounts.postings.models import Institution
from accounts.users.models import User
from konflik.registry import services
from konflik.registry.admin.base import ServiceAdmin, person


@admin.register(Institution)
class InstitutionAdmin(ServiceAdmin):
    """Institutions of the own regions; also the source of every choice of an institution."""

    sees, manages = Act.SEE_FORUMS, Act.MANAGE_FORUMS
    form = InstitutionForm
    list_display = ("name", "kind", "region", "is_active")
    list_select_related = ("region",)
    list_filter = (("kind", ChoicesDropdownFilter), ("region__kabupaten", AutocompleteSelectFilter), "is_active")
    list_filter_submit = True
    search_fields = ("name",)
    search_help_text = "Nama instansi"
    ordering = ("region__kabupaten", "name")
    autocomplete_fields = ("region",)
    fields = ("name", "kind", "region", "is_active")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Those of the regions in which the asking person may see forums."""
        return super().get_queryset(request).filter(area(person(request), self.sees, via="region__", at=timezone.now()))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """A choice on a form offers no institution that is switched off."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        return (found.filter(is_active=True) if request.path.endswith("/autocomplete/") else found), has_duplicates

    def write(self, row: Institution, form: Any, *, change: bool, actor: User, now: datetime) -> Institution:
        """The services of the registry."""
        if change:
            return services.amend_institution(institution=row, facts=form.facts(), actor=actor, now=now)
        return services.record_institution(facts=form.facts(), actor=actor, now=now)
