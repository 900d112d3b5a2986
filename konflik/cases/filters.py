"""What lists of cases may be narrowed and sorted by: declared once, for the API, the pages, the admin and their files."""

from collections.abc import Callable
from datetime import datetime, timedelta

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet

from accounts.regions.filters import RegionCodeFilter, RegionCodeFormField
from accounts.regions.models import Level
from konflik.cases.models.case import CaseQuerySet
from konflik.cases.selectors import NEW_FOR, lying_in, new, search, stuck, unassigned
from konflik.law.qualifications import QUALIFICATION_LABELS
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.law.severity import SEVERITY_LABELS, Severity
from konflik.law.sources import SOURCE_LABELS
from konflik.law.stages import STAGE_LABELS
from konflik.rest.params import InstantFilter, WordFilter, YesNoFilter

ORDERINGS = ("-opened_at", "opened_at", "-updated_at", "updated_at", "-pk", "pk")
"""What lists of cases are sorted by; first what they are sorted by unless somebody asks."""
FIRST_YEAR = 2012
"""The year of UU 7/2012; what is older is found by date."""
Need = Callable[[CaseQuerySet, datetime], CaseQuerySet]
"""Narrows cases to those that need somebody, at an instant: only where that instant is known, on pages."""
NEEDS: dict[str, tuple[str, Need]] = {
    "baru": (f"Baru, {NEW_FOR.days} hari terakhir", lambda cases, at: new(cases, now=at)),
    "macet": (
        f"Macet, tanpa kabar {settings.STUCK_DAYS} hari",
        lambda cases, at: stuck(cases, now=at, after=timedelta(days=settings.STUCK_DAYS)),
    ),
    "tanpa-penanggung-jawab": ("Belum ada penanggung jawab", lambda cases, at: unassigned(cases)),
    "susulan": ("Dicatat susulan", lambda cases, at: cases.filter(is_late_entry=True)),
}


class WordsFilter(django_filters.CharFilter):
    """By words that stand in number, title or the name of a party."""

    def filter(self, qs: CaseQuerySet, value: str) -> CaseQuerySet:
        """`qs` narrowed."""
        return search(qs, value)


class PlaceFilter(django_filters.CharFilter):
    """By any place of the case: the region with this code, and what lies below it."""

    field_class = RegionCodeFormField

    def filter(self, qs: CaseQuerySet, value: str) -> CaseQuerySet:
        """`qs` narrowed; nothing for a code that no region has."""
        return lying_in(qs, value)


class RunningFilter(YesNoFilter):
    """Not selesai, or selesai."""

    def filter(self, qs: QuerySet, value: bool) -> QuerySet:  # noqa: FBT001 - as django-filter calls it
        """`qs` narrowed."""
        return qs.filter(closed_at__isnull=value)


class YearFilter(django_filters.Filter):
    """By the year in the number of the case."""

    field_class = forms.IntegerField

    def __init__(self) -> None:
        super().__init__("year", label="Tahun dalam nomor perkara.", min_value=FIRST_YEAR, max_value=9999)


class CaseFilters(django_filters.FilterSet):
    """What somebody may narrow a list of cases by."""

    stage = django_filters.ChoiceFilter(label="Tahap.", choices=[(k.value, v) for k, v in STAGE_LABELS.items()])
    source = django_filters.ChoiceFilter(
        label="Sumber konflik (UU 7/2012 Pasal 5).", choices=[(k.value, v) for k, v in SOURCE_LABELS.items()]
    )
    qualification = django_filters.ChoiceFilter(label="Kualifikasi hukum.", choices=[(k.value, v) for k, v in QUALIFICATION_LABELS.items()])
    issue_type = django_filters.CharFilter(label="Kode jenis isu.", max_length=40)
    severity = WordFilter(Severity, label="Tingkat kerawanan.", labels=SEVERITY_LABELS)
    secrecy = WordFilter(Secrecy, label="Kelas keamanan.", labels=SECRECY_LABELS)
    province = RegionCodeFilter(label="Kode provinsi yang memimpin.", max_length=2, level=Level.PROVINCE)
    kabupaten = RegionCodeFilter(label="Kode kabupaten/kota yang memimpin.", max_length=5, level=Level.KABUPATEN)
    place = PlaceFilter(label="Kode wilayah tempat perkara, sampai desa, dengan semua di bawahnya.", max_length=13)
    running = RunningFilter(label="Belum selesai, atau sudah.")
    year = YearFilter()
    number = django_filters.CharFilter(label="Nomor perkara.", max_length=40)
    opened_after = InstantFilter("opened_at", "gte", label="Dibuka pada atau sesudah.")
    opened_before = InstantFilter("opened_at", "lt", label="Dibuka sebelum.")
    updated_after = InstantFilter("updated_at", "gte", label="Diperbarui pada atau sesudah.")
    q = WordsFilter(label="Kata dalam nomor, judul, atau nama pihak.", max_length=100)
