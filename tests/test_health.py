"""`/health/` tells a monitor the truth and a stranger nothing."""

import os
import time
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from konflik import health, pulse


@pytest.fixture(autouse=True)
def _just_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """An installation of its own, seconds old: no sweep can be missed yet, however long the tests before took."""
    monkeypatch.setattr("konflik.alarm._began", time.monotonic())
    monkeypatch.setenv("KONFLIK_DATA_DIR", str(tmp_path))
    settings.ANCHOR_ALARM_FILE = tmp_path / "run" / "anchor.alarm"
    health._refuse_unapplied_migrations.cache_clear()


def age(name: str, seconds: int) -> None:
    pulse.beat_once(name)
    then = time.time() - seconds
    os.utime(pulse.path_of(name), (then, then))


@pytest.mark.django_db
def test_no_login_no_cache_and_only_known_keys(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert set(answer.json()) == {
        *("status", "basis_data", "migrasi", "pekerja", "penjadwal", "jangkar", "pemindai", "penanda"),
        *("penyapuan", "surel_tanda_bahaya", "umur_penyapuan_detik"),
        *("umur_pekerja_detik", "umur_penjadwal_detik", "umur_cadangan_detik"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("worker", "beat", "status"), [(10, 10, 200), (301, 10, 503), (10, 301, 503), (None, None, 200)])
def test_a_silent_worker_or_beat_is_a_fault(client: Client, worker: int | None, beat: int | None, status: int) -> None:
    for name, seconds in ((pulse.WORKER, worker), (pulse.BEAT, beat)):
        if seconds is not None:
            age(name, seconds)
    assert client.get("/health/").status_code == status


@pytest.mark.django_db
def test_a_dead_database_is_a_fault_and_not_a_crash(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead() -> None:
        raise DatabaseError("password=secret")

    monkeypatch.setattr(connection, "cursor", dead)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["basis_data"] == "terganggu"
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_an_unapplied_migration_is_a_fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [("konflik", "0999")])
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["migrasi"]) == (503, "terganggu")


@pytest.mark.django_db
def test_writing_is_not_for_health(client: Client) -> None:
    assert client.post("/health/").status_code == 405


@pytest.mark.django_db
def test_it_says_that_nothing_scans_the_files(client: Client) -> None:
    assert client.get("/health/").json()["pemindai"] == "tidak dipasang"


@pytest.mark.django_db
def test_an_anchor_that_differs_from_its_file_is_a_fault_until_somebody_looked(client: Client, settings: object) -> None:
    assert client.get("/health/").json()["jangkar"] == "baik"
    settings.ANCHOR_ALARM_FILE.parent.mkdir(exist_ok=True)
    settings.ANCHOR_ALARM_FILE.write_text("jangkar-2026-11-22.json")
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["jangkar"]) == (503, "terganggu")
    assert b"2026-11-22" not in answer.content
