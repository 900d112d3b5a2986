"""What statistics may be asked: parameters of an address as a Question."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.regions.filters import RegionCodeFormField
from accounts.regions.models import Region
from konflik.cases.models import IssueType
from konflik.law.regions import Depth
from konflik.law.severity import Severity
from konflik.law.sources import Source
from konflik.rest.params import DayFilter, InstantFilter, clean_filters
from konflik.rest.problems import Problem
from konflik.statistics.tables.questions import DAY, Dimension, Period, Question, month_ahead

Read = TypeVar("Read")
MONTHS_SHOWN = 12
LONGEST_YEARS = 30
LEVELS = {depth.name.lower(): depth for depth in (Depth.PROVINCE, Depth.KABUPATEN, Depth.KECAMATAN)}


class ListFormField(forms.CharField):
    """Words with commas between them, each read by `read`."""

    def __init__(self, *, read: Callable[[str], Any], **told: Any) -> None:
        self.read = read
        super().__init__(**told)

    def clean(self, value: Any) -> Any:
        """The words as they are meant. Raises ValidationError."""
        words = str(super().clean(value)).split(",")
        try:
            found = [self.read(word) for word in words]
        except (KeyError, ValueError):
            raise ValidationError("Isi dengan kata dari daftar dalam skema, dipisah koma.") from None
        if len(set(found)) < len(found):
            raise ValidationError("Satu kata ditulis dua kali.")
        return found


class ListFilter(django_filters.Filter):
    """By one word or several with commas between them."""

    field_class = ListFormField


class RegionFormField(RegionCodeFormField):
    """The code of a province, kabupaten or kecamatan."""

    def clean(self, value: Any) -> str:
        """The code. Raises ValidationError."""
        code = super().clean(value)
        if code.count(".") >= Depth.KECAMATAN:
            raise ValidationError("Isi kode wilayah sampai kecamatan, misalnya 15.04 atau 15.04.07.")
        return code


class RegionFilter(django_filters.Filter):
    """By region."""

    field_class = RegionFormField


class PeriodFilters(django_filters.FilterSet):
    """What everything may be narrowed by. Every sense of these words stands in the metadata."""

    first = DayFilter(label="Hari pertama; tanpa ini awal bulan, dua belas bulan sampai bulan ini.")
    last = DayFilter(label="Hari terakhir, ikut dihitung; tanpa ini akhir bulan ini.")
    region = RegionFilter(label="Kode wilayah sampai kecamatan; tanpa ini semua yang terbuka bagi Anda.")


class WorkFilters(PeriodFilters):
    """What every number may be asked for besides."""

    known_at = InstantFilter(label="Menurut apa yang sudah dicatat pada waktu ini; yang diperbaiki sesudahnya tidak ikut.")


class StageFilters(WorkFilters):
    """What numbers of cases may be narrowed by besides."""

    source = ListFilter(label="Huruf Pasal 5, dipisah koma.", read=lambda word: Source(word).value)
    issue_type = ListFilter(label="Kode jenis isu, dipisah koma.", read=str)
    severity = ListFilter(label="Tingkat kerawanan, dipisah koma.", read=lambda word: Severity[word.upper()].value)


class CaseFilters(StageFilters):
    """What they may be told apart by."""

    by = ListFilter(label=f"Dibedakan menurut, dipisah koma: {', '.join(Dimension)}.", read=Dimension)
    level = django_filters.TypedChoiceFilter(
        label="Tingkat wilayah yang dibedakan; wajib dengan by=region.",
        choices=[(name, name) for name in LEVELS],
        coerce=LEVELS.__getitem__,
    )


def question_of(raw: Mapping[str, str], filters: type[django_filters.FilterSet], *, today: date) -> Question:
    """The question that the parameters `raw` ask; `today` ends the period where none is named. Raises Problem."""
    asked = clean_filters(raw, filters)
    _refuse_unknown(asked)
    _refuse_future(asked, today)
    period = _fitting("last", lambda: _period(asked.get("first"), asked.get("last"), today))
    only: dict[Dimension, Any] = {
        dimension: asked[dimension.value] for dimension in Dimension if dimension.value in asked and dimension is not Dimension.REGION
    }
    return _fitting(
        "by",
        lambda: Question(
            period,
            region=asked.get("region", ""),
            by=tuple(asked.get("by", ())),
            level=asked.get("level"),
            only=only,
            known_at=asked.get("known_at"),
        ),
    )


def _refuse_future(asked: Mapping[str, Any], today: date) -> None:
    """Raise Problem for what will be known some day: today's numbers would be taken for those of that day."""
    known_at = asked.get("known_at")
    if known_at is not None and timezone.localdate(known_at) > today:
        raise Problem("parameter-tidak-sah", errors={"known_at": ["Waktu ini belum tiba. Isi waktu yang sudah lewat."]})


def _refuse_unknown(asked: Mapping[str, Any]) -> None:
    """Raise Problem for a region or an issue type that is not there: its zeros would read as peace. Asks only for what is named."""
    wrong = {}
    if (code := asked.get("region")) and not Region.objects.filter(pk=code).exists():
        wrong["region"] = [f"Tidak ada wilayah dengan kode {code}. Cari kodenya di /api/v1/regions/."]
    if codes := asked.get("issue_type"):
        unknown = set(codes) - set(IssueType.objects.filter(pk__in=codes).values_list("pk", flat=True))
        if unknown:
            wrong["issue_type"] = [
                f"Tidak ada jenis isu dengan kode {code[:60]!r}. Tulis kodenya seperti dalam perkara." for code in sorted(unknown)
            ]
    if wrong:
        raise Problem("parameter-tidak-sah", errors=wrong)


def _period(first: date | None, last: date | None, today: date) -> Period:
    end = last or month_ahead(today, 1) - DAY
    begin = first or month_ahead(end, 1 - MONTHS_SHOWN)
    if end.year - begin.year > LONGEST_YEARS:
        raise ValueError(f"Masa paling panjang {LONGEST_YEARS} tahun.")
    return Period(begin, end)


def _fitting(name: str, make: Callable[[], Read]) -> Read:
    try:
        return make()
    except ValueError as wrong:
        raise Problem("parameter-tidak-sah", errors={name: [str(wrong)]}) from None
