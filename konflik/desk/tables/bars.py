"""Bars that are drawn on the server: widths in percent of the longest, never less than visible."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAST = 1.5


@dataclass(frozen=True)
class Piece:
    """One coloured stretch of a bar."""

    name: str
    label: str
    number: int
    start: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One row: what it stands for, its stretches from zero on, and its sum."""

    label: str
    pieces: Sequence[Piece]
    total: int


def bars(rows: Iterable[tuple[str, Mapping[Any, int]]], labels: Mapping[Any, str]) -> list[Bar]:
    """`rows` of label and number per name as bars on one scale that starts at zero."""
    listed = list(rows)
    longest = max((sum(numbers.values()) for _, numbers in listed), default=0) or 1
    return [_bar(label, numbers, labels, longest) for label, numbers in listed]


def _bar(label: str, numbers: Mapping[Any, int], labels: Mapping[Any, str], longest: int) -> Bar:
    pieces: list[Piece] = []
    start = 0.0
    for name, number in numbers.items():
        if number:
            width = max(100 * number / longest, LEAST)
            pieces.append(Piece(name, labels[name], number, round(start, 2), round(width, 2)))
            start += width
    return Bar(label, pieces, sum(numbers.values()))
