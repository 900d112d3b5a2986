"""What a list of seats may be narrowed by."""

import django_filters

from accounts.regions.filters import ValidOnFilter, WithinFilter
from konflik.law.bodies import ELEMENT_LABELS
from konflik.rest.params import KeyFilter


class SeatFilters(django_filters.FilterSet):
    """By body, institution, person and period."""

    body = KeyFilter("body", label="Forum.")
    institution = KeyFilter("institution", label="Instansi.")
    user = KeyFilter("user", label="Pengguna yang menduduki.")
    element = django_filters.ChoiceFilter(label="Unsur.", choices=[(element.value, label) for element, label in ELEMENT_LABELS.items()])
    within = WithinFilter("body__region__", label="Kode wilayah forum, dengan semua di bawahnya.", max_length=13)
    valid_on = ValidOnFilter(label="Diduduki pada tanggal ini.")
