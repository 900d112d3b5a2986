"""Taking a backup while the work goes on."""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from konflik import environment
from konflik.cases.models import Attachment
from konflik.safekeeping.archive import FILES, ArchiveWriter, writing
from konflik.safekeeping.databases import DUMP_NAMES, SafekeepingError, snapshot
from konflik.safekeeping.digests import table_states


def take_backup(*, target: Path, connection: BaseDatabaseWrapper, files: Path, passphrase: str | None, now: datetime) -> dict[str, Any]:
    """Writes the archive to `target`, which must not exist, whole or not at all; returns the manifest without members.

    Files are copied before the snapshot, and after it those that its rows name and that were not there yet, so neither a
    file added nor one removed meanwhile can be missing. Raises SafekeepingError where a row's file is missing or changed.
    """
    if target.exists():
        raise SafekeepingError(f"{target} sudah ada; pilih nama lain.")
    half = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with half.open("xb") as file:
            half.chmod(0o600)
            with writing(file, passphrase) as archive:
                manifest = _fill(archive, connection, files, now)
            file.flush()
            os.fsync(file.fileno())
        # A link refuses an existing name, a rename would overwrite it.
        os.link(half, target)
    finally:
        half.unlink(missing_ok=True)
    return manifest


def _fill(archive: ArchiveWriter, connection: BaseDatabaseWrapper, files: Path, now: datetime) -> dict[str, Any]:
    hashes = {name: archive.add(f"{FILES}/{name}", files / name) for name in _stored_names(files)}
    with tempfile.TemporaryDirectory(dir=environment.data_subdir("tmp"), prefix="backup-") as place:
        folder = Path(place)
        with snapshot(connection, folder) as seen:
            for name, sha256 in _named_by_rows(seen):
                if name not in hashes:
                    hashes[name] = _add_late(archive, files, name)
                if hashes[name] != sha256:
                    raise SafekeepingError(f"Isi berkas {name} tidak sama dengan yang dicatat; periksa sebelum membuat cadangan.")
            manifest = {"made_at": now.isoformat(), "vendor": connection.vendor, "tables": table_states(seen)}
        dump = DUMP_NAMES[connection.vendor]
        archive.add(dump, folder / dump)
    archive.finish(manifest)
    return manifest


def _stored_names(files: Path) -> list[str]:
    """Finished files; a name with a last part .part is still being written and no row names it yet."""
    found = (path for path in files.rglob("*") if path.is_file() and path.suffix != ".part")
    return sorted(path.relative_to(files).as_posix() for path in found)


def _add_late(archive: ArchiveWriter, files: Path, name: str) -> str:
    try:
        return archive.add(f"{FILES}/{name}", files / name)
    except FileNotFoundError as error:
        raise SafekeepingError(f"Berkas {name} tercatat tetapi tidak ada; periksa sebelum membuat cadangan.") from error


def _named_by_rows(seen: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    quote = seen.ops.quote_name
    table = quote(Attachment._meta.db_table)  # noqa: SLF001
    with seen.chunked_cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {quote('file')}, {quote('sha256')} FROM {table}")  # noqa: S608
        yield from cursor.fetchall()
