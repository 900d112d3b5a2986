"""Lists of all lengths share a few statements: the holes of an `__in` are as many as the next power of two."""

import pytest

from konflik.rest.prepared import several


@pytest.mark.parametrize(
    ("values", "filling"),
    [
        ((), []),
        (("a",), ["a"]),
        (("a", "b"), ["a", "b"]),
        (("a", "b", "c"), ["a", "b", "c", "c"]),
        (("a", "b", "c", "d", "e"), ["a", "b", "c", "d", "e", "e", "e", "e"]),
    ],
)
def test_the_last_value_fills_the_holes_that_are_left(values: tuple[str, ...], filling: list[str]) -> None:
    holes, told = several("one", values)
    assert [told[hole.name] for hole in holes] == filling
    assert len(told) == len(filling)
