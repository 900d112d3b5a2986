"""A clerk who works while the parts fall: opens cases and reads pages over HTTP, and remembers every answer."""

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
FORM = "/perkara/baru/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ISSUE = re.compile(r'<select[^>]*name="issue_type".*?<option value="([^"]+)"', re.DOTALL)
ERROR = re.compile(r'class="error[^>]*>(.*?)</', re.DOTALL)
CASE = re.compile(r"^/perkara/(\d+)/$")
PAUSE_SECONDS = 0.3


@dataclass
class Visitor:
    """`opened` are the cases whose opening was answered; `unreachable` counts requests that found no web process."""

    port: int
    cookie: str
    opened: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    unreachable: int = 0

    def __post_init__(self) -> None:
        self._is_leaving = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def come(self) -> None:
        """Begins to work."""
        self._thread.start()

    def leave(self) -> None:
        """Ends the work after the request that is under way."""
        self._is_leaving.set()
        self._thread.join(timeout=120)

    def _work(self) -> None:
        while not self._is_leaving.wait(PAUSE_SECONDS):
            try:
                self._open_case()
            except (OSError, http.client.HTTPException):
                self.unreachable += 1

    def _open_case(self) -> None:
        page, cookies = self._ask("GET", FORM)
        token, issue = TOKEN.search(page), ISSUE.search(page)
        if not token or not issue:
            self.failed.append(f"GET {FORM}: no form")
            return
        facts = {
            "csrfmiddlewaretoken": token[1],
            "issue_type": issue[1],
            "title": f"Portal di jalan kebun {time.time_ns()}",
            "chronology": "Warga memasang portal.",
            "places": "Bungku, Bajubang",
            "source": "d",
            "secrecy": "2",
            "opened_at": datetime.now(WIB).strftime("%Y-%m-%dT%H:%M"),
            "severity": "1",
            "qualification": "potensi",
            "stage": "pencegahan",
        }
        answer, _ = self._ask("POST", FORM, urlencode(facts), cookies)
        if case := CASE.match(answer):
            self.opened.append(int(case[1]))
        else:
            self.failed.append(f"POST {FORM}: {ERROR.findall(answer)}")

    def _ask(self, method: str, path: str, body: str | None = None, cookies: str = "") -> tuple[str, str]:
        """The page, or where it leads to; and the cookies to come back with. What is no answer is an OSError."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"{self.cookie}; {cookies}", "Content-Type": "application/x-www-form-urlencoded"}
        begun = time.monotonic()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        self.seconds.append(time.monotonic() - begun)
        if answer.status >= 500:
            self.failed.append(f"{method} {path}: {answer.status}")
        given = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        return answer.getheader("Location") or text, given
