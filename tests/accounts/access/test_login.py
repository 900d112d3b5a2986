"""Coming in by user name or e-mail, being kept out, leaving; every page in Indonesian."""

import re
import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.postings.tables import Role
from accounts.users.models import User
from tests.accounts.access.coming_in import PASSWORD, give_app, give_spare_codes, log_in, person

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(
    r"\b(sign|login|log in|password|account|security key|code|codes|authenticator app|activate|deactivate|remove|submit|please|"
    r"your|two-factor|forgot|cancel|confirm|required|field|add|edit|back|download|generate)\b",
    re.IGNORECASE,
)


def in_session(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["orang", "ORANG", " orang ", "orang@contoh.go.id", "Orang@Contoh.go.id"])
def test_a_user_name_or_an_address_lets_in(client: Client, login: str) -> None:
    user = person(Role.CAMAT)
    User.objects.filter(pk=user.pk).update(email="orang@contoh.go.id")
    answer = log_in(client, login)
    assert (answer.status_code, answer.url) == (302, "/")
    assert in_session(client)


@pytest.mark.parametrize(
    ("login", "password"), [("orang", "salah"), ("tidakada", PASSWORD), ("tidakada@contoh.go.id", PASSWORD), ("orang", "")]
)
def test_a_wrong_answer_says_the_same_whoever_it_is(client: Client, login: str, password: str) -> None:
    person()
    answer = log_in(client, login, password)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not in_session(client)
    if password:
        assert "Nama pengguna, surel, atau kata sandi tidak cocok" in page


def test_a_login_that_is_shut_is_told_so_only_with_the_right_password(client: Client) -> None:
    user = person()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert log_in(client).url == reverse("account_inactive")
    assert not in_session(client)
    assert "tidak cocok" in log_in(client, password="salah").content.decode()


def test_nobody_signs_up() -> None:
    for name in ("account_signup", "account_email", "account_set_password", "account_confirm_email", "mfa_signup_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_after_five_wrong_answers_the_right_one_waits(client: Client) -> None:
    person(Role.CAMAT)
    for _ in range(5):
        log_in(client, password="salah")
    assert "Terlalu banyak percobaan masuk" in log_in(client).content.decode()
    assert not in_session(client)


def test_one_name_under_attack_leaves_the_others_alone(client: Client) -> None:
    person(Role.CAMAT)
    person(Role.CAMAT, username="lain")
    for _ in range(6):
        log_in(client, password="salah")
    assert log_in(client, "lain").status_code == 302


def test_an_address_in_the_login_form_leads_nowhere_else(client: Client) -> None:
    person(Role.CAMAT)
    assert log_in(client, next="https://jahat.example/").url == "/"


def test_leaving_ends_the_session(client: Client) -> None:
    person(Role.CAMAT)
    log_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert in_session(client)
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert not in_session(client)


def test_the_session_gets_a_new_name_at_login(client: Client) -> None:
    person(Role.CAMAT)
    client.get(reverse("account_login"))
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    log_in(client)
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_a_session_ends_twelve_hours_after_login_however_busy(client: Client) -> None:
    person(Role.CAMAT)
    log_in(client)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] = time.time() - settings.SESSION_COOKIE_AGE - 5
    session.save()
    client.get("/")
    assert not in_session(client)


def test_changing_the_password_ends_the_other_sessions(client: Client) -> None:
    person(Role.CAMAT)
    other = Client()
    log_in(client)
    log_in(other)
    new = "perahu-lebar-90"
    answer = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert client.get(reverse("account_change_password")).status_code == 200
    assert other.get(reverse("account_change_password")).status_code == 302
    assert log_in(Client(), password=new).status_code == 302


@pytest.mark.parametrize(
    ("old", "one", "two", "words"),
    [
        ("salah", "perahu-lebar-90", "perahu-lebar-90", "Kata sandi yang sekarang tidak cocok"),
        (PASSWORD, "perahu-lebar-90", "perahu-lebar-91", "sama"),
        (PASSWORD, "pendek", "pendek", "terlalu pendek"),
        (PASSWORD, "orang-orang-orang", "orang-orang-orang", ""),
    ],
)
def test_a_bad_new_password_is_refused_at_its_field(client: Client, old: str, one: str, two: str, words: str) -> None:
    user = person(Role.CAMAT)
    log_in(client)
    answer = client.post(reverse("account_change_password"), {"oldpassword": old, "password1": one, "password2": two})
    if words:
        assert words in answer.content.decode()
        user.refresh_from_db()
        assert user.check_password(PASSWORD)


def test_a_forgotten_password_without_mail_server_says_who_helps(client: Client) -> None:
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "Minta tautan masuk sekali pakai kepada sekretariat" in page
    assert "<form" not in page.partition("<main")[2]


def test_a_forgotten_password_is_answered_alike_for_strangers(client: Client, settings: object) -> None:
    settings.EMAIL_HOST = "surel.contoh.go.id"
    user = person(Role.CAMAT)
    User.objects.filter(pk=user.pk).update(email="orang@contoh.go.id")
    answers = [
        client.post(reverse("account_reset_password"), {"email": address}) for address in ("orang@contoh.go.id", "lain@contoh.go.id")
    ]
    assert [answer.url for answer in answers] == [reverse("account_reset_password_done")] * 2
    assert [letter.to for letter in mail.outbox] == [["orang@contoh.go.id"]]
    letter = mail.outbox[0]
    assert letter.subject == "Tautan untuk membuat kata sandi baru"
    assert not ENGLISH.search(letter.body.replace("http", " ").split("/akun/")[0])
    link = re.search(r"/akun/tautan/\S+", letter.body)[0]
    assert client.get(link).status_code == 200


def pages(user: User) -> dict[str, str]:
    """Every page of coming in and of one's own login, by the state in which it is looked at."""
    give_app(user)
    give_spare_codes(user)
    outside = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]
    inside = [
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_index",
        "mfa_deactivate_totp",
    ]
    inside += ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn"]
    visitor, member, second = Client(), Client(), Client()
    found = {name: visitor.get(reverse(name)).content.decode() for name in outside}
    found["wrong login"] = log_in(visitor, password="salah").content.decode()
    found["ended link"] = visitor.get(reverse("account_link", args=["MQ", "salah"])).content.decode()
    log_in(second)
    found["mfa_authenticate"] = second.get(reverse("mfa_authenticate")).content.decode()
    found["wrong code"] = second.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    member.force_login(user)
    member.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    found |= {name: member.get(reverse(name)).content.decode() for name in inside}
    user.authenticator_set.all().delete()
    found["mfa_activate_totp"] = member.get(reverse("mfa_activate_totp")).content.decode()
    found["mfa_index without"] = member.get(reverse("mfa_index")).content.decode()
    return found


def test_no_page_speaks_english_or_breaks_the_script_policy() -> None:
    for name, page in pages(person(Role.CAMAT)).items():
        body = page.partition("<main")[2]
        assert "<h1>" in body, name
        read = re.sub(r"<script.*?</script>|<[^>]+>", " ", body, flags=re.DOTALL)
        assert not ENGLISH.findall(read), (name, ENGLISH.findall(read))
        assert not re.search(r'\sstyle="|\son\w+="', page), name
        assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page)), name


def test_too_many_requests_have_a_page_of_their_own(client: Client) -> None:
    for attempt in range(31):
        answer = log_in(client, f"orang{attempt}")
    assert answer.status_code == 429
    assert "Terlalu banyak percobaan" in answer.content.decode()


def tries(proxies: int, settings: object, *forwarded: str) -> list[int]:
    """Forty wrong logins for forty names, all from the proxy; each says it came from the next of `forwarded`."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    return [
        Client(headers={"x-forwarded-for": forwarded[attempt % len(forwarded)]})
        .post(reverse("account_login"), {"login": f"orang{attempt}", "password": "salah"})
        .status_code
        for attempt in range(40)
    ]


def test_behind_a_proxy_each_sender_has_a_limit_of_his_own(settings: object) -> None:
    assert 429 not in tries(1, settings, "203.0.113.5", "203.0.113.6")


def test_what_a_sender_writes_before_the_proxy_counts_for_nothing(settings: object) -> None:
    """He writes another address each time; the proxy adds the true one at the end."""
    assert tries(1, settings, *(f"198.51.100.{number}, 203.0.113.5" for number in range(40)))[-1] == 429


def test_without_a_proxy_the_header_counts_for_nothing(settings: object) -> None:
    assert tries(0, settings, *(f"198.51.100.{number}" for number in range(40)))[-1] == 429


@pytest.mark.parametrize("forwarded", ["203.0.113.5", "", "bukan alamat"])
def test_who_comes_past_a_proxy_is_counted_by_the_address_that_asked_us(settings: object, forwarded: str) -> None:
    """Two proxies are told, one address stands there: another one written each time opens no limit of its own."""
    assert set(tries(2, settings, forwarded)) == {200, 429}
    assert tries(2, settings, *(f"198.51.100.{number}" for number in range(40)))[0] == 429
