"""Regions for machines: the tree, one of them by code, and the search that forgives misspelling."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers

from accounts.regions.filters import RegionFilters
from accounts.regions.models import Kind, Level, Region, TimeZone
from accounts.regions.selectors import LIKELIEST_FIRST
from accounts.regions.tables import CODE
from konflik.rest.paging import Order
from konflik.rest.params import Asked
from konflik.rest.reading import DetailView, ListView, read_rows
from konflik.rest.shapes import Made, Shape, WordField

LEVELS = [level.name.lower() for level in Level]


class RegionRow(Shape):
    """One region. Of a kecamatan or desa the legal time is that of its kabupaten."""

    code = serializers.CharField(help_text="Kode Kemendagri.")
    name = serializers.CharField()
    label = serializers.CharField(help_text="Nama dengan jenisnya dan wilayah di atasnya.")  # type: ignore[assignment]
    level = WordField(Level)
    kind = serializers.ChoiceField(Kind.choices)
    parent = serializers.CharField(source="parent_id", allow_null=True, help_text="Kode wilayah di atasnya.")  # type: ignore[assignment]
    province = serializers.CharField(source="province_id")
    kabupaten = serializers.CharField(source="kabupaten_id", allow_null=True)
    kecamatan = serializers.CharField(source="kecamatan_id", allow_null=True)
    time_zone = Made(serializers.ChoiceField(TimeZone.choices), "time_zone", "kabupaten.time_zone", of=lambda own, above: own or above)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    valid_from = serializers.DateField(allow_null=True, help_text="Kosong: sudah ada sebelum daftar pertama dimuat.")
    valid_until = serializers.DateField(allow_null=True)


class AncestorRow(Shape):
    """One region above another."""

    code = serializers.CharField()
    name = serializers.CharField()
    level = WordField(Level)


class RegionFull(RegionRow):
    """One region with those above it, from the province down."""

    above = AncestorRow(many=True)


class RegionList(ListView):
    """Wilayah menurut kode Kemendagri, dari provinsi sampai desa. Dengan `q` yang paling mirip lebih dahulu."""

    shape = RegionRow
    filters = RegionFilters
    orderings = ("code", "-code")
    key = "code"

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """All of them: regions are public knowledge."""
        return Region.objects.all()

    def as_asked(self, rows: QuerySet, asked: Asked) -> QuerySet:
        """Those in force today, where no other day is named."""
        return rows if "valid_on" in asked.filters else rows.valid_at(timezone.localdate())  # type: ignore[attr-defined]

    def order_of(self, asked: Asked) -> Order:
        """By code; of what was searched by name the likeliest first, unless an order is asked for."""
        return Order(LIKELIEST_FIRST) if "q" in asked.filters and "ordering" not in asked.raw else super().order_of(asked)


class RegionDetail(DetailView):
    """Satu wilayah menurut kodenya, juga yang sudah tidak berlaku."""

    shape = RegionFull
    lookup = "code"
    asks = ("province_id", "kabupaten_id", "kecamatan_id")

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """All of them: regions are public knowledge."""
        return Region.objects.all()

    def show(self, reader: Any, at: datetime, key: Any, **told: Any) -> dict[str, Any]:
        """The region. Raises Http404, also for what is no code."""
        if not CODE.fullmatch(key):
            raise Http404
        return super().show(reader, at, key, **told)

    def parts(self, reader: Any, at: datetime, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
        """What lies above it."""
        if fields and "above" not in fields:
            return {}
        codes = {values[name] for name in self.asks} - {None, self.kwargs["code"]}
        return {"above": read_rows(AncestorRow, Region.objects.filter(Q(code__in=codes)).order_by("level"))}


REGION_PATTERNS = [
    path("regions/", RegionList.as_view(), name="regions"),
    path("regions/<str:code>/", RegionDetail.as_view(), name="region"),
]
