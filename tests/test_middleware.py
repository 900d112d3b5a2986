"""What every answer carries, whoever gave it, and when a session ends by itself."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.middleware import SEEN_KEY
from tests.builders import NOW, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings: object) -> None:
    """Without the duty to set up a second factor, which is tested elsewhere."""
    settings.DEMO = True


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def script_policy(answer: object) -> str:
    found = re.search(r"script-src ([^;]*)", answer["Content-Security-Policy"])
    assert found, answer["Content-Security-Policy"]
    return found[1]


def test_scripts_come_from_here_and_only_the_admin_may_evaluate() -> None:
    client = logged_in(a_user())
    assert script_policy(client.get("/admin/")) == "'self' 'unsafe-eval'"
    for path in ("/", "/perkara/", "/tidak-ada/", reverse("account_login"), "/health/"):
        assert script_policy(client.get(path)) == "'self'", path


@pytest.mark.parametrize("path", ["/", "/admin/", "/tidak-ada/", "/health/"])
def test_headers_of_every_answer(path: str) -> None:
    answer = logged_in(a_user()).get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'none'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe-inline" not in policy


def test_what_a_person_sees_after_login_is_kept_nowhere() -> None:
    client = logged_in(a_user())
    for path in ("/", "/admin/", "/tidak-ada/"):
        assert client.get(path)["Cache-Control"] == "no-store", path


def test_a_page_is_closed_until_somebody_opens_it() -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(("role", "minutes", "stays"), [(Role.STAF_SEKRETARIAT, 29, True), (Role.STAF_SEKRETARIAT, 31, False)])
def test_an_idle_session_of_the_office_ends(role: Role, minutes: int, *, stays: bool) -> None:
    user = a_user(role)
    assert user.is_staff
    with time_machine.travel(NOW, tick=False) as clock:
        client = logged_in(user)
        assert client.get("/").status_code == 200
        clock.shift(timedelta(minutes=minutes))
        assert (client.get("/").status_code == 200) is stays


def test_whoever_goes_on_working_stays() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = logged_in(a_user())
        for _ in range(6):
            assert client.get("/").status_code == 200
            clock.shift(timedelta(seconds=settings.SESSION_IDLE_SECONDS - 1))


def test_reading_writes_the_session_once_a_minute_at_most() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = logged_in(a_user())
        seen = []
        for _ in range(5):
            client.get("/")
            seen.append(client.session[SEEN_KEY])
            clock.shift(timedelta(seconds=25))
    assert len(set(seen)) == 2
