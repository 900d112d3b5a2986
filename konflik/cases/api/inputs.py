"""The kinds of value that a change of a case is made of: rows by key among those that may be named, long texts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework import serializers

from accounts.regions.models import Region
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.tables import REASON_MAX
from konflik.rest.as_models import objects
from konflik.rest.parsing import LARGEST_INT
from konflik.rest.prepared import Hole
from konflik.rest.shapes import Input

Among = Callable[[Any, User, datetime], QuerySet]
"""What may be named: of the target, by whom, when."""


def _row(field: serializers.Field, key: Any) -> Model:
    asked = field.context
    among: Among = field.among  # type: ignore[attr-defined]
    rows = among(asked["target"], asked["reader"], asked["now"])
    if name := getattr(field, "kept_as", ""):
        row = next(iter(objects(name, lambda: rows.filter(pk=Hole("pk", key)), {"pk": key})), None)
    else:
        row = rows.filter(pk=key).first()
    if row is None:
        field.fail("unknown")
    return row


class RowField(serializers.IntegerField):
    """A row by its number, among those that may be named here."""

    default_error_messages = {"unknown": "Tidak ada data dengan nomor ini, atau tidak dapat dipilih di sini."}

    def __init__(self, among: Among, **told: Any) -> None:
        self.among = among
        super().__init__(**told)

    def to_internal_value(self, data: Any) -> Any:
        """As REST framework asks: the row."""
        key = super().to_internal_value(data)
        return _row(self, key if 0 < key <= LARGEST_INT else 0)


class Text(serializers.CharField):
    """A text; a number or a truth value is none."""

    def to_internal_value(self, data: Any) -> str:
        """As REST framework asks."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class CodeField(Text):
    """A row by its code, among those that may be named here. `kept_as`: where these are the same whoever asks, the key of the query."""

    default_error_messages = {"unknown": "Kode ini tidak dikenal, atau tidak dapat dipilih di sini."}

    def __init__(self, among: Among, *, kept_as: str = "", **told: Any) -> None:
        self.among, self.kept_as = among, kept_as
        super().__init__(**told)

    def to_internal_value(self, data: Any) -> Any:
        """As REST framework asks: the row."""
        return _row(self, super().to_internal_value(data))

    def run_validators(self, value: Any) -> None:
        """The validators of a text do not fit a row; what the parser lets through is sound."""


class LongText(Text):
    """A text of several lines; line ends are written one way."""

    def to_internal_value(self, data: Any) -> str:
        """As REST framework asks."""
        return super().to_internal_value(data).replace("\r\n", "\n").replace("\r", "\n")


def optional_text(longest: int, **told: Any) -> LongText:
    """A text that may be left out or empty."""
    return LongText(max_length=longest, required=False, allow_blank=True, **told)


def regions_in(target: Any, reader: User, now: datetime) -> QuerySet:
    """Every region; the service says which of them a case may lie in."""
    return Region.objects.select_related("kabupaten", "province")


class Places(serializers.ListField):
    """Codes of regions, the leading one first."""

    child = CodeField(regions_in, kept_as="region by code", max_length=13)

    def __init__(self, **told: Any) -> None:
        super().__init__(min_length=1, max_length=20, help_text="Kode wilayah; yang pertama memimpin.", **told)


def visible_cases(target: Any, reader: User, now: datetime) -> QuerySet:
    """The cases that the reader may see."""
    return Case.objects.visible_to(reader, at=now)


class Reasoned(Input):
    """A reason that goes into the history."""

    reason = LongText(max_length=REASON_MAX)
