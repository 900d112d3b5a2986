"""What a case is counted by. The same value before and after an act tells which cells change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

UNRECORDED = "unrecorded"
"""The stage of a case between its opening and the stage it was entered in, where the two differ: nobody recorded it."""


@dataclass(frozen=True)
class Happening:
    """A step of a case that is counted in its month, as it stands after every correction.

    An opening leaves no stage (""), a closing enters selesai, a reopening leaves it.
    """

    stage_left: str
    stage_entered: str
    at: datetime

    @property
    def is_opening(self) -> bool:
        """Whether the case came in by it, rather than moved."""
        return self.stage_left in {"", UNRECORDED}


def opening_steps(stage: str, *, opened_at: datetime, since: datetime) -> list[Happening]:
    """How a case comes in: straight into its first stage, or through an unrecorded one where that stage began later."""
    if since == opened_at:
        return [Happening("", stage, opened_at)]
    return [Happening("", UNRECORDED, opened_at), Happening(UNRECORDED, stage, since)]


class CaseKey(NamedTuple):
    """Where a case stands now. `kecamatan` is that of its leading place; empty where only the kabupaten is known."""

    kabupaten: str
    kecamatan: str
    stage: str
    source: str
    issue_type: str
    severity: int
    secrecy: int


class MonthKey(NamedTuple):
    """Where one step of a case is counted; `month` is the first day of the local month."""

    kabupaten: str
    kecamatan: str
    month: date
    stage_left: str
    stage_entered: str
    source: str
    issue_type: str
    secrecy: int


PLACED = ("province", "kabupaten", "kecamatan")
TOGETHER = {0: 10, 1: 11}
"""Under these levels country and province are kept once more, all issue types and severities together: their own cells are many."""
Cell = tuple[Any, ...]
"""A cell: its level (0 is the country), the codes of its regions as in PLACED, then what it counts as in the key."""


def gain_of(key: CaseKey | MonthKey) -> tuple[Any, ...]:
    """The columns of a gain: the codes of its regions as in PLACED, then the rest of the key."""
    return (key.kabupaten[:2], *key)


def cells_of(key: CaseKey | MonthKey) -> Iterator[Cell]:
    """The cells that `key` counts in: of the country, the province, the kabupaten and the kecamatan."""
    kabupaten, kecamatan, *rest = key
    province = kabupaten[:2]
    yield (0, "", "", "", *rest)
    yield (1, province, "", "", *rest)
    yield (2, province, kabupaten, "", *rest)
    yield (3, province, kabupaten, kecamatan, *rest)
    _, _, *together = _together(key)
    yield (TOGETHER[0], "", "", "", *together)
    yield (TOGETHER[1], province, "", "", *together)


def _together(key: CaseKey | MonthKey) -> CaseKey | MonthKey:
    """The same without what is not told apart; what it says instead belongs to no case."""
    return key._replace(issue_type="", severity=0) if isinstance(key, CaseKey) else key._replace(issue_type="")
