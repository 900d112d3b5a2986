"""The mail server of the installation: whose it is, where its password stands, and nothing sent where there is none."""

from pathlib import Path

import pytest
from django.conf import settings as live
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings

from accounts.access.backends import InstallationMail
from accounts.access.models import Installation
from accounts.access.selectors import mail_server
from accounts.access.services import InstallationFacts, keep_mail_password, mail_login_link, record_installation
from accounts.postings.tables import Role
from accounts.regions.models import Region
from accounts.users.models import User
from tests.accounts.access.coming_in import NOW, person

pytestmark = pytest.mark.django_db


def installed(**more: object) -> Installation:
    plain = {"letterhead_government": "Pemerintah Kabupaten Batanghari", "letterhead_office": "Badan Kesbangpol"}
    return record_installation(facts=InstallationFacts(region=Region.objects.get(pk="15.04"), **plain, **more), now=NOW)


def test_without_a_server_nothing_is_sent_and_the_count_says_so() -> None:
    assert mail_server() is None
    assert InstallationMail().send_messages([EmailMessage("Judul", "Isi", "a@contoh.go.id", ["b@contoh.go.id"])]) == 0


def test_the_server_written_down_goes_before_that_of_the_environment(settings: Settings) -> None:
    settings.EMAIL_HOST = "lain.contoh.go.id"
    assert mail_server().host == "lain.contoh.go.id"
    installed(mail_host="surel.contoh.go.id", mail_port=465, mail_user="tim", mail_from="tim@contoh.go.id")
    keep_mail_password("rahasia surel")
    backend = InstallationMail()
    assert (backend.host, backend.port, backend.username, backend.password) == ("surel.contoh.go.id", 465, "tim", "rahasia surel")
    assert (backend.use_ssl, backend.use_tls) == (True, False)


@pytest.mark.parametrize(
    ("port", "may_upgrade", "ssl", "tls"), [(587, True, False, True), (25, False, False, False), (465, True, True, False)]
)
def test_the_connection_is_secured_as_the_port_asks(settings: Settings, port: int, *, may_upgrade: bool, ssl: bool, tls: bool) -> None:
    settings.EMAIL_USE_TLS = may_upgrade
    installed(mail_host="surel.contoh.go.id", mail_port=port, mail_from="tim@contoh.go.id")
    backend = InstallationMail()
    assert (backend.use_ssl, backend.use_tls) == (ssl, tls)


def test_the_password_stands_in_a_file_of_the_owner_and_in_no_table() -> None:
    installed(mail_host="surel.contoh.go.id", mail_from="tim@contoh.go.id")
    keep_mail_password("kata-sandi-surel-91")
    path: Path = live.MAIL_PASSWORD_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() == "kata-sandi-surel-91"
    assert not any("password" in field.name for field in Installation._meta.fields)
    keep_mail_password("")
    assert not path.exists()
    assert mail_server().password == ""


def test_a_link_is_mailed_only_where_there_is_a_server_and_an_address() -> None:
    user = person(Role.CAMAT)
    assert not mail_login_link(user=user, url="https://contoh/x")
    installed(mail_host="surel.contoh.go.id", mail_from="tim@contoh.go.id")
    assert not mail_login_link(user=user, url="https://contoh/x")
    User.objects.filter(pk=user.pk).update(email="orang@contoh.go.id")
    user.refresh_from_db()
    assert mail_login_link(user=user, url="https://contoh/x")
    letter = mail.outbox[0]
    assert (letter.from_email, letter.to) == ("tim@contoh.go.id", ["orang@contoh.go.id"])
    assert "https://contoh/x" in letter.body
    assert "Nama pengguna Anda: orang" in letter.body
