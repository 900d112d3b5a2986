"""Every address × every role × every relation to a case × GET and POST, against the written table (S01, S06)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.access.matrix import ROWS, Row
from tests.access.walking import Address, addresses
from tests.access.world import NOWHERE, PEOPLE, SCOPES, STAFF, World, build

pytestmark = pytest.mark.django_db

ALL = addresses()
NOISE = re.compile(rb"csrfmiddlewaretoken\" value=\"[^\"]+\"|nonce-[\w+/=-]+|" + str(NOWHERE).encode())


@dataclass(frozen=True)
class Cell:
    """One question."""

    address: Address
    letter: str
    scope: str
    path: str
    method: str

    def __str__(self) -> str:
        return f"{self.method.upper():4} {self.address.name} as {self.letter or 'nobody'} on {self.scope or '-'}"


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    named = {address.name for address in ALL}
    assert sorted(named - set(ROWS)) == [], "addresses without a row in tests/access/matrix.py"
    assert sorted(set(ROWS) - named) == [], "rows of addresses that are gone"


def test_what_is_open_without_a_login_says_why() -> None:
    assert {name for name, row in ROWS.items() if not row.needs_login and not row.why_open} == set()


@pytest.fixture
def world(settings: Any) -> World:
    settings.DEMO = True  # the second factor has tests of its own
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    return build()


class Asking:
    """One person with a browser; what a request changes is taken back."""

    def __init__(self, world: World, letter: str) -> None:
        self.client = Client(raise_request_exception=False)
        if letter:
            self.client.force_login(world.people[letter])
        self.kept = self.client.cookies.output(header="", sep=";")

    def ask(self, method: str, path: str) -> HttpResponse:
        with transaction.atomic():
            response = getattr(self.client, method)(path)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        self.client.cookies.load(self.kept)
        return response


def expected(row: Row, cell: Cell, world: World) -> int:
    """What the table says."""
    method = cell.method
    if row.needs_login and (not cell.letter or (row.in_admin and cell.letter not in STAFF)):
        return 302
    if (method == "post" and row.post is None) or (method == "get" and row.without_get):
        return 405
    if row.on_case:
        if not world.sees(cell.letter, cell.scope):
            return 404
        if cell.scope == "granted":
            return (row.get if method == "get" else row.post or 405) if row.open_by_grant else 403
    if cell.letter and cell.letter not in row.who:
        return 403
    return row.get if method == "get" else row.post or 405


def case_cells(world: World) -> Iterator[Cell]:
    for address in ALL:
        row = ROWS.get(address.name)
        if row is None or not row.on_case:
            continue
        for scope in SCOPES:
            parts = world.cases[scope]
            kind = address.route.partition("<int:pk>/")[2].partition("/")[0]
            path = address.filled(pk=parts["case"].pk, row=parts.get(kind), document=parts["dokumen"], target="pemulihan")
            for letter in ("", *PEOPLE):
                for method in ("get", "post"):
                    yield Cell(address, letter, scope, path, method)


def test_no_case_answers_otherwise_than_the_table_says(world: World) -> None:
    people = {letter: Asking(world, letter) for letter in ("", *PEOPLE)}
    deviations, cells = [], 0
    for cell in case_cells(world):
        cells += 1
        answer = people[cell.letter].ask(cell.method, cell.path)
        right = expected(ROWS[cell.address.name], cell, world)
        if answer.status_code != right:
            deviations.append(f"{cell}: {answer.status_code}, not {right}")
    print(f"{cells} cells")
    assert deviations == []
