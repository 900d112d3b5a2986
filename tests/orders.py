"""Processes of a test that do what they are told: one line of JSON in, one line of JSON out."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.installation import ROOT, Installation

Orders = Mapping[str, Callable[..., Any]]


class Told:
    """A process that runs `module` in an installation and waits for orders."""

    def __init__(self, own: Installation, module: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=own.env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def tell(self, order: str, **told: Any) -> Callable[[], Any]:
        """Give an order; the answer is there when what is returned is called."""
        self.process.stdin.write(json.dumps({"order": order, **told}) + "\n")
        self.process.stdin.flush()

        def answer() -> Any:
            line = self.process.stdout.readline()
            assert line, f"who was told {order!r} fell: exit {self.process.wait(timeout=60)}"
            return json.loads(line)

        return answer

    def ask(self, order: str, **told: Any) -> Any:
        """Give an order and wait; a fault there is a failure here."""
        answer = self.tell(order, **told)()
        assert not str(answer).startswith("FAULT"), answer
        return answer

    def close(self) -> None:
        """Lets the process end by itself."""
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def obey(orders: Orders) -> None:
    """The other side: reads orders from stdin until it ends. An order with `start` begins at that instant."""
    for line in sys.stdin:
        told = json.loads(line)
        # What a command may print must not stand between the answers.
        with contextlib.redirect_stdout(sys.stderr):
            answer = _answer(orders, told)
        print(json.dumps(answer), flush=True)


def _answer(orders: Orders, told: dict[str, Any]) -> Any:
    name, start = told.pop("order"), told.pop("start", 0)
    while time.time() < start:
        pass
    try:
        return orders[name](**told)
    except Exception as error:  # noqa: BLE001  whatever goes wrong in a race is the finding
        return f"FAULT {type(error).__name__}: {error}"
