"""What stands behind the question mark: an allow-list. What is not on it, or cannot be read, is refused by name.

A list takes the names of its FilterSet and `ordering`, `cursor`, `limit`, `fields`, `count`, `format`. Filters are declared with
django-filter and cleaned by their own form fields, without a Form; a filter that is more than a lookup is a Filter with its own
`filter` (`method=` needs a FilterSet for each request and is not taken).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from konflik.rest.instants import read_day, read_instant
from konflik.rest.parsing import LARGEST_INT, SMALLEST_INT
from konflik.rest.problems import Problem

PAGE, LARGEST_PAGE = 50, 200
OF_PAGES = ("cursor", "limit", "count")
OWN = ("ordering", "cursor", "limit", "fields", "count", "format")
FORMATS = ("json", "csv", "xlsx")
LONGEST_VALUE = 500
Rows = TypeVar("Rows", bound=QuerySet)


class InstantFormField(forms.CharField):
    """An instant with its offset."""

    def clean(self, value: Any) -> datetime:
        """The instant in UTC. Raises ValidationError."""
        # An address turns the plus of an offset into a blank where a client forgot to quote it.
        return read_instant(str(super().clean(value)).replace(" ", "+"))


class DayFormField(forms.CharField):
    """A day."""

    def clean(self, value: Any) -> date:
        """The day. Raises ValidationError."""
        return read_day(str(super().clean(value)))


class InstantFilter(django_filters.Filter):
    """By an instant: `opened_after = InstantFilter("opened_at", "gte")`."""

    field_class = InstantFormField


class DayFilter(django_filters.Filter):
    """By a day: `since = DayFilter("valid_from", "gte")`."""

    field_class = DayFormField


class KeyFilter(django_filters.Filter):
    """By the number of something: `case = KeyFilter("case")`."""

    field_class = forms.IntegerField


class WordFilter(django_filters.Filter):
    """By the word of an enumeration, as WordField writes it; `labels` say what a page shows for it."""

    field_class = forms.TypedChoiceField

    def __init__(self, kinds: Any, field_name: str | None = None, *, labels: Mapping[Any, str] | None = None, **told: Any) -> None:
        by_word = {kind.name.lower(): kind for kind in kinds}
        choices = [(word, labels[kind] if labels else word) for word, kind in by_word.items()]
        super().__init__(field_name, choices=choices, coerce=lambda word: by_word[word].value, **told)


class YesNoFormField(forms.TypedChoiceField):
    """`true` or `false`, nothing else."""

    def __init__(self, **told: Any) -> None:
        super().__init__(choices=[("true", "true"), ("false", "false")], coerce=lambda word: word == "true", **told)


class YesNoFilter(django_filters.Filter):
    """By `true` or `false`."""

    field_class = YesNoFormField


@dataclass(frozen=True)
class Asked:
    """What a list was asked for, read and clean; not where its page begins."""

    filters: Mapping[str, Any] = field(default_factory=dict)
    ordering: str = ""
    limit: int = PAGE
    fields: tuple[str, ...] = ()
    with_count: bool = False
    format: str = "json"
    raw: Mapping[str, str] = field(default_factory=dict)
    """The parameters as they came but the cursor, for links and for the line that an export leaves."""


def single(params: QueryDict, allowed: Iterable[str]) -> dict[str, str]:
    """Each parameter once. Raises Problem for a name not in `allowed`, a name said twice, an empty or unreadable value."""
    known = set(allowed)
    unknown = sorted(set(params) - known)
    if unknown:
        raise Problem("parameter-tidak-dikenal", errors={name[:60]: ["Parameter ini tidak dikenal."] for name in unknown[:20]})
    found: dict[str, str] = {}
    for name, values in params.lists():
        found[name] = one(name, values)
    return found


def one(name: str, values: list[Any]) -> str:
    """The value of a parameter. Raises Problem where it is said twice, empty, too long or unreadable."""
    value = values[0] if len(values) == 1 else None
    if value is None:
        raise Problem("parameter-tidak-sah", errors={name: ["Parameter ini hanya boleh ditulis sekali."]})
    if not value.strip() or len(value) > LONGEST_VALUE:
        raise Problem(
            "parameter-tidak-sah", errors={name: ["Nilainya kosong atau terlalu panjang. Hapus parameternya bila tidak dipakai."]}
        )
    if "\x00" in value or "\ufffd" in value or not value.isprintable():
        raise Problem("parameter-tidak-sah", errors={name: ["Nilai ini memuat tanda yang tidak dapat dibaca."]})
    return value


def read_list(params: QueryDict, *, filters: type[django_filters.FilterSet], orderings: Iterable[str], names: Iterable[str]) -> Asked:
    """What a list is asked for. `orderings` and `names` (of the columns) are its allow-lists. Raises Problem."""
    raw = single(params, [*filters.base_filters, *OWN])
    form = among(raw, "format", FORMATS)
    _refuse_pages(raw, form)
    return Asked(
        filters=clean_filters(raw, filters),
        ordering=among(raw, "ordering", tuple(orderings)),
        limit=_limit(raw),
        fields=read_fields(raw, names),
        with_count=among(raw, "count", ("false", "true")) == "true",
        format=form,
        raw={name: value for name, value in raw.items() if name != "cursor"},
    )


def clean_filters(raw: Mapping[str, str], filters: type[django_filters.FilterSet]) -> dict[str, Any]:
    """The values of the filters that were given, in the order in which they are declared. Raises Problem with each bad one."""
    found, wrong = {}, {}
    for name, narrowing in filters.base_filters.items():
        if name in raw:
            asked = narrowing.field
            try:
                found[name] = _fitting(asked.clean(asked.widget.value_from_datadict({name: raw[name]}, {}, name)))
            except ValidationError as error:
                wrong[name] = error.messages
    if wrong:
        raise Problem("parameter-tidak-sah", errors=wrong)
    return found


def narrow(rows: Rows, filters: type[django_filters.FilterSet], raw: Mapping[str, str]) -> Rows:
    """`rows` narrowed by filters given as text: what an API asks in its address, a page asks with this. Raises Problem."""
    for name, value in clean_filters(raw, filters).items():
        rows = filters.base_filters[name].filter(rows, value)
    return rows


def choices_of(filters: type[django_filters.FilterSet], name: str) -> list[tuple[str, str]]:
    """What may be chosen in the filter of this name, with the words for it."""
    return [(str(value), str(label)) for value, label in filters.base_filters[name].extra["choices"]]


def read_fields(raw: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    """The columns of `?fields=a,b`, in the order of the shape; none means all. Raises Problem for a name that it does not have."""
    if "fields" not in raw:
        return ()
    wanted, known = raw["fields"].split(","), tuple(names)
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise Problem("parameter-tidak-sah", errors={"fields": [f"Isian {name[:60]!r} tidak ada di sini." for name in unknown[:20]]})
    return tuple(name for name in known if name in wanted)


def fields_parameter(names: Sequence[str]) -> OpenApiParameter:
    """The columns that somebody wants, of those with these names."""
    return OpenApiParameter(
        "fields", {"type": "array", "items": {"type": "string", "enum": list(names)}}, explode=False, description="Hanya isian ini."
    )


def among(raw: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """One of the words in `allowed`, the first where nothing is asked. Raises Problem."""
    value = raw.get(name, allowed[0])
    if value not in allowed:
        raise Problem("parameter-tidak-sah", errors={name: [f"Pilih salah satu: {', '.join(allowed)}."]})
    return value


def _refuse_pages(raw: Mapping[str, str], form: str) -> None:
    """A file is never a page of a list: whoever asks for both would take more than they asked for."""
    named = [name for name in OF_PAGES if name in raw]
    if form != FORMATS[0] and named:
        said = f"Berkas {form} selalu memuat semua baris. Hapus parameter ini."
        raise Problem("parameter-tidak-sah", errors={name: [said] for name in named})


def _limit(raw: Mapping[str, str]) -> int:
    text = raw.get("limit", str(PAGE))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= LARGEST_PAGE):
        raise Problem("parameter-tidak-sah", errors={"limit": [f"Isi bilangan antara 1 dan {LARGEST_PAGE}."]})
    return int(text)


def _fitting(value: Any) -> Any:
    if isinstance(value, int | float) or hasattr(value, "as_tuple"):
        if not SMALLEST_INT <= value <= LARGEST_INT:
            raise ValidationError("Bilangan ini terlalu besar.")
    elif isinstance(value, list | tuple):
        return [_fitting(one) for one in value]
    return value
