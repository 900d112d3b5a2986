"""Answers as bytes of JSON."""

import re
from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer

JSON = "application/json"
ANYTHING = "*/*"
PROBLEM = "application/problem+json"
REFUSED_QUALITY = re.compile(r"\s*q\s*=\s*0(\.0{0,3})?\s*", re.IGNORECASE)


def write_json(value: Any) -> bytes:
    """`value` as JSON in UTF-8: texts, numbers, days, and what is made of them. Texts keep a lone NUL or quotation mark escaped."""
    return orjson.dumps(value, default=str)


class JSONRenderer(BaseRenderer):
    """Writes what a view answers; bytes pass as they are."""

    media_type = JSON
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None) -> bytes:
        """As REST framework asks."""
        if data is None:
            return b""
        return data if isinstance(data, bytes) else write_json(data)


class OneFormat(BaseContentNegotiation):
    """An address has one form of answers, and a view may name in `media_types` what it gives instead, by `?format=`."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """The parser of the media type; None where there is none."""
        named = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == named), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        """The first renderer. Raises NotAcceptable where the client takes nothing of what the view gives (RFC 9110 12.5.1)."""
        renderer = renderers[0]
        taken = ranges_of(request.META.get("HTTP_ACCEPT", ""))
        if not taken:
            return renderer, renderer.media_type
        kinds: Mapping[str, str] = getattr(request.parser_context.get("view"), "media_types", {})
        given = kinds.get(request.query_params.get("format", ""), JSON)
        # A file may be asked for by whoever takes JSON: `format` says it more plainly than a header that a library sends by itself.
        # The form of refusals counts by its own name only: else who takes anything but JSON would be given JSON.
        is_taken = taken.get(PROBLEM) or any(takes(taken, kind) for kind in (given, JSON, renderer.media_type))
        if given != ANYTHING and not is_taken:
            raise NotAcceptable
        return renderer, renderer.media_type


def ranges_of(accept: str) -> dict[str, bool]:
    """The media ranges of an Accept header, and whether each is wanted; `q=0` says that it is not."""
    found = {}
    for part in accept.lower().split(","):
        name, *parameters = part.split(";")
        if name.strip():
            found[name.strip()] = not any(REFUSED_QUALITY.fullmatch(one) for one in parameters)
    return found


def takes(ranges: Mapping[str, bool], kind: str) -> bool:
    """Whether `kind` is wanted: the narrowest range that it falls under decides."""
    return next((ranges[name] for name in (kind, f"{kind.partition('/')[0]}/*", ANYTHING) if name in ranges), False)
