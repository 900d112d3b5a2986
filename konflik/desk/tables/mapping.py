"""A schematic map: a circle at the centre of each region, as large as its number, numbered as in the table beside it."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 360.0, 280.0, 26.0
LEAST, MOST, DOT = 9.0, 24.0, 3.0


@dataclass(frozen=True)
class Circle:
    """One region: where it lies, how large it is drawn, its name and number, and its rank; 0 where there is nothing."""

    name: str
    number: int
    rank: int
    x: float
    y: float
    radius: float


def circles(places: Iterable[tuple[str, str, float, float]], numbers: Mapping[str, int], ranks: Mapping[str, int]) -> list[Circle]:
    """`places` of code, name, latitude and longitude inside a frame of WIDTH x HEIGHT, north above; the large ones first, so that
    the small ones lie on top."""
    listed = list(places)
    if not listed:
        return []
    onto = _projection([(latitude, longitude) for _, _, latitude, longitude in listed])
    most = max(numbers.values(), default=0) or 1
    drawn = [
        Circle(name, number, ranks.get(code, 0), *onto(latitude, longitude), round(_radius(number, most), 1))
        for code, name, latitude, longitude in listed
        for number in [numbers.get(code, 0)]
    ]
    return sorted(drawn, key=lambda one: -one.radius)


def _radius(number: int, most: int) -> float:
    return max(MOST * math.sqrt(number / most), LEAST) if number else DOT


def _projection(points: Sequence[tuple[float, float]]) -> Callable[[float, float], tuple[float, float]]:
    """Degrees onto the frame, one scale for both directions, in the middle."""
    latitudes, longitudes = zip(*points, strict=True)
    north, west = max(latitudes), min(longitudes)
    height, width = north - min(latitudes), max(longitudes) - west
    scale = min((WIDTH - 2 * EDGE) / (width or 1), (HEIGHT - 2 * EDGE) / (height or 1))
    left, top = (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2
    return lambda latitude, longitude: (round(left + (longitude - west) * scale, 1), round(top + (north - latitude) * scale, 1))
