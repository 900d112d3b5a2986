"""The list of deadlines: what narrows it, for page, API and files."""

from datetime import datetime

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.regions.filters import RegionCodeFormField
from accounts.regions.models import ANCESTOR_COLUMN, Level, Region
from accounts.regions.selectors import office_at
from accounts.regions.tables import depth_of
from konflik.cases.models import Case
from konflik.cases.selectors import lying_in
from konflik.clocks.models import DeadlineQuerySet
from konflik.clocks.tables import STATE_LABELS
from konflik.clocks.tables.counting import chapters_of
from konflik.desk.selectors.finding import regions_like
from konflik.law.offices import OFFICE_LABELS, Office
from konflik.law.rulebook import RULES
from konflik.rest.params import InstantFilter, KeyFilter, YesNoFilter, narrow

ANY = ("", "Semua")
OFFICES = [(office.value, label) for office, label in OFFICE_LABELS.items()]


class PlaceFilter(django_filters.CharFilter):
    """By the kabupaten of the deadline or what lies above it; below a kabupaten by the places of its case."""

    field_class = RegionCodeFormField

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """`qs` narrowed; nothing for a code that no region has."""
        level = Level(depth_of(value))
        if level <= Level.KABUPATEN:
            return qs.filter(**{f"kabupaten__{ANCESTOR_COLUMN[level]}": value})
        return qs.filter(case__in=lying_in(Case.objects.all(), value).values("pk"))


class WordsFilter(django_filters.CharFilter):
    """By words of what is to be done, or by the number of the case."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """`qs` narrowed."""
        return qs.filter(Q(title__icontains=value) | Q(case__number__icontains=value))


class WithCaseFilter(YesNoFilter):
    """Of a case, or of the kabupaten alone."""

    def filter(self, qs: QuerySet, value: bool) -> QuerySet:  # noqa: FBT001 - as django-filter calls it
        """`qs` narrowed."""
        return qs.filter(case__isnull=not value)


class DeadlineFilters(django_filters.FilterSet):
    """Declared once: the page asks them too, under its own names."""

    rule = django_filters.ChoiceFilter(label="Kode aturan.", choices=[(code, rule.title) for code, rule in RULES.rules.items()])
    state = django_filters.ChoiceFilter(label="Keadaan.", choices=[(state.value, label) for state, label in STATE_LABELS.items()])
    duty_of = django_filters.ChoiceFilter(label="Jabatan yang berkewajiban.", choices=OFFICES)
    institution = KeyFilter("institution", label="Instansi penanggung jawab.")
    person = KeyFilter("person", label="Pengguna penanggung jawab.")
    case = KeyFilter("case", label="Perkara.")
    case_number = django_filters.CharFilter("case__number", "iexact", label="Nomor perkara.", max_length=60)
    with_case = WithCaseFilter(label="Dengan perkara, atau tanpa.")
    body = KeyFilter("body", label="Forum.")
    place = PlaceFilter(label="Kode wilayah, dengan semua di bawahnya; di bawah kabupaten menurut tempat perkaranya.", max_length=13)
    due_after = InstantFilter("due_at", "gte", label="Jatuh tempo pada atau sesudah.")
    due_before = InstantFilter("due_at", "lt", label="Jatuh tempo sebelum.")
    opened_after = InstantFilter("opened_at", "gte", label="Dibuka pada atau sesudah.")
    closed_after = InstantFilter("closed_at", "gte", label="Ditutup pada atau sesudah.")
    q = WordsFilter(label="Kata dalam perihal, atau nomor perkara.", max_length=100)


ASKED_BY_PAGE = {"aturan": "rule", "jabatan": "duty_of", "perkara": "case_number", "q": "q"}
"""The fields of the page, and the filter that each asks."""


class DeadlineFilterForm(forms.Form):
    """What somebody may narrow the list by. An unreadable value narrows nothing and is shown as an error."""

    use_required_attribute = False

    q = forms.CharField(label="Cari", required=False, max_length=100, help_text="Perihal, atau nomor perkara.")
    aturan = forms.ChoiceField(label="Aturan", required=False)
    jabatan = forms.ChoiceField(label="Kewajiban", required=False)
    wilayah = forms.CharField(
        label="Wilayah", required=False, max_length=100, help_text="Nama desa, kecamatan, kabupaten, atau kode wilayah."
    )
    perkara = forms.CharField(label="Nomor perkara", required=False, max_length=60)

    def __init__(self, data: object, *, home: Region | None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["jabatan"].choices = [ANY, *((one.value, office_at(one, home)) for one in Office)]  # type: ignore[attr-defined]
        self.fields["aturan"].choices = [ANY, *chapters_of(RULES.rules.values())]  # type: ignore[attr-defined]

    def is_narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in self.fields)

    def has_more_than_words(self) -> bool:
        """Whether the fields behind the search box are in use."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    def narrow(self, rows: DeadlineQuerySet, *, at: datetime) -> DeadlineQuerySet:
        """`rows` that fit; none where a value cannot be read or names a region that does not exist."""
        if not self.is_valid():
            return rows.none()
        asked = {ASKED_BY_PAGE[name]: value for name in ASKED_BY_PAGE if (value := self.cleaned_data[name].strip())}
        if place := self.cleaned_data["wilayah"].strip():
            found = regions_like(place, at=at)
            if not found:
                return rows.none()
            asked["place"] = found[0].key
        return narrow(rows, DeadlineFilters, asked)
