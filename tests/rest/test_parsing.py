"""JSON as it may come in, without a view or a database: each thing that is not taken is refused with its code (S39)."""

import io
import json
from typing import Any

import pytest
from rest_framework.exceptions import UnsupportedMediaType

from konflik.rest.parsing import DEEPEST, LARGEST_INT, SMALLEST_INT, StrictJSONParser, read_json
from konflik.rest.problems import Problem

UNREADABLE, UNSOUND = "permintaan-tidak-terbaca", "isi-tidak-sah"


def nested(depth: int, opening: str = "[", closing: str = "]", core: str = "1") -> bytes:
    return (opening * depth + core + closing * depth).encode()


REFUSED: dict[str, tuple[bytes, str]] = {
    "a name twice": (b'{"a": 1, "a": 2}', UNSOUND),
    "a name twice, deep inside": (b'{"a": [{"b": 1, "b": 1}]}', UNSOUND),
    "a name twice, once escaped": (b'{"a": 1, "\\u0061": 2}', UNSOUND),
    "a list too deep": (nested(DEEPEST + 1), UNREADABLE),
    "an object too deep": (nested(DEEPEST + 1, '{"a":', "}"), UNREADABLE),
    "a list far too deep": (nested(100_000), UNREADABLE),
    "a list without end": (b"[" * 100_000, UNREADABLE),
    "brackets behind an escaped quotation mark": (b'["\\"", ' + nested(DEEPEST) + b"]", UNREADABLE),
    "not a number": (b'{"a": NaN}', UNREADABLE),
    "infinite": (b"[Infinity]", UNREADABLE),
    "infinite downwards": (b"[-Infinity]", UNREADABLE),
    "beyond 64 bit": (str(LARGEST_INT + 1).encode(), UNSOUND),
    "beyond 64 bit downwards": (str(SMALLEST_INT - 1).encode(), UNSOUND),
    "ten thousand digits": (b"1" * 10_000, UNSOUND),
    "an exponent beyond all floats": (b"1e999", UNSOUND),
    "NUL in a text": (b'{"a": "x\\u0000y"}', UNSOUND),
    "NUL in a name": (b'{"x\\u0000y": 1}', UNSOUND),
    "NUL as it is": (b'{"a": "x\x00y"}', UNREADABLE),
    "half of a pair": (b'["\\ud800"]', UNSOUND),
    "the other half": (b'["\\udfff"]', UNSOUND),
    "a pair the wrong way round": (b'["\\udc00\\ud800"]', UNSOUND),
    "half of a pair as bytes": (b'["\xed\xa0\x80"]', UNREADABLE),
    "Latin-1": (b'["\xe9"]', UNREADABLE),
    "too long a form of a slash": (b'["\xc0\xaf"]', UNREADABLE),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), UNREADABLE),
    "a mark in front": (b"\xef\xbb\xbf{}", UNREADABLE),
    "nothing": (b"", UNREADABLE),
    "half": (b'{"a": ', UNREADABLE),
    "two values": (b"{}{}", UNREADABLE),
    "a comma too many": (b"[1,]", UNREADABLE),
    "single quotation marks": (b"{'a': 1}", UNREADABLE),
    "a comment": (b"{} // a", UNREADABLE),
    "a leading nought": (b"01", UNREADABLE),
}
TAKEN: dict[str, tuple[bytes, Any]] = {
    "as deep as may be": (nested(DEEPEST), json.loads(nested(DEEPEST))),
    "more brackets than are deep": (b"[" + b",".join([b"[]"] * 100) + b"]", [[]] * 100),
    "brackets in a text": (json.dumps(["[" * 100]).encode(), ["[" * 100]),
    "brackets behind quotation marks in a text": (json.dumps(['"' + "{" * 100 + "\\"]).encode(), ['"' + "{" * 100 + "\\"]),
    "the largest": (str(LARGEST_INT).encode(), LARGEST_INT),
    "the smallest": (str(SMALLEST_INT).encode(), SMALLEST_INT),
    "a true pair": (b'["\\ud83d\\ude00"]', ["\U0001f600"]),
    "the same name in two objects": (b'[{"a": 1}, {"a": 2}]', [{"a": 1}, {"a": 2}]),
    "a number with a point": (b"[1.5, -0.0, 1e3]", [1.5, -0.0, 1000.0]),
    "blanks around": (b' \r\n\t{"a": null} ', {"a": None}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_refused_with_its_code(name: str) -> None:
    raw, code = REFUSED[name]
    with pytest.raises(Problem) as refused:
        read_json(raw)
    assert (refused.value.code, refused.value.status_code) == (code, 400)
    assert refused.value.body["detail"].endswith("."), "a sentence"


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_sound_is_taken_as_it_is(name: str) -> None:
    raw, value = TAKEN[name]
    assert read_json(raw) == value


class Asked:
    """A request, as far as the parser looks at it."""

    def __init__(self, stated: str | None) -> None:
        self.META = {} if stated is None else {"CONTENT_LENGTH": stated}


def parsed(raw: bytes, *, stated: str | None, kind: str = "application/json") -> Any:
    return StrictJSONParser().parse(io.BytesIO(raw), kind, {"request": Asked(stated)})


@pytest.mark.parametrize("stated", [None, "", "1", "3", "-2", "2.0", "0x2", "²", "1" * 5000])
def test_a_length_that_is_not_that_of_the_body_is_refused(stated: str | None) -> None:
    with pytest.raises(Problem) as refused:
        parsed(b"{}", stated=stated)
    assert (refused.value.code, "Content-Length" in refused.value.body["detail"]) == (UNREADABLE, True)


CHARSETS = {
    "application/json": True,
    "application/json; charset=utf-8": True,
    'application/json; charset="UTF-8"': True,
    "application/json;CHARSET=utf8": True,
    "application/json; version=1": True,
    "application/json; charset=utf-16": False,
    "application/json; charset=latin-1": False,
    "application/json; charset=": False,
    "application/json; charset=utf-8; charset=utf-7": False,
}


@pytest.mark.parametrize(("kind", "is_taken"), CHARSETS.items())
def test_only_utf_8_is_taken_whatever_the_header_says(kind: str, is_taken: bool) -> None:
    if is_taken:
        assert parsed(b"{}", stated="2", kind=kind) == {}
    else:
        with pytest.raises(UnsupportedMediaType):
            parsed(b"{}", stated="2", kind=kind)
