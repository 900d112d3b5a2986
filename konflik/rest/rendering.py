"""Answers as bytes of JSON."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer

JSON = "application/json"
TAKEN = ("*/*", "application/*", JSON, "application/problem+json")


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
    """There is one form of answers, so the Accept header is only asked whether it takes it."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """The parser of the media type; None where there is none."""
        named = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == named), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        """The first renderer. Raises NotAcceptable where the client wants something else only."""
        renderer = renderers[0]
        accept = request.META.get("HTTP_ACCEPT", "")
        if accept and not any(taken in accept for taken in (*TAKEN, renderer.media_type)):
            raise NotAcceptable
        return renderer, renderer.media_type
