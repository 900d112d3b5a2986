"""A one-time link: one password through it, then never again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access.forms import ChoosePasswordForm
from accounts.postings.tables import Role
from accounts.users.models import User
from accounts.users.services import LoginLink, login_link, set_password_by_link
from tests.accounts.access.coming_in import NOW, PASSWORD, log_in, person
from tests.people import somebody

pytestmark = pytest.mark.django_db
NEW = "perahu-lebar-90"


def address(link: LoginLink) -> str:
    return reverse("account_link", args=[link.uid, link.token])


def choose(client: Client, link: LoginLink, one: str = NEW, two: str = NEW) -> object:
    return client.post(address(link), {"password1": one, "password2": two})


def test_an_invited_person_chooses_a_password_and_comes_in(client: Client) -> None:
    made = somebody("orang", Role.CAMAT, "15.04.07", now=NOW)
    page = client.get(address(made.link))
    assert page.status_code == 200
    assert "orang" in page.content.decode()
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    answer = choose(client, made.link)
    assert answer.url == reverse("account_login")
    assert "_auth_user_id" not in client.session
    assert log_in(client, password=NEW).url == "/"


def test_a_link_works_once(client: Client) -> None:
    link = login_link(user=person(Role.CAMAT))
    choose(client, link)
    for answer in (client.get(address(link)), choose(client, link, "lain-sekali-901", "lain-sekali-901")):
        assert answer.status_code == 404
        assert "Tautan tidak berlaku" in answer.content.decode()
    assert log_in(client, password=NEW).status_code == 302


def test_looking_at_a_link_does_not_use_it_up(client: Client) -> None:
    link = login_link(user=person(Role.CAMAT))
    assert {client.get(address(link)).status_code for _ in range(3)} == {200}


def test_a_password_set_through_one_link_ends_the_others(client: Client) -> None:
    user = person(Role.CAMAT)
    first, second = login_link(user=user), login_link(user=user)
    choose(client, second)
    assert client.get(address(first)).status_code == 404


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ("", "", "harus diisi"),
        ("pendek", "pendek", "terlalu pendek"),
        ("123456789012", "123456789012", "seluruhnya terdiri dari angka"),
        ("orang-orang1", "orang-orang1", "terlalu mirip"),
        (NEW, "perahu-lebar-91", "Kedua kata sandi tidak sama"),
    ],
)
def test_a_bad_password_is_refused_at_its_field_and_the_link_stays(client: Client, one: str, two: str, words: str) -> None:
    user = person(Role.CAMAT)
    User.objects.filter(pk=user.pk).update(username="orang-orang")
    link = login_link(user=User.objects.get(pk=user.pk))
    answer = choose(client, link, one, two)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert client.get(address(link)).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("uid", "token"), [("MQ", "salah"), ("x", "y"), ("%C3%A9", "y"), ("OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "a-b"), ("LTE", "a-b")]
)
def test_a_made_up_link_ends_nowhere(client: Client, uid: str, token: str) -> None:
    assert client.get(f"/akun/tautan/{uid}/{token}/").status_code == 404


def test_the_link_of_a_login_that_was_shut_ends(client: Client) -> None:
    user = person(Role.CAMAT)
    link = login_link(user=user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(address(link)).status_code == 404


def test_logging_in_ends_a_link_that_still_lies_around(client: Client) -> None:
    link = login_link(user=person(Role.CAMAT))
    log_in(client)
    assert Client().get(address(link)).status_code == 404


def test_of_two_who_send_one_link_at_once_one_wins(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second answer comes in between the first one's question and its write."""
    link = login_link(user=person(Role.CAMAT))
    is_valid, inner = ChoosePasswordForm.is_valid, []

    def overtaken(form: ChoosePasswordForm) -> bool:
        if not inner:
            inner.append(True)
            assert choose(Client(), link).status_code == 302
        return is_valid(form)

    monkeypatch.setattr(ChoosePasswordForm, "is_valid", overtaken)
    answer = choose(client, link, "lain-sekali-901", "lain-sekali-901")
    assert answer.status_code == 404
    assert "Tautan tidak berlaku" in answer.content.decode()
    assert log_in(client, password=NEW).status_code == 302


def test_the_link_is_asked_again_under_the_lock_of_its_row() -> None:
    link = login_link(user=person(Role.CAMAT))
    with CaptureQueriesContext(connection) as read:
        assert set_password_by_link(uid=link.uid, token=link.token, password=NEW)
    if connection.features.has_select_for_update:
        assert any("FOR UPDATE" in query["sql"] for query in read.captured_queries)
    assert not set_password_by_link(uid=link.uid, token=link.token, password=NEW)
