"""One world to change (`tests.api.writes`) for all tests of a module; every test finds it as it was built."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.writes import World, build, for_one_test
from tests.standing import standing


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing(django_db_blocker, build) as made:
        yield made


@pytest.fixture
def world(built: World, db: None, settings: Any) -> World:
    settings.DEMO = True  # the second factor has tests of its own
    return for_one_test(built)
