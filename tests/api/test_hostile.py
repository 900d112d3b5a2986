"""Sixty things that nobody means well with: refused by name, nothing half-written, never a fault of ours (S39)."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.api.writes import JSON, World, opening
from tests.refusals import nothing_written

V1 = "/api/v1/"
BIG = 2**63
DEEP = 100_000


def body(**told: Any) -> bytes:
    return json.dumps(opening(**told)).encode()


def raw(text: str) -> bytes:
    return text.encode()


def bodies() -> dict[str, tuple[bytes, str, int]]:
    """What is sent to open a case: the bytes, the content type, the status."""
    good = body()
    return {
        "deep list": (b"[" * DEEP + b"]" * DEEP, JSON, 400),
        "deep object": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, JSON, 400),
        "deep inside": (body(title=[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]), JSON, 400),
        "NUL": (body(title="a\0b"), JSON, 400),
        "lone surrogate": (raw('{"title": "\\ud800"}'), JSON, 400),
        "surrogates the wrong way": (raw('{"title": "\\udc00\\ud800"}'), JSON, 400),
        "NUL in a name": (raw('{"ti\\u0000tle": 1}'), JSON, 400),
        "huge number": (raw('{"title": 1' + "0" * 5000 + "}"), JSON, 400),
        "beyond 64 bit": (body(parent=BIG), JSON, 400),
        "just 64 bit": (body(parent=BIG - 1), JSON, 400),
        "negative key": (body(parent=-1), JSON, 400),
        "infinite": (raw('{"title": Infinity}'), JSON, 400),
        "not a number": (raw('{"title": NaN}'), JSON, 400),
        "huge exponent": (raw('{"title": 1e999}'), JSON, 400),
        "twice": (raw('{"title": "a", "title": "b"}'), JSON, 400),
        "a list": (b"[]", JSON, 400),
        "a text": (b'"x"', JSON, 400),
        "null": (b"null", JSON, 400),
        "a number": (b"1", JSON, 400),
        "nothing": (b"", JSON, 400),
        "half": (good[:-5], JSON, 400),
        "twice whole": (good + good, JSON, 400),
        "with a mark in front": (b"\xef\xbb\xbf" + good, JSON, 400),
        "UTF-16": (good.decode().encode("utf-16"), JSON, 400),
        "Latin": (body(title="é").decode("unicode_escape").encode("latin-1", "replace"), JSON, 400),
        "wrong charset": (good, "application/json; charset=utf-16", 415),
        "unknown charset": (good, "application/json; charset=x", 415),
        "XML": (b"<a/>", "application/xml", 415),
        "a form": (b"title=a", "application/x-www-form-urlencoded", 415),
        "multipart without end": (b"--x", "multipart/form-data; boundary=x", 415),
        "no type": (good, "", 415),
        "1,001 fields": (json.dumps({f"f{n}": n for n in range(1001)}).encode(), JSON, 400),
        "long title": (body(title="a" * 201), JSON, 400),
        "endless story": (body(chronology="a" * 20_001), JSON, 400),
        "empty title": (body(title="   "), JSON, 400),
        "title as object": (body(title={"a": 1}), JSON, 400),
        "title as truth": (body(title=True), JSON, 400),
        "places as text": (body(places="15.04"), JSON, 400),
        "no places": (body(places=[]), JSON, 400),
        "many places": (body(places=["15.04.07.2001"] * 1001), JSON, 400),
        "unknown place": (body(places=["99.99"]), JSON, 400),
        "place as number": (body(places=[15.04]), JSON, 400),
        "place with a quotation mark": (body(places=["15'; DROP"]), JSON, 400),
        "unknown class": (body(secrecy="top"), JSON, 400),
        "class as number": (body(secrecy=3), JSON, 400),
        "class as list": (body(secrecy=["biasa"]), JSON, 400),
        "source in capitals": (body(source="E"), JSON, 400),
        "year 9999": (body(opened_at="9999-12-31T23:59:59-14:00"), JSON, 400),
        "year 1": (body(opened_at="0001-01-01T00:00:00+14:00"), JSON, 400),
        "no zone": (body(opened_at="2026-03-02T09:00:00"), JSON, 400),
        "a day": (body(opened_at="2026-03-02"), JSON, 400),
        "no such day": (body(opened_at="2026-02-30T09:00:00+07:00"), JSON, 400),
        "seconds since 1970": (body(opened_at=1772416800), JSON, 400),
        "wild offset": (body(opened_at="2026-03-02T09:00:00+99:00"), JSON, 400),
        "in the future": (body(opened_at="2099-03-02T09:00:00+07:00"), JSON, 422),
    }


ADDRESSES: dict[str, int] = {
    f"cases/{BIG}/": 404,
    f"cases/{2**200}/": 404,
    "cases/0/": 404,
    f"figures/{BIG}/": 404,
    f"activities/{BIG - 1}/": 404,
    f"attachments/{BIG}/file/": 404,
    "cases/%00/": 404,
    "cases/1%2F..%2F2/": 404,
    "cases/?limit=1e3": 400,
    "cases/?limit=%D9%A1": 400,
    "cases/?cursor=%00": 400,
    f"cases/?q={'a' * 501}": 400,
    "cases/?q=%ff": 400,
    "cases/?stage[]=pemulihan": 400,
    "cases/?secrecy__gte=1": 400,
    "cases/?recorded_by=1": 400,
    "cases/?ordering=chronology": 400,
    "cases/?format=exe": 400,
    "cases/?fields=chronology": 400,
    "cases/?place=abc": 400,
    "cases/?place=15.04.": 400,
    "cases/?place=%D9%A1%D9%A5": 400,
    "cases/?format=csv&cursor=x": 400,
    "cases/?format=xlsx&limit=10": 400,
    "cases/?format=csv&count=true": 400,
    "regions/?within=abc": 400,
    "status-decrees/?within=1": 400,
    "activities/?due_before=9999-12-31": 400,
    "activities/?due_before=2026-02-30": 400,
    "activities/?case__secrecy=4": 400,
}


def test_what_is_hostile_is_refused_by_name_and_leaves_nothing(world: World) -> None:
    client = world.browser()
    wrong = []
    assert len(bodies()) + len(ADDRESSES) >= 60
    with nothing_written():
        for name, (sent, kind, status) in bodies().items():
            answer = client.generic("POST", f"{V1}cases/", sent, kind)
            wrong += judged(name, answer, status)
        for address, status in ADDRESSES.items():
            wrong += judged(address, client.get(V1 + address), status)
        lied = client.generic("POST", f"{V1}cases/", body(), JSON, CONTENT_LENGTH="7")
        wrong += judged("lying length", lied, 400)
        wrong += judged("PUT", client.put(f"{V1}cases/{world.case.pk}/", b"{}", JSON), 405)
        wrong += judged("DELETE", client.delete(f"{V1}cases/{world.case.pk}/"), 405)
        tagged = {"If-Match": f'"{world.case.pk}-{world.case.version}"'}
        for statutory in ("stage", "severity", "secrecy", "handler", "places", "opened_at", "qualification", "version"):
            patched = client.patch(f"{V1}cases/{world.case.pk}/", {statutory: 1, "reason": "x"}, JSON, headers=tagged)
            wrong += judged(f"PATCH {statutory}", patched, 400)
    assert not wrong


def judged(name: str, answer: Any, status: int) -> list[tuple[str, int, bytes]]:
    is_problem = answer.headers.get("Content-Type") == "application/problem+json" and answer.json()["status"] == status
    return [] if answer.status_code == status and is_problem else [(name, answer.status_code, answer.content[:200])]


def test_nobody_is_told_anything_without_a_login(world: World) -> None:
    for address in ("cases/", f"cases/{world.case.pk}/", "activities/", f"cases/{world.case.pk}/events/"):
        assert Client().get(V1 + address).status_code == 401


BLANK = ("cases/?kabupaten=", "cases/?number=", "cases/?q=", "regions/?parent=", "deadlines/?case_number=", "bodies/?kind=")


@pytest.mark.parametrize("asked", BLANK)
@pytest.mark.parametrize("form", ["", "&count=true", "&format=csv"])
def test_a_filter_that_says_nothing_is_refused_and_never_opens_everything(world: World, asked: str, form: str) -> None:
    for blank in ("", "%20", "%20%20"):
        answer = world.browser().get(f"/api/v1/{asked}{blank}{form}")
        assert answer.status_code == 400, (asked, blank)
        assert answer.json()["errors"][0]["field"] == asked.partition("?")[2].rstrip("=")


@pytest.mark.parametrize("method", ["REQUEST", "HEADERS", "ARGS", "FINALIZE_RESPONSE", "INITIALIZE_REQUEST", "PURGE", "OPTIONS", "GET"])
def test_what_is_not_there_is_not_there_whatever_the_method(method: str, db: None) -> None:
    answer = Client(raise_request_exception=False).generic(method, "/api/v1/tidak-ada/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
