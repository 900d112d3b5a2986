"""Eight processes on a database of their own."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.installation import ROOT, Installation

RACERS = 8
HEAD_START_SECONDS = 0.02


class Track:
    """The racers of one race, and what they are told."""

    def __init__(self, own: Installation) -> None:
        env = {**own.env, "DJANGO_SETTINGS_MODULE": "konflik.settings"}
        self.racers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.races.racer"],
                cwd=ROOT,
                env=env,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            for _ in range(RACERS)
        ]

    def ask(self, order: str, **told: Any) -> Any:
        """One racer alone."""
        return self._tell(0, {"order": order, **told})()

    def race(self, order: str, **told: Any) -> list[Any]:
        """All at once, each with its own number."""
        start = time.time() + HEAD_START_SECONDS
        answers = [self._tell(racer, {"order": order, "start": start, "racer": racer, **told}) for racer in range(RACERS)]
        return [answer() for answer in answers]

    def close(self) -> None:
        for racer in self.racers:
            racer.stdin.close()
            racer.wait(timeout=60)
            racer.stdout.close()

    def _tell(self, racer: int, order: dict[str, Any]) -> Callable[[], Any]:
        process = self.racers[racer]
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()

        def answer() -> Any:
            line = process.stdout.readline()
            assert line, f"racer {racer} fell: exit {process.wait(timeout=60)}"
            return json.loads(line)

        return answer


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Track]:
    """Racers at the start, in an installation with kabupaten in all three zones."""
    own = Installation(tmp_path_factory.mktemp("races") / "data")
    own.create_database()
    try:
        own.manage("migrate", "--verbosity=0")
        racers = Track(own)
        try:
            racers.ask("prepare", provinces=["15", "64", "91"])
            yield racers
        finally:
            racers.close()
    finally:
        own.close()
