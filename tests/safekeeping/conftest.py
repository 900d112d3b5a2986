"""An installation with a case, its figures and files, and somebody who goes on writing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import pytest

from tests.installation import MIGRATED, Installation, wait_until
from tests.safekeeping.writer import COMMAND

PASSPHRASE = "kuda besi melompat pagar"


@dataclass
class Writing:
    """The writer at work."""

    process: Popen[str]
    progress: Path

    @property
    def confirmed(self) -> int:
        """Writes that the database has confirmed."""
        return int(self.progress.read_text()) if self.progress.exists() else 0

    def wait_for_more(self, count: int = 25) -> int:
        """Until so many more are confirmed; returns how many there are."""
        wanted = self.confirmed + count
        wait_until(lambda: self.process.poll() is not None or self.confirmed >= wanted, seconds=60, what="more writes")
        assert self.process.poll() is None, self.process.communicate()[0]
        return self.confirmed

    def stop(self) -> None:
        """Lets it finish what it began."""
        self.progress.with_name("stop").touch()
        output, _ = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, output


def start_writing(at: Installation, place: Path) -> Writing:
    """The writer, started and at work."""
    process = at.start("-c", COMMAND, str(place / "progress"))
    assert process.stdout is not None
    said: list[str] = []

    def began() -> bool:
        said.append(process.stdout.readline())
        return said[-1] in {"writing\n", ""}

    wait_until(began, what="the writer begins")
    assert said[-1] == "writing\n", "".join(said)
    return Writing(process, place / "progress")


@pytest.fixture(scope="package")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Migrated; a writer fills it."""
    installation = Installation(tmp_path_factory.mktemp("own") / "data", KONFLIK_BACKUP_PASSPHRASE=PASSPHRASE)
    try:
        installation.begin(MIGRATED)
        yield installation
    finally:
        installation.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """Where a backup goes: a directory that does not exist yet and, on PostgreSQL, an empty database."""
    installation = Installation(tmp_path / "restored", KONFLIK_BACKUP_PASSPHRASE=PASSPHRASE)
    installation.create_database()
    try:
        yield installation
    finally:
        installation.close()


@dataclass
class Kept:
    """An installation with some dozens of figures and files at which nobody works, and its two backups."""

    source: Installation
    plain: Path
    sealed: Path


@pytest.fixture(scope="package")
def kept(own: Installation, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Made once; no test changes it."""
    place = tmp_path_factory.mktemp("kept")
    writing = start_writing(own, place)
    writing.wait_for_more()
    writing.stop()
    found = Kept(own, place / "cadangan.tar.gz", place / "cadangan.terkunci")
    own.manage("backup", str(found.plain))
    own.manage("backup", "--encrypt", str(found.sealed))
    return found
