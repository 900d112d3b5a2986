"""The bell, the list of notices, one notice with its ladder, and the answer by name."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konflik.acts.services.climbing import climb
from konflik.acts.services.confirming import confirm_notice
from konflik.cases.models import Case
from konflik.cases.services.assigning import assign_handler
from konflik.cases.services.deciding import classify_case
from konflik.desk.selectors.history import told
from konflik.desk.selectors.inbox import awaiting
from konflik.journal.models import JournalLine
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice
from konflik.notices.services.scanning import scan
from tests.builders import NOW
from tests.desk.conftest import World
from tests.reading import read


@pytest.fixture(name="world")
def _alarmed(alarmed: World) -> World:
    return alarmed


def mine(world: World, name: str) -> list[Notice]:
    """What stands in the bell of somebody, the newest first."""
    return list(Notice.objects.in_bell_of(world.people[name]).order_by("-pk"))


def bell(page: str) -> str:
    """What the bell says to who cannot see it."""
    return re.search(r'class="bell"[^>]*aria-label="([^"]+)"', page)[1]


def violence(world: World) -> Notice:
    """What the bupati was told when the case came back into penghentian."""
    return Notice.objects.get(recipient=world.people["bupati"], line__event=Event.VIOLENCE_RECURRED.value, channel="bell", step=0)


@pytest.mark.parametrize("path", ["/", "/admin/"])
def test_the_bell_counts_what_is_unread_in_both_houses(world: World, path: str) -> None:
    number = len(mine(world, "sekretaris"))
    assert number > 1
    assert bell(world.client("sekretaris").get(path).text) == f"Pemberitahuan, {number} belum dibaca"


def test_the_bell_asks_one_short_question(world: World) -> None:
    client = world.client("staf")
    client.get("/saya/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/saya/")
    [question] = [one["sql"] for one in asked.captured_queries if "konflik_notice" in one["sql"]]
    assert "LIMIT 100" in question


def test_opening_reads_and_the_read_stand_below(world: World) -> None:
    client, notice = world.client("bupati"), violence(world)
    assert 'id="belum-dibaca"' in client.get("/pemberitahuan/").text
    page = client.get(f"/pemberitahuan/{notice.pk}/")
    assert page.status_code == 200
    notice.refresh_from_db()
    assert notice.seen_at == NOW
    listed = client.get("/pemberitahuan/").text
    assert listed.index(f"/pemberitahuan/{notice.pk}/") > listed.index('id="sudah-dibaca"')


def test_all_at_once_and_what_must_be_answered_still_waits(world: World) -> None:
    client = world.client("bupati")
    assert client.post("/pemberitahuan/dibaca/").status_code == 302
    page = client.get("/pemberitahuan/").text
    assert bell(page) == "Pemberitahuan"
    assert "Menunggu tanggapan Anda" in page


def test_pages_go_on_by_key_over_the_unread_into_the_read(world: World) -> None:
    template = violence(world)
    for number in range(70):
        template.pk, template.milestone, template.seen_at = None, f"H-{number}", NOW if number % 2 else None
        template.save(force_insert=True)
    client, seen, mark = world.client("bupati"), [], ""
    while True:
        page = client.get("/pemberitahuan/", {"sesudah": mark} if mark else {})
        seen += [int(key) for key in re.findall(r'href="/pemberitahuan/(\d+)/"', page.text)]
        mark = page.context["inbox"].next
        if not mark:
            break
    rows = mine(world, "bupati")
    assert seen == [row.pk for row in rows if row.seen_at is None] + [row.pk for row in rows if row.seen_at is not None]


@pytest.mark.parametrize("mark", ["x", "belum-", "belum-x", "sudah-99999999999999999999", "\x00", "belum-1-2"])
def test_an_unreadable_mark_is_the_first_page(world: World, mark: str) -> None:
    assert world.client("bupati").get("/pemberitahuan/", {"sesudah": mark}).status_code == 200


def test_one_notice_says_what_on_which_ground_about_which_case(world: World) -> None:
    text = read(world.client("bupati").get(f"/pemberitahuan/{violence(world).pk}/").text)
    assert "Kekerasan terulang, tahap kembali ke penghentian" in text
    assert world.case.number in text
    assert "UU 7/2012" in text
    assert "22 November 2026, 10.00 WIB" in text
    assert "Salin teks pesan" in text


def test_the_text_to_hand_on_names_nothing_above_biasa(world: World) -> None:
    page = world.client("bupati").get(f"/pemberitahuan/{violence(world).pk}/")
    text = re.search(r'<textarea id="teks"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)[1]
    assert world.case.number in text
    assert world.case.title not in text
    assert "Masuk untuk membaca" in text


def test_the_answer_is_by_name_once_and_shown_to_all_who_were_told(world: World) -> None:
    client, notice = world.client("bupati"), violence(world)
    path = f"/pemberitahuan/{notice.pk}/"
    assert 'name="action_text"' in client.get(path).text
    assert "Tuliskan tindakan Anda" in client.post(path, {"action_text": "  "}).text
    assert client.post(path, {"action_text": "Saya perintahkan Kapolres ke lokasi"}).status_code == 302
    notice.refresh_from_db()
    assert notice.confirmation == "Saya perintahkan Kapolres ke lokasi"
    assert JournalLine.objects.filter(event=Event.NOTICE_CONFIRMED.value, actor=world.people["bupati"]).exists()
    line = JournalLine.objects.get(event=Event.NOTICE_CONFIRMED.value, actor=world.people["bupati"])
    [item] = told([line], world.people["bupati"], world.case.kabupaten, at=NOW)
    assert item.text == (
        "Pemberitahuan diterima: Kekerasan terulang, tahap kembali ke penghentian. Tindakan: Saya perintahkan Kapolres ke lokasi."
    )
    again = client.get(path).text
    assert 'name="action_text"' not in again
    other = Notice.objects.get(recipient=world.people["polres"], line=notice.line, channel="bell")
    shown = read(world.client("polres").get(f"/pemberitahuan/{other.pk}/").text)
    assert "✓ Menerima" in shown
    assert "Saya perintahkan Kapolres ke lokasi" in shown


def test_the_ladder_shows_who_did_not_answer_and_who_is_told_next(world: World) -> None:
    told = {"handler": world.people["polres"], "institution": world.polres, "reason": "Keamanan", "actor": world.people["staf"]}
    assign_handler(case=world.case, seen_version=world.case.version, now=NOW, **told)
    notice = Notice.objects.get(recipient=world.people["polres"], line__event=Event.HANDLER_ASSIGNED.value, channel="bell")
    path = f"/pemberitahuan/{notice.pk}/"
    before = " ".join(read(world.client("polres").get(path).text).split())
    assert "Belum menanggapi" in before
    assert "sampai 23 November 2026, 10.00 WIB, diteruskan kepada Kepala Kesbangpol" in before
    climb(now=NOW + timedelta(hours=25))
    after = read(world.client("polres").get(path).text)
    assert "Tidak menanggapi" in after
    assert "Diteruskan, tingkat 1" in after
    assert "diteruskan kepada" in after  # and above him stands the next


def test_where_everybody_above_knows_it_the_page_says_so(world: World) -> None:
    notice = Notice.objects.get(recipient=world.people["polres"], line=violence(world).line, channel="bell", step=0)
    page = read(world.client("polres").get(f"/pemberitahuan/{notice.pk}/").text)
    assert "Semua yang berada di atasnya sudah diberi tahu." in page
    assert "diteruskan ke atasan" not in page


def test_the_notice_of_somebody_else_is_not_there_and_not_answered_for_him(world: World) -> None:
    path = f"/pemberitahuan/{violence(world).pk}/"
    assert world.client("polres").get(path).status_code == 404
    assert world.client("polres").post(path, {"action_text": "Saya"}).status_code == 404
    # The secretariat settles the ledger here: it may look, not answer.
    assert world.client("staf").get(path).status_code == 200
    assert world.client("staf").post(path, {"action_text": "Saya"}).status_code == 403
    assert violence(world).seen_at is None
    assert world.client("asing").get(path).status_code == 404


def test_a_case_above_the_own_class_is_not_named(world: World) -> None:
    classify_case(
        case=world.case,
        seen_version=world.case.version,
        secrecy=Secrecy.SANGAT_RAHASIA,
        reason="Menyangkut anak",
        actor=world.people["sekretaris"],
        now=NOW,
    )
    notice = Notice.objects.filter(case=world.case, line__isnull=False, channel="bell").exclude(recipient=world.people["staf"]).first()
    page = read(world.client("staf").get(f"/pemberitahuan/{notice.pk}/").text)
    assert world.case.number not in page
    assert world.case.title not in page
    assert EVENT_LABELS[Event(notice.line.event)] not in page
    assert "Salin teks pesan" not in page
    assert "di luar kelas keamanan Anda" in page
    own = Notice.objects.filter(case=world.case, recipient=world.people["sekretaris"], channel="bell").first()
    assert world.case.number in read(world.client("sekretaris").get(f"/pemberitahuan/{own.pk}/").text)


def test_what_others_answered_about_a_case_above_the_own_class_is_not_shown(world: World) -> None:
    notice = violence(world)
    said = "Saya ke dusun kenari"
    confirm_notice(notice=notice, action_text=said, actor=notice.recipient, now=NOW)
    assert said in world.client("staf").get(f"/pemberitahuan/{notice.pk}/").text
    world.case.refresh_from_db()
    seen = {"case": world.case, "seen_version": world.case.version, "actor": world.people["sekretaris"], "now": NOW}
    classify_case(**seen, secrecy=Secrecy.SANGAT_RAHASIA, reason="Menyangkut anak")
    page = world.client("staf").get(f"/pemberitahuan/{notice.pk}/").text
    assert said not in page
    assert "Menerima" in page, "that somebody answered may be known"


def test_a_digest_is_read_by_its_recipient_alone_and_by_the_rights_of_now(world: World) -> None:
    plain = {"source": "digest", "source_id": 1, "source_version": 1, "milestone": "2026-11-22", "kabupaten_id": world.case.kabupaten_id}
    told = {"group": "system", "urgency": "normal", "channel": "bell", "state": "sent", "together": 1, "sent_at": NOW}
    digest = Notice.objects.create(recipient=world.people["bupati"], created_at=NOW, send_after=NOW, **plain, **told)
    path = f"/pemberitahuan/{digest.pk}/"
    assert "tenggat sudah lewat" in read(world.client("bupati").get(path).text)
    assert "tenggat sudah lewat" not in read(world.client("staf").get(path).text)


def test_an_empty_list_says_what_comes_here(world: World) -> None:
    assert "Belum ada pemberitahuan" in world.client("pdp").get("/pemberitahuan/").text


def test_a_reminder_leads_to_its_deadline_for_who_may_open_it(world: World) -> None:
    scan(now=NOW)
    notice = Notice.objects.filter(deadline__isnull=False, recipient=world.people["polres"], channel="bell").last()
    link = f'href="/tenggat/{notice.deadline_id}/"'
    assert link in world.client("polres").get(f"/pemberitahuan/{notice.pk}/").text
    assert world.client("polres").get(f"/tenggat/{notice.deadline_id}/").status_code == 200
    Case.objects.filter(pk=world.case.pk).update(secrecy=Secrecy.SANGAT_RAHASIA)
    assert link not in world.client("polres").get(f"/pemberitahuan/{notice.pk}/").text
    assert link not in world.client("polres").get(f"/pemberitahuan/{violence(world).pk}/").text


def test_who_was_told_in_anothers_place_reads_that_he_has_answered(world: World) -> None:
    told = {"handler": world.people["polres"], "institution": world.polres, "reason": "Keamanan", "actor": world.people["staf"]}
    assign_handler(case=world.case, seen_version=world.case.version, now=NOW, **told)
    line = JournalLine.objects.get(event=Event.HANDLER_ASSIGNED.value)
    notice = Notice.objects.get(recipient=world.people["polres"], line=line, channel="bell")
    climb(now=NOW + timedelta(hours=25))
    above = Notice.objects.get(line=line, step=1, channel="bell")
    name = above.recipient.username.partition("-")[0]
    client = world.client(name)
    assert "Menunggu tanggapan Anda" in client.get(f"/pemberitahuan/{above.pk}/").text
    confirm_notice(notice=notice, action_text="Siap.", actor=world.people["polres"], now=NOW + timedelta(hours=26))
    page = " ".join(read(client.get(f"/pemberitahuan/{above.pk}/").text).split())
    assert "Sudah dijawab oleh polres pada 23 November 2026, 12.00 WIB. Anda tidak perlu menanggapi lagi." in page
    assert "Menunggu tanggapan Anda" not in page
    assert "✓ Sudah dijawab oleh polres" in read(client.get("/pemberitahuan/").text)
    assert above.pk not in [row.told.notice.pk for row in awaiting(above.recipient, at=NOW + timedelta(hours=26))]
