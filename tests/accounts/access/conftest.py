"""Every test here starts with untouched counters of login attempts and no mail password kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _fresh(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.MAIL_PASSWORD_FILE = tmp_path / "mail_password"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def strict(settings: Settings) -> None:
    """As in real use: the demo's exemptions are off."""
    settings.DEMO = False
