"""What stands in an installation, read with the bare drivers: Django's own connection belongs to the test run."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.installation import Installation

SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
POSTGRES_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def tables_of(own: Installation) -> dict[str, list[str]]:
    """Every row of every table as text, sorted."""
    if own.database_name:
        connection: Any = psycopg.connect(own.env["DATABASE_URL"])
        question = POSTGRES_TABLES
    else:
        connection = sqlite3.connect(own.data_dir / "konflik.sqlite3")
        question = SQLITE_TABLES
    with closing(connection):
        names = [name for (name,) in connection.execute(question).fetchall()]
        return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall())) for name in names}


def files_of(own: Installation) -> dict[str, str]:
    """Name and hash of every stored file."""
    root = own.data_dir / "files"
    return {path.relative_to(root).as_posix(): sha256(path) for path in root.rglob("*") if path.is_file()}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
