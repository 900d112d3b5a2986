"""Other systems are told of what their key may see: signed, by ids only, again after every refusal, and never inside the own network."""

import hashlib
import hmac
import json
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from accounts.keys.models import ApiKey
from accounts.keys.services import KeyFacts
from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.acts.services import settle_notice
from konflik.cases.models import Case
from konflik.cases.services.assigning import link_cases
from konflik.cases.tables import LinkKind
from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice, Subscription
from konflik.notices.selectors.hooks import KEY_OVER, NOT_FOR_KEY
from konflik.notices.selectors.wording import key_of
from konflik.notices.services.channels.outcomes import Outcome
from konflik.notices.services.channels.webhook import NOT_HTTPS, NOT_OUTSIDE, UNKNOWN_HOST, WebhookSender, refuse_inside
from konflik.notices.services.reconciling import reconcile
from konflik.notices.services.sending import PAUSES, deliver
from konflik.notices.tables import Channel, Decision, State
from konflik.registry.services import SubscriptionFacts, end_subscription, make_key, revoke_key, subscribe
from tests.builders import BAJUBANG, BATANGHARI, HOUR, MUARO_JAMBI, NOW, PASER, a_case, a_duty, a_user, region
from tests.notices.test_gateway import Asked, answering

pytestmark = pytest.mark.django_db
SENDERS = {Channel.WEBHOOK: WebhookSender(step=0.4, whole=1)}


@pytest.fixture(autouse=True)
def _inside(settings: Settings) -> None:
    settings.WEBHOOKS_MAY_STAY_INSIDE = True


@pytest.fixture
def staff() -> User:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def key(staff: User) -> ApiKey:
    facts = KeyFacts(owner=staff, name="Satu Data", scopes=("cases:read", "clocks:read"), regions=(BATANGHARI,))
    return make_key(facts=facts, actor=None, now=NOW).key


def subscribed(key: ApiKey, url: str = "http://127.0.0.1:9/", **told: Any) -> Any:
    told = {"events": ("case_opened", "duty_recorded"), **told}
    return subscribe(facts=SubscriptionFacts(key=key, url=url, **told), actor=None, now=NOW)


def rows() -> list[Notice]:
    return list(Notice.objects.filter(channel=Channel.WEBHOOK.value).order_by("pk"))


def sent(*, after: timedelta = HOUR) -> list[tuple[str, str]]:
    """What became of the rows, once everything whose time has come was tried."""
    moments = iter([NOW + after] * 60)
    deliver(clock=lambda: next(moments), until=NOW + after + HOUR, senders=SENDERS)
    return [(row.state, row.fault) for row in rows()]


def told_to(asked: Asked) -> list[dict[str, Any]]:
    return [json.loads(body) for _, body in asked.requests]


def test_a_system_is_told_of_ids_and_kind_and_can_prove_who_told_it(staff: User, key: ApiKey) -> None:
    with answering() as asked:
        made = subscribed(key, asked.url)
        case = a_case(actor=staff, secrecy=Secrecy.BIASA)
        assert sent() == [("sent", "")]
    [(headers, body)] = asked.requests
    [row] = rows()
    assert json.loads(body) == {
        "id": key_of(row),
        "event": "case_opened",
        "line": row.line_id,
        "case": case.pk,
        "kabupaten": BATANGHARI,
    }
    assert case.title not in body.decode()
    at = headers["X-Konflik-Timestamp"]
    assert int(at) == int((NOW + HOUR).timestamp())
    seal = hmac.new(made.secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Konflik-Signature"] == f"sha256={seal}"
    assert headers["Idempotency-Key"] == key_of(row)
    stored = str(Subscription.objects.values().get())
    assert made.secret not in stored
    assert made.secret not in str(asked.requests)


def test_only_of_the_events_and_the_region_it_asked_for(staff: User, key: ApiKey) -> None:
    subscribed(key)
    subscribed(key, events=("violence_reported",))
    far = a_user(Role.SEKRETARIS_TIM, PASER)
    a_case(actor=far, at=(PASER,), secrecy=Secrecy.BIASA)
    assert rows() == []
    a_case(actor=staff, secrecy=Secrecy.BIASA)
    [row] = rows()
    assert (row.state, row.recipient, row.together) == (State.PENDING, staff, 1)


def revoke(key: ApiKey, case: Case) -> None:
    revoke_key(key=key, actor=None, now=NOW)


def end(key: ApiKey, case: Case) -> None:
    end_subscription(subscription=key.subscriptions.get(), actor=None, now=NOW)


def outlive(key: ApiKey, case: Case) -> None:
    ApiKey.objects.update(made_at=NOW - timedelta(days=91))


def raise_class(key: ApiKey, case: Case) -> None:
    Case.objects.update(secrecy=Secrecy.TERBATAS.value)


def take_scope(key: ApiKey, case: Case) -> None:
    ApiKey.objects.update(scopes=["clocks:read"])


def move_owner(key: ApiKey, case: Case) -> None:
    Posting.objects.filter(user=key.owner).update(region=MUARO_JAMBI)


LOST = [
    (revoke, KEY_OVER),
    (end, KEY_OVER),
    (outlive, KEY_OVER),
    (raise_class, NOT_FOR_KEY),
    (take_scope, NOT_FOR_KEY),
    (move_owner, NOT_FOR_KEY),
]


@pytest.mark.parametrize(("lose", "reason"), LOST, ids=[row[0].__name__ for row in LOST])
def test_what_the_key_may_not_see_when_it_is_sent_is_not_sent(
    staff: User, key: ApiKey, lose: Callable[[ApiKey, Case], None], reason: str
) -> None:
    with answering() as asked:
        subscribed(key, asked.url)
        case = a_case(actor=staff, secrecy=Secrecy.BIASA)
        lose(key, case)
        assert sent() == [("cancelled", reason)]
    assert asked.requests == []
    wrong = [found for found in reconcile(now=NOW + HOUR) if found.kind == "wrongly_cancelled"]
    assert wrong == []


@pytest.mark.parametrize(("secrecy", "outcome"), [(Secrecy.BIASA, ("sent", "")), (Secrecy.RAHASIA, ("cancelled", NOT_FOR_KEY))])
def test_a_link_is_told_to_a_key_that_sees_both_cases(staff: User, key: ApiKey, secrecy: Secrecy, outcome: tuple[str, str]) -> None:
    with answering() as asked:
        seen, other = a_case(actor=staff, secrecy=Secrecy.BIASA), a_case(actor=staff, secrecy=secrecy)
        subscribed(key, asked.url, events=("cases_linked",))
        link_cases(case=other, other=seen, kind=LinkKind.RELATED, reason="", actor=staff, now=NOW)
        assert [row for row in sent() if row[0] == outcome[0]][-1] == outcome
        assert {one["case"] for one in told_to(asked)} <= ({seen.pk, other.pk} if outcome[0] == "sent" else set())


def test_a_duty_without_a_case_is_told_to_a_key_that_sees_clocks(staff: User, key: ApiKey) -> None:
    with answering() as asked:
        subscribed(key, asked.url)
        a_duty("kip-jawaban", at=BATANGHARI, secrecy=Secrecy.BIASA)
        assert sent() == [("sent", "")]
        assert told_to(asked)[0]["case"] is None
        a_duty("kip-jawaban", at=BATANGHARI, secrecy=Secrecy.SANGAT_RAHASIA)
        assert sent()[-1] == ("cancelled", NOT_FOR_KEY), "of a class above the key nothing is told, not even its number"
        ApiKey.objects.update(scopes=["cases:read"])
        a_duty("kip-jawaban", at=BATANGHARI, secrecy=Secrecy.BIASA)
        assert sent()[-1] == ("cancelled", NOT_FOR_KEY)


ANSWERS = [
    # status, state, refusals
    (200, State.SENT, 0),
    (204, State.SENT, 0),
    (301, State.PENDING, 1),
    (400, State.PENDING, 1),
    (410, State.FAILED, 1),
    (500, State.PENDING, 1),
    (503, State.PENDING, 1),
]


@pytest.mark.parametrize(("status", "state", "refusals"), ANSWERS, ids=[str(row[0]) for row in ANSWERS])
def test_whatever_is_not_taken_is_tried_again(staff: User, key: ApiKey, status: int, state: State, refusals: int) -> None:
    with answering(status, b"") as asked:
        subscribed(key, asked.url)
        a_case(actor=staff, secrecy=Secrecy.BIASA)
        sent()
    [row] = rows()
    assert (row.state, row.refusals, len(asked.requests)) == (state, refusals, 1)


def test_the_pauses_grow_until_a_person_decides_and_it_is_sent_once_more(staff: User, key: ApiKey) -> None:
    settler = a_user(Role.SEKRETARIS_TIM)
    with answering(500, b"") as asked:
        subscribed(key, asked.url)
        a_case(actor=staff, secrecy=Secrecy.BIASA)
        waited = []
        for _ in range(len(PAUSES) + 1):
            [row] = rows()
            at = row.send_after - NOW
            sent(after=at)
            [row] = rows()
            waited.append(row.send_after - NOW - at)
        assert waited[:-1] == list(PAUSES)
        assert (row.state, len(asked.requests)) == (State.FAILED, len(PAUSES) + 1)
    assert len({body["id"] for body in told_to(asked)}) == 1, "known again by its id"
    with answering() as awake:
        Subscription.objects.update(url=awake.url)
        settle_notice(notice=row, decision=Decision.RESEND, reason="Penerima hidup lagi.", actor=settler, now=NOW + 30 * HOUR)
        assert sent(after=31 * HOUR)[0][0] == "sent"
    assert told_to(awake)[0]["id"] == key_of(row)


def test_told_machines_do_not_hide_that_people_were_not(staff: User, key: ApiKey) -> None:
    subscribed(key, events=("violence_reported", "case_opened"))
    case = a_case(actor=staff, secrecy=Secrecy.BIASA)
    before = {(found.kind, found.id) for found in reconcile(now=NOW + 2 * HOUR) if found.kind in {"missing", "incomplete"}}
    Notice.objects.filter(case=case, channel=Channel.WEBHOOK.value).delete()
    after = {(found.kind, found.id) for found in reconcile(now=NOW + 2 * HOUR) if found.kind in {"missing", "incomplete"}}
    assert before == after


INSIDE = [
    ("http://satudata.contoh.go.id/", NOT_HTTPS),
    ("ftp://satudata.contoh.go.id/", NOT_HTTPS),
    ("https:///kirim", NOT_HTTPS),
    ("https://nama:sandi@satudata.contoh.go.id/", NOT_HTTPS),
    ("https://127.0.0.1/", NOT_OUTSIDE),
    ("https://localhost/", NOT_OUTSIDE),
    ("https://2130706433/", NOT_OUTSIDE),
    ("https://0x7f.1/", NOT_OUTSIDE),
    ("https://10.0.0.5:8443/", NOT_OUTSIDE),
    ("https://192.168.1.1/", NOT_OUTSIDE),
    ("https://172.16.9.9/", NOT_OUTSIDE),
    ("https://169.254.169.254/latest/meta-data/", NOT_OUTSIDE),
    ("https://100.64.0.1/", NOT_OUTSIDE),
    ("https://0.0.0.0/", NOT_OUTSIDE),
    ("https://[::1]/", NOT_OUTSIDE),
    ("https://[fd00::1]/", NOT_OUTSIDE),
    ("https://[fe80::1]/", NOT_OUTSIDE),
    ("https://[::ffff:127.0.0.1]/", NOT_OUTSIDE),
    ("https://[2002:7f00:1::]/", NOT_OUTSIDE),
    ("https://224.0.0.1/", NOT_OUTSIDE),
    ("https://tidak-ada.invalid/", UNKNOWN_HOST),
]


@pytest.mark.parametrize(("url", "words"), INSIDE, ids=[row[0] for row in INSIDE])
def test_nothing_is_sent_into_the_own_network(settings: Settings, key: ApiKey, url: str, words: str) -> None:
    settings.WEBHOOKS_MAY_STAY_INSIDE = False
    with pytest.raises(ValidationError) as refused:
        refuse_inside(url)
    assert refused.value.message_dict == {"url": [words]}
    with pytest.raises(ValidationError):
        subscribed(key, url)


def test_a_name_that_moves_inside_later_is_not_followed(
    staff: User, key: ApiKey, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is looked at when it is called, and the one that was looked at is called."""
    settings.WEBHOOKS_MAY_STAY_INSIDE = False
    where = {"ip": "93.184.216.34"}
    called: list[Any] = []

    def name_server(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (where["ip"], port))]

    def connect(address: Any, *_: Any) -> None:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", name_server)
    monkeypatch.setattr(socket, "create_connection", connect)
    subscribed(key, "https://satudata.contoh.go.id/")
    a_case(actor=staff, secrecy=Secrecy.BIASA)
    [row] = rows()
    assert WebhookSender().hand_over(row, now=NOW).outcome is Outcome.REFUSED
    assert called == [("93.184.216.34", 443)]
    where["ip"] = "127.0.0.1"
    assert WebhookSender().hand_over(row, now=NOW).outcome is Outcome.REFUSED
    assert len(called) == 1


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"events": ()}, "events"),
    ({"events": ("user_created",)}, "events"),
    ({"region": PASER}, "region"),
]


@pytest.mark.parametrize(("told", "field"), REFUSED)
def test_a_subscription_asks_for_nothing_beyond_its_key(key: ApiKey, told: dict[str, Any], field: str) -> None:
    if "region" in told:
        told = {"region": region(told["region"])}
    with pytest.raises(ValidationError) as refused:
        subscribed(key, **told)
    assert set(refused.value.message_dict) == {field}


def test_it_is_made_and_ended_where_its_key_is_managed(key: ApiKey) -> None:
    facts = SubscriptionFacts(key=key, url="http://127.0.0.1:9/", events=("case_opened",), region=region(BAJUBANG))
    for stranger in (a_user(Role.SEKRETARIS_TIM, PASER), a_user(Role.STAF_SEKRETARIAT)):
        with pytest.raises(ValidationError):
            subscribe(facts=facts, actor=stranger, now=NOW)
    secretary = a_user(Role.SEKRETARIS_TIM)
    made = subscribe(facts=facts, actor=secretary, now=NOW)
    assert made.subscription.region_id == BAJUBANG
    end_subscription(subscription=made.subscription, actor=secretary, now=NOW)
    with pytest.raises(ValidationError):
        end_subscription(subscription=made.subscription, actor=secretary, now=NOW)
    revoke_key(key=key, actor=secretary, now=NOW)
    with pytest.raises(ValidationError) as refused:
        subscribe(facts=facts, actor=secretary, now=NOW)
    assert set(refused.value.message_dict) == {"key"}
