"""What the environment says, and what it may not say."""

import stat
import threading
from pathlib import Path

import pytest
from django.db import connection

from konflik import environment


@pytest.fixture(autouse=True)
def _own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONFLIK_DATA_DIR", str(tmp_path / "data"))


def test_postgresql_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nama:s%40ndi@db.example.id:5433/konflik?sslmode=require")
    database = environment.database()
    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "konflik",
        "USER": "nama",
        "PASSWORD": "s@ndi",
        "HOST": "db.example.id",
        "PORT": "5433",
    }
    assert database["OPTIONS"] == {"sslmode": "require", "options": "-c synchronous_commit=on -c plan_cache_mode=force_generic_plan"}


@pytest.mark.parametrize(("url", "name"), [("", "data/konflik.sqlite3"), ("sqlite:////srv/a%20b.sqlite3", "/srv/a b.sqlite3")])
def test_sqlite_by_address_or_by_default(url: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert environment.database()["NAME"] == tmp_path / name


def test_an_unknown_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    with pytest.raises(ValueError, match="mysql"):
        environment.database()


def test_a_number_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "delapan ribu")
    with pytest.raises(ValueError, match="PORT harus berupa bilangan bulat"):
        environment.number("PORT", 8000)


def test_many_starts_at_once_agree_on_one_secret_that_only_the_owner_reads(tmp_path: Path) -> None:
    seen: list[str] = []
    threads = [threading.Thread(target=lambda: seen.append(environment.secret_key())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1
    assert len(seen[0]) >= 64
    kept = tmp_path / "data" / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


@pytest.mark.django_db
def test_a_confirmed_write_is_on_the_disk() -> None:
    """S48: what the settings ask for is what each connection really does."""
    wanted = {
        "sqlite": {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1, "PRAGMA secure_delete": 1},
        "postgresql": {"SHOW synchronous_commit": "on", "SHOW plan_cache_mode": "force_generic_plan"},
    }[connection.vendor]
    with connection.cursor() as cursor:
        found = {}
        for question in wanted:
            cursor.execute(question)
            found[question] = cursor.fetchone()[0]
    assert found == wanted
