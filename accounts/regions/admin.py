"""The list of regions in the admin: looked up, never edited; it changes only by loading a new list."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter

from accounts.regions.models import Level, Region, RegionQuerySet
from accounts.regions.selectors import search


class ProvinceFilter(DropdownFilter):
    """One province with everything in it."""

    title = "provinsi"
    parameter_name = "provinsi"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The 38 provinces."""
        return list(Region.objects.of_level(Level.PROVINCE).order_by("name").values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: RegionQuerySet) -> RegionQuerySet:
        """By the ancestor column."""
        return queryset.filter(province=self.value()) if self.value() else queryset


@admin.register(Region)
class RegionAdmin(ModelAdmin):
    """Also the source of every autocomplete on a region."""

    list_display = ("code", "name", "kind", "lies_in", "valid_from", "valid_until")
    list_filter = (
        ("level", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ProvinceFilter,
        ("kabupaten", AutocompleteSelectFilter),
        ("kecamatan", AutocompleteSelectFilter),
    )
    list_filter_submit = True
    list_per_page = 50
    search_fields = ("search_name",)
    search_help_text = "Nama, nama dengan wilayah di atasnya (Bungku, Bajubang), atau kode (15.04)"
    ordering = ("code",)
    palette_rank = 2  # after everything that is one's own: 91,599 names fit almost any word
    show_full_result_count = False
    fields = ("code", "label", "kind", "level", "parent", "latitude", "longitude", "time_zone", "valid_from", "valid_until")

    @admin.display(description="terletak di")
    def lies_in(self, region: Region) -> str:
        """The ancestors, from the stored label."""
        return region.label.partition(", ")[2] or "Indonesia"

    def get_search_results(self, request: HttpRequest, queryset: RegionQuerySet, search_term: str) -> tuple[QuerySet[Region], bool]:
        """The one search of regions, so that a choice on a form finds what this list finds."""
        return (search(queryset, search_term), False) if search_term.strip() else (queryset, False)

    def has_view_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Regions are public knowledge; whoever may enter the admin may look them up."""
        return request.user.is_staff

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As for looking."""
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Never by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Never: whatever happened there still names the region."""
        return False
