"""Work row by row in which one bad row stops no other."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction

Row = TypeVar("Row")
log = logging.getLogger(__name__)


class SomeFailed(Exception):
    """Some rows could not be done. `done` tells how much was; which rows failed stands in the log, by their keys."""

    def __init__(self, done: int, failed: int) -> None:
        super().__init__(f"{failed} failed")
        self.done = done


def note_failed(what: str, key: object, fault: Exception) -> None:
    """Log a row by its key and the kind of fault alone: a message may name people."""
    log.error("%s %s failed: %s", what, key, type(fault).__name__)


def each(rows: Iterable[Row], do: Callable[[Row], int], *, what: str, key: Callable[[Row], object] = lambda row: row) -> int:
    """Add up what `do` gives for each row, each in a transaction or savepoint of its own.

    Raises SomeFailed after the last row where one of them raised.
    """
    done = failed = 0
    for row in rows:
        try:
            with transaction.atomic():
                done += do(row)
        except Exception as fault:  # noqa: BLE001
            note_failed(what, key(row), fault)
            failed += 1
    if failed:
        raise SomeFailed(done, failed)
    return done
