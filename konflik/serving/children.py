"""One child process of the supervisor: started in a group of its own, started again when it ends unasked."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from konflik import environment
from konflik.serving.guard import signal_group

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# Whoever ran this long without ending starts again without delay the next time.
PROVEN_SECONDS = 60


class Child:
    """`name` is what the operator reads; `command` is what runs."""

    def __init__(self, name: str, command: Sequence[str], env: Mapping[str, str], tell_guard: Callable[[str], None]) -> None:
        self.name = name
        self.command = list(command)
        self.env = dict(env)
        self._tell = tell_guard
        self._process: subprocess.Popen[bytes] | None = None
        self._pause = FIRST_PAUSE
        self._started_at = 0.0
        self._start_again_at = 0.0

    @property
    def pid(self) -> int | None:
        """Of the process now running."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Starts the process. A session of its own: Ctrl+C reaches the supervisor alone, which then ends all in order."""
        self._process = subprocess.Popen(self.command, cwd=environment.ROOT, env=self.env, start_new_session=True)
        self._started_at = time.monotonic()
        self._tell_guard("+")

    def has_ended(self) -> int | None:
        """The exit code when the process ended unasked since the last question, else None. Sweeps what it left behind."""
        if self._process is None or (code := self._process.poll()) is None:
            return None
        signal_group(self._process.pid, signal.SIGKILL)
        self._tell_guard("-")
        self._process = None
        if time.monotonic() - self._started_at > PROVEN_SECONDS:
            self._pause = FIRST_PAUSE
        self._start_again_at = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        return code

    def start_again_when_due(self) -> bool:
        """True when the process was started again now."""
        if self._process is not None or time.monotonic() < self._start_again_at:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """SIGTERM to the whole group."""
        if self._process is not None:
            signal_group(self._process.pid, signal.SIGTERM)

    def wait_or_kill(self, deadline: float) -> None:
        """Waits until `deadline` (monotonic), then ends the group for good."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            signal_group(self._process.pid, signal.SIGKILL)
            self._process.wait()
        signal_group(self._process.pid, signal.SIGKILL)
        self._tell_guard("-")
        self._process = None

    def _tell_guard(self, sign: str) -> None:
        if self._process is not None:
            self._tell(f"{sign}{self._process.pid}")


def run_env(**extra: str) -> dict[str, str]:
    """The environment of every child."""
    # In a container everything runs as root; Celery's warning about it would stand between the operator's lines.
    quiet = {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore:You're running the worker"}
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "konflik.settings", **quiet, **extra}
