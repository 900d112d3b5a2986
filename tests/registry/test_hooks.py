"""Subscriptions in the admin: the secret is on the page after saving and on no other; ended after a question."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.keys.models import ApiKey
from accounts.keys.services import KeyFacts
from accounts.postings.tables import Role
from konflik.notices.models import Subscription
from konflik.registry.services import make_key
from tests.builders import BATANGHARI, NOW, PASER, a_user

pytestmark = pytest.mark.django_db
ADD, LIST = "/admin/konflik/subscription/add/", "/admin/konflik/subscription/"


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.DEMO = settings.WEBHOOKS_MAY_STAY_INSIDE = True
    client = Client()
    client.force_login(a_user(Role.SEKRETARIS_TIM))
    return client


def a_key(at: str) -> ApiKey:
    owner = a_user(Role.STAF_SEKRETARIAT, at)
    return make_key(facts=KeyFacts(owner=owner, name=f"Sistem {at}", scopes=("cases:read",), regions=(at,)), actor=None, now=NOW).key


def test_made_shown_and_ended(client: Client) -> None:
    key, far = a_key(BATANGHARI), a_key(PASER)
    page = client.get(ADD)
    assert "Sistem 15.04" in page.text
    assert "Sistem 64.01" not in page.text
    form = {"key": key.pk, "url": "https://satudata.contoh.go.id/kait", "events": ["case_opened"], "region": ""}
    assert set(client.post(ADD, {**form, "key": far.pk}).context["adminform"].form.errors) == {"key"}
    assert set(client.post(ADD, {**form, "events": []}).context["adminform"].form.errors) == {"events"}
    made = client.post(ADD, form)
    assert (made.status_code, made.headers["Cache-Control"]) == (200, "no-store")
    [secret] = re.findall(r">([0-9a-f]{64})<", made.text)
    row = Subscription.objects.get()
    for where in (LIST, f"{LIST}{row.pk}/change/"):
        shown = client.get(where)
        assert (shown.status_code, secret in shown.text, "Perkara dibuka" in shown.text) == (200, False, True)
    ending = f"{LIST}{row.pk}/hentikan/"
    assert "tidak diberi tahu apa pun lagi" in client.get(ending).text
    client.post(ending)
    row.refresh_from_db()
    assert row.ended_at is not None
