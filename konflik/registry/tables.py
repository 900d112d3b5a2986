"""How facts are divided between the chain, which is for ever, and the detail beside it, which can be erased."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar, Protocol

from django.db.models import Model


class Facts(Protocol):
    """A frozen dataclass of a lower room; `WORDS` names its fields that hold names or free text."""

    WORDS: ClassVar[frozenset[str]]
    __dataclass_fields__: ClassVar[dict]


@dataclass(frozen=True)
class Sides:
    """The two sides of some facts: ids, codes and dates; names and free text."""

    codes: Mapping[str, object]
    words: Mapping[str, object]


def sides(facts: Facts) -> Sides:
    """All facts that say something, divided."""
    return _divide(facts, {name: value for name, value in _values(facts).items() if value not in (None, "", [])})


def changes(before: Facts, after: Facts) -> tuple[Sides, Sides]:
    """What differs, as it was and as it is, each divided."""
    old, new = _values(before), _values(after)
    moved = [name for name in old if old[name] != new[name]]
    return _divide(before, {name: old[name] for name in moved}), _divide(after, {name: new[name] for name in moved})


def _divide(facts: Facts, values: Mapping[str, object]) -> Sides:
    words = {name: value for name, value in values.items() if name in facts.WORDS}
    return Sides({name: value for name, value in values.items() if name not in words}, words)


def _values(facts: Facts) -> dict[str, object]:
    return {field.name: _plain(getattr(facts, field.name)) for field in fields(facts)}


def _plain(value: object) -> object:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, tuple) else value
