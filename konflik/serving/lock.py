"""One supervisor per data directory: a lock that the kernel frees when its last holder ends, however it ends."""

import fcntl
import json
import os
from pathlib import Path


class AlreadyRunningError(Exception):
    """Another supervisor holds this data directory; `address` is where it answers, empty while it is still starting."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class ServeLock:
    """Held from before the migration until every child has ended; carries the address for whoever comes second."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    @property
    def descriptor(self) -> int:
        """For the guard, which keeps the lock until the children of a killed supervisor are gone."""
        return self._descriptor

    def take(self) -> None:
        """Takes the lock; raises AlreadyRunningError where another process holds it."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError(self._read_address()) from error
        self._write({})

    def announce(self, address: str) -> None:
        """Notes where this installation answers."""
        self._write({"address": address})

    def release(self) -> None:
        """Gives the lock back; the file stays, it means nothing without the lock."""
        self._write({})
        os.close(self._descriptor)

    def _write(self, content: dict[str, str]) -> None:
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(content).encode(), 0)

    def _read_address(self) -> str:
        try:
            return str(json.loads(os.pread(self._descriptor, 4096, 0)).get("address", ""))
        except ValueError:
            return ""
