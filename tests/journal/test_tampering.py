"""Whoever changes the journal by SQL, past every trigger, is found, and the first broken line is named."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction

from konflik.journal.models import GENESIS, JournalAnchor, JournalDetail, JournalHead, JournalLine
from konflik.journal.selectors import Break, breaks, breaks_against
from konflik.journal.services import anchor_heads
from konflik.journal.tables import line_hash
from konflik.law.events import Event
from tests.journal.writing import ANCHORS, DETAILS, HEADS, LINES, NOW, adapted, drop_triggers, sql, write
from tests.seeds import seeded

pytestmark = pytest.mark.django_db

TIMES = 200
TODAY = date(2026, 11, 22)


@pytest.fixture
def journal() -> list[JournalLine]:
    """Three streams of different length, and nobody left to guard them."""
    lines = [*write(12), *write(7, case_id=None, kabupaten_id="15.04"), *write(3, case_id=9)]
    drop_triggers()
    assert list(breaks()) == []
    return lines


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        point = transaction.savepoint()
        yield
        transaction.savepoint_rollback(point)


def first_break() -> tuple[str, int] | None:
    # Read to the end: a cursor of the server that is left half read would outlive the savepoint.
    found = list(breaks())
    return (found[0].stream, found[0].position) if found else None


def edit(lines: list[JournalLine], chance: random.Random) -> JournalLine:
    """One column of one line says something else."""
    line = chance.choice(lines)
    other = {
        "event": "case_opened",
        "occurred_at": line.occurred_at - timedelta(microseconds=1),
        "recorded_at": line.recorded_at + timedelta(days=1),
        "actor": 4711,
        "case": 4711,
        "kabupaten": "64.01",
        "basis": "UU 7/2012 Pasal 13",
        "payload": {**line.payload, "n": -1},
        "corrects": 4711,
        "detail_digest": "0" * 64,
        "previous_hash": "f" * 64,
        "hash": "f" * 64,
    }
    field = chance.choice(sorted(other))
    sql(f"UPDATE {LINES} SET {JournalLine._meta.get_field(field).column} = %s WHERE id = %s", adapted(field, other[field]), line.pk)
    return line


def delete(lines: list[JournalLine], chance: random.Random) -> JournalLine:
    """One line is gone: the first, the last, or one between."""
    line = chance.choice(lines)
    sql(f"DELETE FROM {DETAILS} WHERE line_id = %s", line.pk)
    sql(f"DELETE FROM {LINES} WHERE id = %s", line.pk)
    return line


def reorder(lines: list[JournalLine], chance: random.Random) -> JournalLine:
    """Two lines of one stream change places, with or without the link to the line before."""
    stream = chance.choice(sorted({line.stream for line in lines}))
    first, second = sorted(chance.sample([line for line in lines if line.stream == stream], 2), key=lambda line: line.position)
    takes_link = chance.random() < 0.5
    for line, position, link in (
        (first, 1000, "x"),
        (second, first.position, first.previous_hash),
        (first, second.position, second.previous_hash),
    ):
        sql(f"UPDATE {LINES} SET position = %s WHERE id = %s", position, line.pk)
        if takes_link:
            sql(f"UPDATE {LINES} SET previous_hash = %s WHERE id = %s", link, line.pk)
    return first


@pytest.mark.parametrize("tamper", [edit, delete, reorder], ids=lambda tamper: tamper.__name__)
def test_every_change_is_found_and_its_first_line_named(journal: list[JournalLine], tamper: Callable[..., JournalLine]) -> None:
    chance = seeded(tamper.__name__)
    for _ in range(TIMES):
        with undone():
            line = tamper(journal, chance)
            assert first_break() == (line.stream, line.position)
    assert list(breaks()) == []


@pytest.mark.parametrize("position", [1, 6, 12])
def test_the_first_a_middle_and_the_last_line_are_missed(journal: list[JournalLine], position: int) -> None:
    line = next(line for line in journal if line.stream == "perkara:7" and line.position == position)
    delete([line], random.Random(0))
    assert [(found.stream, found.position) for found in breaks()] == [("perkara:7", position)]


def test_a_line_pushed_in_between_is_found(journal: list[JournalLine]) -> None:
    for line in reversed([line for line in journal if line.stream == "perkara:7" and line.position >= 5]):
        sql(f"UPDATE {LINES} SET position = position + 1 WHERE id = %s", line.pk)
    before = next(line for line in journal if line.stream == "perkara:7" and line.position == 4)
    forged = JournalLine(
        stream="perkara:7", position=5, event="note_added", occurred_at=NOW, recorded_at=NOW, case_id=7, previous_hash=before.hash
    )
    forged.hash = line_hash(forged)
    sql(f"UPDATE {LINES} SET previous_hash = %s WHERE stream = 'perkara:7' AND position = 6", forged.hash)
    forged.save(force_insert=True)
    assert first_break() == ("perkara:7", 6)


def test_a_line_hung_onto_the_end_is_found(journal: list[JournalLine]) -> None:
    forged = JournalLine(
        stream="perkara:9", position=4, event="note_added", occurred_at=NOW, recorded_at=NOW, case_id=9, previous_hash=journal[-1].hash
    )
    forged.hash = line_hash(forged)
    forged.save(force_insert=True)
    assert first_break() == ("perkara:9", 5)


def test_a_line_carried_into_another_stream_is_missed_in_its_own(journal: list[JournalLine]) -> None:
    sql(f"UPDATE {LINES} SET stream = 'perkara:9', position = 4, previous_hash = %s WHERE id = %s", journal[-1].hash, journal[2].pk)
    assert {(found.stream, found.position) for found in breaks()} == {("perkara:7", 3), ("perkara:9", 4)}


@pytest.mark.parametrize("change", ["position = position + 1", "position = position - 1", f"hash = '{GENESIS}'", "position = 0"])
def test_a_head_that_was_changed_is_found(journal: list[JournalLine], change: str) -> None:
    sql(f"UPDATE {HEADS} SET {change} WHERE stream = 'perkara:9'")
    assert first_break() == ("perkara:9", 4)


def test_a_head_that_is_gone_is_found(journal: list[JournalLine]) -> None:
    sql(f"DELETE FROM {HEADS} WHERE stream = 'perkara:9'")
    assert first_break() == ("perkara:9", 4)


def test_a_stream_of_which_only_the_head_is_left_is_found(journal: list[JournalLine]) -> None:
    sql(f"DELETE FROM {DETAILS} WHERE line_id IN (SELECT id FROM {LINES} WHERE stream = 'perkara:9')")
    sql(f"DELETE FROM {LINES} WHERE stream = 'perkara:9'")
    assert list(breaks()) == [Break("perkara:9", 1, "semua baris aliran ini hilang")]


@pytest.mark.parametrize("change", ['data = \'{"teks": "lain"}\'', "salt = 'garam'"])
def test_a_detail_that_was_changed_is_found(journal: list[JournalLine], change: str) -> None:
    line = next(line for line in journal if line.stream == "perkara:7" and line.position == 8)
    sql(f"UPDATE {DETAILS} SET {change} WHERE line_id = %s", line.pk)
    assert list(breaks()) == [Break("perkara:7", 8, "rincian baris berubah")]


def test_a_detail_that_is_gone_without_a_line_that_says_so_is_found(journal: list[JournalLine]) -> None:
    line = next(line for line in journal if line.stream == "perkara:7" and line.position == 8)
    sql(f"DELETE FROM {DETAILS} WHERE line_id = %s", line.pk)
    assert list(breaks()) == [Break("perkara:7", 8, "rincian baris hilang tanpa catatan penghapusan")]
    write(1, case_id=7, event=Event.DETAIL_ERASED.value, payload={"line": line.pk, "position": 8})
    assert list(breaks()) == []


def test_a_detail_hung_onto_a_line_that_had_none_is_found(journal: list[JournalLine]) -> None:
    JournalDetail.objects.create(line=journal[0], salt="x", data={"teks": "lain"})
    assert first_break() == ("perkara:7", 1)


# What a plain chain cannot show: only heads that were kept elsewhere do ---------------------------------------------


@pytest.fixture
def kept(journal: list[JournalLine]) -> dict[str, list]:
    """The heads as an anchor saw them; the table of anchors itself is emptied by the attacker."""
    heads = anchor_heads(now=NOW, day=TODAY).heads
    sql(f"DELETE FROM {ANCHORS}")
    return heads


def cut(stream: str, keep: int) -> None:
    """The tail of a stream is gone and its head fits."""
    sql(f"DELETE FROM {DETAILS} WHERE line_id IN (SELECT id FROM {LINES} WHERE stream = %s AND position > %s)", stream, keep)
    sql(f"DELETE FROM {LINES} WHERE stream = %s AND position > %s", stream, keep)
    left = JournalLine.objects.filter(stream=stream).order_by("position").last()
    sql(f"UPDATE {HEADS} SET position = %s, hash = %s WHERE stream = %s", keep, left.hash if left else GENESIS, stream)


@pytest.mark.parametrize("keep", [0, 1, 11])
def test_a_cut_tail_shows_against_an_anchor_kept_elsewhere(kept: dict[str, list], keep: int) -> None:
    cut("perkara:7", keep)
    assert list(breaks()) == [], "the chain alone cannot know"
    assert [(found.stream, found.position) for found in breaks_against(kept, "berkas")] == [("perkara:7", 12)]


def test_a_stream_that_vanished_whole_shows_against_an_anchor_kept_elsewhere(kept: dict[str, list]) -> None:
    cut("perkara:9", 0)
    sql(f"DELETE FROM {HEADS} WHERE stream = 'perkara:9'")
    assert list(breaks()) == []
    assert [found.stream for found in breaks_against(kept, "berkas")] == ["perkara:9"]


def test_a_chain_hashed_anew_shows_against_an_anchor_kept_elsewhere(kept: dict[str, list]) -> None:
    previous = GENESIS
    for line in JournalLine.objects.filter(stream="perkara:7").order_by("position"):
        line.previous_hash, line.payload = previous, {"n": "lain"}
        line.hash = previous = line_hash(line)
        line.save()
    sql(f"UPDATE {HEADS} SET hash = %s WHERE stream = 'perkara:7'", previous)
    assert list(breaks()) == []
    assert [(found.stream, found.position) for found in breaks_against(kept, "berkas")] == [("perkara:7", 12)]


def test_an_anchor_still_in_the_database_shows_a_cut_tail_too(journal: list[JournalLine]) -> None:
    anchor_heads(now=NOW, day=TODAY)
    cut("perkara:9", 1)
    assert list(breaks()) == [Break("perkara:9", 3, "baris ini tidak lagi sama dengan jangkar 2026-11-22")]


@pytest.mark.parametrize("change", ["root = 'x'", "heads = '{}'"])
def test_an_anchor_that_was_changed_is_found(journal: list[JournalLine], change: str) -> None:
    anchor_heads(now=NOW, day=TODAY)
    sql(f"UPDATE {ANCHORS} SET {change}")
    assert list(breaks()) == [Break("jangkar", 0, "jangkar 2026-11-22 berubah")]


def test_what_was_written_after_an_anchor_does_not_break_it(journal: list[JournalLine]) -> None:
    for day in range(3):
        anchor_heads(now=NOW, day=TODAY + timedelta(days=day))
        write(2)
    assert JournalAnchor.objects.count() == 3
    assert JournalHead.objects.get(stream="perkara:7").position == 18
    assert list(breaks()) == []
