"""axe-core finds nothing serious on the pages of numbers, on two widths, in light and dark; and they fit the screen."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import DESK, PHONE, Site
from tests.profiles import IS_POSTGRES

pytestmark = pytest.mark.e2e

CLERK, OBSERVER = "staf.batanghari", "pengamat.jambi"
SCHEMES = ("light",) if IS_POSTGRES else ("light", "dark")
"""Colours are those of the same files on both databases."""
GRAVE = {"serious", "critical"}


def grave_faults(page: Page) -> list[str]:
    """What axe-core calls serious or worse, with the first place of each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in GRAVE]


def test_a_fault_would_be_found(site: Site) -> None:
    page = site.browser.new_context(viewport=PHONE, locale="id-ID").new_page()
    page.set_content("<html lang='id'><title>x</title><main><img src='x.png'><button></button></main>")
    assert {fault.split(":")[0] for fault in grave_faults(page)} == {"image-alt", "button-name"}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_grave_on_the_pages_of_numbers(site: Site, scheme: Literal["light", "dark"], screen: dict[str, int]) -> None:
    site.own.manage("freeze_statistics")

    def window() -> Page:
        return site.browser.new_context(viewport=screen, color_scheme=scheme, locale="id-ID").new_page()

    nobody = window()
    visits = [(nobody, "/publik/")]
    for username, address in ((OBSERVER, "/statistik/"), (OBSERVER, "/statistik/?wilayah=15.04"), (CLERK, "/admin/konflik/release/")):
        context = site.browser.new_context(viewport=screen, color_scheme=scheme, locale="id-ID")
        visits.append((site.login_in(context, username), address))
    for page, address in visits:
        page.goto(site.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], address
        assert grave_faults(page) == [], address
