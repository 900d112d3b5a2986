"""The history is told in sentences, one for everything that can happen."""

import html
from datetime import datetime, timedelta

import pytest

from konflik.cases.services.access import note_sealed_read
from konflik.desk.forms.actions import CASE_ACTIONS
from konflik.desk.selectors.history import KEYS, MOST, history_page, told
from konflik.desk.tables.facts import ERASED, Names, Told
from konflik.desk.tables.sentences import SENTENCES
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry, append, erase_detail
from konflik.law.events import Event
from konflik.law.secrecy import Secrecy
from konflik.law.stages import Stage
from konflik.watch.services.sweeping import sweep
from tests.builders import DAY, HOUR, NOW, a_case, a_case_in, moved
from tests.desk.acting import address, sent
from tests.desk.conftest import World


@pytest.mark.parametrize("event", list(Event))
def test_every_event_has_a_sentence(event: Event) -> None:
    assert event in SENTENCES


def spoken(world: World, name: str = "sekretaris") -> list[str]:
    """The sentences of the case, newest first."""
    return [item.text for item in history_page(world.case, world.people[name], at=NOW, size=100).items]


@pytest.mark.parametrize("action", CASE_ACTIONS, ids=lambda action: action.name)
def test_what_was_done_is_told_without_codes_or_gaps(world: World, action) -> None:
    path, form = address(world, action), sent(world, action)
    world.client("sekretaris").post(path, form)
    newest = JournalLine.objects.filter(case_id=world.case.pk).order_by("-pk")[:2]
    for item in told(newest, world.people["sekretaris"], world.case.kabupaten, at=NOW):
        assert item.text.endswith(".")
        assert item.text[0].isupper()
        for gap in ("None", "–", ERASED, "tidak dikenal", "_", "{", "[", "lewat"):
            assert gap not in item.text


def test_moves_of_every_kind_are_told(world: World) -> None:
    staff = world.people["staf"]
    closed = a_case_in(Stage.SELESAI, actor=staff, title="Selesai dicegah")
    for target in (Stage.PENGHENTIAN, Stage.PEMULIHAN, Stage.SELESAI, Stage.PEMULIHAN):
        moved(closed, target, actor=staff)
    texts = [item.text for item in history_page(closed, staff, at=NOW, size=100).items]
    assert "Perkara dinyatakan selesai pada tahap Pencegahan." in texts
    assert "Kekerasan terulang. Tahap kembali menjadi Penghentian, sebelumnya Selesai." in texts
    assert "Tahap menjadi Pemulihan, sebelumnya Penghentian." in texts
    assert "Pemulihan selesai dan perkara ditutup." in texts
    assert "Perkara dibuka kembali pada tahap Pemulihan." in texts


def test_the_story_of_the_world(world: World) -> None:
    texts = spoken(world)
    assert "Tahap menjadi Penghentian, sebelumnya Pencegahan." in texts
    assert "Pihak dicatat: Warga simpang (kelompok masyarakat, pihak yang menuntut)." in texts
    assert any(t.startswith("Angka dicatat: rumah rusak 3 unit. Sumber: Polres/Polsek, keadaan 22 November 2026, 09.00 WIB") for t in texts)
    assert any(t.startswith("Kegiatan direncanakan: Penyekatan simpang (") and "pelaksana Polres Batanghari" in t for t in texts)
    assert texts[-1].startswith("Perkara 300/001/TIMDU/2026 dibuka, sumber konflik: Sumber daya alam")


def test_a_corrected_line_is_marked_on_both_sides(world: World) -> None:
    (action,) = [one for one in CASE_ACTIONS if one.name == "figure-correct"]
    world.client("sekretaris").post(address(world, action), sent(world, action))
    items = history_page(world.case, world.people["staf"], at=NOW, size=100).items
    assert sum(item.is_correction for item in items) == 1
    assert [item.line.event for item in items if item.is_corrected] == [Event.FIGURE_RECORDED]


def test_erased_detail_is_said_to_be_erased(world: World) -> None:
    line = JournalLine.objects.filter(case_id=world.case.pk, event=Event.PARTY_ADDED.value).first()
    erase_detail(line)
    assert any(ERASED in text for text in spoken(world))


def test_lines_outside_a_case_name_whom_they_are_about(world: World) -> None:
    lines = JournalLine.objects.filter(case__isnull=True)
    texts = [item.text for item in told(lines, world.people["sekretaris"], world.case.kabupaten, at=NOW)]
    assert "Pengguna dibuat: bupati." in texts
    assert "Instansi dicatat: Polres Batanghari." in texts


@pytest.mark.parametrize("event", [e for e in Event if e not in {Event.FIGURE_RECORDED, Event.FIGURE_CORRECTED, Event.FIGURE_DECLARED}])
def test_a_bare_line_is_still_told(event: Event) -> None:
    assert SENTENCES[event](Told({}, {}, Names()))


def test_pages_follow_each_other_without_gap_or_repetition(world: World) -> None:
    for index in range(9):
        append(Entry(Event.NOTE_ADDED.value, NOW - timedelta(days=index % 3), case_id=world.case.pk, detail={"text": str(index)}), now=NOW)
    reader, before, seen = world.people["staf"], "", []
    while True:
        page = history_page(world.case, reader, at=NOW, before=before, size=4)
        seen += [item.line.pk for item in page.items]
        before = page.older
        if not before:
            break
    assert len(seen) == len(set(seen)) == JournalLine.objects.filter(case_id=world.case.pk).count()


def test_reading_a_sealed_case_is_told(world: World) -> None:
    sealed = a_case(actor=world.people["sekretaris"], secrecy=Secrecy.RAHASIA)
    note_sealed_read(case=sealed, reader=world.people["staf"], day_start=NOW - DAY, now=NOW)
    page = world.client("sekretaris").get(f"/perkara/{sealed.pk}/riwayat/").text
    assert "Perkara rahasia dibuka." in page
    assert "dicatat oleh staf" in page


def test_keys_name_kinds_that_are_looked_up(world: World) -> None:
    assert set(KEYS.values()) >= {"institution", "user", "case", "region"}


def test_a_step_up_the_ladder_is_told(alarmed: World) -> None:
    sweep(now=NOW + 3 * DAY)
    lines = JournalLine.objects.filter(case=alarmed.case, event="notice_escalated")
    assert len({(line.payload["source_id"], line.payload["step"]) for line in lines}) == lines.count() > 0, "one line for each step"
    texts = [item.text for item in told(lines, alarmed.people["sekretaris"], alarmed.case.kabupaten, at=NOW)]
    for text in texts:
        assert text.startswith("Pemberitahuan belum ditanggapi oleh "), text
        assert "atas" in text
        for gap in ("None", "–", "tidak dikenal", "_", "{", "[", ".."):
            assert gap not in text, text
    assert any("Kepala Kepolisian Resor" in text or "Kapolres" in text for text in texts), texts
    page = html.unescape(alarmed.client("sekretaris").get(f"/perkara/{alarmed.case.pk}/riwayat/").text)
    assert all(text in page for text in texts)


def escalated(world: World, number: int, *, since: datetime) -> None:
    """As many lines of the machine, an hour apart."""
    for index in range(number):
        at = since + index * HOUR
        append(Entry(Event.NOTICE_ESCALATED.value, at, case_id=world.case.pk, payload={"step": index}), now=at)


def noted(world: World, text: str, *, at: datetime) -> None:
    append(Entry(Event.NOTE_ADDED.value, at, actor=world.people["staf"], case_id=world.case.pk, detail={"text": text}), now=at)


def test_a_run_of_the_machines_lines_is_one_entry_that_opens_and_hides_nothing(world: World) -> None:
    escalated(world, 2, since=NOW + DAY)
    noted(world, "Rapat", at=NOW + 2 * DAY)
    escalated(world, 60, since=NOW + 3 * DAY)
    page = history_page(world.case, world.people["staf"], at=NOW, size=4)
    assert [(entry.heading, len(entry.items)) for entry in page.entries] == [
        ("Pemberitahuan diteruskan ke atasan 60 kali", 60),
        ("", 1),
        ("", 1),
        ("", 1),
    ]
    shown = world.client("sekretaris").get(f"/perkara/{world.case.pk}/riwayat/").text
    assert shown.count("<details") == 1
    assert shown.count("Pemberitahuan diteruskan ke atasan.") == 62


def test_a_run_longer_than_a_page_goes_on_on_the_next(world: World) -> None:
    escalated(world, MOST + 30, since=NOW + DAY)
    reader, before, seen, numbers = world.people["staf"], "", [], []
    while True:
        page = history_page(world.case, reader, at=NOW, before=before, size=4)
        seen += [item.line.pk for item in page.items]
        numbers += [len(entry.items) for entry in page.entries if entry.heading]
        before = page.older
        if not before:
            break
    assert numbers == [MOST, 30]
    assert len(seen) == len(set(seen)) == JournalLine.objects.filter(case_id=world.case.pk).count()


def test_what_a_person_did_is_never_folded(world: World) -> None:
    for index in range(5):
        noted(world, str(index), at=NOW + DAY)
    assert not any(entry.heading for entry in history_page(world.case, world.people["staf"], at=NOW).entries)
