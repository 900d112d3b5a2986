"""The outbox of the secretariat: every state has its tab, a person decides what the ledger cannot, rules say when they last fired."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from konflik.clocks.models import Deadline
from konflik.desk.tables.outbox import TABS
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.rulebook import RULES
from konflik.law.telling import TELLINGS
from konflik.notices.models import Heartbeat, Notice
from konflik.notices.services.scanning import scan
from konflik.notices.tables import RECONCILE, SWEEP, State
from tests.builders import NOW
from tests.desk.conftest import World
from tests.reading import read

HOUSES = ("/pemberitahuan/keluar/", "/admin/konflik/notice/")


@pytest.fixture(name="world")
def _alarmed(alarmed: World) -> World:
    return alarmed


def a_mail(world: World, state: State, **told: Any) -> Notice:
    """A mail about the case in this state."""
    row = Notice.objects.filter(recipient=world.people["bupati"], channel="bell").first()
    plain = {"channel": "email", "state": state.value, "sent_at": NOW if state is State.SENT else None, "must_confirm": False}
    lease = {"lease_by": "satu", "lease_until": NOW + timedelta(minutes=3)} if state is State.SENDING else {}
    row.pk = None
    for name, value in {**plain, **lease, "confirm_until": None, **told}.items():
        setattr(row, name, value)
    row.milestone = f"H-{Notice.objects.count()}"
    row.save(force_insert=True)
    return row


def keys(page: str) -> set[int]:
    return {int(key) for key in re.findall(r'href="/pemberitahuan/(\d+)/"', page)}


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_each_state_stands_in_its_tab_and_in_no_other(world: World, house: str, tab) -> None:
    rows = {state: a_mail(world, state) for one in TABS for state in one.states}
    found = keys(world.client("staf").get(house, {"keadaan": tab.name}).text)
    assert {state for state, row in rows.items() if row.pk in found} == set(tab.states)


@pytest.mark.parametrize("house", HOUSES)
def test_a_row_says_what_to_whom_how_often_and_what_hindered_it(world: World, house: str) -> None:
    a_mail(world, State.FAILED, sends=1, refusals=3, fault="550 5.1.1 no such user")
    text = read(world.client("staf").get(house, {"keadaan": "gagal"}).text)
    for words in ("bupati", "Bupati", "Surel", "1 kirim", "3 ditolak", "Server surel menolak pesan atau alamatnya (kode 550)."):
        assert words in text


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_an_empty_tab_says_what_comes_here(world: World, tab) -> None:
    Notice.objects.update(kabupaten=None)
    assert tab.empty[:30] in read(world.client("staf").get(HOUSES[0], {"keadaan": tab.name}).text)


@pytest.mark.parametrize(("decision", "state"), [("resend", State.PENDING), ("arrived", State.SENT), ("give_up", State.CANCELLED)])
@pytest.mark.parametrize("house", HOUSES)
def test_a_person_decides_with_a_reason(world: World, house: str, decision: str, state: State) -> None:
    row, client = a_mail(world, State.PARKED, sends=2), world.client("staf")
    path = f"{house}{row.pk}/putuskan/"
    assert client.get(path).status_code == 200
    refused = client.post(path, {"decision": decision, "reason": " "})
    assert refused.status_code == 400
    assert "Tuliskan alasan keputusan." in refused.text
    assert client.post(path, {"decision": decision, "reason": "Sudah ditelepon"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.settled_by) == (state.value, world.people["staf"])
    assert JournalLine.objects.filter(event=Event.NOTICE_SETTLED.value).count() == 1
    assert "tidak menunggu keputusan" in client.get(path).text


@pytest.mark.parametrize("state", [State.SENT, State.PENDING, State.UNCERTAIN])
def test_what_the_ledger_does_itself_is_not_decided(world: World, state: State) -> None:
    row, client = a_mail(world, state), world.client("staf")
    page = client.get(f"{HOUSES[0]}{row.pk}/putuskan/")
    assert 'name="decision"' not in page.text
    client.post(f"{HOUSES[0]}{row.pk}/putuskan/", {"decision": "give_up", "reason": "Coba"})
    row.refresh_from_db()
    assert row.state == state.value


@pytest.mark.parametrize("name", ["bupati", "polres", "camat", "provinsi", "pdp", "admin"])
def test_others_do_not_come_in(world: World, name: str) -> None:
    row = a_mail(world, State.PARKED, sends=2)
    for path in ("", "terakhir/", f"{row.pk}/putuskan/"):
        assert world.client(name).get(HOUSES[0] + path).status_code == 403


def test_the_ledger_of_another_kabupaten_is_not_there(world: World) -> None:
    row = a_mail(world, State.PARKED, sends=2)
    assert world.client("asing").get(f"{HOUSES[0]}{row.pk}/putuskan/").status_code == 404
    assert keys(world.client("asing").get(HOUSES[0], {"keadaan": "keputusan"}).text) == set()


def test_pages_go_on_by_key(world: World) -> None:
    rows = [a_mail(world, State.FAILED).pk for _ in range(35)]
    client = world.client("staf")
    first = client.get(HOUSES[0], {"keadaan": "gagal"})
    second = client.get(HOUSES[0], {"keadaan": "gagal", "sebelum": first.context["page"].next})
    assert keys(first.text) | keys(second.text) >= set(rows)
    assert not keys(first.text) & keys(second.text)


def test_the_menu_counts_what_waits_for_a_person(world: World) -> None:
    for state in (State.PARKED, State.FAILED, State.SENT):
        a_mail(world, state)
    page = world.client("staf").get("/admin/").text
    assert re.search(r"Kotak keluar\s*</span>\s*(?:<[^>]*>\s*)*2\b", page), re.search(r"Kotak keluar.{400}", page, re.DOTALL)[0]


@pytest.mark.parametrize("house", HOUSES)
def test_every_rule_and_event_says_when_it_last_fired_and_what_a_sweep_would_find(world: World, house: str) -> None:
    page = world.client("staf").get(f"{house}terakhir/")
    assert len(page.context["rules"]) == len(RULES.rules)
    assert len(page.context["events"]) == len(TELLINGS)
    fired = {one.label: one for one in page.context["events"]}
    assert fired["Kekerasan terulang, tahap kembali ke penghentian"].last_at == NOW
    assert fired["Status Keadaan Konflik ditetapkan"].last_at is None
    # The activity of the world was due two days ago, and no sweep has come by since.
    due = {one.label: one.waiting for one in page.context["rules"] if one.waiting}
    assert set(due.values()) <= {1}


def test_the_last_sweep_and_what_reconciliation_found(world: World) -> None:
    client = world.client("staf")
    assert "Belum pernah ada pemeriksaan yang lengkap." in read(client.get(HOUSES[0]).text)
    Heartbeat.objects.create(name=SWEEP, started_at=NOW, finished_at=NOW - timedelta(minutes=2))
    assert "Pengawasan berjalan." in read(client.get(HOUSES[0]).text)
    assert "Pengawasan tenggat terhenti." not in read(client.get("/").text)
    tally = {"findings": [["missing", "deadline", 7], ["missing", "deadline", 8]]}
    Heartbeat.objects.create(name=RECONCILE, started_at=NOW, finished_at=NOW, tally=tally)
    assert "2 × tenggat atau kejadian tanpa pemberitahuan" in read(client.get(f"{HOUSES[0]}terakhir/").text)


@pytest.mark.parametrize("path", ["/", "/admin/"])
def test_a_watch_that_stands_still_is_said_on_every_page_of_who_sees_to_it(world: World, path: str, monkeypatch) -> None:
    monkeypatch.setattr("konflik.desk.web.shell.STARTED", NOW - timedelta(hours=2))
    assert timezone.now() == NOW
    Heartbeat.objects.create(name=SWEEP, started_at=NOW, finished_at=NOW - timedelta(minutes=20))
    for name in ("staf", "admin"):
        assert "Pengawasan tenggat terhenti." in world.client(name).get(path).text
    assert "Pemeriksaan terakhir lewat 20 menit" not in world.client("polres").get("/").text


@pytest.mark.parametrize("house", HOUSES)
def test_a_dry_run_says_whom_a_sweep_would_remind_and_writes_nothing(world: World, house: str) -> None:
    late = Deadline.objects.filter(state="running", due_at__lt=NOW).first()
    Notice.objects.filter(deadline=late).delete()
    Deadline.objects.filter(pk=late.pk).update(next_notice_at=late.due_at)
    before = Notice.objects.count()
    client = world.client("staf")
    [due] = [one for one in client.get(f"{house}terakhir/").context["rules"] if one.code == late.rule]
    page = client.get(f"{house}terakhir/", {"aturan": due.code})
    dry = page.context["dry"]
    assert [one.deadline for one in dry.now] == [late]
    assert (due.waiting, bool(dry.now[0].people), bool(dry.now[0].kind)) == (1, True, True)
    assert dry.now[0].title in read(page.text)
    assert Notice.objects.count() == before
    scan(now=NOW)
    assert Notice.objects.filter(deadline=late, milestone__startswith="L+").exists(), "the sweep does what was shown"
    assert client.get(f"{house}terakhir/", {"aturan": due.code}).context["dry"].now == []
    assert client.get(f"{house}terakhir/", {"aturan": "tidak-ada"}).context["dry"] is None
