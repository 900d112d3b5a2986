"""The walk of a limit as stretches of days that are treated alike, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from konflik.law.grammar.counting import WEEKEND, Step
from konflik.law.grammar.reading import span_of_days

WEEKEND_WORDS = "akhir pekan"


@dataclass(frozen=True)
class Stretch:
    """Days that follow each other and are treated alike."""

    days: str
    told: str
    is_counted: bool

    def __str__(self) -> str:
        return f"{self.days}: {self.told}."


def goes_back(steps: Sequence[Step]) -> bool:
    """Whether the walk counts from a last day back."""
    return len(steps) > 1 and steps[0].day > steps[-1].day


def stretches_of(steps: Sequence[Step]) -> list[Stretch]:
    """ "2 Maret – 30 Mei 2026: hari ke-1 sampai hari ke-90"."""
    is_backwards = goes_back(steps)
    return [_stretch(list(group), reason, is_backwards=is_backwards) for reason, group in groupby(steps, key=_why_not)]


def _why_not(step: Step) -> str:
    """Why the day does not count; weekends in one word."""
    if step.number is not None:
        return ""
    return WEEKEND_WORDS if step.reason in WEEKEND.values() else step.reason


def _stretch(steps: list[Step], reason: str, *, is_backwards: bool) -> Stretch:
    first, last = _in_order(steps[0].day, steps[-1].day)
    told = f"tidak dihitung: {reason}" if reason else _numbers(steps, is_backwards=is_backwards)
    return Stretch(span_of_days(first, last), told, is_counted=not reason)


def _in_order(one: date, other: date) -> tuple[date, date]:
    return (one, other) if one <= other else (other, one)


def _numbers(steps: list[Step], *, is_backwards: bool) -> str:
    first, last = steps[0].number, steps[-1].number
    if is_backwards:
        return f"dihitung mundur dari hari terakhir, {last} hari sebelumnya"
    return f"hari ke-{first}" if first == last else f"hari ke-{first} sampai hari ke-{last}"
