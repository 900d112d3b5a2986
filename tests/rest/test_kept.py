"""What is worked out once is kept, so much of it and no more."""

import pytest

from konflik.rest.kept import Kept


def test_it_is_made_once_and_the_oldest_gives_way() -> None:
    kept: Kept[str] = Kept(2)
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    def get(key: str) -> str:
        return kept.get(key, lambda: make(key))

    assert [get(key) for key in "aabab"] == list("AABAB")
    assert made == ["a", "b"]
    get("c")
    assert len(kept) == 2
    get("b")
    get("a")
    assert made == ["a", "b", "c", "a"]


def test_what_cannot_be_made_is_not_kept() -> None:
    kept: Kept[str] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: str(1 // 0))
    assert kept.get("a", lambda: "made") == "made"
