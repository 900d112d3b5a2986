"""Idempotency-Key: one act for one key of one caller, however often it is sent (S23). The races are in tests/races."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils import timezone
from pytest_django import Settings
from rest_framework import serializers
from rest_framework.test import APIRequestFactory, force_authenticate

from accounts.keys.services import KeyFacts
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry, append
from konflik.registry.services import make_key
from konflik.rest.answers import KEPT_FOR, IdempotentAnswer, forget_answers
from konflik.rest.idempotency import ABANDONED_AFTER, Kept, once
from konflik.rest.problems import Problem
from konflik.rest.shapes import Input
from konflik.rest.writing import ActionView, Done
from tests.builders import BATANGHARI, NOW, a_user

pytestmark = pytest.mark.django_db
FIRST, SECOND = "kiriman-0001", "kiriman-0002"


class NoteInput(Input):
    text = serializers.CharField()


class Note(ActionView):
    """Leaves one line; "tolak" is refused after it was written."""

    takes = NoteInput
    answers_with = 201

    def act(self, data: dict[str, Any], *, now: Any, **_: Any) -> Done:
        line = append(Entry(event="note_added", occurred_at=now, kabupaten_id=BATANGHARI), now=now)
        if data["text"] == "tolak":
            raise ValidationError("Ditolak.")
        if data["text"] == "hilang":
            raise Http404
        return Done({"line": line.pk}, location=f"/api/v1/lines/{line.pk}/")


@pytest.fixture(autouse=True)
def _here(settings: Settings) -> None:
    settings.REDIS_URL = ""


@pytest.fixture
def staff() -> User:
    return a_user(Role.STAF_SEKRETARIAT)


def a_secret(owner: User) -> str:
    facts = KeyFacts(owner=owner, name="Satu Data", scopes=("cases:write",), regions=(BATANGHARI,))
    return make_key(facts=facts, actor=None, now=timezone.now()).secret


def send(who: str | User, text: str = "baik", key: str = FIRST, *, path: str = "/api/v1/uji/") -> HttpResponse:
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    if isinstance(who, str):
        headers["HTTP_AUTHORIZATION"] = f"Bearer {who}"
    request = APIRequestFactory().post(path, {"text": text}, format="json", **headers)
    if isinstance(who, User):
        force_authenticate(request, who)
    answer = Note.as_view()(request)
    return answer.render() if hasattr(answer, "render") else answer


def notes() -> int:
    return JournalLine.objects.filter(event="note_added").count()


def test_the_same_request_gets_the_same_answer_and_is_done_once(staff: User) -> None:
    secret = a_secret(staff)
    first, again = send(secret), send(secret)
    assert (first.status_code, first.content, first.headers["Location"]) == (again.status_code, again.content, again.headers["Location"])
    assert first.status_code == 201
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert notes() == 1
    assert send(secret, key=SECOND).status_code == 201
    assert notes() == 2


@pytest.mark.parametrize("other", [{"text": "lain"}, {"path": "/api/v1/lain/"}])
def test_another_request_with_the_same_key_is_refused(staff: User, other: dict[str, str]) -> None:
    secret = a_secret(staff)
    send(secret)
    answer = send(secret, **other)
    assert answer.status_code == 422
    assert notes() == 1


def test_whose_key_it_is_counts(staff: User) -> None:
    """The same value sent by a second key, by the owner in the browser and by somebody else: all done, nothing of another's shown."""
    callers: list[str | User] = [a_secret(staff), a_secret(staff), staff, a_user(Role.SEKRETARIS_TIM)]
    answers = [send(who, text=f"oleh {number}") for number, who in enumerate(callers)]
    assert [answer.status_code for answer in answers] == [201] * 4
    assert notes() == 4


UNSOUND = [("", 400, 201), ("pendek", 400, 400), ("ada spasi di sini", 400, 400), ("é" * 9, 400, 400)]


@pytest.mark.parametrize(("key", "by_machine", "by_browser"), UNSOUND)
def test_a_machine_must_name_one_a_browser_may(staff: User, key: str, by_machine: int, by_browser: int) -> None:
    assert (send(a_secret(staff), key=key).status_code, send(staff, key=key).status_code) == (by_machine, by_browser)


def test_a_refusal_leaves_nothing_and_may_be_put_right(staff: User) -> None:
    secret = a_secret(staff)
    assert send(secret, "tolak").status_code == 422
    assert (notes(), IdempotentAnswer.objects.count()) == (0, 0)
    assert send(secret).status_code == 201


ASKED: dict[str, Any] = {"principal": "key:1", "key": FIRST, "body_hash": "a"}


def done() -> Kept:
    return Kept(201, b"{}")


def refused_with(**asked: Any) -> str:
    with pytest.raises(Problem) as refused:
        once(**asked, act=done)
    return refused.value.code


def test_while_it_is_at_work_others_wait() -> None:
    inside: list[str] = []

    def act() -> Kept:
        inside.append(refused_with(**ASKED, now=NOW))
        inside.append(refused_with(**{**ASKED, "body_hash": "b"}, now=NOW))
        return done()

    once(**ASKED, now=NOW, act=act)
    assert inside == ["sedang-dikerjakan", "kunci-ulang-beda"]


def test_what_a_dead_process_left_is_begun_anew_and_who_was_only_slow_is_undone() -> None:
    later = NOW + ABANDONED_AFTER + timedelta(seconds=1)

    def act() -> Kept:
        append(Entry(event="note_added", occurred_at=NOW, kabupaten_id=BATANGHARI), now=NOW)
        assert once(**ASKED, now=later, act=lambda: Kept(201, b"anew")).body == b"anew"
        return done()

    with pytest.raises(Problem):
        once(**ASKED, now=NOW, act=act)
    assert notes() == 0


def test_answers_are_kept_for_thirty_days() -> None:
    once(**ASKED, now=NOW, act=done)
    assert forget_answers(now=NOW + KEPT_FOR) == 0
    assert once(**ASKED, now=NOW + KEPT_FOR, act=lambda: Kept(500, b"")).status == 201
    assert forget_answers(now=NOW + KEPT_FOR + timedelta(seconds=1)) == 1


@pytest.mark.parametrize("key", [FIRST, ""])
def test_an_act_whose_answer_fails_leaves_nothing(staff: User, key: str) -> None:
    assert send(staff, "hilang", key=key).status_code == 404
    assert notes() == 0
