"""Web, worker and beat as one thing: started together, watched, ended together."""

import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from konflik import environment, pulse
from konflik.serving import commands
from konflik.serving.children import Child, run_env
from konflik.serving.lock import ServeLock
from konflik.serving.readiness import Answer, ask

HEALTHY_WITHIN_SECONDS = 120
STOP_WITHIN_SECONDS = 15
LOOK_EVERY_SECONDS = 0.2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Say = Callable[[str], None]


class NotHealthyError(Exception):
    """The installation did not come up in time; the message says what was missing."""


class Supervisor:
    """Owns the children of one data directory; the lock must be held already."""

    def __init__(self, *, host: str, port: int, lock: ServeLock, say: Say) -> None:
        self.host = host
        self.port = port
        self._say = say
        self._instance = secrets.token_hex(8)
        self._is_stopping = False
        self._guard = subprocess.Popen(
            [sys.executable, "-m", "konflik.serving.guard"],
            stdin=subprocess.PIPE,
            cwd=environment.ROOT,
            pass_fds=(lock.descriptor,),
            start_new_session=True,
            text=True,
        )
        env = run_env(KONFLIK_INSTANCE=self._instance)
        wanted = (("web", commands.web(host, port)), ("pekerja", commands.worker()), ("penjadwal", commands.beat()))
        self._children = [Child(name, command, env, self._tell_guard) for name, command in wanted]

    def start(self) -> None:
        """Starts all children; from here on Ctrl+C, SIGTERM and a closed terminal end the whole."""
        for number in STOP_SIGNALS:
            # What whoever started us has switched off (nohup) stays off.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_stop_signal)
        for name in (pulse.WORKER, pulse.BEAT):
            pulse.forget(name)
        for child in self._children:
            child.start()
            self._say(f"  {child.name}: proses {child.pid}")

    def wait_until_healthy(self) -> bool:
        """True when all parts are up, False when the stop came first; raises NotHealthyError after two minutes."""
        deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
        answer = Answer(("server web",))
        while time.monotonic() < deadline and not self._is_stopping:
            self._restart_ended()
            answer = ask(self.host, self.port, self._instance)
            if answer.is_ready:
                return True
            if answer.is_other:
                raise NotHealthyError(f"port {self.port} dijawab oleh pemasangan lain")
            time.sleep(LOOK_EVERY_SECONDS)
        if self._is_stopping:
            return False
        raise NotHealthyError(f"belum siap setelah {HEALTHY_WITHIN_SECONDS} detik: {', '.join(answer.missing)}")

    def watch(self) -> None:
        """Starts again whatever ends, until the stop comes."""
        while not self._is_stopping:
            self._restart_ended()
            time.sleep(LOOK_EVERY_SECONDS)

    def stop(self) -> None:
        """Ends all children, the patient way first, then the guard."""
        self._is_stopping = True
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for child in self._children:
            child.wait_or_kill(deadline)
        if self._guard.stdin is not None:
            self._guard.stdin.close()
        self._guard.wait()

    def _restart_ended(self) -> None:
        for child in self._children:
            code = child.has_ended()
            if code is not None:
                self._say(f"  {child.name}: berhenti tanpa diminta (kode {code}), dijalankan lagi")
            if child.start_again_when_due():
                self._say(f"  {child.name}: proses {child.pid}")

    def _tell_guard(self, line: str) -> None:
        if self._guard.stdin is not None:
            print(line, file=self._guard.stdin, flush=True)

    def _on_stop_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True
