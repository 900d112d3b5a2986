"""The public page: for everybody, from frozen releases only, the same bytes for all, kept by any cache."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.postings.tables import Role
from konflik.journal.models import JournalLine
from konflik.law.secrecy import Secrecy
from konflik.law.sources import SOURCE_LABELS
from konflik.public.models import PublicNote
from konflik.public.services import NoteFacts, amend_note, record_note
from konflik.public.tables import CHAPTERS
from konflik.statistics.models import Release, RoundingYear
from konflik.statistics.selectors.released import latest, sheets, tidy
from konflik.statistics.services import freeze_months
from konflik.statistics.tables.rounding import Span
from tests.builders import BATANGHARI, DAY, JAMBI, NOW, PASER, a_case, a_user, region
from tests.statistics.test_freezing import cell

pytestmark = pytest.mark.django_db

PAGE, NUMBERS = "/publik/", "/publik/angka.csv"
DECEMBER = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def clerk(db: None) -> Any:
    a_user(at=PASER)
    return a_user(Role.SEKRETARIS_TIM)


@pytest.fixture
def released(clerk: Any) -> Any:
    """Two months: 12 and then 6 openings of one source, which rounding leaves as they are."""
    RoundingYear.objects.create(year=2026, k=5, seed="ab" * 32)
    cell(date(2026, 10, 1), 12)
    cell(date(2026, 11, 1), 6)
    freeze_months(now=DECEMBER)
    return clerk


def test_everybody_reads_what_the_law_wants_told() -> None:
    page = Client().get(PAGE)
    assert page.status_code == 200
    text = page.content.decode()
    for chapter in CHAPTERS:
        assert chapter.title in text
        assert str(chapter.basis) in text
    assert [chapter.basis.huruf for chapter in CHAPTERS] == ["a", "b", "c", "d"]
    assert "UU 7/2012 Pasal 10 ayat (2)" in text


def test_before_the_first_release_it_says_what_comes(clerk: Any) -> None:
    a_case(actor=clerk, opened_at=NOW)
    assert "Belum ada angka yang terbit" in Client().get(PAGE).content.decode()
    assert list(csv.reader(Client().get(NUMBERS).getvalue().decode().splitlines()))[1:] == []


def test_numbers_are_sums_and_differences_of_what_was_released(released: Any) -> None:
    opened, moved, by_source = sheets(latest())  # type: ignore[arg-type]
    batanghari, paser = opened.lines
    d = list(SOURCE_LABELS).index("d")
    assert (batanghari.cells[d].number, batanghari.total.number, opened.foot.total.number) == (18, 18, 18)
    assert paser.total.is_hidden
    assert (paser.cells[d].span.least, paser.cells[d].span.most, paser.total.span.most) == (0, 5, 25)
    assert [(month.month, line.total.number) for month, line in opened.trend] == [(10, 12), (11, 6)]
    assert moved.foot.total.is_hidden
    assert [line.label for line in by_source.lines] == list(SOURCE_LABELS.values())


def test_moves_by_stage_and_by_source_are_sums_of_one_set_of_leaves(clerk: Any) -> None:
    RoundingYear.objects.create(year=2026, k=5, seed="ab" * 32)
    for source, entered, number, kabupaten in (
        ("d", "penghentian", 12, BATANGHARI),
        ("a", "penghentian", 6, BATANGHARI),
        ("d", "pemulihan", 18, PASER),
    ):
        cell(date(2026, 10, 1), number, kabupaten=kabupaten, source=source, left="pencegahan", entered=entered)
    freeze_months(now=NOW)
    _, moved, by_source = sheets(latest())  # type: ignore[arg-type]
    assert [[one.number for one in line.cells] for line in moved.lines] == [[18, 0, 0], [0, 18, 0]]
    assert {line.label[:6]: [one.number for one in line.cells] for line in by_source.lines if line.total.number} == {
        "Politi": [6, 0, 0],
        "Sumber": [12, 18, 0],
    }
    assert [one.number for one in moved.foot.cells] == [one.number for one in by_source.foot.cells] == [18, 18, 0]
    # As uncertain as the leaves it is made of: five sources, and of the foot two kabupaten.
    assert (moved.lines[0].cells[0].span, moved.lines[0].cells[0].is_leaf) == (Span(8, 43), False)
    assert "Menurut sumber konflik" in Client().get(PAGE).content.decode()


def test_what_is_withheld_is_shown_as_withheld_with_its_reason(released: Any) -> None:
    text = Client().get(PAGE).content.decode()
    assert "≤ 5" in text
    assert "Mengapa ada angka yang disamarkan?" in text
    assert "dibulatkan ke kelipatan 6" in text


def test_every_leaf_stands_in_the_file(released: Any) -> None:
    rows = list(csv.DictReader(Client().get(NUMBERS).getvalue().decode().splitlines()))
    assert len(rows) == len(list(tidy())) == 2 * 2 * 20
    [row] = [one for one in rows if (one["month"], one["region_code"], one["category"]) == ("2026-11", BATANGHARI, "d")]
    assert (row["since_january"], row["added"], row["least"], row["most"]) == ("18", "6", "13", "23")


def test_no_true_count_stands_anywhere_and_each_lies_within_what_is_told(clerk: Any) -> None:
    RoundingYear.objects.create(year=2026, k=5, seed="cd" * 32)
    true = {(BATANGHARI, "d"): 13, (BATANGHARI, "a"): 7, (PASER, "c"): 11, (PASER, "e"): 3}
    for (kabupaten, source), number in true.items():
        cell(date(2026, 10, 1), number, kabupaten=kabupaten, source=source)
    freeze_months(now=NOW)
    release = latest()
    assert release is not None
    told = sheets(release)
    shown = [one for sheet in told for line in (*sheet.lines, sheet.foot) for one in (*line.cells, line.total)]
    assert {one.number % 6 for one in shown} == {0}
    rows = list(csv.DictReader(Client().get(NUMBERS).getvalue().decode().splitlines()))
    assert {int(row[name]) % 6 for row in rows for name in ("since_january", "added")} == {0}
    opened = told[0]
    sums = {BATANGHARI: 20, PASER: 14}
    for line, number in zip(opened.lines, sums.values(), strict=True):
        assert line.total.span.least <= number <= line.total.span.most
    assert opened.foot.total.span.least <= 34 <= opened.foot.total.span.most
    assert opened.foot.total.span.most - opened.foot.total.span.least >= 10, "no margin is told more exactly than its parts"


def test_a_new_year_begins_at_nought(released: Any) -> None:
    cell(date(2027, 1, 1), 24)
    freeze_months(now=datetime(2027, 2, 20, tzinfo=UTC))
    opened = sheets(latest())[0]  # type: ignore[arg-type]
    assert opened.foot.total.number == 24
    assert [line.total.number for _, line in opened.trend] == [12, 6, 0, 24]


@pytest.mark.parametrize("address", [PAGE, NUMBERS])
def test_any_cache_may_keep_it_and_asks_whether_it_changed(released: Any, address: str) -> None:
    first = Client().get(address)
    assert first["Cache-Control"] == "public, max-age=600"
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    cell(date(2026, 12, 1), 60)
    freeze_months(now=datetime(2027, 1, 20, tzinfo=UTC))
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert Client().post(address).status_code == 405


@pytest.mark.parametrize("address", [PAGE, NUMBERS])
def test_cases_that_are_not_frozen_or_are_sealed_change_no_byte(released: Any, address: str) -> None:
    def answer() -> tuple[bytes, str]:
        page = Client().get(address)
        return page.getvalue(), page["ETag"]

    before = answer()
    a_case(actor=released, opened_at=NOW, secrecy=Secrecy.RAHASIA)
    assert answer() == before
    a_case(actor=released, opened_at=NOW, secrecy=Secrecy.BIASA)
    assert answer() == before
    assert Release.objects.count() == 2


def test_whoever_is_logged_in_reads_the_same_and_keeps_nothing(released: Any) -> None:
    known = Client()
    known.force_login(released)
    page = known.get(PAGE)
    assert page.content == Client().get(PAGE).content
    assert page["Cache-Control"] == "no-store"


def test_announcements_stand_in_their_chapter_while_they_hold(clerk: Any) -> None:
    today = timezone.localdate()
    told = {"kabupaten": region(BATANGHARI), "text": "Isi <b>tebal</b>", "source": "SK 1/2026"}
    for title, section, since, until in (
        ("Berlaku", "warning", today, None),
        ("Kebijakan", "policy", today - DAY, today + DAY),
        ("Besok", "warning", today + DAY, None),
        ("Ditarik", "policy", today - DAY, today),
    ):
        PublicNote.objects.create(title=title, section=section, published_on=since, withdrawn_on=until, **told)
    text = Client().get(PAGE).content.decode()
    assert [f"<h3>{title}</h3>" in text for title in ("Berlaku", "Kebijakan", "Besok", "Ditarik")] == [True, True, False, False]
    assert text.index("<h3>Berlaku</h3>") < text.index('id="angka"') < text.index("<h3>Kebijakan</h3>")
    assert "Isi &lt;b&gt;tebal&lt;/b&gt;" in text


def test_an_announcement_is_not_withdrawn_before_it_is_shown(clerk: Any) -> None:
    note = PublicNote(section="policy", kabupaten=region(BATANGHARI), title="x", text="x", source="x", published_on=date(2026, 2, 1))
    note.withdrawn_on = date(2026, 1, 31)
    with pytest.raises(ValidationError, match="tidak boleh sebelum tanggal tampil"):
        note.full_clean()


def test_the_secretary_announces_for_his_own_kabupaten_only(clerk: Any) -> None:
    page = Client()
    page.force_login(clerk)
    form = {"section": "warning", "title": "Portal", "text": "Hindari jalan kebun.", "source": "SE 1/2026", "published_on": "2026-11-01"}
    assert page.post("/admin/konflik/publicnote/add/", {**form, "kabupaten": PASER}).status_code == 200
    assert not PublicNote.objects.exists()
    assert page.post("/admin/konflik/publicnote/add/", {**form, "kabupaten": BATANGHARI}).status_code == 302
    assert PublicNote.objects.get().kabupaten_id == BATANGHARI


def test_an_announcement_says_who_and_when_and_leaves_a_line_for_each_change(clerk: Any) -> None:
    facts = NoteFacts("warning", region(BATANGHARI), "Portal", "Hindari jalan kebun.", "SE 1/2026", date(2026, 11, 1))
    note = record_note(facts=facts, actor=clerk, now=NOW)
    amend_note(note=note, facts=replace(facts, withdrawn_on=date(2026, 11, 9)), actor=clerk, now=NOW + DAY)
    same = amend_note(note=note, facts=replace(facts, withdrawn_on=date(2026, 11, 9)), actor=clerk, now=NOW + 2 * DAY)
    assert (same.recorded_by, same.recorded_at, same.updated_by, same.updated_at) == (clerk, NOW, clerk, NOW + DAY)
    lines = JournalLine.objects.filter(event__startswith="public_note").order_by("pk")
    assert [(line.event, line.actor, line.kabupaten_id, line.recorded_at) for line in lines] == [
        ("public_note_recorded", clerk, BATANGHARI, NOW),
        ("public_note_amended", clerk, BATANGHARI, NOW + DAY),
    ]
    assert lines[1].payload["after"] == {"withdrawn_on": "2026-11-09"}
    # Words can be erased one day; the chain is for ever.
    assert "Hindari" not in str(lines[0].payload)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kabupaten": PASER}, "kabupaten"),
        ({"kabupaten": JAMBI}, "kabupaten"),
        ({"withdrawn_on": date(2026, 10, 1)}, "__all__"),
        ({"title": ""}, "title"),
        ({"section": "elsewhere"}, "section"),
    ],
)
def test_a_wrong_announcement_is_refused_and_leaves_nothing(clerk: Any, change: dict[str, Any], field: str) -> None:
    facts = NoteFacts("warning", region(BATANGHARI), "Portal", "Hindari jalan kebun.", "SE 1/2026", date(2026, 11, 1))
    note = record_note(facts=facts, actor=clerk, now=NOW)
    told = {name: region(value) if name == "kabupaten" else value for name, value in change.items()}
    for act in (
        lambda: record_note(facts=replace(facts, **told), actor=clerk, now=NOW),
        lambda: amended(note, replace(facts, **told), clerk),
    ):
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            act()
        assert set(refused.value.message_dict) == {field}
    assert PublicNote.objects.get().title == "Portal"
    assert JournalLine.objects.filter(event__startswith="public_note").count() == 1


def amended(note: PublicNote, facts: NoteFacts, actor: Any) -> PublicNote:
    return amend_note(note=note, facts=facts, actor=actor, now=NOW)


def test_the_admin_writes_through_the_service(clerk: Any) -> None:
    page = Client()
    page.force_login(clerk)
    form = {"section": "warning", "title": "Portal", "text": "Hindari jalan kebun.", "source": "SE 1/2026", "published_on": "2026-11-01"}
    page.post("/admin/konflik/publicnote/add/", {**form, "kabupaten": BATANGHARI})
    note = PublicNote.objects.get()
    assert (note.recorded_by, JournalLine.objects.filter(event="public_note_recorded").count()) == (clerk, 1)
    address = f"/admin/konflik/publicnote/{note.pk}/change/"
    assert "Dicatat oleh" in page.get(address).content.decode()
    assert page.post(address, {**form, "kabupaten": BATANGHARI, "withdrawn_on": "2026-10-01"}).status_code == 200
    assert page.post(address, {**form, "kabupaten": BATANGHARI, "withdrawn_on": "2026-11-05"}).status_code == 302
    assert JournalLine.objects.get(event="public_note_amended").actor == clerk
