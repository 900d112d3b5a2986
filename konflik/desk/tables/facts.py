"""What a sentence of the history is told from: the line's payload, its erasable detail, and the names behind the keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.regions.models import Region
from konflik.desk.tables.words import NOTHING, end_moment, long_date, moment

ERASED = "(rincian sudah dihapus)"


@dataclass(frozen=True)
class Names:
    """The words behind the keys of many lines, read at once. A key that is unknown or may not be seen has a neutral word."""

    region: Region | None = None
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, kind: str, key: object, unknown: str = NOTHING) -> str:
        """The name of the row `key` of `kind`."""
        return unknown if key is None else self.words.get((kind, str(key)), unknown)

    def moment(self, at: object) -> str:
        """An instant as stored in a line, on the clocks of the kabupaten."""
        if not at or self.region is None:
            return NOTHING
        return moment(datetime.fromisoformat(str(at)), self.region)

    def end(self, at: object) -> str:
        """The same for the end of something: 24.00 of the day it closes."""
        if not at or self.region is None:
            return NOTHING
        return end_moment(datetime.fromisoformat(str(at)), self.region)

    def day(self, day: object) -> str:
        """A day as stored in a line."""
        return long_date(date.fromisoformat(str(day))) if day else "tanpa batas waktu"


@dataclass(frozen=True)
class Told:
    """One line, ready to be told."""

    payload: Mapping[str, Any]
    detail: Mapping[str, Any]
    names: Names

    def get(self, key: str) -> Any:
        """A value of the payload."""
        return self.payload.get(key)

    def word(self, key: str) -> str:
        """A value of the detail, or that it was erased."""
        value = self.detail.get(key)
        return str(value) if value else ERASED

    def before(self, key: str) -> Any:
        """The value of `key` before the change."""
        return (self.payload.get(key) or [None, None])[0]

    def after(self, key: str) -> Any:
        """The value of `key` after the change."""
        return (self.payload.get(key) or [None, None])[1]
