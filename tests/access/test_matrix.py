"""Every address × every role × every relation to a case or an object × GET and POST, against the written table (S01, S06)."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import product
from typing import Any
from zlib import crc32

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.access.matrix import ROWS, STAFF, About, Row
from tests.access.walking import Address, addresses
from tests.access.world import NOWHERE, PEOPLE, SCOPES, World, build
from tests.profiles import MATRIX_ONE_IN

ALL = addresses()
LETTERS = ("", *PEOPLE)
NOISE = re.compile(rb"csrfmiddlewaretoken\" value=\"[^\"]+\"|\bnonce-[\w+/=-]+")
PLACES = ("own", "other")
"""Where an object of the admin lies: in the region of the person who asks, or elsewhere."""
GAPS = {
    "form": "xlsx",
    "uid": "x",
    "token": "y",
    "content_type_id": 1,
    "app_label": "auth",
    "url": "x",
    "pk": NOWHERE,
    "object_id": NOWHERE,
    "row": 1,
    "document": 1,
    "target": "pemulihan",
    "code": "x",
    "rest": "nowhere",
}
ONLY = os.environ.get("KONFLIK_MATRIX", "")
"""While one works on some addresses: only those whose name begins so ("api:deadline")."""


@dataclass(frozen=True)
class Cell:
    """One question. `scope` is the relation of the person to the case or object, empty where there is none."""

    address: Address
    letter: str
    scope: str
    path: str
    unknown_path: str
    method: str

    @property
    def row(self) -> Row:
        return ROWS[self.address.name]

    def __str__(self) -> str:
        return f"{self.method.upper():4} {self.address.name} as {self.letter or 'nobody'} on {self.scope or '-'}"


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    named = {address.name for address in ALL}
    assert sorted(named - set(ROWS)) == [], "addresses without a row in tests/access/matrix.py"
    assert sorted(set(ROWS) - named) == [], "rows of addresses that are gone"


def test_what_is_open_without_a_login_says_why() -> None:
    assert {name for name, row in ROWS.items() if row.stranger and not row.why_open} == set()


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.DEMO = True  # the second factor has tests of its own
    return build()


class Asking:
    """One person with a browser; what a request changes is taken back."""

    def __init__(self, world: World, letter: str) -> None:
        self.client = Client(raise_request_exception=False)
        if letter:
            self.client.force_login(world.people[letter])
        self.kept = self.client.cookies.output(header="", sep=";")

    def ask(self, method: str, path: str, *, is_machine: bool = False) -> HttpResponse:
        form = {"data": "{}", "content_type": "application/json"} if is_machine and method == "post" else {}
        with transaction.atomic():
            response = getattr(self.client, method)(path, **form)
            response.told = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        self.client.cookies = SimpleCookie(self.kept)
        return response


def expected(cell: Cell, world: World) -> int:
    """What the table says."""
    row, letter, is_get = cell.row, cell.letter, cell.method == "get"
    if not letter:
        return (row.stranger or ((401, 401) if row.machine else (302, 302)))[not is_get]
    if row.in_admin and letter not in STAFF:
        return 302
    answer = row.get if is_get else row.post
    if answer is None:
        return 405
    if not is_seen(cell, world):
        return 404
    if row.about is About.CASE and is_get and row.sealed is not None and world.is_sealed(cell.scope):
        return row.sealed
    if row.about is About.CASE and cell.scope == "granted":
        return answer if row.open_by_grant and (is_get or row.sends is None) else 403
    if row.about in {About.OBJECT, About.HISTORY_OF_OBJECT}:
        return expected_of_object(cell, answer)
    return answer if letter in (row.who if is_get or row.sends is None else row.sends) else 403


def is_seen(cell: Cell, world: World) -> bool:
    """Whether a page of ours shows the thing to this person at all; what the admin's own pages answer stands elsewhere."""
    if cell.row.about is About.CASE:
        return world.sees(cell.letter, cell.scope) and (not cell.row.sees or (cell.letter in cell.row.sees and cell.scope != "granted"))
    return cell.row.about is not About.THING or (cell.letter in cell.row.sees and is_there(cell))


def is_there(cell: Cell) -> bool:
    """Whether the object exists and lies where the person may look."""
    return cell.scope in PLACES and (cell.row.everywhere or cell.scope == "own")


def expected_of_object(cell: Cell, answer: int) -> int:
    """The admin sends who asks for a row that is not there to its first page; a history it looks for before it asks who asks."""
    row = cell.row
    may = cell.letter in (row.sees if cell.method == "get" or row.about is About.HISTORY_OF_OBJECT else row.who)
    if row.about is About.HISTORY_OF_OBJECT:
        return answer if may and is_there(cell) else 302
    if not may:
        return 403
    return answer if is_there(cell) else 302


def is_hidden(cell: Cell, world: World) -> bool:
    """Whether the thing is there, but not for this person."""
    if not cell.letter or (cell.row.in_admin and cell.letter not in STAFF):
        return False
    if cell.row.about is About.CASE:
        return not is_seen(cell, world)
    return cell.scope == "other" and not cell.row.everywhere


def cells(world: World) -> Iterator[Cell]:
    for address, letter in product((one for one in ALL if one.name.startswith(ONLY)), LETTERS):
        unknown = address.filled(**GAPS)
        for scope, path in paths(address, world):
            for method in ("get", "post"):
                cell = Cell(address, letter, scope, path, unknown, method)
                if crc32(str(cell).encode()) % MATRIX_ONE_IN == 0:
                    yield cell


def paths(address: Address, world: World) -> list[tuple[str, str]]:
    """Every relation and the path that goes with it."""
    row = ROWS[address.name]
    if row.about is About.CASE:
        kind = address.route.partition("<int:pk>/")[2].partition("/")[0]
        return [(scope, path_of_case(address, world.cases[scope], kind)) for scope in SCOPES]
    if row.about is About.THING:
        found = [(place, address.filled(**{**GAPS, "pk": world.objects[place][row.part]})) for place in PLACES]
        return [*found, ("unknown", address.filled(**GAPS))]
    if row.about is About.NOTHING:
        return [("", address.filled(**GAPS))]
    kind = "_".join(address.route.split("/")[1:3])
    found = [(place, address.filled(object_id=world.objects[place][kind])) for place in PLACES if kind in world.objects[place]]
    return [*found, ("unknown", address.filled(object_id=NOWHERE))]


def path_of_case(address: Address, parts: dict[str, Any], kind: str) -> str:
    part = parts[ROWS[address.name].part]
    return address.filled(pk=getattr(part, "pk", part), row=parts.get(kind), document=parts["dokumen"], target="pemulihan")


CHANGING = {"Set-Cookie", "Content-Length", "Content-Security-Policy", "Date", "Expires", "Last-Modified", "Location"}
"""Headers that differ from answer to answer; the place that one is sent to is compared without the path asked for."""


def signature(answer: HttpResponse, path: str) -> tuple[Any, ...]:
    """What an answer tells, without the path that was asked for and the marks that differ each time."""
    headers = sorted((name, value) for name, value in answer.headers.items() if name not in CHANGING)
    told = NOISE.sub(b"", answer.told).replace(path.encode(), b"")
    return answer.status_code, told, headers, answer.headers.get("Location", "").replace(path, "")


def test_no_address_answers_otherwise_than_the_table_says(world: World) -> None:
    people = {letter: Asking(world, letter) for letter in LETTERS}
    unknown: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    deviations, asked = [], 0
    for cell in cells(world):
        asked += 1
        answer = people[cell.letter].ask(cell.method, cell.path, is_machine=cell.row.machine)
        right = expected(cell, world)
        if answer.status_code != right:
            deviations.append(f"{cell}: {answer.status_code}, not {right}")
        elif is_hidden(cell, world):
            key = (cell.address.name, cell.letter, cell.method)
            if key not in unknown:
                unknown[key] = signature(
                    people[cell.letter].ask(cell.method, cell.unknown_path, is_machine=cell.row.machine), cell.unknown_path
                )
            if signature(answer, cell.path) != unknown[key]:
                deviations.append(f"{cell}: answers otherwise than what does not exist")
    print(f"{asked} cells")
    assert asked >= (30_000 if MATRIX_ONE_IN == 1 and not ONLY else 1)
    assert not deviations, "\n".join([f"{len(deviations)} deviations", *deviations[:100]])
