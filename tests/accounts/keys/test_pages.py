"""Keys in the admin: made with the secret shown once, listed, revoked."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.keys.models import ApiKey
from accounts.postings.tables import Role
from accounts.users.models import User
from tests.builders import BATANGHARI, a_user

pytestmark = pytest.mark.django_db
ADD, LIST = "/admin/accounts/apikey/add/", "/admin/accounts/apikey/"


@pytest.fixture
def member() -> User:
    return a_user(Role.ANGGOTA_TIM)


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.DEMO = True
    client = Client()
    client.force_login(a_user(Role.SEKRETARIS_TIM))
    return client


def form(owner: User, **told: object) -> dict[str, object]:
    plain = {"name": "Satu Data", "scopes": ["cases:read"], "regions": [BATANGHARI], "clearance": 1, "days": 30, "rate": 60}
    return {"owner": owner.pk, **plain, **told}


def test_the_secret_is_on_the_page_after_saving_and_on_no_other(client: Client, member: User) -> None:
    empty = client.get(ADD)
    assert empty.status_code == 200
    assert "Kab. Batanghari" in empty.text
    assert "Paser" not in empty.text
    made = client.post(ADD, form(member))
    assert (made.status_code, made.headers["Cache-Control"]) == (200, "no-store")
    [secret] = re.findall(r"kfk_[\w-]{43}", made.text)
    key = ApiKey.objects.get()
    assert [region.pk for region in key.regions.all()] == [BATANGHARI]
    for page in (LIST, f"{LIST}{key.pk}/change/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert key.hint in answer.text
        assert secret[10:] not in answer.text
        assert key.digest not in answer.text
    assert "Membaca perkara dan angka statistiknya" in answer.text


@pytest.mark.parametrize(
    ("told", "field"),
    [({"scopes": []}, "scopes"), ({"scopes": ["cases:export"]}, "scopes"), ({"regions": ["64.01"]}, "regions"), ({"days": 400}, "days")],
)
def test_a_refusal_stands_at_its_field(client: Client, member: User, told: dict[str, object], field: str) -> None:
    answer = client.post(ADD, form(member, **told))
    assert set(answer.context["adminform"].form.errors) == {field}
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked_after_a_question(client: Client, member: User) -> None:
    client.post(ADD, form(member))
    key = ApiKey.objects.get()
    path = f"{LIST}{key.pk}/cabut/"
    assert f"{LIST}{key.pk}/cabut/" in client.get(f"{LIST}{key.pk}/change/").text
    assert "Satu Data" in client.get(path).text
    assert "dicabut" in client.post(path, follow=True).text
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert "Kunci ini sudah dicabut." in client.post(path, follow=True).text


def test_a_key_is_never_rewritten(client: Client, member: User) -> None:
    client.post(ADD, form(member))
    key = ApiKey.objects.get()
    assert client.post(f"{LIST}{key.pk}/change/", form(member, days=365)).status_code == 403
    assert ApiKey.objects.get().days == 30
