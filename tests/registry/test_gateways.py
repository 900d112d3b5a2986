"""The service for short messages and the mail server: written down by who manages the installation, tried out from the page."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from accounts.access.models import Installation
from accounts.access.services import InstallationFacts, record_installation
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.notices.models import Gateway
from konflik.notices.services.channels.gateway import kept_secret
from konflik.registry.services import GatewayFacts, amend_gateway, record_gateway, send_test_mail, send_test_message
from tests.builders import BATANGHARI, NOW, a_user, region

pytestmark = pytest.mark.django_db
SECRET = "kunci-rahasia-layanan-2026"
FACTS = GatewayFacts(name="Layanan Diskominfo", url="https://pesan.contoh.go.id/kirim", is_active=True)


@pytest.fixture(autouse=True)
def _own_place(settings: Settings, tmp_path: Path) -> None:
    settings.GATEWAY_SECRET_FILE = tmp_path / "gateway_secret"
    settings.DEMO = True


@pytest.fixture
def admin() -> User:
    facts = InstallationFacts(region=region(BATANGHARI), letterhead_government="Pemerintah", letterhead_office="Badan Kesbangpol")
    record_installation(facts=facts, now=NOW)
    user = a_user(Role.ADMINISTRATOR_SISTEM)
    User.objects.filter(pk=user.pk).update(email="admin@contoh.go.id", phone="+62811223344")
    user.refresh_from_db()
    return user


@pytest.fixture
def client(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


class _Service(BaseHTTPRequestHandler):
    """A service that takes what it gets, or answers as the test asks."""

    status = 200
    seen: list[dict] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).seen.append({"body": json.loads(body), "seal": self.headers["X-Konflik-Signature"]})
        self.send_response(type(self).status)
        self.end_headers()
        self.wfile.write(b'{"id": "m1"}')

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def service() -> Iterator[str]:
    _Service.status, _Service.seen = 200, []
    server = HTTPServer(("127.0.0.1", 0), _Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/kirim"
    server.shutdown()
    server.server_close()


def test_the_secret_stands_in_a_file_of_the_owner_and_nowhere_else(admin: User, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record_gateway(facts=FACTS, secret=SECRET, actor=admin, now=NOW)
    assert kept_secret() == SECRET
    assert live.GATEWAY_SECRET_FILE.stat().st_mode & 0o777 == 0o600
    line = JournalLine.objects.get(event=Event.INSTALLATION_AMENDED.value)
    assert SECRET not in str(line.payload) + str(line.detail.data)
    assert not any("secret" in field.name for field in Gateway._meta.fields)


def test_an_empty_secret_leaves_the_kept_one(admin: User, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = record_gateway(facts=FACTS, secret=SECRET, actor=admin, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        amend_gateway(gateway=row, facts=GatewayFacts(name="Baru", url=FACTS.url), actor=admin, now=NOW)
    assert kept_secret() == SECRET


@pytest.mark.parametrize(
    ("facts", "secret", "field"),
    [
        (GatewayFacts(name="A", url="http://pesan.contoh.go.id/"), SECRET, "url"),
        (GatewayFacts(name="A", url="ftp://pesan.contoh.go.id/"), SECRET, "url"),
        (GatewayFacts(name="", url=FACTS.url), SECRET, "name"),
        (GatewayFacts(name="A", url=FACTS.url), "pendek", "secret"),
        (FACTS, "", "secret"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(admin: User, facts: GatewayFacts, secret: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        record_gateway(facts=facts, secret=secret, actor=admin, now=NOW)
    assert set(refused.value.message_dict) == {field}
    assert not Gateway.objects.exists()
    assert kept_secret() == ""


def test_only_one_is_active(admin: User) -> None:
    record_gateway(facts=FACTS, secret=SECRET, actor=admin, now=NOW)
    with pytest.raises(ValidationError, match="Hanya satu layanan"):
        record_gateway(facts=GatewayFacts(name="Lain", url=FACTS.url, is_active=True), secret=SECRET, actor=admin, now=NOW)


def test_nobody_else_writes_it_down(admin: User) -> None:
    with pytest.raises(ValidationError, match="administrator sistem"):
        record_gateway(facts=FACTS, secret=SECRET, actor=a_user(Role.SEKRETARIS_TIM), now=NOW)


def test_from_the_page_and_the_secret_is_not_shown_again(client: Client, django_capture_on_commit_callbacks) -> None:
    form = {"name": "Layanan", "url": "https://pesan.contoh.go.id/kirim", "secret": SECRET, "is_active": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/admin/konflik/gateway/add/", form).status_code == 302
    row = Gateway.objects.get()
    page = client.get(f"/admin/konflik/gateway/{row.pk}/change/")
    assert page.status_code == 200
    assert SECRET not in page.text
    refused = client.post(f"/admin/konflik/gateway/{row.pk}/change/", {**form, "url": "http://jauh.contoh.go.id/"})
    assert "https://" in str(refused.context["adminform"].form.errors["url"])


def test_a_message_to_oneself_is_signed_and_says_what_came_of_it(
    admin: User, client: Client, service: str, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = record_gateway(facts=GatewayFacts(name="Lokal", url=service, is_active=True), secret=SECRET, actor=admin, now=NOW)
    path = f"/admin/konflik/gateway/{row.pk}/percobaan/"
    assert "+62811223344" in client.get(path).text
    said = [str(one) for one in client.post(path, follow=True).context["messages"]]
    assert said == ["Layanan menerima pesan percobaan untuk +62811223344."]
    [seen] = _Service.seen
    assert seen["body"]["to"] == "+62811223344"
    assert seen["seal"].startswith("sha256=")
    _Service.status = 403
    assert "Layanan pesan singkat menolak kunci rahasia (kode 403)." in client.post(path, follow=True).text


def test_without_a_service_a_secret_or_a_number_nothing_is_sent(admin: User) -> None:
    with pytest.raises(ValidationError, match="Belum ada layanan"):
        send_test_message(user=admin, now=NOW)


def test_a_mail_to_oneself(admin: User, client: Client) -> None:
    path = f"/admin/accounts/installation/{Installation.objects.get().pk}/percobaan-surel/"
    assert client.get(path).status_code == 200
    assert "Server surel belum diisi." in client.post(path, follow=True).text
    Installation.objects.update(mail_host="surel.contoh.go.id", mail_from="tim@contoh.go.id")
    assert "Server surel menerima surel percobaan untuk admin@contoh.go.id." in client.post(path, follow=True).text
    [letter] = mail.outbox
    assert (letter.from_email, letter.to) == ("tim@contoh.go.id", ["admin@contoh.go.id"])


def test_a_server_that_is_not_there_says_what_to_look_at(admin: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "accounts.access.backends.InstallationMail"
    Installation.objects.update(mail_host="127.0.0.1", mail_port=9, mail_from="tim@contoh.go.id")
    with pytest.raises(ValidationError, match="Server tidak dapat dihubungi"):
        send_test_mail(user=admin)
    User.objects.filter(pk=admin.pk).update(email="")
    admin.refresh_from_db()
    with pytest.raises(ValidationError, match="Alamat surel Anda belum dicatat"):
        send_test_mail(user=admin)
