"""A database as one file, and back: SQLite by VACUUM INTO, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from konflik import environment

SQLITE_NAME = "konflik.sqlite3"
POSTGRES_NAME = "konflik.pgdump"
DUMP_NAMES = {"sqlite": SQLITE_NAME, "postgresql": POSTGRES_NAME}


class SafekeepingError(Exception):
    """A backup or restore that cannot go on; the text says why, in Indonesian."""


@contextmanager
def snapshot(connection: BaseDatabaseWrapper, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """Writes the database as it is at one instant into `folder`; gives a connection that sees this very instant."""
    if connection.vendor == "sqlite":
        with _sqlite_snapshot(connection, folder / SQLITE_NAME) as copy:
            yield copy
    elif connection.vendor == "postgresql":
        with _postgres_snapshot(connection, folder / POSTGRES_NAME):
            yield connection
    else:
        raise SafekeepingError(f"Basis data {connection.vendor} tidak dapat dicadangkan.")


@contextmanager
def _sqlite_snapshot(connection: BaseDatabaseWrapper, path: Path) -> Iterator[BaseDatabaseWrapper]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    path.chmod(0o600)
    with opened(read_only_sqlite(path)) as copy:
        yield copy


@contextmanager
def _postgres_snapshot(connection: BaseDatabaseWrapper, path: Path) -> Iterator[None]:
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            instant = cursor.fetchone()[0]
        run_tool(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={instant}",
            f"--file={path}",
            of=connection.settings_dict,
        )
        path.chmod(0o600)
        yield


@contextmanager
def opened(settings: Mapping[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """A connection beside Django's own ones, closed at the end."""
    connection = ConnectionHandler({"default": dict(settings)})["default"]
    try:
        yield connection
    finally:
        connection.close()


def read_only_sqlite(path: Path) -> dict[str, Any]:
    """The file as it is: no journal file beside it, not one byte changed."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{path.as_uri()}?mode=ro&immutable=1", "OPTIONS": {"uri": True}}


def restore_postgres(dump: Path, settings: Mapping[str, Any]) -> None:
    """Fills an empty database, whole or not at all."""
    run_tool(
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        f"--dbname={settings['NAME']}",
        str(dump),
        of=settings,
    )


def run_tool(name: str, *args: str, of: Mapping[str, Any]) -> None:
    """pg_dump or pg_restore; user, host and password travel in the environment, where no list of processes shows them."""
    tool = shutil.which(name)
    if tool is None:
        raise SafekeepingError(f"Program {name} tidak ditemukan. Debian/Ubuntu: sudo apt install postgresql-client")
    wanted = {"PGDATABASE": of["NAME"], "PGUSER": of["USER"], "PGPASSWORD": of["PASSWORD"], "PGHOST": of["HOST"], "PGPORT": of["PORT"]}
    env = {**os.environ, **{key: str(value) for key, value in wanted.items() if value}}
    done = subprocess.run([tool, *args], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SafekeepingError(f"{name} gagal: {done.stderr.strip()[-500:]}")


def target_settings(vendor: str, folder: Path) -> dict[str, Any]:
    """Where a restored database of this kind goes: into the folder, or to the empty database of DATABASE_URL."""
    if vendor == "sqlite":
        return environment.sqlite(folder / SQLITE_NAME)
    settings = environment.database()
    if not settings["ENGINE"].endswith("postgresql"):
        raise SafekeepingError("Cadangan ini dari PostgreSQL: isi DATABASE_URL dengan basis data PostgreSQL yang kosong.")
    return settings
