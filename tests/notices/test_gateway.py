"""The HTTP gateway against a local one that does as it is told: signed, idempotent, and honest about what it knows."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.notices.models import Gateway, Notice
from konflik.notices.selectors.wording import key_of
from konflik.notices.services.channels.gateway import GatewaySender, keep_gateway_secret, post, refuse_unsafe_address
from konflik.notices.services.channels.outcomes import Outcome
from konflik.notices.services.sending import claim, new_worker, send
from konflik.notices.tables import Channel, State
from tests.builders import HOUR, NOW, a_user
from tests.notices.mail_server import closed_port
from tests.notices.making import a_pending_mail, reachable

pytestmark = pytest.mark.django_db
SECRET = "rahasia-bersama-gerbang-9182"


class Asked:
    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.url = ""


@contextmanager
def answering(status: int = 200, body: bytes = b'{"id": "SMS-77"}', *, slow: float = 0, cut: bool = False) -> Iterator[Asked]:
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.requests.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            time.sleep(slow)
            if cut:
                self.connection.close()
                return
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/lain")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    asked.url = f"http://127.0.0.1:{server.server_port}/kirim?kanal=wa"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def notice(tmp_path: Path, settings: object) -> Notice:
    settings.GATEWAY_SECRET_FILE = tmp_path / "gateway_secret"
    keep_gateway_secret(SECRET)
    reader = reachable(a_user(Role.STAF_SEKRETARIAT), phone="+628121234567")
    return a_pending_mail(reader, channel=Channel.GATEWAY.value)


def attempt(notice: Notice, url: str) -> Notice:
    Gateway.objects.update_or_create(name="Uji", defaults={"url": url, "is_active": True})
    worker = new_worker()
    claim(worker=worker, now=NOW + HOUR)
    send(notice_id=notice.pk, worker=worker, now=NOW + HOUR, senders={Channel.GATEWAY: GatewaySender(step=0.4, whole=1)})
    notice.refresh_from_db()
    return notice


def test_a_request_is_signed_over_its_time_and_text_and_the_receipt_is_kept(notice: Notice) -> None:
    with answering() as asked:
        sent = attempt(notice, asked.url)
    [(headers, body)] = asked.requests
    told = json.loads(body)
    assert (sent.state, sent.receipt, sent.sends) == (State.SENT, "SMS-77", 1)
    assert (told["to"], told["id"], headers["Idempotency-Key"]) == ("+628121234567", key_of(notice), key_of(notice))
    at = headers["X-Konflik-Timestamp"]
    assert int(at) == int((NOW + HOUR).timestamp())
    seal = hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Konflik-Signature"] == f"sha256={seal}"
    assert SECRET not in str(asked.requests)


ANSWERS = [
    # status, body, state, sends
    (201, b'{"id": 12}', State.SENT, 1),
    (200, b"bukan json", State.SENT, 1),
    (200, b'{"id": ["a"]}', State.SENT, 1),
    (301, b"", State.PENDING, 0),
    (401, b"", State.PENDING, 0),
    (422, b"", State.FAILED, 0),
    (429, b"", State.PENDING, 0),
    (500, b"", State.UNCERTAIN, 1),
    (502, b"", State.UNCERTAIN, 1),
    (503, b"", State.PENDING, 0),
]


@pytest.mark.parametrize(("status", "body", "state", "sends"), ANSWERS, ids=[f"{row[0]}-{row[1][:8]!r}" for row in ANSWERS])
def test_each_answer_gives_the_state_that_it_proves(notice: Notice, status: int, body: bytes, state: State, sends: int) -> None:
    with answering(status, body) as asked:
        done = attempt(notice, asked.url)
    assert (done.state, done.sends) == (state, sends)
    assert len(asked.requests) == 1, "no redirect is followed, nothing is repeated"


@pytest.mark.parametrize("fault", [{"slow": 1.5}, {"cut": True}], ids=["slow", "cut"])
def test_a_request_without_an_answer_may_have_arrived(notice: Notice, fault: dict) -> None:
    with answering(**fault) as asked:
        done = attempt(notice, asked.url)
    assert (done.state, done.sends) == (State.UNCERTAIN, 1)


def test_a_port_on_which_nobody_listens_is_a_refusal(notice: Notice) -> None:
    done = attempt(notice, f"http://127.0.0.1:{closed_port()}/")
    assert (done.state, done.sends, done.refusals) == (State.PENDING, 0, 1)


def test_without_a_secret_or_a_number_nothing_is_sent(notice: Notice) -> None:
    with answering() as asked:
        keep_gateway_secret("")
        assert attempt(notice, asked.url).fault == "layanan pesan singkat belum diatur"
        keep_gateway_secret(SECRET)
        Notice.objects.filter(pk=notice.pk).update(send_after=NOW)
        User.objects.filter(pk=notice.recipient_id).update(phone="")
        assert attempt(notice, asked.url).state == State.FAILED
    assert asked.requests == []


@pytest.mark.parametrize("url", ["http://gerbang.contoh.id/", "ftp://127.0.0.1/", "file:///etc/passwd", "https:", "gerbang"])
def test_only_https_leaves_the_house(url: str) -> None:
    if not url.startswith("https"):
        with pytest.raises(ValidationError):
            refuse_unsafe_address(url)
    assert post(url, b"{}", headers={}).outcome is Outcome.REFUSED
