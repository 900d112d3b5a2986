"""Bringing a backup back, into an empty place only."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from konflik import environment
from konflik.safekeeping.archive import FILES, MANIFEST, unpack
from konflik.safekeeping.databases import POSTGRES_NAME, SafekeepingError, opened, restore_postgres, target_settings
from konflik.safekeeping.digests import table_states

# What the settings make in every data directory at once; none of it is data.
BEGINNINGS = {"secret_key", "broker", "run", "tmp"}


def restore_backup(*, source: Path, into: Path, passphrase: str | None) -> dict[str, Any]:
    """Unpacks, fills the database, compares every table and file with the backup; returns the manifest.

    Nothing is left in `into` when the archive is bad. Raises SafekeepingError or SealError, which say why.
    """
    into = into.resolve()
    _refuse_used_folder(into)
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=f".{into.name}-") as place:
        unpacked = Path(place)
        with source.open("rb") as file:
            manifest = unpack(file, passphrase, unpacked)
        settings = target_settings(manifest["vendor"], unpacked)
        if manifest["vendor"] == "postgresql":
            _refuse_used_database(settings)
            restore_postgres(unpacked / POSTGRES_NAME, settings)
            (unpacked / POSTGRES_NAME).unlink()
        _compare_tables(settings, manifest["tables"])
        (unpacked / MANIFEST).unlink()
        (unpacked / FILES).mkdir(mode=0o700, exist_ok=True)
        _move_in(unpacked, into)
    return manifest


def begin_again(into: Path, made_at: str) -> str:
    """Lets no notice of before be sent again by itself; returns how many wait for a person. After `check_journal`."""
    env = {**os.environ, "KONFLIK_DATA_DIR": str(into)}
    return _expect(_manage(env, "restored", "--backup-of", made_at), "Penandaan pemulihan gagal")


def check_journal(into: Path) -> str:
    """Brings an older backup up to the code, then lets the journal verify itself; returns what it said.

    In processes of their own: this one's settings speak of another data directory. Raises SafekeepingError where a line is broken.
    """
    env = {**os.environ, "KONFLIK_DATA_DIR": str(into)}
    if _manage(env, "migrate", "--check").returncode:
        _expect(_manage(env, "migrate", "--no-input", "--verbosity=0"), "Penyesuaian versi basis data gagal")
    return _expect(_manage(env, "verify_journal"), "Riwayat tidak utuh")


def _refuse_used_folder(into: Path) -> None:
    if into.exists() and (not into.is_dir() or {path.name for path in into.iterdir()} - BEGINNINGS):
        raise SafekeepingError(f"{into} tidak kosong. Pemulihan hanya ke tempat yang kosong, supaya tidak ada data yang tertimpa.")


def _refuse_used_database(settings: Mapping[str, Any]) -> None:
    with opened(settings) as connection, connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise SafekeepingError("Basis data pada DATABASE_URL tidak kosong. Buat basis data baru yang kosong untuk pemulihan.")


def _compare_tables(settings: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    with opened(settings) as connection:
        found = table_states(connection)
    wrong = [name for name in sorted(set(found) | set(expected)) if found.get(name) != expected.get(name)]
    if wrong:
        raise SafekeepingError(f"Isi {len(wrong)} tabel tidak sama dengan cadangan, pertama {wrong[0]}")


def _move_in(unpacked: Path, into: Path) -> None:
    """All checks have passed: from the staging folder beside it, on the same file system."""
    into.mkdir(mode=0o700, exist_ok=True)
    for path in sorted(unpacked.iterdir()):
        shutil.move(path, into / path.name)


def _manage(env: Mapping[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(environment.ROOT / "manage.py"), *args]
    return subprocess.run(command, env=dict(env), cwd=environment.ROOT, capture_output=True, text=True, check=False)


def _expect(done: subprocess.CompletedProcess[str], otherwise: str) -> str:
    if done.returncode:
        raise SafekeepingError(f"{otherwise}: {(done.stdout + done.stderr).strip()[-800:]}")
    return done.stdout.strip()
