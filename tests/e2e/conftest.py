"""One installation with the demo of Jambi behind a real server, and one real browser, for all tests of this folder."""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from konflik.serving.commands import web
from tests.browser import chromium
from tests.installation import DEMO, Installation, wait_until

PASSWORD = "peragaan-di-peramban"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1360, "height": 900}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/akun/masuk/", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@dataclass
class Site:
    """A running installation, the browser that looks at it, and what the browser complained of."""

    own: Installation
    address: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def login(self, username: str, *, phone: bool = False) -> Page:
        """A new window in which somebody of the demo is logged in; on a phone with touch."""
        return self.login_in(self.browser.new_context(viewport=PHONE if phone else DESK, has_touch=phone, locale="id-ID"), username)

    def login_in(self, context: BrowserContext, username: str) -> Page:
        """The same in a window that is there already."""
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.address}/akun/masuk/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{self.address}/")
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        # A refused form answers 400 on purpose; everything else the browser says aloud is a fault of ours.
        if message.type == "error" and "status of 400" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Prepared once for the tests of a module."""
    own = Installation(tmp_path_factory.mktemp("e2e") / "data", KONFLIK_DEMO="1", KONFLIK_DEMO_PASSWORD=PASSWORD, KONFLIK_DEBUG="0")
    port = _free_port()
    try:
        own.begin(DEMO)
        own.start(*web("127.0.0.1", port)[1:])
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(address), seconds=60, what="the web server answers")
        # Not the plugin's fixtures: their event loop would stay open and Django would refuse its database to later tests.
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            yield Site(own, address, browser)
            browser.close()
    finally:
        own.close()
