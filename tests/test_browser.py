"""Browser tests run, are skipped aloud, or fail the run; never quietly less."""

import pytest

from tests import browser


class Item:
    """As much of a test as the marking needs."""

    def __init__(self, *markers: str) -> None:
        self.markers = list(markers)

    def get_closest_marker(self, name: str) -> bool:
        return name in self.markers

    def add_marker(self, marker: pytest.MarkDecorator) -> None:
        self.markers.append(marker.name)


@pytest.fixture(autouse=True)
def _none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONFLIK_CHROMIUM", "/nowhere/chromium")
    monkeypatch.delenv("KONFLIK_REQUIRE_BROWSER", raising=False)


def test_only_browser_tests_are_skipped_without_one() -> None:
    plain, e2e = Item(), Item("e2e")
    assert browser.without_browser([plain, e2e]) == [e2e]
    assert (plain.markers, e2e.markers) == ([], ["e2e", "skip"])


def test_where_one_is_required_the_run_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONFLIK_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.UsageError, match="1 browser tests cannot run"):
        browser.without_browser([Item("e2e"), Item()])


def test_with_one_nothing_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONFLIK_CHROMIUM", "/bin/sh")
    assert browser.without_browser([Item("e2e")]) == []
