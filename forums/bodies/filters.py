"""What a list of bodies may be narrowed by."""

import django_filters

from accounts.regions.filters import ValidOnFilter, WithinFilter
from konflik.law.bodies import BODY_RULES
from konflik.rest.params import KeyFilter


class BodyFilters(django_filters.FilterSet):
    """By kind, place, SK and name."""

    kind = django_filters.ChoiceFilter(label="Jenis forum.", choices=[(kind.value, rule.label) for kind, rule in BODY_RULES.items()])
    within = WithinFilter("region__", label="Kode wilayah, dengan semua di bawahnya.", max_length=13)
    secretariat = KeyFilter("secretariat", label="Instansi yang menjadi sekretariat.")
    valid_on = ValidOnFilter(label="SK berlaku pada tanggal ini.")
    q = django_filters.CharFilter("name", "icontains", label="Kata dalam nama forum.", max_length=100)
