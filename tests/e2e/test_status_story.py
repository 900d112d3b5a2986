"""The way of a Status Keadaan Konflik in a real browser, with the clock in hand: declared, counted, extended, ended at its instant."""

import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect, sync_playwright

from konflik.law.events import EVENT_LABELS, Event
from konflik.law.status import TNI_ADVISERS, Scale, signs_of
from tests.browser import chromium
from tests.e2e.conftest import PASSWORD, Site, _answers, _free_port
from tests.e2e.test_bajubang_story import open_in_admin, send
from tests.installation import DEMO, Installation, wait_until

pytestmark = pytest.mark.e2e

WIB = ZoneInfo("Asia/Jakarta")
CLERK, BUPATI = "staf.batanghari", "bupati.batanghari"
TOLD_TO_BUPATI = (
    Event.STATUS_CONSULTED,
    Event.STATUS_DECLARED,
    Event.TNI_REQUESTED_ORALLY,
    Event.MEASURE_ORDERED,
    Event.STATUS_EXTENDED,
    Event.STATUS_ENDED,
)
ADDRESSES = """
from accounts.users.models import User
for user in User.objects.all():
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@uji.invalid")
"""
LEDGER = """
import json
from konflik.notices.models import Notice
rows = Notice.objects.filter(group="status", source="line", step=0).select_related("recipient", "line")
print("LEDGER", json.dumps([[row.channel, row.state, row.recipient.username, row.recipient.email, row.line.event] for row in rows]))
"""


@dataclass
class Sink:
    """A mail server that takes everything and remembers to whom and under which subject."""

    taken: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content)
        self.taken += [(to, str(message["Message-ID"])) for to in envelope.rcpt_tos]
        return "250 diterima"


@dataclass
class Travel:
    """A site whose clock is moved, with its mail server."""

    site: Site
    clock: Path
    sink: Sink

    @property
    def now(self) -> datetime:
        """What time it is over there."""
        return datetime.now(UTC) + timedelta(seconds=float(self.clock.read_text()))

    def to(self, at: datetime) -> None:
        """Sets the clock of the server and waits until it goes by it."""
        self.clock.write_text(str((at - datetime.now(UTC)).total_seconds()))
        wait_until(lambda: self._told() >= at.replace(microsecond=0), what="the clock of the server")

    def _told(self) -> datetime:
        """The hour that the server gives with its answers."""
        with urllib.request.urlopen(f"{self.site.address}/akun/masuk/", timeout=30) as answer:
            return parsedate_to_datetime(answer.headers["Date"])

    def ago(self, **span: int) -> str:
        """An hour gone by over there, as a browser's field takes it."""
        return f"{self.now.astimezone(WIB) - timedelta(**span):%Y-%m-%dT%H:%M}"

    @property
    def today(self) -> date:
        """The day over there."""
        return self.now.astimezone(WIB).date()

    def manage(self, *words: str) -> str:
        """A command at the time of the clock."""
        child = self.site.own.start("-m", "tests.e2e.travelling", str(self.clock), "manage", *words)
        told, _ = child.communicate(timeout=300)
        assert child.returncode == 0, told
        return told


@pytest.fixture
def travel(tmp_path: Path) -> Iterator[Travel]:
    """The demo of Jambi behind a server that lives at the time we say; its mail goes to a sink."""
    sink = Sink()
    post = Controller(sink, hostname="127.0.0.1", port=_free_port())
    post.start()
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(post.port), "EMAIL_USE_TLS": "0", "DEFAULT_FROM_EMAIL": "konflik@uji.invalid"}
    own = Installation(tmp_path / "data", KONFLIK_DEMO="1", KONFLIK_DEMO_PASSWORD=PASSWORD, KONFLIK_DEBUG="0", **mail)
    clock = tmp_path / "clock"
    clock.write_text("0")
    port = _free_port()
    try:
        own.begin(DEMO)
        own.manage("shell", "-c", ADDRESSES)
        own.start("-m", "tests.e2e.travelling", str(clock), "serve", "127.0.0.1", str(port))
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(address), seconds=120, what="the web server answers")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            yield Travel(Site(own, address, browser), clock, sink)
            browser.close()
    finally:
        own.close()
        post.stop()


def fill(page: Page, address: str, fields: dict[str, str], *, checked: tuple[str, ...] = ()) -> None:
    """Fills a form and sends it; where the page first shows who will be told, once more."""
    page.goto(address)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    for value in checked:
        page.locator(f"input[value='{value}']").check()
    send(page)


def accepted(page: Page) -> None:
    expect(page.get_by_text("Tersimpan.").first).to_be_visible()


def case_comes_to_penghentian(page: Page, travel: Travel, base: str) -> None:
    facts = {"violence_occurred_at": travel.ago(hours=5), "violence_summary": "Kantor desa dibakar massa."}
    fill(page, f"{base}/pindah/penghentian/", facts)
    accepted(page)


def criteria_then_consultation_then_decree(page: Page, travel: Travel, base: str) -> date:
    page.goto(f"{base}/status/")
    expect(page.get_by_role("heading", name="Belum ada Status Keadaan Konflik")).to_be_visible()
    expect(page.get_by_text("Belum ada bukti bahwa eskalasi Konflik semakin meningkat.", exact=False).first).to_be_visible()
    evidence = {sign.code: f"Laporan Polres: {sign.text}" for sign in signs_of(Scale.KABUPATEN)}
    fill(page, f"{base}/status/syarat/", {"assessed_by": "Rapat Forkopimda", **evidence})
    accepted(page)
    last = travel.today + timedelta(days=89)
    decree = {
        "number": "300/145/2026",
        "decided_on": f"{travel.today}",
        "effective_at": travel.ago(minutes=1),
        "ends_on": f"{last + timedelta(days=1)}",
    }
    first_the_consultation(page, f"{base}/status/tetapkan/", "Catat konsultasi DPRD", "UU 7/2012 Pasal 16")
    page.fill("[name=counterpart]", "Ketua DPRD")
    page.fill("[name=minutes]", "BA 12/DPRD")
    page.locator("input[value='declaration']").check()
    send(page)
    accepted(page)
    fill(page, f"{base}/status/tetapkan/", decree)
    expect(page.locator("main")).to_contain_text("Status berlaku paling lama 90 hari.")
    fill(page, f"{base}/status/tetapkan/", {**decree, "ends_on": f"{last}"})
    accepted(page)
    return last


def first_the_consultation(page: Page, address: str, link: str, basis: str) -> None:
    """The form says what is missing and leads there; nothing can be sent."""
    page.goto(address)
    expect(page.get_by_role("heading", name="Belum dapat dicatat: yang harus ada lebih dahulu")).to_be_visible()
    expect(page.locator("main")).to_contain_text(basis)
    assert page.locator("main form").count() == 0
    page.get_by_role("link", name=link).click()
    page.wait_for_load_state()


def clocks_appear(page: Page, last: date) -> None:
    expect(page.get_by_role("img", name="89 hari lagi")).to_be_visible()
    told = page.locator("main").inner_text()
    for words in ("Status Keadaan Konflik berakhir", "UU 7/2012 Pasal 22", "UU 7/2012 Pasal 30 ayat (1)", f"{last.day} "):
        assert words in told


def word_to_the_tni_counts_down(page: Page, travel: Travel, base: str) -> None:
    page.goto(f"{base}/status/")
    page.get_by_role("link", name="Permintaan lisan").click()
    page.fill("[name=spoken_to]", "Menteri Sekretaris Negara")
    for one in TNI_ADVISERS:
        page.locator(f"input[value='{one.code}']").check()
    send(page)
    accepted(page)
    expect(page.locator(".countdown")).to_have_text(re.compile(r"^(1 hari|23 jam 5\d menit) lagi$"))
    travel.to(travel.now + timedelta(minutes=25))
    page.reload()
    expect(page.locator(".countdown")).to_have_text(re.compile(r"^23 jam [123]?\d menit lagi$"))


def measure_runs_to_the_end(page: Page, travel: Travel, base: str, pk: str, end: datetime) -> None:
    fields = {
        "number": "300/146/2026",
        "area": "Simpang Bungku",
        "starts_at": travel.ago(minutes=1),
        "until_at": f"{end.astimezone(WIB):%Y-%m-%dT%H:%M}",
    }
    fill(page, f"{base}/status/{pk}/tindakan/", fields, checked=("curfew",))
    accepted(page)


def no_extension_without_consultation(page: Page, travel: Travel, base: str, pk: str, last: date) -> None:
    page.goto(f"{base}/status/")
    expect(
        page.get_by_text("Catat dahulu konsultasi dengan pimpinan DPRD kabupaten/kota tentang perpanjangan.", exact=False)
    ).to_be_visible()
    extension = {
        "number": "300/201/2026",
        "decided_on": f"{travel.today}",
        "new_ends_on": f"{last + timedelta(days=30)}",
        "evaluation": "Laporan pengendalian nomor 7",
    }
    expect(page.get_by_role("link", name="Catat konsultasi perpanjangan").first).to_be_visible()
    first_the_consultation(page, f"{base}/status/{pk}/perpanjang/", "Catat konsultasi perpanjangan", "UU 7/2012 Pasal 30 ayat (1)")
    fill(page, f"{base}/status/konsultasi/", {"counterpart": "Ketua DPRD", "minutes": "BA 20/DPRD"}, checked=("extension",))
    accepted(page)
    fill(page, f"{base}/status/{pk}/perpanjang/", extension)
    accepted(page)
    expect(page.get_by_text("UU 7/2012 Pasal 29 ayat (1)", exact=False).first).to_be_visible()


def it_ends_at_the_very_instant(page: Page, travel: Travel, base: str, end: datetime) -> None:
    travel.to(end - timedelta(minutes=2))
    page = again(page, travel)
    page.goto(f"{base}/status/")
    expect(page.get_by_role("heading", name="Status Keadaan Konflik berlaku")).to_be_visible()
    expect(page.locator("#tindakan-pembatasan .tag")).to_have_text("Berlaku")
    travel.to(end + timedelta(seconds=1))
    page.reload()
    # No sweep has come by: nothing was written, and still everything has ended.
    expect(page.get_by_role("heading", name="Status Keadaan Konflik sudah berakhir")).to_be_visible()
    expect(page.locator("#tindakan-pembatasan .tag")).to_have_text("Berakhir")
    page.goto(f"{base}/")
    expect(page.get_by_text("Status Keadaan Konflik sudah berakhir")).to_be_visible()


def again(page: Page, travel: Travel) -> Page:
    """After a leap nobody is logged in any more."""
    page.close()
    return travel.site.login(CLERK)


def test_from_criteria_to_the_last_instant(travel: Travel) -> None:
    site = travel.site
    clerk = site.login(CLERK)
    pk = open_in_admin(clerk, site)
    base = f"{site.address}/perkara/{pk}"
    case_comes_to_penghentian(clerk, travel, base)
    last = criteria_then_consultation_then_decree(clerk, travel, base)
    clocks_appear(clerk, last)
    word_to_the_tni_counts_down(clerk, travel, base)

    travel.to(datetime.combine(last - timedelta(days=15), time(9), WIB))
    clerk = again(clerk, travel)
    status = status_of(clerk, base)
    no_extension_without_consultation(clerk, travel, base, status, last)
    end = datetime.combine(last + timedelta(days=31), time(), WIB)
    measure_runs_to_the_end(clerk, travel, base, status, end)
    it_ends_at_the_very_instant(clerk, travel, base, end)

    travel.to(end + timedelta(hours=5))
    assert "1 status berakhir" in travel.manage("sweep")
    assert "0 status berakhir" in travel.manage("sweep")
    history_tells_it(travel, base, end)
    everybody_was_told(travel, base)
    assert site.own.manage("verify_journal").returncode == 0
    assert site.complaints == []


def status_of(page: Page, base: str) -> str:
    """The number of the status, from the address of its acts."""
    page.goto(f"{base}/status/")
    found = page.locator("a[href*='/cabut/']").get_attribute("href")
    assert found
    return re.search(r"/status/(\d+)/", found)[1]  # type: ignore[index]


def history_tells_it(travel: Travel, base: str, end: datetime) -> None:
    page = travel.site.login(CLERK)
    page.goto(f"{base}/riwayat/")
    told = page.locator("main").inner_text()
    # Whoever did not answer for weeks was passed over, office by office: those steps stand on the first pages.
    while "Status Keadaan Konflik berakhir" not in told:
        page.get_by_role("link", name="Catatan yang lebih lama").click()
        told = page.locator("main").inner_text()
    assert "Status Keadaan Konflik berakhir: jangka waktunya habis." in told
    assert "1 tindakan pembatasan ikut berakhir." in told
    here = end.astimezone(WIB)
    assert f"{here.day} " in told
    page.goto(f"{base}/status/cetak/")
    expect(page.get_by_role("heading", name=re.compile("^Berakhir"))).to_be_visible()


def everybody_was_told(travel: Travel, base: str) -> None:
    """Every row of the ledger on these events: the bell was written, the mail lies in the sink, once each."""
    out = travel.manage("shell", "-c", LEDGER)
    rows = json.loads(out.partition("LEDGER ")[2].splitlines()[0])
    assert rows
    assert [row for row in rows if row[1] != "sent"] == []
    mails = [row[3] for row in rows if row[0] == "email"]
    assert mails
    assert len(set(travel.sink.taken)) >= len(mails)
    for address in set(mails):
        assert sum(to == address for to, _ in set(travel.sink.taken)) >= mails.count(address)
    for event in TOLD_TO_BUPATI:
        channels = {row[0] for row in rows if row[2] == BUPATI and row[4] == event.value}
        assert channels == {"bell", "email"}, event
    bupati = travel.site.login(BUPATI)
    bupati.goto(f"{travel.site.address}/pemberitahuan/")
    bell = bupati.locator("main").inner_text()
    assert [EVENT_LABELS[event] for event in TOLD_TO_BUPATI if EVENT_LABELS[event] not in bell] == []
