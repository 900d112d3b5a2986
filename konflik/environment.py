"""What the environment says, read once by the settings and by the supervisor. Standard library only."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
# Names and addresses of this machine alone.
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}
# No trusted_schema=OFF: SQLite before 3.41 (Debian 12) then refuses the JSON checks of Django's own JSONField.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON"


def text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, ya, on."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "ya", "on"} if value else default


def items(name: str, *default: str) -> list[str]:
    """A list written with commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or list(default)


def reaches_out(hosts: Iterable[str]) -> bool:
    """True when an installation with these ALLOWED_HOSTS answers to a name or an address that is not this machine alone."""
    return text("KONFLIK_BIND", "127.0.0.1") not in LOOPBACK or not set(hosts) <= LOOPBACK


def number(name: str, default: int) -> int:
    """A whole number; raises ValueError that names the variable."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ValueError(f"{name} harus berupa bilangan bulat, bukan {value!r}") from error


def data_dir() -> Path:
    """Where everything that changes is kept: database, files, keys, locks. Created for the owner only."""
    path = Path(text("KONFLIK_DATA_DIR") or ROOT / "var").expanduser().resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def data_subdir(*parts: str) -> Path:
    """A directory inside the data directory, created for the owner only."""
    path = data_dir().joinpath(*parts)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


POSTGRES_OPTIONS = "-c synchronous_commit=on -c plan_cache_mode=force_generic_plan"
"""A confirmed write is on the disk whatever the server's own default. A kept statement (`konflik.rest.prepared`) is planned once: planning
a page of a list costs ten times what reading it does. What Django asks holds its values in its text and is planned for them as ever."""


def database() -> dict[str, Any]:
    """Django's DATABASES["default"] from DATABASE_URL, or SQLite in the data directory."""
    url = text("DATABASE_URL")
    if not url:
        return sqlite(data_dir() / "konflik.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path[1:]) or "konflik.sqlite3"))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL: skema {parts.scheme!r} tidak dikenal; pakai postgresql:// atau sqlite:///")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # Who names `options` in the address decides.
        "OPTIONS": {"options": POSTGRES_OPTIONS, **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """One SQLite file, durable: a confirmed write survives a power cut, writers queue instead of failing."""
    # Waiting for SQLite is not fair: of eight processes that write without a pause one was seen to wait longer than 20 s.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 60, "init_command": SQLITE_PRAGMAS},
        "CONN_MAX_AGE": None,
    }


def secret_key() -> str:
    """SECRET_KEY from KONFLIK_SECRET_KEY, or the one that the first start wrote into the data directory."""
    return text("KONFLIK_SECRET_KEY") or kept_secret("secret_key")


def kept_secret(name: str) -> str:
    """A random secret that is made once. Two processes that start together agree: the link is atomic."""
    path = data_dir() / name
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{name}.")
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_text().strip()
