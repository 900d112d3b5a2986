"""Every address of the site, walked from the URLconf."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver


@dataclass(frozen=True)
class Address:
    """One pattern: its name ("desk:case"), or its route where it has none, and the route."""

    name: str
    route: str

    def filled(self, **values: Any) -> str:
        """The path with these values."""
        plain = re.sub(r"\^?\(\?P<(\w+)>[^)]*\)/?\$?", r"<\1>/", self.route)
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(values[gap.group(1)]), plain)


def addresses() -> list[Address]:
    """All of them, in the order in which they are tried."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], space: str, before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""), route)
        else:
            yield Address(space + pattern.name if pattern.name else route, route)
