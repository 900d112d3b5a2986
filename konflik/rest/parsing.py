"""JSON as it may come in: UTF-8, not too large, not too deep, no key twice, no NUL, no half of a surrogate pair, no number
that a database cannot hold."""

import json
import math
from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser

from konflik.rest.problems import Problem

DEEPEST = 20
LARGEST_INT, SMALLEST_INT = 2**63 - 1, -(2**63)
CHARSETS = frozenset({"utf-8", "utf8"})


class StrictJSONParser(BaseParser):
    """One JSON value. Raises Problem with what is wrong and where."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """As REST framework asks."""
        headers = (parser_context or {})["request"].META
        _refuse_charset(media_type or "")
        raw = stream.read()
        stated = headers.get("CONTENT_LENGTH") or "0"
        if stated != str(len(raw)):
            raise Problem("permintaan-tidak-terbaca", "Panjang isi tidak sama dengan Content-Length.")
        return read_json(raw)


def read_json(raw: bytes) -> Any:
    """The value that `raw` says. Raises Problem for everything that this house does not take."""
    _refuse_depth(raw)
    try:
        text = raw.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse_constant, parse_int=_int, parse_float=_float)
    except UnicodeDecodeError:
        raise Problem("permintaan-tidak-terbaca", "Isi bukan UTF-8.") from None
    except json.JSONDecodeError as error:
        where = f"baris {error.lineno}, huruf ke-{error.colno}"
        raise Problem("permintaan-tidak-terbaca", f"Isi bukan JSON yang sah ({where}).") from None
    _refuse_texts(value)
    return value


def _refuse_charset(media_type: str) -> None:
    for part in media_type.split(";")[1:]:
        name, _, stated = part.partition("=")
        if name.strip().lower() == "charset" and stated.strip().strip('"').lower() not in CHARSETS:
            raise UnsupportedMediaType(media_type)


def _refuse_depth(raw: bytes) -> None:
    """Before anything is built: brackets outside of texts are counted."""
    if raw.count(b"[") + raw.count(b"{") <= DEEPEST:
        return
    depth, in_text, is_escaped = 0, False, False
    for byte in raw:
        if in_text:
            in_text = is_escaped or byte != 0x22
            is_escaped = byte == 0x5C and not is_escaped
        elif byte == 0x22:
            in_text = True
        elif byte in b"[{":
            depth += 1
            if depth > DEEPEST:
                raise Problem("permintaan-tidak-terbaca", f"Isi bersusun terlalu dalam (paling banyak {DEEPEST} tingkat).")
        elif byte in b"]}":
            depth -= 1


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Problem("isi-tidak-sah", f"Nama {twice[:50]!r} tertulis dua kali.")
    return found


def _refuse_constant(name: str) -> None:
    raise Problem("permintaan-tidak-terbaca", f"{name} bukan angka JSON.")


def _int(digits: str) -> int:
    if len(digits) > len(str(SMALLEST_INT)) or not SMALLEST_INT <= int(digits) <= LARGEST_INT:
        raise Problem("isi-tidak-sah", "Ada angka yang terlalu besar (paling banyak 64 bit).")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise Problem("isi-tidak-sah", "Ada angka yang terlalu besar.")
    return value


def refuse_text(text: str) -> None:
    """Raise Problem for a text that a database or a page cannot carry."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Problem("isi-tidak-sah", "Ada tulisan yang memuat tanda yang tidak dapat disimpan (NUL atau separuh tanda).")


def _refuse_texts(value: Any) -> None:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            refuse_text(one)
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
