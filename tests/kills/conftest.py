"""One house for all tests of this folder; each leaves it open and everything sent."""

import os
from collections.abc import Iterator

import pytest

from tests.kills.house import House
from tests.kills.visitor import Visitor


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Open, with a Redis of its own where the run has one."""
    one = House(tmp_path_factory.mktemp("kills") / "house", has_redis=bool(os.environ.get("REDIS_URL")))
    try:
        one.cookie = one.hand.ask("prepare")["cookie"]
        one.open()
        yield one
    finally:
        one.close()


@pytest.fixture
def visitor(house: House) -> Iterator[Visitor]:
    """A clerk who works for the length of the test."""
    clerk = Visitor(house.web_port, house.cookie)
    clerk.come()
    yield clerk
    clerk.leave()
