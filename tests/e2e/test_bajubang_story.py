"""The whole way of one real conflict in a real browser: clerk in the admin, Polres on a phone, and a history that tells it."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site

pytestmark = pytest.mark.e2e

WIB = ZoneInfo("Asia/Jakarta")
TITLE = "Konflik angkutan batu bara di Kecamatan Bajubang"
WORK = "Penyekatan jalur angkutan simpang Bajubang"
RESULT = "Dua regu berjaga. Angkutan dialihkan ke luar permukiman."
TOO_SMALL = """[...document.querySelectorAll("main .button, .nav a, summary")]
    .filter((part) => part.offsetParent && part.getBoundingClientRect().height < 48)
    .map((part) => part.textContent)"""
CLERK, MEMBER = "staf.batanghari", "polres.batanghari"


def ago(**span: int) -> str:
    """An hour gone by, as a browser's field for date and hour takes it, on the clocks of Batanghari."""
    return f"{datetime.now(WIB) - timedelta(**span):%Y-%m-%dT%H:%M}"


def day(**span: int) -> str:
    """A day from today, as a browser's field for dates takes it."""
    return f"{datetime.now(WIB) + timedelta(**span):%Y-%m-%d}"


def send(page: Page) -> None:
    """Press the button of the form on the page."""
    page.locator("form.form button[type=submit]").click()
    page.wait_for_load_state()


def open_in_admin(page: Page, site: Site) -> str:
    """Find the case in the admin's list and open it; gives its number in the database."""
    page.goto(f"{site.address}/admin/konflik/case/")
    page.get_by_role("link", name=re.compile(TITLE)).first.click()
    page.wait_for_url(re.compile(r"/admin/konflik/case/\d+/change/"))
    return re.search(r"/case/(\d+)/", page.url).group(1)


def photograph(folder: Path) -> Path:
    """What the camera of the phone gives."""
    path = folder / "IMG_0001.jpg"
    Image.effect_noise((800, 600), 40).convert("RGB").save(path, "JPEG")
    return path


def clerk_moves_to_penghentian(page: Page) -> None:
    page.get_by_role("link", name="Pindahkan ke penghentian").click()
    send(page)
    refusal = page.locator(".errorlist").first
    expect(refusal).to_contain_text("Waktu terjadinya kekerasan belum ada.")
    expect(refusal).to_contain_text("Dasar: UU 7/2012 Pasal 12.")
    page.fill("[name=violence_occurred_at]", ago(hours=5))
    page.fill("[name=violence_summary]", "Truk dihadang dan dilempari. Polsek Bajubang mengendalikan lapangan.")
    send(page)
    expect(page.get_by_text("Tahap perkara sekarang: Penghentian.")).to_be_visible()


def clerk_plans_for_polres(page: Page, base: str) -> None:
    page.goto(f"{base}/kegiatan-baru/")
    page.select_option("[name=kind]", "uu-32-h")
    page.fill("[name=title]", WORK)
    page.select_option("[name=institution]", label="Polres Batanghari")
    page.fill("[name=planned_end]", day(days=2))
    send(page)
    expect(page.get_by_text("Kegiatan ini menunggu Polres Batanghari.")).to_be_visible()


def member_updates_from_the_phone(page: Page, photo: Path) -> None:
    card = page.locator("article", has_text=WORK)
    expect(card.get_by_text("2 hari lagi")).to_be_visible()
    card.get_by_role("link", name="Perbarui kegiatan").tap()
    page.get_by_label("Berjalan").check()
    page.fill("[name=progress]", "60")
    page.fill("[name=result]", RESULT)
    assert page.get_attribute("[name=photo]", "accept") == "image/*"
    page.set_input_files("[name=photo]", photo)
    expect(page.get_by_text("IMG_0001.jpg")).to_be_visible()
    page.get_by_role("button", name="Perbarui kegiatan").tap()
    expect(page.get_by_text("Tersimpan. Kegiatan diperbarui dan fotonya dilampirkan.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    too_small = page.evaluate(TOO_SMALL)
    assert too_small == []


def clerk_moves_to_pemulihan(page: Page, base: str) -> None:
    page.goto(f"{base}/pindah/pemulihan/")
    page.fill("[name=violence_stopped_at]", ago(hours=2))
    page.fill("[name=security_statement]", "Surat Kapolres Batanghari tentang situasi terkendali.")
    send(page)
    expect(page.get_by_text("Tahap perkara sekarang: Pemulihan.")).to_be_visible()


def clerk_is_refused_without_an_agreement(page: Page, base: str) -> None:
    page.goto(f"{base}/pindah/selesai/")
    missing = page.locator("li", has_text="Kesepakatan para pihak atau putusan pengadilan")
    expect(missing).to_contain_text("Belum ada")
    expect(missing).to_contain_text("bertalian dengan UU 7/2012 Pasal 43")
    page.get_by_role("link", name="Catat kesepakatan").click()


def clerk_records_the_agreement(page: Page) -> None:
    page.wait_for_url(re.compile("/kesepakatan-baru/"))
    page.get_by_label("Musyawarah mufakat").check()
    page.fill("[name=title]", "Kesepakatan jam melintas angkutan batu bara")
    page.fill("[name=agreed_on]", day())
    for box in page.locator("[name=parties]").all():
        box.check()
    page.fill("[name=term-0-text]", "Angkutan melintas pukul 18.00 sampai 05.00.")
    page.fill("[name=term-0-due_on]", day(days=30))
    send(page)
    expect(page.get_by_text("Kesepakatan dengan 1 butir dicatat.")).to_be_visible()


def clerk_closes(page: Page, base: str) -> None:
    page.goto(f"{base}/pindah/selesai/")
    page.fill("[name=recovered_at]", ago(hours=1))
    page.fill("[name=recovery_result]", "Jalan diperbaiki bersama, jam melintas disepakati.")
    send(page)
    expect(page.get_by_text("Tahap perkara sekarang: Selesai.")).to_be_visible()


def test_from_pencegahan_to_selesai(site: Site, tmp_path: Path) -> None:
    clerk = site.login(CLERK)
    pk = open_in_admin(clerk, site)
    base = f"{site.address}/admin/konflik/case/{pk}"
    clerk_moves_to_penghentian(clerk)
    clerk_plans_for_polres(clerk, base)

    member = site.login(MEMBER, phone=True)
    member_updates_from_the_phone(member, photograph(tmp_path))

    clerk_moves_to_pemulihan(clerk, base)
    clerk_is_refused_without_an_agreement(clerk, base)
    clerk_records_the_agreement(clerk)
    clerk_closes(clerk, base)

    history_tells_it(member, f"{site.address}/perkara/{pk}/riwayat/")
    the_photo_comes_back(member, f"{site.address}/perkara/{pk}/")
    assert site.own.manage("verify_journal").returncode == 0
    assert site.complaints == []


def history_tells_it(page: Page, address: str) -> None:
    page.goto(address)
    told = page.locator("main").inner_text()
    expected = [
        "Pemulihan selesai dan perkara ditutup.",
        "dicatat: Kesepakatan jam melintas angkutan batu bara.",
        "Tahap menjadi Pemulihan, sebelumnya Penghentian.",
        f"Dokumen dilampirkan: Foto kegiatan: {WORK}",
        f"Kegiatan {WORK}: status menjadi Berjalan; kemajuan 60 persen",
        f"Kegiatan direncanakan: {WORK}",
        "Tahap menjadi Penghentian, sebelumnya Pencegahan.",
    ]
    assert [words for words in expected if words not in told] == []
    assert "UU 7/2012 Pasal 36 ayat (2)" in told
    assert RESULT in told


def the_photo_comes_back(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("Perkara ini selesai sejak")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(f"Foto kegiatan: {WORK}")).first.click()
    assert download.value.suggested_filename == "IMG_0001.jpg"
    with Image.open(download.value.path()) as picture:
        assert picture.size == (800, 600)
