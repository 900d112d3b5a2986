"""The team pages on screens of three widths, in light and dark, by keyboard, and without JavaScript."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Site

pytestmark = pytest.mark.e2e

MEMBER, CLERK = "polres.batanghari", "staf.batanghari"
PAGES = (
    "/",
    "/perkara/",
    "/perkara/{pk}/",
    "/perkara/{pk}/riwayat/",
    "/perkara/{pk}/cetak/",
    "/perkara/{pk}/kegiatan-baru/",
    "/perkara/{pk}/kesepakatan-baru/",
    "/perkara/{pk}/lokasi/",
    "/perkara/baru/",
    "/forum/",
    "/saya/",
    "/statistik/",
    "/publik/",
    "/perkara/999999/",
)
FOREIGN = re.compile(r"\b(Save|Cancel|Submit|Required|Choose|Search|Delete|Next|Previous|Page|Error|Home|None|True|False)\b")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_off_the_side_and_nothing_is_foreign(site: Site, scheme: Literal["light", "dark"]) -> None:
    page = site.login_in(site.browser.new_context(viewport=PHONE, color_scheme=scheme, locale="id-ID"), CLERK)
    page.goto(f"{site.address}/perkara/?q=Bajubang")
    pk = page.locator("a.case-row").first.get_attribute("href").strip("/").split("/")[-1]
    for width in (360, 768, 1360):
        page.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            page.goto(site.address + path.format(pk=pk))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert FOREIGN.findall(page.locator("body").inner_text()) == [], path
    # The page that is not there says so with its own status; the browser repeats it.
    assert [line for line in site.complaints if "status of 404" not in line] == []


def test_an_activity_is_updated_without_javascript(site: Site) -> None:
    context = site.browser.new_context(viewport=PHONE, java_script_enabled=False, locale="id-ID")
    page = site.login_in(context, MEMBER)
    page.get_by_role("link", name="Perbarui kegiatan").first.click()
    page.fill("[name=progress]", "75")
    page.fill("[name=result]", "Diperbarui tanpa skrip.")
    page.get_by_role("button", name="Perbarui kegiatan").click()
    expect(page.get_by_text("Tersimpan. Kegiatan diperbarui.")).to_be_visible()
    expect(page.get_by_text("Diperbarui tanpa skrip.").first).to_be_visible()


def test_a_place_is_found_without_javascript(site: Site) -> None:
    context = site.browser.new_context(viewport=PHONE, java_script_enabled=False, locale="id-ID")
    page = site.login_in(context, CLERK)
    page.goto(f"{site.address}/perkara/baru/")
    page.fill("[name=places]", "bajubang")
    page.get_by_role("button", name="Buka perkara").click()
    page.get_by_label("Kec. Bajubang, Kab. Batanghari", exact=True).check()
    page.fill("[name=title]", "Portal di jalan kebun")
    page.get_by_role("button", name="Buka perkara").click()
    assert page.locator(".field-bad [name=places]").count() == 0
    assert page.input_value("[name=title]") == "Portal di jalan kebun"


def test_by_keyboard_the_content_is_two_keys_away(site: Site) -> None:
    page = site.login(CLERK)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_names_of_places_are_offered_while_typing(site: Site) -> None:
    page = site.login(CLERK)
    page.goto(f"{site.address}/perkara/baru/")
    page.locator("[name=places]").press_sequentially("bungku", delay=20)
    expect(page.locator("datalist option[value='Desa Bungku, Kec. Bajubang, Kab. Batanghari']").first).to_be_attached()
    assert site.complaints == [] or all("status of 404" in line for line in site.complaints)


def test_the_readers_of_the_schema_ask_no_other_host(site: Site) -> None:
    page = site.login(CLERK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    site.complaints.clear()
    for path, shown in (("/api/redoc/", ".menu-content"), ("/api/docs/", ".swagger-ui .opblock")):
        page.goto(site.address + path)
        page.locator(shown).first.wait_for(timeout=60_000)
        page.wait_for_load_state("networkidle")
        expect(page.locator("img[alt='redocly logo']")).to_have_count(0)
    assert [url for url in asked if not url.startswith((site.address, "data:", "blob:"))] == []
    assert site.complaints == []


def test_a_typed_title_stays_when_another_file_is_chosen(site: Site, tmp_path: Path) -> None:
    wrong, right = tmp_path / "salah.exe", tmp_path / "foto.png"
    wrong.write_bytes(b"MZ")
    right.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = site.login(CLERK)
    page.goto(f"{site.address}/admin/konflik/case/1/dokumen/")
    page.fill("form input[name=title]", "Foto penutupan jalan")
    page.set_input_files("form input[type=file]", wrong)
    page.click("button[type=submit]:has-text('Lampirkan dokumen')")
    page.wait_for_selector(".errorlist")
    page.set_input_files("form input[type=file]", right)
    expect(page.get_by_text("foto.png")).to_be_visible()
    assert page.input_value("form input[name=title]") == "Foto penutupan jalan"


def test_a_refused_form_says_that_the_photo_must_be_chosen_again(site: Site, tmp_path: Path) -> None:
    photo = tmp_path / "foto.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = site.login(MEMBER, phone=True)
    page.goto(f"{site.address}/")
    page.locator("a:has-text('Perbarui')").first.click()
    page.fill("input[name=progress]", "120")
    page.set_input_files("input[type=file]", photo)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("pilih sekali lagi")).to_be_visible()


def test_the_sheet_for_the_bupati_is_one_page(site: Site) -> None:
    page = site.login(CLERK)
    for pk in range(1, 5):
        page.goto(f"{site.address}/perkara/{pk}/cetak/")
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1, page.title()
