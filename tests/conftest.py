"""What every test needs: a database file of its own, no files in the real data directory, no broker."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from accounts.regions.services import load_regions
from accounts.regions.tables import read_region_list
from konflik.celery import app as celery_app
from konflik.rest import prepared
from tests import browser
from tests.installation import MIGRATED, Installation, begun, close_models

SKIPPED = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests where there is a browser."""
    config.stash[SKIPPED] = len(browser.without_browser(items))


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: the collector need not walk it again and again (8 % of the whole suite)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_sessionfinish() -> None:
    """The installations that others were copied from go."""
    close_models()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Loud: a line that nobody can take for a pass."""
    if skipped := config.stash.get(SKIPPED, 0):
        terminalreporter.section(f"{skipped} BROWSER TESTS SKIPPED: {browser.REASON}", sep="!", red=True, bold=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite as a file with the options of production, never in memory; two runs at once never meet."""
    test = connections["default"].settings_dict["TEST"]
    if connections["default"].vendor == "sqlite":
        test["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        test["NAME"] = f"test_konflik_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The regions that the tests speak of: Jambi, Sumatera Selatan, Kepulauan Riau, Kalimantan Timur."""
    regions = read_region_list()
    with django_db_blocker.unblock():
        for province in ("15", "16", "21", "64"):
            load_regions(regions=regions, now=datetime(2026, 1, 2, tzinfo=UTC), province=province)


@pytest.fixture
def nothing_kept() -> None:
    """For tests of who sees what: none lives on a statement that another one had compiled. Keys of rolled-back rows come again, and would
    hide a statement that forgot its reader. (For every test it would cost a seventh of the suite.)
    """
    prepared.forget()


@pytest.fixture(scope="session", autouse=True)
def _nothing_outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    celery_app.conf.update(broker_url="memory://")
    plain_static = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        LIMITS_FILE=tmp_path_factory.mktemp("limits") / "limits.sqlite3",
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES=plain_static,
        # Argon2 is slow on purpose; tests that look at hashes set it back.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A migrated data directory and database of its own, for tests that start real processes."""
    yield from begun(tmp_path / "data", MIGRATED)
