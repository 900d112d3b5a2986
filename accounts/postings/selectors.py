"""How often a request reads what does not change while it is answered."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

Answer = TypeVar("Answer")


@dataclass
class _Reading:
    writes: bool
    kept: dict[Hashable, Any] = field(default_factory=dict)


_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading_once(*, writes: bool = False) -> Iterator[None]:
    """Within this block `once` asks the database a single time for each key.

    With `writes` something may change within the block: only what is kept `though_writing` is then read once.
    """
    outer = _reading.set(_Reading(writes))
    try:
        yield
    finally:
        _reading.reset(outer)


def once(key: Hashable, ask: Callable[[], Answer], *, though_writing: bool = False) -> Answer:
    """What `ask` answers, asked a single time for each `key` while `reading_once` is in force.

    `though_writing`: also in a block that writes. Only for what every service that changes it drops by `forget`.
    """
    reading = _reading.get()
    if reading is None or (reading.writes and not though_writing):
        return ask()
    if key not in reading.kept:
        reading.kept[key] = ask()
    return reading.kept[key]


def forget() -> None:
    """Everything is read anew from here on. Called by whoever changes what may be kept while writing."""
    reading = _reading.get()
    if reading is not None:
        reading.kept.clear()
