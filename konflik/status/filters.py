"""What a list of statuses may be narrowed by."""

from datetime import datetime

import django_filters
from django.db.models import QuerySet

from accounts.regions.filters import WithinFilter
from konflik.law.status import SCALE_LABELS
from konflik.rest.params import InstantFilter, KeyFilter
from konflik.status.models.status import ConflictStatusQuerySet


class InForceFilter(InstantFilter):
    """By an instant at which it holds."""

    def filter(self, qs: ConflictStatusQuerySet, value: datetime) -> QuerySet:
        """`qs` narrowed."""
        return qs.in_force(value)


class StatusFilters(django_filters.FilterSet):
    """By case, place, scale and time."""

    case = KeyFilter("case", label="Perkara.")
    within = WithinFilter("case__kabupaten__", label="Kode provinsi atau kabupaten/kota yang memimpin perkaranya.", max_length=5)
    scale = django_filters.ChoiceFilter(label="Skala.", choices=[(scale.value, label) for scale, label in SCALE_LABELS.items()])
    in_force_at = InForceFilter(label="Berlaku pada saat ini.")
    effective_after = InstantFilter("effective_at", "gte", label="Mulai berlaku pada atau sesudah.")
    ends_before = InstantFilter("ends_at", "lt", label="Berakhir sebelum.")
