"""With a key into the API: what it opens, when it ends, and that it never stands in an address or a log (S07, S18)."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access.selectors import acts_of
from accounts.keys.backends import KeyAuthentication
from accounts.keys.models import ApiKey
from accounts.keys.selectors import is_open
from accounts.keys.services import KeyFacts, MadeKey
from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.law.secrecy import Secrecy
from konflik.logs import DiscreetFormatter
from konflik.registry.services import make_key, revoke_key
from konflik.urls import urlpatterns as whole_site
from tests.builders import BATANGHARI, MUARO_JAMBI, NOW, PASER, a_case, a_user

pytestmark = pytest.mark.django_db


class Probe(APIView):
    """What the caller sees and may do."""

    def get(self, request: Request) -> Response:
        now = datetime.now(NOW.tzinfo)
        seen = Case.objects.visible_to(request.user, at=now).order_by("pk")
        return Response({"cases": [case.pk for case in seen], "acts": sorted(acts_of(request.user, at=now))})

    def post(self, request: Request) -> Response:
        return Response({})


urlpatterns = [path("api/v1/probe/", Probe.as_view()), *whole_site]


@pytest.fixture(autouse=True)
def _probe(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.REDIS_URL = ""


@pytest.fixture
def staff() -> User:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def made(staff: User) -> MadeKey:
    return a_key(staff)


def a_key(owner: User, **told: Any) -> MadeKey:
    told = {"scopes": ("cases:read",), "regions": (BATANGHARI,), **told}
    return make_key(facts=KeyFacts(owner=owner, name="Satu Data", **told), actor=None, now=datetime.now(NOW.tzinfo))


def ask(secret: str, *, scheme: str = "Bearer", method: str = "get", where: str = "/api/v1/probe/") -> HttpResponse:
    return getattr(Client(), method)(where, HTTP_AUTHORIZATION=f"{scheme} {secret}")


def test_a_key_opens_what_it_leaves_of_its_owner(staff: User) -> None:
    plain = a_case(actor=staff, secrecy=Secrecy.BIASA)
    limited = a_case(actor=staff, secrecy=Secrecy.TERBATAS)
    a_case(actor=staff, secrecy=Secrecy.RAHASIA)
    assert ask(a_key(staff).secret).json() == {"cases": [plain.pk], "acts": ["see_cases"]}
    wider = a_key(staff, clearance=Secrecy.TERBATAS.value, scopes=("cases:read", "clocks:read"))
    assert ask(wider.secret).json() == {"cases": [plain.pk, limited.pk], "acts": ["see_cases", "see_clocks"]}
    assert ask(a_key(staff, scopes=("clocks:read",)).secret).json() == {"cases": [], "acts": ["see_clocks"]}


def test_a_key_needs_neither_session_nor_token_of_a_form(made: MadeKey, settings: Settings) -> None:
    settings.DEMO = False  # a session of this person would be held up for its second factor
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/api/v1/probe/", HTTP_AUTHORIZATION=f"Bearer {made.secret}")
    assert (answer.status_code, answer.headers["Cache-Control"], answer.cookies) == (200, "no-store", {})


def shut(made: MadeKey) -> None:
    User.objects.filter(pk=made.key.owner_id).update(is_active=False)


def end_posting(made: MadeKey) -> None:
    Posting.objects.filter(user=made.key.owner_id).update(valid_until=date(2026, 1, 1))


def move_away(made: MadeKey) -> None:
    Posting.objects.filter(user=made.key.owner_id).update(region=MUARO_JAMBI)


def revoke(made: MadeKey) -> None:
    revoke_key(key=made.key, actor=None, now=datetime.now(NOW.tzinfo))


def outlive(made: MadeKey) -> None:
    ApiKey.objects.update(made_at=datetime.now(NOW.tzinfo) - timedelta(days=91))


@pytest.mark.parametrize("end", [shut, end_posting, move_away, revoke, outlive])
def test_what_ends_the_key_ends_it_for_the_next_request(made: MadeKey, end: Callable[[MadeKey], None]) -> None:
    assert ask(made.secret).status_code == 200
    assert is_open(made.key.pk, at=datetime.now(NOW.tzinfo))
    end(made)
    answer = ask(made.secret)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="konflik"')
    assert not is_open(made.key.pk, at=datetime.now(NOW.tzinfo)), "a download that still runs is told too"


FORGED: list[Callable[[str], str]] = [
    lambda secret: secret[:-1] + ("A" if secret[-1] != "A" else "B"),
    lambda secret: secret + "x",
    lambda secret: secret[:-1],
    lambda secret: secret.upper(),
    lambda secret: "kfk_" + "A" * 43,
    lambda secret: secret[4:],
    lambda secret: "",
    lambda secret: "kfk_",
    lambda secret: "kfk_' OR 1=1 --",
    lambda secret: f"{secret} {secret}",
    lambda secret: "kfk_" + "\u00e9" * 43,
    lambda secret: "kfk_" + "A" * 5000,
]


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_a_forged_key_opens_nothing(made: MadeKey, number: int) -> None:
    answer = ask(FORGED[number](made.secret))
    assert answer.status_code == 401
    assert ApiKey.objects.get().last_used_at is None


@pytest.mark.parametrize("scheme", ["Basic", "Token", "Digest"])
def test_another_way_to_show_it_is_no_way_in(made: MadeKey, scheme: str) -> None:
    assert ask(made.secret, scheme=scheme).status_code == 401


def test_a_session_still_works_and_a_stranger_is_asked_for_a_key(staff: User, settings: Settings) -> None:
    settings.DEMO = True
    assert Client().get("/api/v1/probe/").status_code == 401
    client = Client()
    client.force_login(staff)
    assert client.get("/api/v1/probe/").status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff)
    assert strict.post("/api/v1/probe/").status_code == 403


WRITTEN = ["/api/v1/probe/?key={}", "/api/v1/probe/?a=1&b={}", "/{}/", "/api/{}/probe/", "/akun/masuk/?next={}", "/admin/?k={}"]


@pytest.mark.parametrize("where", WRITTEN)
@pytest.mark.parametrize("is_quoted", [False, True])
def test_a_key_in_an_address_is_refused_and_not_repeated(made: MadeKey, where: str, is_quoted: bool) -> None:
    written = "".join(f"%{ord(letter):02x}" for letter in made.secret) if is_quoted else made.secret
    answer = Client().get(where.format(written))
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["type"] == "/api/masalah/kunci-dalam-alamat/"
    assert made.secret not in answer.text


def test_no_line_of_the_log_holds_a_key(made: MadeKey) -> None:
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(DiscreetFormatter("%(name)s %(message)s").format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        for where in ("/api/v1/probe/", f"/api/v1/probe/?k={made.secret}", "/api/v1/nowhere/"):
            ask(made.secret, where=where)
            ask(made.secret[:-1], where=where)
        logging.getLogger("somewhere").error("asked with %s", made.secret)
        try:
            int(made.secret)
        except ValueError:
            logging.getLogger("somewhere").exception("broken")
    finally:
        root.removeHandler(handler)
    assert lines
    assert not any(made.secret[8:] in line for line in lines)


def test_the_last_use_is_written_once_a_minute(made: MadeKey) -> None:
    ask(made.secret)
    first = ApiKey.objects.get().last_used_at
    assert first is not None
    ask(made.secret)
    assert ApiKey.objects.get().last_used_at == first
    ApiKey.objects.update(last_used_at=first - timedelta(seconds=61))
    ask(made.secret)
    assert ApiKey.objects.get().last_used_at >= first


def test_past_its_limit_a_key_waits_and_others_do_not(staff: User) -> None:
    slow, other = a_key(staff, rate=3), a_key(staff, rate=3)
    assert [ask(slow.secret).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = ask(slow.secret)
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert ask(other.secret).status_code == 200
    revoke(slow)
    assert ask(slow.secret).status_code == 401, "a key that ended is not told to wait"


def test_a_long_download_asks_again_counts_once_and_is_cut_when_the_key_ends(staff: User) -> None:
    made = a_key(staff, rate=1)
    request = Request(RequestFactory().get("/api/v1/probe/", HTTP_AUTHORIZATION=f"Bearer {made.secret}"))
    whole = KeyAuthentication()

    def download() -> Iterator[str]:
        for piece in range(10):
            assert whole.authenticate(request) is not None
            yield f"bagian {piece}"
        yield "selesai"

    pieces = download()
    assert [next(pieces) for _ in range(5)][-1] == "bagian 4"
    revoke(made)
    with pytest.raises(AuthenticationFailed):
        list(pieces)
    assert ask(made.secret).status_code == 401


def test_a_key_of_somebody_elsewhere_sees_nothing_here(staff: User) -> None:
    a_case(actor=staff, secrecy=Secrecy.BIASA)
    foreign = a_key(a_user(Role.STAF_SEKRETARIAT, PASER), regions=(PASER,))
    assert ask(foreign.secret).json()["cases"] == []
