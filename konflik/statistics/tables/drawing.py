"""Where marks stand in a chart drawn on the server: plain geometry, scales that start at zero."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAST = 1.5
WIDTH, HEIGHT, BASE, TOP = 360.0, 150.0, 128.0, 14.0
LEFT = 26.0


@dataclass(frozen=True)
class Stripe:
    """One row of a bar chart: its width in percent of the longest; nothing has none, little can still be seen."""

    label: str
    number: int
    width: float


@dataclass(frozen=True)
class Mark:
    """One column: of which series, where it stands, and what it says."""

    series: str
    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tick:
    """One word below the columns, or one number beside a line across them."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Columns:
    """A chart of columns in groups, for a view box of WIDTH x HEIGHT."""

    marks: Sequence[Mark]
    below: Sequence[Tick]
    beside: Sequence[Tick]


def stripes(rows: Iterable[tuple[str, int]]) -> list[Stripe]:
    """Rows of label and number as bars on one scale."""
    listed = list(rows)
    longest = max((number for _, number in listed), default=0) or 1
    return [Stripe(label, number, round(max(100 * number / longest, LEAST), 2) if number else 0) for label, number in listed]


def columns(groups: Iterable[tuple[str, Mapping[Any, int]]], labels: Mapping[Any, str]) -> Columns:
    """Groups of number per series, from left to right, on one scale with two lines across."""
    listed = list(groups)
    top = _round_up(max((number for _, numbers in listed for number in numbers.values()), default=0))
    step = (WIDTH - LEFT) / max(len(listed), 1)
    wide = step * 0.8 / max(len(labels), 1)
    scale = (BASE - TOP) / top
    marks = [
        Mark(
            series=str(name),
            text=f"{label}, {labels[name]}: {numbers.get(name, 0)}",
            x=round(LEFT + step * (at + 0.1) + wide * place, 2),
            y=round(BASE - numbers.get(name, 0) * scale, 2),
            width=round(wide * 0.9, 2),
            height=round(numbers.get(name, 0) * scale, 2),
        )
        for at, (label, numbers) in enumerate(listed)
        for place, name in enumerate(labels)
    ]
    below = [Tick(label, round(LEFT + step * (at + 0.5), 2), BASE + 15) for at, (label, _) in enumerate(listed)]
    beside = [Tick(str(value), LEFT - 4, round(BASE - value * scale, 2)) for value in sorted({0, top // 2, top})]
    return Columns(marks, below, beside)


def _round_up(number: int) -> int:
    """The top of the scale: an even number that is easy to halve, never nought."""
    for top in (2, 4, 6, 8, 10):
        if number <= top:
            return top
    size = 10 ** (len(str(number)) - 1)
    return next(top for top in (size * step for step in (1, 2, 4, 6, 8, 10)) if number <= top)
