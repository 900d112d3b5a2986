"""A supervisor seen from outside: what it prints, what runs under it, what it answers."""

import json
import os
import re
import subprocess
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from tests.installation import Installation, wait_until


class Watched:
    """`manage.py serve` of one installation."""

    _by_process: dict[int, Self] = {}

    def __init__(self, own: Installation, process: subprocess.Popen[str]) -> None:
        self.own = own
        self.process = process
        self.lines: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    @classmethod
    def start(cls, own: Installation) -> Self:
        """A new start."""
        process = own.start("manage.py", "serve")
        cls._by_process[process.pid] = cls(own, process)
        return cls._by_process[process.pid]

    @classmethod
    def of(cls, own: Installation) -> Self:
        """The start that is still up."""
        return cls._by_process[own.children[-1].pid]

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def wait_for(self, text: str, *, seconds: float = 30) -> None:
        def seen_or_over() -> bool:
            return text in self.output or self.process.poll() is not None

        wait_until(seen_or_over, seconds=seconds, what=f"{text!r} in:\n{self.output}")
        assert text in self.output, self.output

    @property
    def address(self) -> str:
        found = re.findall(r"konflik siap: (\S+)", self.output)
        return found[-1]

    def pid_of(self, child: str) -> int:
        """The process that runs as `child` now, by what the supervisor printed last."""
        return int(re.findall(rf"  {child}: proses (\d+)", self.output)[-1])

    def health(self) -> tuple[int, dict[str, object]]:
        """Status and content of /health/; (0, {}) where nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.address}health/", timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            return 0, {}

    def is_well(self) -> bool:
        """Every part says so, and each has shown a sign of life."""
        content = self.health()[1]
        return {content.get(part) for part in ("status", "basis_data", "migrasi", "pekerja", "penjadwal")} == {"baik"}


def processes_of(own: Installation) -> list[int]:
    """Every process whose environment names this data directory, whoever started it. Linux only."""
    mark = f"KONFLIK_DATA_DIR={own.data_dir}\0".encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and int(entry.name) != os.getpid() and mark in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found
