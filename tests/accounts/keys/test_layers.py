"""What a request with a key walks: fewer layers than a page, the same protection, and the key with all it opens in one query."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from rest_framework.views import APIView

from accounts.access.selectors import rights_of
from accounts.keys.selectors import key_of, narrowed_owner
from accounts.keys.services import KeyFacts
from accounts.postings.models import Posting
from accounts.postings.selectors import reading_once
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.api import v1
from konflik.cases.services.documents import attach
from konflik.law.secrecy import Secrecy
from konflik.registry.services import make_key
from konflik.rest.as_models import joined
from tests.api.writes import a_photo
from tests.builders import BATANGHARI, BUNGKU, JAMBI, NOW, PASER, a_case, a_user

CASES = "/api/v1/cases/"
OWN = {"Content-Length", "Set-Cookie", "Vary", "ETag", "Content-Type", "WWW-Authenticate"}


def now() -> datetime:
    return datetime.now(NOW.tzinfo)


def a_secret(owner: User, *regions: str, **told: Any) -> str:
    facts = KeyFacts(owner=owner, name="Satu Data", scopes=("cases:read",), regions=regions or (BATANGHARI,), **told)
    return make_key(facts=facts, actor=None, now=now()).secret


def with_key(secret: str, where: str) -> Any:
    return Client().get(where, headers={"Authorization": f"Bearer {secret}"})


@pytest.mark.django_db
def test_an_answer_to_a_key_is_as_guarded_as_one_to_a_browser(settings: Any) -> None:
    settings.DEMO = True  # the second factor has tests of its own
    staff = a_user()
    case, secret, browser = a_case(actor=staff, secrecy=Secrecy.BIASA), a_secret(staff), Client()
    browser.force_login(staff)
    photo = a_photo().read()
    paper = attach(case=case, name="foto.png", content=io.BytesIO(photo), size=len(photo), title="Portal", actor=staff, now=NOW)
    one = f"{CASES}{case.pk}/"
    for where in (f"/api/v1/attachments/{paper.pk}/file/", CASES, one, f"{CASES}987654/", f"{CASES}?warna=biru", "/api/v1/nowhere/"):
        shown, keyed = browser.get(where), with_key(secret, where)
        guards = [{name: answer.headers[name] for name in answer.headers if name not in OWN} for answer in (shown, keyed)]
        assert (keyed.status_code, keyed.getvalue(), guards[1]) == (shown.status_code, shown.getvalue(), guards[0])
        assert {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"} <= set(guards[1])


def test_every_address_that_a_key_may_ask_guards_itself() -> None:
    """The layers that close pages are left out for a bearer: all that stands under /api/v1/ must be closed without them."""
    for pattern in v1:
        assert isinstance(pattern, URLPattern)
        assert issubclass(pattern.callback.cls, APIView), pattern  # type: ignore[union-attr]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/", "/admin/", "/api/docs/", "/api/redoc/", "/statistik/"])
def test_a_bearer_opens_no_page(where: str) -> None:
    keyed, stranger = with_key(a_secret(a_user()), where), Client().get(where)
    assert (keyed.status_code, keyed.headers.get("Location")) == (stranger.status_code, stranger.headers.get("Location"))
    assert keyed.status_code in {302, 401}


@pytest.mark.django_db
def test_a_key_is_read_with_all_that_it_opens_in_one_query(django_assert_num_queries: Callable[..., Any]) -> None:
    person = a_user(Role.STAF_SEKRETARIAT)
    Posting.objects.create(user=person, role=Role.SEKRETARIS_TIM.value, region_id=PASER, valid_from=NOW.date())
    Posting.objects.create(user=person, role=Role.PENGAMAT_PROVINSI.value, region_id=JAMBI, valid_from=NOW.date())
    secret = a_secret(person, BATANGHARI, BUNGKU, PASER, clearance=Secrecy.TERBATAS.value)
    with django_assert_num_queries(1), reading_once():
        key = key_of(secret)
        assert key is not None
        found = rights_of(key.owner, at=now())
    key.refresh_from_db()
    plain = rights_of(narrowed_owner(key), at=now())
    assert len(plain) > 3
    assert found == plain


@pytest.mark.django_db
def test_regions_and_postings_are_read_beside_one_another_and_not_one_times_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_user(Role.STAF_SEKRETARIAT)
    Posting.objects.create(user=person, role=Role.SEKRETARIS_TIM.value, region_id=PASER, valid_from=NOW.date())
    read: list[int] = []

    def counted(*told: Any) -> Any:
        rows = joined(*told)
        read.append(len(rows))
        return rows

    monkeypatch.setattr("accounts.keys.selectors.joined", counted)
    assert key_of(a_secret(person, BATANGHARI, BUNGKU, PASER)) is not None
    assert read == [3 + 2]
