"""What every form on a case shares: the hour of the region, one service behind it, errors at the fields, the version seen."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.datastructures import MultiValueDict

from accounts.regions.selectors import zone_name, zone_of
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.desk.forms.fields import RegionalInstantField, SearchInput
from konflik.desk.forms.telling import TellingForm
from konflik.desk.tables.cockpit import Needed
from konflik.desk.tables.words import listed, long_date, lower_first, moment

EMPTY = "–"


@dataclass(frozen=True)
class Difference:
    """One field of a form that was overtaken: what stands now, and what was typed."""

    label: str
    now: str
    typed: str


class ErrorTaking(forms.Form):
    """Errors of a service at the fields it names, and the fields that stand folded."""

    folded: tuple[str, ...] = ()
    folded_label = ""

    def part(self, name: str) -> Any:
        """A field, for what only its own kind has: choices, rows, widget."""
        return self.fields[name]

    def open_fields(self) -> list[forms.BoundField]:
        """The fields shown at once."""
        return [field for field in self.visible_fields() if field.name not in self.folded]

    def folded_fields(self) -> list[forms.BoundField]:
        """The fields that most people leave alone, behind one line."""
        return [self[name] for name in self.folded]

    def is_folded_open(self) -> bool:
        """Whether a folded field has an error or was filled in, so that it must be shown."""
        return self.is_bound and any(name in self.errors or name in self.changed_data for name in self.folded)

    def take(self, refusal: ValidationError) -> None:
        """Put what a service refused at the fields it names; the rest above the form."""
        for name, messages in getattr(
            refusal, "error_dict", {NON_FIELD_ERRORS: refusal.error_list if hasattr(refusal, "error_list") else [refusal]}
        ).items():
            self.add_error(name if name in self.fields else None, messages)


class ActionForm(TellingForm, ErrorTaking):
    """One act on one case. `save()` calls one service and returns the sentence shown afterwards.

    `row` is the part of the case that the act is about (an activity, a figure …), the case itself where there is none.
    """

    # Our own words at the field, not the browser's.
    use_required_attribute = False
    submit_label = "Simpan"
    heading = ""
    intro = ""
    refusal = ""
    is_danger = False
    on_file: Sequence[Needed] = ()

    def __init__(self, *args: Any, case: Case, user: User, now: datetime, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user, self.now, self.row = case, user, now, row
        self.build()
        self.stood = self.state(self.row or self.case)
        for name, value in self.stood.items():
            self.initial.setdefault(name, value)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                asks = f"Tuliskan {lower_first(str(field.label))}." if name == "reason" else "Bagian ini harus diisi."
                field.error_messages["required"] = asks

    def build(self) -> None:
        """Add the fields that depend on the case."""

    def state(self, row: Any) -> dict[str, object]:
        """What the fields show of `row` as it stands."""
        return {}

    @property
    def is_blocked(self) -> bool:
        """Whether another act has to come first, so that nothing can be sent yet."""
        return any(one.offer is not None and not one.is_there for one in self.on_file)

    @staticmethod
    def _asks(field: forms.Field) -> bool:
        return field.required or getattr(field, "is_needed", False)

    def asked_for(self) -> str:
        """What the form asks for once it is open, in one line."""
        return listed(lower_first(str(one.label)) for one in self.visible_fields() if self._asks(one.field))

    def save(self) -> str:
        """Call the service. Raises what the service raises."""
        raise NotImplementedError

    def overtaken(self, current: Any) -> None:
        """Somebody was faster. Only a form that carries a version can be overtaken."""
        raise NotImplementedError

    def instant(self, **kwargs: Any) -> RegionalInstantField:
        """A field for date and hour in the legal time of the case's kabupaten."""
        region = self.case.kabupaten
        return RegionalInstantField(zone=zone_of(region), zone_name=zone_name(region), **kwargs)

    def shown(self, name: str, value: object) -> str:
        """A value of field `name` as a person reads it."""
        field = self.fields[name]
        if isinstance(value, dict):
            value = value.get("text")
        if value in (None, "", []):
            return EMPTY
        choices = dict(_flat(getattr(field, "choices", [])))
        if choices:
            values = value if isinstance(value, list | tuple) else [value]
            return ", ".join(choices.get(str(getattr(v, "pk", v)), str(v)) for v in values)
        return self._dated(field, value) or str(value).replace("\r\n", "\n")

    def _dated(self, field: forms.Field, value: Any) -> str:
        if not isinstance(field, forms.DateField | forms.DateTimeField):
            return ""
        try:
            typed = field.to_python(value)
        except ValidationError:
            return ""
        if isinstance(typed, datetime):
            return moment(typed, self.case.kabupaten)
        return long_date(typed) if typed else ""


class VersionedForm(ActionForm):
    """A form that carries the version it saw, and can show both sides when it was overtaken.

    It also carries a mark of each value it was drawn with: what a person left alone is not theirs, and takes the value of
    whoever was faster instead of undoing it. A form sent without the marks counts as filled in whole.
    """

    seen_version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages={"required": "Muat ulang halaman ini, lalu ulangi."}
    )

    seen_values = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen_version", self.subject().version)
        self.initial["seen_values"] = self._marks(self.stood)
        self.overtaken_by: Any = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # Only the form itself needs the marks; no service is told of them.
        data.pop("seen_values", None)
        return data

    def subject(self) -> Any:
        """The row whose version counts."""
        return self.row or self.case

    def overtaken(self, current: Any) -> None:
        """Somebody was faster: keep what was typed, and carry the version that stands now."""
        self.overtaken_by = current
        data = self.data.copy() if isinstance(self.data, MultiValueDict) else MultiValueDict(self.data)
        state = self.state(current)
        for name, value in state.items():
            if name in self.fields and not self._is_theirs(name):
                self._put(data, name, value)
        data[self.add_prefix("seen_version")] = str(current.version)
        data[self.add_prefix("seen_values")] = self._marks(state)
        self.data = data

    def _marks(self, state: Mapping[str, object]) -> str:
        return json.dumps({name: self._mark(name, value) for name, value in state.items() if name in self.fields})

    def _mark(self, name: str, value: object) -> str:
        return hashlib.sha256(self.shown(name, value).encode()).hexdigest()[:16]

    def _is_theirs(self, name: str) -> bool:
        """Whether whoever sent the form changed this field."""
        try:
            marks = json.loads(self["seen_values"].data or "{}")
        except ValueError:
            marks = {}
        known = marks.get(name) if isinstance(marks, dict) else None
        return known is None or known != self._mark(name, self[name].data)

    def _put(self, data: MultiValueDict, name: str, value: object) -> None:
        """Write `value` into what was sent, as the field itself would send it."""
        field = self.fields[name]
        if isinstance(field.widget, SearchInput):
            field.widget.chosen = ""
        sent = field.widget.format_value(field.prepare_value(value))
        data.setlist(self.add_prefix(name), [str(one) for one in sent] if isinstance(sent, list) else ["" if sent is None else str(sent)])

    def kept_note(self) -> str:
        """What was saved all the same although the form was overtaken."""
        return ""

    def differences(self) -> list[Difference]:
        """The fields in which what stands now is not what was typed."""
        state = self.state(self.overtaken_by)
        both = [
            Difference(str(self.fields[name].label), self.shown(name, state[name]), self.shown(name, self[name].data))
            for name in self.fields
            if name in state
        ]
        return [one for one in both if one.now != one.typed]


def _flat(choices: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            found += [(str(v), str(text)) for v, text in label]
        else:
            found.append((str(value), str(label)))
    return found
