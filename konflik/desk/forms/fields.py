"""The kinds of field that forms of a case are made of."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from konflik.cases.tables import REASON_MAX
from konflik.desk.selectors.finding import Finder, Found
from konflik.desk.tables.words import number

CHOOSE = ("", "Pilih …")
# Points between thousands and a comma before what is left; on a foreign keyboard a point with one or two digits behind it.
INDONESIAN_NUMBER = re.compile(r"(?P<whole>-?\d{1,3}(?:\.\d{3})+|-?\d+)(?:,(?P<parts>\d+))?")
FOREIGN_NUMBER = re.compile(r"-?\d+\.\d{1,2}")


class HourInput(forms.DateTimeInput):
    """Date and hour, with the name of the zone beside it. Browsers show it in their own language: it is also said in ours."""

    def __init__(self, unit: str) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        self.unit = unit


class PercentInput(forms.NumberInput):
    """A whole number on the keys of a telephone, with its sign beside it."""

    unit = "%"

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "numeric"})


class RegionalInstantField(forms.DateTimeField):
    """A date and hour in the legal time of the region; the zone stands beside the input."""

    def __init__(self, *, zone: ZoneInfo, zone_name: str, **kwargs: Any) -> None:
        self.zone = zone
        super().__init__(
            widget=HourInput(zone_name), **{"error_messages": {"invalid": "Isi tanggal dan jam, misalnya 22-11-2026 09:30."}, **kwargs}
        )

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)


class AmountField(forms.DecimalField):
    """A number as it is written here: "1.200", "1.250.000.000", "1,5"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs hand down IntegerField's answer
        text = str(value).strip() if value not in self.empty_values else ""
        if not text:
            return None
        if found := INDONESIAN_NUMBER.fullmatch(text):
            return super().to_python(f"{found['whole'].replace('.', '')}.{found['parts'] or 0}")
        if FOREIGN_NUMBER.fullmatch(text):
            return super().to_python(text)
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, Decimal) else value


class DayField(forms.DateField):
    """A calendar day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **{"error_messages": {"invalid": "Isi tanggal, misalnya 22-11-2026."}, **kwargs})


class HourField(forms.TimeField):
    """An hour of the day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(
            widget=widget,
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            **{"error_messages": {"invalid": "Isi jam, misalnya 21:00."}, **kwargs},
        )


class WordField(forms.TypedChoiceField):
    """One word of a closed list of ours; radio buttons where the list is short."""

    def __init__(self, *, kind: type[StrEnum] | type[IntEnum], labels: Mapping[Any, str], short: bool = False, **kwargs: Any) -> None:
        choices = [(word.value, labels[word]) for word in labels]
        widget = forms.RadioSelect() if short else forms.Select()
        coerce = (lambda raw: kind(int(raw))) if issubclass(kind, IntEnum) else kind
        super().__init__(
            choices=choices if short else [CHOOSE, *choices],
            widget=widget,
            coerce=coerce,
            empty_value=None,
            **{"error_messages": dict.fromkeys(("required", "invalid_choice"), "Pilih salah satu."), **kwargs},
        )


class RowField(forms.ModelChoiceField):
    """One row of a list short enough to be shown whole."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        messages = dict.fromkeys(("required", "invalid_choice"), "Pilih salah satu.")
        super().__init__(queryset, **{"empty_label": CHOOSE[1], "error_messages": messages, **kwargs})


class SearchInput(forms.TextInput):
    """Words to search by; where several rows fit, each as a radio button below. Works without JavaScript."""

    template_name = "components/search_input.html"

    def __init__(self, *, address: str = "", offers: Iterable[str] = ()) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.address = address
        self.offers = list(offers)
        self.found: list[Found] = []
        self.chosen = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> object:
        typed = data.get(name, "")
        # A choice counts only for the words it was offered for: new words are a new search.
        return {"text": typed, "key": data.get(f"{name}_key", "") if data.get(f"{name}_for", "") == typed else ""}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = value["text"] if isinstance(value, dict) else value
        # What was chosen is shown by its full name, so that it need not be chosen again after an error elsewhere.
        context = super().get_context(name, self.chosen or typed, attrs)
        context["widget"] |= {"found": self.found, "address": self.address, "offers": self.offers}
        return context


class SearchField(forms.Field):
    """One row found by words. Refuses what fits nothing, and asks back where several rows fit.

    With `exact` it also asks back where the one row found is not called by its whole name: nobody is picked by a piece of one.
    """

    def __init__(
        self, *, finder: Finder, nothing: str, address: str = "", offers: Iterable[str] = (), exact: bool = False, **kwargs: Any
    ) -> None:
        self.finder = finder
        self.nothing = nothing
        self.exact = exact
        super().__init__(widget=SearchInput(address=address, offers=offers), **kwargs)

    def clean(self, value: Any) -> object:
        text = (value or {}).get("text", "").strip()
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if "\x00" in text:
            raise ValidationError(self.nothing, code="nothing")
        found = self.finder(text)
        chosen = [item for item in found if item.key == value.get("key")]
        if chosen or (len(found) == 1 and (not self.exact or found[0].is_exact)):
            one = (chosen or found)[0]
            self.widget.chosen = one.label
            return one.row
        if not found:
            raise ValidationError(self.nothing, code="nothing")
        self.widget.found = found
        several = "Ada beberapa yang cocok. Pilih salah satu di bawah ini, atau tulis lebih lengkap."
        raise ValidationError(several if len(found) > 1 else "Pastikan pilihannya: tandai nama di bawah ini.", code="several")

    def has_changed(self, initial: object, data: Any) -> bool:
        return str(initial or "") != (data or {}).get("text", "")


class LongTextField(forms.CharField):
    """A text of several lines. Browsers send their own line ends: they are no change of the text."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: object) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def reason_field(label: str = "Alasan") -> LongTextField:
    """A reason that goes into the history."""
    return LongTextField(label=label, rows=3, max_length=REASON_MAX)


def grouped(rows: Iterable[tuple[str, str, str]]) -> list[tuple[str, Any]]:
    """(group, value, label) as choices in groups, in the order given."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, value, label in rows:
        groups.setdefault(group, []).append((value, label))
    return [CHOOSE, *groups.items()]
