"""The list of regions in the admin: looked up, never edited; it changes only by loading a new list."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.regions.models import Region, RegionQuerySet
from accounts.regions.selectors import label, search


class ProvinceFilter(admin.SimpleListFilter):
    """One province out of the 38."""

    title = "provinsi"
    parameter_name = "provinsi"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return list(Region.objects.filter(level=1).order_by("name").values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: RegionQuerySet) -> RegionQuerySet:
        return queryset.filter(province=self.value()) if self.value() else queryset


@admin.register(Region)
class RegionAdmin(ModelAdmin):
    """Also the source of every autocomplete on a region."""
