"""An installation with its parts as real processes that may be killed, and a mail server that is not."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import redis

from tests.installation import JAMBI, ROOT, Installation, wait_until
from tests.orders import Told

PAUSE_SECONDS = 0.5
"""As the supervisor waits before it starts again what fell; here always the shortest pause, so that many kills fit."""
LOOK_EVERY_SECONDS = 0.05


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Part:
    """One process in a session of its own; its output goes into a file, its pid into another."""

    def __init__(self, name: str, command: Sequence[str], env: dict[str, str], folder: Path) -> None:
        self.name, self.command, self.env, self.folder = name, list(command), env, folder
        self.process: subprocess.Popen[bytes] | None = None
        self.is_wanted = True
        self.starts = 0
        self._start_at = 0.0

    def tend(self) -> None:
        """Start what is not running, a pause after it fell."""
        if self.process is not None and self.process.poll() is not None:
            self.kill()
        if self.process is None and self.is_wanted and time.monotonic() >= self._start_at:
            self._start()

    def kill(self) -> None:
        """kill -9 of the process and of all that it started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        self._start_at = time.monotonic() + PAUSE_SECONDS

    def _start(self) -> None:
        with (self.folder / f"{self.name}.log").open("ab") as output:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        (self.folder / self.name).write_text(str(self.process.pid))
        self.starts += 1


class House:
    """Web, worker, beat, a Redis of its own where wanted; a mail server; somebody who asks and orders inside (`hand`)."""

    def __init__(self, folder: Path, *, has_redis: bool) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.own = Installation(folder / "data", KONFLIK_PROVINCE="15", EMAIL_HOST="127.0.0.1", EMAIL_USE_TLS="0")
        self.own.begin(JAMBI)
        self.web_port, self.mail_port, self.redis_port = free_port(), free_port(), free_port()
        self.own.env |= {"EMAIL_PORT": str(self.mail_port), "PORT": str(self.web_port)}
        self.own.env.pop("REDIS_URL", None)
        if has_redis:
            self.own.env["REDIS_URL"] = f"redis://127.0.0.1:{self.redis_port}/0"
        self.kills: Counter[str] = Counter()
        self.taken_file = folder / "taken.jsonl"
        self.taken_file.touch()
        self._counting, self._counted = self.taken_file.open("rb"), 0
        self.mail = self._part("mail", "-m", "tests.kills.sink", str(self.mail_port), str(self.taken_file), str(folder))
        self.parts = [self._part("web", "-m", "tests.kills.part", "web", str(self.web_port))]
        self.parts += [self._part(name, "-m", "tests.kills.part", name, "0") for name in ("worker", "beat")]
        if has_redis:
            self.parts.insert(0, self._redis())
        self.hand = Told(self.own, "tests.kills.hand")

    def part(self, name: str) -> Part:
        """The part of that name."""
        return next(part for part in self.parts if part.name == name)

    def another(self, name: str) -> Part:
        """A second worker or beat, not yet started."""
        return self._part(f"{name}2", "-m", "tests.kills.part", name, "1")

    def dismiss(self, *names: str) -> None:
        """Ends these parts for good."""
        for name in names:
            part = self.part(name)
            part.kill()
            self.parts.remove(part)

    def open(self) -> None:
        """Start everything and wait until the web answers."""
        self.tend(until=lambda: self.mail.process and _answers(self.mail_port) and _answers(self.web_port), seconds=90, what="web")

    def tend(self, *, until: Callable[[], object], seconds: float, what: str) -> object:
        """Start again whatever falls, as the supervisor does, until the condition holds."""

        def looked() -> object:
            for part in (self.mail, *self.parts):
                part.tend()
            return until()

        return wait_until(looked, seconds=seconds, what=f"{what}; logs in {self.folder}", every=LOOK_EVERY_SECONDS)

    def kill(self, name: str) -> bool:
        """kill -9 of one part; False where it is down already."""
        part = self.part(name)
        if part.process is None:
            return False
        part.kill()
        self.kills[name] += 1
        return True

    def broker(self) -> redis.Redis:
        """A client of the house's own Redis."""
        return redis.Redis(port=self.redis_port, socket_timeout=5)

    def number_taken(self) -> int:
        """How many mails the mail server took so far."""
        self._counted += self._counting.read().count(b"\n")
        return self._counted

    def taken(self) -> list[dict[str, Any]]:
        """What the mail server took so far."""
        return [json.loads(line) for line in self.taken_file.read_text().splitlines()]

    def close(self) -> None:
        """Ends everything and drops the database."""
        for part in (*self.parts, self.mail):
            part.is_wanted = False
            part.kill()
        self._counting.close()
        self.hand.close()
        self.own.close()

    def _part(self, name: str, *command: str) -> Part:
        return Part(name, [sys.executable, *command], self.own.env, self.folder)

    def _redis(self) -> Part:
        program = shutil.which("redis-server")
        assert program, "redis-server is not installed"
        place = self.folder / "redis.data"
        place.mkdir()
        options = {"port": self.redis_port, "bind": "127.0.0.1", "dir": place, "appendonly": "yes", "maxmemory-policy": "noeviction"}
        words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
        return Part("redis", [program, *words, "--save", ""], self.own.env, self.folder)


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0
