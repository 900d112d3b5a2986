"""A whole installation apart from the test run's own: for tests that kill, race, browse or restore."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
Steps = tuple[tuple[str, ...], ...]
MIGRATED: Steps = (("migrate", "--verbosity=0"),)
JAMBI: Steps = (*MIGRATED, ("load_regions", "--province", "15"))
DEMO: Steps = (*JAMBI, ("load_demo",), ("collectstatic", "--noinput", "--verbosity=0"))


class Installation:
    """Own data directory, own database (on the server of DATABASE_URL if that is set), own child processes."""

    def __init__(self, data_dir: Path, **extra: str) -> None:
        self.data_dir = data_dir
        self.children: list[subprocess.Popen[str]] = []
        self.env = {**os.environ, "KONFLIK_DATA_DIR": str(data_dir), "KONFLIK_DEMO": "0", "PYTHONUNBUFFERED": "1", **extra}
        self.env["DJANGO_SETTINGS_MODULE"] = "konflik.settings"
        self.database_name = ""

    def create_database(self) -> None:
        """A new empty database on the PostgreSQL server that the run was given; nothing to do for SQLite."""
        self._create_database("template1")

    def begin(self, steps: Steps) -> None:
        """Database and files as these commands leave them. They run once for the whole test run; everybody gets a copy."""
        named = tuple(sorted(item for item in self.env.items() if item[0].startswith("KONFLIK_DEMO")))
        model = _models.get((steps, named))
        if model is None:
            model = _models[steps, named] = Installation(Path(tempfile.mkdtemp(prefix="konflik-model-")) / "data", **dict(named))
            model.create_database()
            for step in steps:
                model.manage(*step)
        shutil.copytree(model.data_dir, self.data_dir, dirs_exist_ok=True)
        self._create_database(model.database_name)

    def manage(self, *args: str, check: bool = True, **run: object) -> subprocess.CompletedProcess[str]:
        """One management command, to its end; the output is in the answer and in the failure."""
        done = subprocess.run(
            [sys.executable, "manage.py", *args], cwd=ROOT, env=self.env, text=True, capture_output=True, check=False, timeout=300, **run
        )
        if check and done.returncode:
            raise AssertionError(f"manage.py {' '.join(args)} → {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def start(self, *command: str) -> subprocess.Popen[str]:
        """A process that goes on, in a session of its own; ended by close()."""
        child = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.children.append(child)
        return child

    def close(self) -> None:
        """Ends every child with its group and drops the database."""
        for child in self.children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
        if self.database_name:
            self._on_server(f'DROP DATABASE IF EXISTS "{self.database_name}" WITH (FORCE)')

    def _create_database(self, model: str) -> None:
        server = os.environ.get("DATABASE_URL", "")
        if not server.startswith("postgres"):
            self.env.pop("DATABASE_URL", None)
            return
        self.database_name = f"konflik_own_{uuid.uuid4().hex[:12]}"
        self._on_server(f'CREATE DATABASE "{self.database_name}" TEMPLATE "{model}"')
        self.env["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{self.database_name}"))

    def _on_server(self, statement: str) -> None:
        url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres"))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)


_models: dict[tuple[Steps, tuple[tuple[str, str], ...]], Installation] = {}


def close_models() -> None:
    """Drops what `begin` copied from; called when the test run ends."""
    while _models:
        _, model = _models.popitem()
        model.close()
        shutil.rmtree(model.data_dir.parent)


def wait_until(condition: Callable[[], object], *, seconds: float = 30, what: str = "", every: float = 0.1) -> object:
    """Asks until the answer is true, then returns it; fails with `what` after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(every)
    raise AssertionError(f"still not after {seconds:.0f} s: {what or condition}")


def begun(place: Path, steps: Steps) -> Iterator[Installation]:
    """An installation after these commands, for as long as a fixture holds it."""
    own = Installation(place)
    try:
        own.begin(steps)
        yield own
    finally:
        own.close()
