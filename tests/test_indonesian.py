"""No English on the screen: every text of the packages we draw is translated, and the catalogue is compiled from its source."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from rest_framework.fields import Field

from konflik.api import v1
from tests.msgids import texts_of

CATALOGUE = Path(settings.BASE_DIR) / "locale" / "id" / "LC_MESSAGES"
SAME_IN_BOTH = {
    "%(class_name)s %(instance)s",
    "Menu:",
    ":?.!",
    ":",
    ", ",
    "…",
    "IPv4",
    "IPv6",
    "URL",
    "April",
    "September",
    "November",
    "Jan.",
    "Feb.",
    "Nov.",
    "%(truncated_text)s…",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "sep",
    "nov",
}
PACKAGES = [
    (
        "unfold",
        "templates/admin",
        "templates/unfold",
        "templates/registration",
        "templatetags",
        "contrib/filters",
        "contrib/forms",
        "mixins",
    ),
    ("unfold", "admin.py", "forms.py", "sites.py", "views.py", "widgets.py", "datasets.py"),
    ("django_filters",),
    ("allauth.account",),
    ("allauth.mfa",),
    ("django.contrib.admin",),
    ("django.contrib.auth",),
    ("django.contrib.contenttypes",),
    ("django.contrib.sessions",),
    ("django.core",),
    ("django.db",),
    ("django.forms",),
    ("django.utils",),
    ("django.views",),
]


def translated(kind: str, *texts: str) -> tuple[str, str]:
    """The text as written and as shown."""
    if kind == "pgettext":
        return texts[1], pgettext(texts[0], texts[1])
    if kind == "ngettext" and len(texts) > 1:
        return texts[1], ngettext(texts[0], texts[1], 5)
    return texts[0], gettext(texts[0])


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: "-".join(package[:2]))
def test_every_text_of_the_packages_is_indonesian(package: tuple[str, ...]) -> None:
    texts = texts_of(*package) if package[1:2] != ("admin.py",) else _texts_of_files(*package)
    assert texts
    with translation.override("id"):
        shown = [translated(*text) for text in texts]
    assert sorted(written for written, seen in shown if written == seen and written not in SAME_IN_BOTH) == []


def _texts_of_files(package: str, *names: str) -> set[tuple[str, ...]]:
    every = texts_of(package)
    below = texts_of(package, "templates", "contrib", "mixins", "templatetags")
    return every - below


def fields_in(field: Field) -> Iterator[Field]:
    """The field, and everything inside it."""
    yield field
    for inner in (getattr(field, "child", None), *getattr(field, "fields", {}).values()):
        if inner is not None:
            yield from fields_in(inner)


def test_every_refusal_of_a_field_is_indonesian() -> None:
    """Of the kinds of field that the API takes; our own classes word theirs in Indonesian."""
    taken = [view.takes for pattern in v1 if (view := getattr(pattern.callback, "cls", None)) and getattr(view, "takes", None)]
    kinds = {kind for takes in taken for field in fields_in(takes()) for kind in type(field).__mro__}
    texts = {
        text
        for kind in kinds
        if kind.__module__.startswith("rest_framework.")
        for text in vars(kind).get("default_error_messages", {}).values()
    }
    assert len(texts) > 20
    assert sorted(said["en"] for text in texts if (said := in_both(text))["en"] == said["id"]) == []


def in_both(text: Any) -> dict[str, str]:
    found = {}
    for language in ("en", "id"):
        with translation.override(language):
            found[language] = str(text)
    return found


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    assert _compiled(CATALOGUE / "django.mo") == _source(CATALOGUE / "django.po")


def _compiled(path: Path) -> dict[str, str]:
    data = path.read_bytes()
    _, _, number, ids, texts = struct.unpack("<5I", data[:20])

    def piece(table: int, index: int) -> str:
        length, start = struct.unpack("<2I", data[table + 8 * index : table + 8 * index + 8])
        return data[start : start + length].decode()

    pairs = {piece(ids, index).split("\0")[0]: piece(texts, index).split("\0")[0] for index in range(number)}
    pairs.pop("", None)
    return pairs


def _source(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    key = ""
    for line in path.read_text().splitlines():
        if line.startswith("msgid "):
            key = _unquoted(line.removeprefix("msgid "))
        elif line.startswith(("msgstr ", "msgstr[0] ")) and key:
            found[key] = _unquoted(line.partition(" ")[2])
    return found


def _unquoted(text: str) -> str:
    return text.strip()[1:-1].replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")
