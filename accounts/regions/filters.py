"""What a list of regions may be narrowed by."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.regions.models import ANCESTOR_COLUMN, Kind, Level, RegionQuerySet
from accounts.regions.selectors import search
from accounts.regions.tables import CODE, depth_of
from konflik.rest.params import DayFilter, WordFilter

EXAMPLES = {Level.PROVINCE: "15", Level.KABUPATEN: "15.04", Level.KECAMATAN: "15.04.07", Level.DESA: "15.04.07.2001"}


class NameFilter(django_filters.CharFilter):
    """By name, also a misspelt one, with what lies above it after a comma; or by code with all below."""

    def filter(self, qs: RegionQuerySet, value: str) -> QuerySet:
        """`qs` narrowed, the likeliest first."""
        return search(qs, value)


class RegionCodeFormField(forms.CharField):
    """The code of a region, whether or not there is one with it; of one `level` only, where it is named."""

    def __init__(self, *, level: Level | None = None, **told: Any) -> None:
        self.level = level
        super().__init__(**told)

    def clean(self, value: Any) -> str:
        """The code. Raises ValidationError for what is not written as one."""
        code = str(super().clean(value))
        if not CODE.fullmatch(code):
            raise ValidationError("Isi kode wilayah, misalnya 15.04 atau 15.04.07.")
        if self.level is not None and depth_of(code) != self.level:
            raise ValidationError(f"Isi kode {self.level.label.lower()}, misalnya {EXAMPLES[self.level]}.")
        return code


class RegionCodeFilter(django_filters.CharFilter):
    """By the code of a region itself: `province = RegionCodeFilter(level=Level.PROVINCE)`."""

    field_class = RegionCodeFormField


class WithinFilter(django_filters.CharFilter):
    """By a region above: it, and everything below it. `via` is the path to the region, empty on regions themselves."""

    field_class = RegionCodeFormField

    def __init__(self, via: str = "", **told: object) -> None:
        self.via = via
        super().__init__(**told)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """`qs` narrowed; nothing for a code that no region has."""
        return qs.filter(**{f"{self.via}{ANCESTOR_COLUMN[Level(depth_of(value))]}": value})


class ValidOnFilter(DayFilter):
    """By a day: what is in force on it, both ends counted."""

    def filter(self, qs: RegionQuerySet, value: date) -> QuerySet:
        """`qs` narrowed."""
        return qs.valid_at(value)


class RegionFilters(django_filters.FilterSet):
    """The tree is walked by `parent`; its roots are the provinces."""

    q = NameFilter(label="Nama, juga yang salah ketik, atau nama dengan wilayah di atasnya (bungku, bajubang), atau kode.", max_length=100)
    level = WordFilter(Level, "level", label="Tingkat.")
    kind = django_filters.ChoiceFilter(label="Jenis menurut undang-undang.", choices=Kind.choices)
    parent = RegionCodeFilter(label="Kode wilayah yang tepat di atasnya.", max_length=13)
    within = WithinFilter(label="Kode wilayah: wilayah itu dengan semua di bawahnya.", max_length=13)
    valid_on = ValidOnFilter(label="Berlaku pada tanggal ini; tanpa parameter ini: hari ini.")
