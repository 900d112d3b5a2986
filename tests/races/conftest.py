"""Eight processes on a database of their own."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.installation import MIGRATED, Installation
from tests.orders import Told

RACERS = 8
HEAD_START_SECONDS = 0.02


class Track:
    """The racers of one race, and what they are told."""

    def __init__(self, own: Installation) -> None:
        self.racers = [Told(own, "tests.races.racer") for _ in range(RACERS)]

    def ask(self, order: str, **told: Any) -> Any:
        """One racer alone."""
        return self.racers[0].ask(order, **told)

    def race(self, order: str, **told: Any) -> list[Any]:
        """All at once, each with its own number."""
        start = time.time() + HEAD_START_SECONDS
        answers = [one.tell(order, start=start, racer=racer, **told) for racer, one in enumerate(self.racers)]
        return [answer() for answer in answers]

    def close(self) -> None:
        for racer in self.racers:
            racer.close()


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Track]:
    """Racers at the start, in an installation with kabupaten in all three zones."""
    own = Installation(tmp_path_factory.mktemp("races") / "data")
    try:
        own.begin(MIGRATED)
        racers = Track(own)
        try:
            racers.ask("prepare", provinces=["15", "64", "91"])
            yield racers
        finally:
            racers.close()
    finally:
        own.close()
