"""Whether there is a browser for the tests marked e2e, and what happens where there is none."""

import os
import shutil
from collections.abc import Iterable

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REASON = "no Chromium on this machine (Debian: sudo apt install chromium; or set KONFLIK_CHROMIUM to its path)"


def chromium() -> str | None:
    """Path of the browser: the one that KONFLIK_CHROMIUM names, or the first found."""
    named = os.environ.get("KONFLIK_CHROMIUM")
    candidates = (named,) if named else NAMES
    return next(filter(None, map(shutil.which, candidates)), None)


def is_required() -> bool:
    """In CI a missing browser is a failure: a skipped test proves nothing."""
    return os.environ.get("KONFLIK_REQUIRE_BROWSER") == "1"


def without_browser(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Marks what needs a browser where there is none; returns the tests concerned. Raises UsageError where one is required."""
    concerned = [] if chromium() else [item for item in items if item.get_closest_marker("e2e")]
    if concerned and is_required():
        raise pytest.UsageError(f"{len(concerned)} browser tests cannot run: {REASON}")
    for item in concerned:
        item.add_marker(pytest.mark.skip(reason=REASON))
    return concerned
