"""What one row of the API says: a Shape is a serializer of which every field is a column of the query.

    class CaseRow(Shape):
        id = serializers.IntegerField(source="pk")
        number = serializers.CharField()
        kabupaten = serializers.CharField(source="kabupaten_id")
        stage = serializers.ChoiceField(STAGES)
        severity = WordField(Severity)                                   # 3 in the table, "high" in the API
        opened_at = InstantField(zone="kabupaten.time_zone")             # on the clocks of the region
        title_and_number = Made(serializers.CharField(), "title", "number", of=lambda title, number: …)

`source` is a path as REST framework writes it ("kabupaten.name"); the row is read with `values_list`, never as a model, so a row costs
next to nothing. The same Shape describes the answer in the schema, and as an ordinary serializer it gives the same for a model
(`CaseRow(case).data`), which a test compares. An Input is what a POST takes: names that it does not know are refused.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

from konflik.rest.instants import read_day, read_instant, write_instant

WRITTEN_AS_THEY_ARE = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.BooleanField,
    serializers.ChoiceField,
    serializers.DateField,
)
"""Their values go into JSON as the database gives them."""


class Shape(serializers.Serializer):
    """The fields of one row; read only."""


class Input(serializers.Serializer):
    """What a request may say. A name that is not declared is refused, nothing is passed over in silence."""

    def to_internal_value(self, data: Any) -> Any:
        """As REST framework asks. Raises its ValidationError with the names."""
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError({str(name)[:60]: ["Isian ini tidak dikenal."] for name in unknown[:20]})
        return super().to_internal_value(data)


class InstantField(serializers.Field):
    """An instant, written on the clocks of `zone` (path to a column with the name of a zone) and read with its offset."""

    default_error_messages = {"wrong": "{said}"}

    def __init__(self, *, zone: str = "", **told: Any) -> None:
        self.zone = zone
        super().__init__(**told)

    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        return tuple(path.replace(".", "__") for path in (self.source or "", self.zone) if path)

    of_columns = staticmethod(write_instant)
    """The text, from the values of the columns."""

    def get_attribute(self, instance: Any) -> Any:
        """As REST framework asks: what `to_representation` gets."""
        return [_walk(instance, path.replace("__", ".")) for path in self.columns()]

    def to_representation(self, value: Any) -> str | None:
        """As REST framework asks."""
        return self.of_columns(*value)

    def to_internal_value(self, data: Any) -> datetime:
        """As REST framework asks."""
        try:
            return read_instant(data if isinstance(data, str) else "")
        except ValidationError as wrong:
            self.fail("wrong", said=wrong.message)


class DayField(serializers.DateField):
    """A day within the years that a case file can speak of."""

    def to_internal_value(self, data: Any) -> Any:
        """As REST framework asks."""
        try:
            return read_day(data if isinstance(data, str) else "")
        except ValidationError as wrong:
            raise serializers.ValidationError(wrong.messages) from None


class AmountField(serializers.DecimalField):
    """A number written with the digits of ASCII, as JSON writes it: what one reader takes for three may be nothing to another."""

    def to_internal_value(self, data: Any) -> Any:
        """As REST framework asks."""
        if isinstance(data, str) and not data.isascii():
            self.fail("invalid")
        return super().to_internal_value(data)


class WordField(serializers.ChoiceField):
    """A member of an enumeration by its word: Secrecy.RAHASIA is 3 in the table and "rahasia" in the API."""

    def __init__(self, kinds: type[Enum], **told: Any) -> None:
        self.kinds = kinds
        self.words = {kind.value: kind.name.lower() for kind in kinds}
        self.of_columns = {None: None, **self.words}.__getitem__
        """The word, from the value of the column."""
        super().__init__(choices=list(self.words.values()), **told)

    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        return (str(self.source).replace(".", "__"),)

    def to_representation(self, value: Any) -> Any:
        """As REST framework asks."""
        return self.of_columns(value)

    def to_internal_value(self, data: Any) -> Any:
        """As REST framework asks: the member itself."""
        return self.kinds[super().to_internal_value(data).upper()]


class Made(serializers.Field):
    """Something made of several columns; `like` says what it looks like in the schema."""

    def __init__(self, like: serializers.Field, *paths: str, of: Callable[..., Any], **told: Any) -> None:
        self.like, self.paths, self.of_columns = like, paths, of
        super().__init__(read_only=True, source="*", **told)

    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        return tuple(path.replace(".", "__") for path in self.paths)

    def to_representation(self, value: Any) -> Any:
        """As REST framework asks."""
        return self.of_columns(*(_walk(value, path) for path in self.paths))


@dataclass(frozen=True)
class Column:
    """One field of a Shape: the columns it reads, and what makes its value of them (None: as it stands)."""

    name: str
    label: str
    sources: tuple[str, ...]
    of: Callable[..., Any] | None


@cache
def columns_of(shape: type[serializers.Serializer]) -> tuple[Column, ...]:
    """The columns of `shape`; fields that are serializers themselves are parts, and no columns."""
    found = []
    fields: Mapping[str, Any] = shape().fields
    for name, field in fields.items():
        if isinstance(field, serializers.BaseSerializer):
            continue
        if hasattr(field, "of_columns"):
            sources, of = field.columns(), field.of_columns
        else:
            sources = (str(field.source).replace(".", "__"),)
            of = None if type(field) in WRITTEN_AS_THEY_ARE else _unless_none(field.to_representation)
        found.append(Column(name, str(field.label or name), sources, of))
    return tuple(found)


@cache
def names_of(shape: type[serializers.Serializer]) -> tuple[str, ...]:
    """The names of its fields, parts among them."""
    return tuple(shape().fields)


class RowReader:
    """Reads rows of a query as dicts: `sources` for values_list, then `read` for each tuple."""

    def __init__(self, columns: Sequence[Column], *, extra: Iterable[str] = ()) -> None:
        self.columns = tuple(columns)
        self.names = tuple(column.name for column in self.columns)
        self.sources = tuple(dict.fromkeys([*(source for column in columns for source in column.sources), *extra]))
        places = {source: index for index, source in enumerate(self.sources)}
        self._made = [([places[source] for source in column.sources], column.of) for column in columns]

    def read(self, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
        """The rows as the API writes them. Column by column: a row costs a third of what it costs one value after the other."""
        if not rows or not self.columns:
            return [{} for _ in rows]
        stored = list(zip(*rows, strict=True))
        made = [map(of, *(stored[place] for place in places)) if of else stored[places[0]] for places, of in self._made]
        return [dict(zip(self.names, row, strict=True)) for row in zip(*made, strict=True)]


def _unless_none(of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else of(value)


def _walk(instance: Any, path: str) -> Any:
    for name in path.split("."):
        if instance is None:
            return None
        instance = getattr(instance, name)
    return instance
