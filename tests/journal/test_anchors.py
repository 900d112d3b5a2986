"""The daily anchor, its file, and the command that checks everything."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from konflik.journal import tasks
from konflik.journal.models import JournalAnchor
from konflik.journal.services import AnchorMismatch, anchor_heads
from konflik.journal.tables import anchor_root
from tests.journal.writing import HEADS, LINES, NOW, drop_triggers, sql, write

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def verify(*files: Path) -> str:
    out = StringIO()
    call_command("verify_journal", *[f"--jangkar={file}" for file in files], stdout=out, stderr=out)
    return out.getvalue()


def test_a_day_has_one_anchor_however_often_it_is_asked_for(tmp_path: Path) -> None:
    write(2)
    first = anchor_heads(now=NOW, day=TODAY, folder=tmp_path)
    write(2)
    second = anchor_heads(now=NOW + timedelta(hours=5), day=TODAY, folder=tmp_path)
    assert first == second
    assert second.heads["perkara:7"][0] == 2
    assert JournalAnchor.objects.count() == len(list(tmp_path.iterdir())) == 1
    third = anchor_heads(now=NOW + timedelta(days=1), day=TODAY + timedelta(days=1), folder=tmp_path)
    assert third.heads["perkara:7"][0] == 4


def test_the_file_holds_every_head_and_can_be_given_back(tmp_path: Path) -> None:
    write(2)
    write(1, case_id=None)
    anchor = anchor_heads(now=NOW, day=TODAY, folder=tmp_path)
    file = tmp_path / "jangkar-2026-11-22.json"
    kept = json.loads(file.read_text())
    assert kept["kepala"] == {stream: list(head) for stream, head in anchor.heads.items()}
    assert kept["sidik"] == anchor.root == anchor_root(kept["kepala"])
    assert set(kept["kepala"]) == {"perkara:7", "pusat"}
    assert verify(file) == "Riwayat utuh: 3 baris.\n"


def test_the_background_work_makes_the_anchor_of_the_day(tmp_path: Path) -> None:
    write(1)
    with override_settings(ANCHOR_DIR=tmp_path):
        root = tasks.anchor_heads()
        assert tasks.anchor_heads() == root
    assert JournalAnchor.objects.get().root == root
    assert len(list(tmp_path.iterdir())) == 1


def test_the_file_is_written_once(tmp_path: Path) -> None:
    write(2)
    anchor_heads(now=NOW, day=TODAY, folder=tmp_path)
    file = tmp_path / "jangkar-2026-11-22.json"
    file.chmod(0o400)
    first = (file.stat().st_ino, file.stat().st_mtime_ns)
    anchor_heads(now=NOW + timedelta(hours=1), day=TODAY, folder=tmp_path)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == first


def test_the_heads_are_read_once_a_day(tmp_path: Path) -> None:
    write(2)
    anchor_heads(now=NOW, day=TODAY, folder=tmp_path)
    with CaptureQueriesContext(connection) as read:
        anchor_heads(now=NOW + timedelta(hours=1), day=TODAY, folder=tmp_path)
    assert not [query for query in read.captured_queries if "journalhead" in query["sql"]]


@pytest.mark.parametrize(("text", "says"), [('{"sidik": "lain"}', "tidak sama"), ("{", "tidak dapat dibaca"), ("[]", "tidak dapat dibaca")])
def test_a_file_that_says_something_else_is_an_alarm_and_stays(
    tmp_path: Path, text: str, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    write(2)
    alarm = tmp_path / "run" / "anchor.alarm"
    with override_settings(ANCHOR_DIR=tmp_path / "out", ANCHOR_ALARM_FILE=alarm):
        tasks.anchor_heads()
        assert not alarm.exists()
        (file,) = (tmp_path / "out").iterdir()
        file.write_text(text)
        with pytest.raises(AnchorMismatch, match=says):
            tasks.anchor_heads()
    assert file.read_text() == text
    assert file.name in alarm.read_text()
    assert file.name in caplog.text
    assert JournalAnchor.objects.count() == 1


def test_an_empty_journal_is_whole() -> None:
    assert verify() == "Riwayat utuh: 0 baris.\n"


def test_the_command_names_the_first_broken_line_and_fails() -> None:
    write(5)
    drop_triggers()
    sql(f"UPDATE {LINES} SET basis = 'x' WHERE position = 3")
    out = StringIO()
    with pytest.raises(CommandError, match="Riwayat tidak utuh: 1 temuan"):
        call_command("verify_journal", stdout=out, stderr=out)
    assert out.getvalue() == "RUSAK perkara:7 baris 3: isi baris berubah\n"


def test_the_command_finds_a_cut_tail_with_the_file_alone(tmp_path: Path) -> None:
    lines = write(5, event="case_opened", detail={})
    anchor_heads(now=NOW, day=TODAY, folder=tmp_path)
    drop_triggers()
    sql(f"DELETE FROM {LINES} WHERE position > 3")
    sql(f"UPDATE {HEADS} SET position = 3, hash = %s", lines[2].hash)
    JournalAnchor.objects.all().delete()
    assert "utuh" in verify()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_journal", f"--jangkar={tmp_path / 'jangkar-2026-11-22.json'}", stdout=out, stderr=out)
    assert "RUSAK perkara:7 baris 5: baris ini tidak lagi sama dengan berkas jangkar-2026-11-22.json" in out.getvalue()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "tidak dapat dibaca"),
        ("[]", "tidak dapat dibaca"),
        ('{"kepala": {}}', "tidak dapat dibaca"),
        ('{"kepala": {"perkara:7": [1, "x"]}, "sidik": "y"}', "sidiknya tidak cocok"),
    ],
)
def test_a_spoiled_anchor_file_is_told_apart_from_a_spoiled_journal(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "jangkar.json"
    file.write_text(text)
    with pytest.raises(CommandError, match=said):
        verify(file)


def test_a_missing_anchor_file_is_said() -> None:
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        verify(Path("tidak-ada.json"))
