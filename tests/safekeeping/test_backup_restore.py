"""A backup is worth restoring: row for row and file for file, taken while the work goes on (S47)."""

import re
from pathlib import Path
from typing import Any

import pytest

from konflik.law.events import Event
from konflik.safekeeping.archive import unpack
from tests.installation import Installation
from tests.safekeeping.conftest import Kept, start_writing
from tests.safekeeping.reading import files_of, sha256, tables_of

APPENDED = ("konflik_journalline", "konflik_journaldetail", "konflik_figure", "konflik_attachment")


def restore(archive: Path, into: Installation, *, check: bool = True) -> Any:
    return into.manage("restore", str(archive), "--into", str(into.data_dir), check=check)


def test_every_row_and_every_file_comes_back(kept: Kept, empty: Installation) -> None:
    restore(kept.plain, empty)
    source, copy = tables_of(kept.source), tables_of(empty)
    epoch = set(copy["konflik_heartbeat"]) - set(source["konflik_heartbeat"])
    assert [row for row in epoch if "'restore'" in row], "from then on nothing of before is sent again by itself"
    copy["konflik_heartbeat"] = source["konflik_heartbeat"]
    assert len(source["konflik_figure"]) > 10
    assert {name: len(rows) for name, rows in copy.items()} == {name: len(rows) for name, rows in source.items()}
    assert copy == source
    assert files_of(kept.source)
    assert files_of(empty) == files_of(kept.source)
    assert list(empty.data_dir.parent.glob(".restored-*")) == [], "the staging folder is gone"


def test_a_sealed_backup_shows_nothing_and_brings_back_the_same(kept: Kept, empty: Installation) -> None:
    unpacked_by_anybody = kept.sealed.read_bytes()
    assert b"konflik" not in unpacked_by_anybody.lower().removeprefix(b"konflik-cadangan-1\n")
    restore(kept.sealed, empty)
    copy = tables_of(empty)
    assert copy.pop("konflik_heartbeat")
    assert copy == {name: rows for name, rows in tables_of(kept.source).items() if name != "konflik_heartbeat"}
    assert files_of(empty) == files_of(kept.source)


@pytest.mark.parametrize("archive", ["plain", "sealed"])
def test_only_the_owner_reads_a_backup(kept: Kept, archive: str) -> None:
    assert getattr(kept, archive).stat().st_mode & 0o077 == 0


def test_the_manifest_names_every_member_with_its_hash(kept: Kept, tmp_path: Path) -> None:
    with kept.plain.open("rb") as file:
        manifest = unpack(file, None, tmp_path)
    found = {path.relative_to(tmp_path).as_posix(): sha256(path) for path in tmp_path.rglob("*") if path.is_file()}
    found.pop("manifest.json")
    assert {name: member["sha256"] for name, member in manifest["members"].items()} == found
    assert {name: state["rows"] for name, state in manifest["tables"].items()} == {
        name: len(rows) for name, rows in tables_of(kept.source).items()
    }


def test_a_used_place_is_never_written_over(kept: Kept, empty: Installation) -> None:
    before = tables_of(kept.source)
    again = kept.source.manage("backup", str(kept.plain), check=False)
    assert (again.returncode, "sudah ada" in again.stderr) == (1, True)
    into_itself = restore(kept.plain, kept.source, check=False)
    assert (into_itself.returncode, "tidak kosong" in into_itself.stderr) == (1, True)
    if kept.source.database_name:
        empty.env["DATABASE_URL"] = kept.source.env["DATABASE_URL"]
        into_its_database = restore(kept.plain, empty, check=False)
        assert (into_its_database.returncode, "DATABASE_URL tidak kosong" in into_its_database.stderr) == (1, True)
    assert tables_of(kept.source) == before


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_file_that_is_not_what_its_row_says_stops_the_backup(kept: Kept, tmp_path: Path, harm: str) -> None:
    name = min(files_of(kept.source))
    path = kept.source.data_dir / "files" / name
    content = path.read_bytes()
    path.unlink()
    if harm == "changed":
        path.write_bytes(content[:-1])
    try:
        done = kept.source.manage("backup", str(tmp_path / "cadangan"), check=False)
    finally:
        path.write_bytes(content)
    assert done.returncode == 1
    assert name in done.stderr
    assert not list(tmp_path.glob("cadangan*")), "a failed backup leaves nothing that looks like one"


@pytest.mark.parametrize("archive", ["plain", "sealed"])
@pytest.mark.parametrize("harm", ["cut", "changed"])
def test_a_harmed_archive_restores_nothing(kept: Kept, empty: Installation, tmp_path: Path, archive: str, harm: str) -> None:
    whole = getattr(kept, archive).read_bytes()
    middle = len(whole) // 2
    harmed = tmp_path / "cadangan"
    harmed.write_bytes(whole[:-9] if harm == "cut" else whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    done = restore(harmed, empty, check=False)
    assert (done.returncode, "Pemulihan gagal" in done.stderr) == (1, True)
    assert not (empty.data_dir / "konflik.sqlite3").exists()
    assert not (empty.data_dir / "files").exists()
    assert empty.database_name == "" or tables_of(empty) == {}


def test_taken_while_somebody_writes_and_worked_on_where_it_was_restored(own: Installation, empty: Installation, tmp_path: Path) -> None:
    writing = start_writing(own, tmp_path)
    before = writing.wait_for_more()
    already = {table: len(rows) for table, rows in tables_of(own).items()}
    archive = tmp_path / "cadangan.tar.gz"
    own.manage("backup", str(archive))
    after = writing.confirmed
    assert after > before, "nobody wrote meanwhile: this test proves nothing"
    at_the_end = {table: len(rows) for table, rows in tables_of(own).items()}
    writing.wait_for_more()
    writing.stop()

    assert "Riwayat utuh" in restore(archive, empty).stdout
    source, copy = tables_of(own), tables_of(empty)
    assert set(copy) == set(source)
    for table in APPENDED:
        assert set(copy[table]) < set(source[table]), f"{table} is not the source of some moments ago"
        assert already[table] <= len(copy[table]) <= at_the_end[table]
    # One instant, not several: what one transaction wrote into several tables is there together.
    for event, table in ((Event.FIGURE_RECORDED, "konflik_figure"), (Event.ATTACHMENT_ADDED, "konflik_attachment")):
        assert sum(f"'{event.value}'" in row for row in copy["konflik_journalline"]) == len(copy[table])
    stored = {name: name[3:] for row in copy["konflik_attachment"] for name in re.findall(r"'([0-9a-f]{2}/[0-9a-f]{64})'", row)}
    assert len(stored) == len(copy["konflik_attachment"])
    assert stored.items() <= files_of(empty).items()

    place = tmp_path / "again"
    place.mkdir()
    going = start_writing(empty, place)
    going.wait_for_more(12)
    going.stop()
    assert "Riwayat utuh" in empty.manage("verify_journal").stdout
