"""The order in which a change is looked at, shown with a view of its own: who, which version, what, and only then the act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from rest_framework import serializers
from rest_framework.test import APIRequestFactory, force_authenticate

from konflik.rest.shapes import Input
from konflik.rest.writing import ActionView, Done
from konflik.versions import StaleVersion

pytestmark = pytest.mark.django_db


@dataclass
class Thing:
    """A row in no database."""

    pk: int = 7
    version: int = 3


class ThingInput(Input):
    word = serializers.CharField(max_length=10)


class Change(ActionView):
    """Writes down what it was asked; each refusal of a service has its word."""

    takes = ThingInput
    demands_version = True
    thing: Any = None
    done: Any = None

    def target(self, reader: Any, now: datetime) -> Thing:
        if reader.pk == 404:
            raise Http404
        if reader.pk == 403:
            raise PermissionDenied("Tidak boleh.")
        return self.thing

    def act(self, data: dict[str, Any], *, target: Thing, seen_version: int | None, **_: Any) -> Done:
        if data["word"] == "hukum":
            raise ValidationError({"word": "Ditolak oleh undang-undang."})
        if data["word"] == "kalah":
            target.version += 1
            raise StaleVersion(target)
        self.done.append((data["word"], seen_version))
        return Done({"id": target.pk, "version": target.version + 1, "word": data["word"]}, location="/api/v1/things/7/")


class Free(Change):
    """The same without a version; something new is made."""

    demands_version = False
    answers_with = 201


class Silent(Free):
    """Answers with nothing."""

    def act(self, data: dict[str, Any], **told: Any) -> Done:
        return Done()


@dataclass
class Reader:
    """Somebody who is logged in."""

    pk: int = 1
    is_authenticated: bool = True
    is_active: bool = True


SEEN = '"7-3"'


class Asking:
    """One thing that is changed, and what was done to it."""

    def __init__(self) -> None:
        self.thing, self.done = Thing(), list[tuple[str, int | None]]()

    def send(
        self,
        body: Any = None,
        *,
        view: type[Change] = Change,
        seen: str = SEEN,
        reader: int = 1,
        query: str = "",
        kind: str = "application/json",
        method: str = "POST",
    ) -> HttpResponse:
        raw = body if isinstance(body, bytes) else b'{"word": "baik"}'
        headers = {"HTTP_IF_MATCH": seen} if seen else {}
        request = APIRequestFactory().generic(method, f"/api/v1/things/7/{query}", raw, kind, **headers)
        if reader:
            force_authenticate(request, Reader(reader))
        answer = view.as_view(thing=self.thing, done=self.done)(request)
        return answer.render() if hasattr(answer, "render") else answer


@pytest.fixture
def asking(settings: Any) -> Asking:
    settings.DEMO = True
    return Asking()


# What is wrong at once, and which of it is answered: who asks comes first, then the version, then the body.
ORDER: list[tuple[dict[str, Any], int]] = [
    ({"reader": 0, "seen": "", "body": b"{"}, 401),
    ({"reader": 404, "seen": "", "body": b"{"}, 404),
    ({"reader": 403, "seen": "", "body": b"{"}, 403),
    ({"query": "?word=baik", "reader": 404}, 400),
    ({"seen": "", "body": b"{"}, 428),
    ({"seen": '"7-2"', "body": b"{"}, 412),
    ({"seen": '"8-3"'}, 412),
    ({"seen": 'W/"7-3"'}, 412),
    ({"seen": '"7-3", "7-4"'}, 412),
    ({"seen": "*"}, 412),
    ({"seen": '"7-99999999999999999999"'}, 412),
    ({"body": b"{"}, 400),
    ({"body": b"[]"}, 400),
    ({"body": b"{}"}, 400),
    ({"body": b'{"word": "baik", "version": 9}'}, 400),
    ({"body": b'{"word": "terlalu panjang"}'}, 400),
    ({"kind": "text/plain"}, 415),
    ({"kind": "application/x-www-form-urlencoded", "body": b"word=baik"}, 415),
    ({"body": b'{"word": "hukum"}'}, 422),
    ({"body": b'{"word": "kalah"}'}, 412),
    ({"method": "PUT"}, 405),
    ({"method": "GET"}, 405),
]


@pytest.mark.parametrize(("wrong", "status"), ORDER)
def test_the_first_thing_that_is_wrong_is_answered_and_nothing_is_done(asking: Asking, wrong: dict[str, Any], status: int) -> None:
    answer = asking.send(**wrong)
    assert (answer.status_code, asking.done) == (status, [])
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_change_answers_with_the_tag_of_what_stands_now(asking: Asking) -> None:
    answer = asking.send()
    assert (answer.status_code, asking.done) == (200, [("baik", 3)])
    assert answer.headers["ETag"].startswith('"7-4-')
    assert answer.headers["Location"] == "/api/v1/things/7/"


def test_who_is_overtaken_in_the_service_is_told_what_stands(asking: Asking) -> None:
    told = asking.send(b'{"word": "kalah"}')
    assert (told.status_code, told.data["current"]) == (412, {"version": 4})


def test_where_no_version_is_asked_for_none_is_read(asking: Asking) -> None:
    answer = asking.send(view=Free, seen="rubbish")
    assert (answer.status_code, asking.done) == (201, [("baik", None)])


def test_an_act_may_answer_with_nothing(asking: Asking) -> None:
    answer = asking.send(view=Silent, seen="")
    assert (answer.status_code, answer.content, "ETag" in answer.headers) == (201, b"", False)
