"""How many times each address of the API asks the database: written down in budgets.json, and exactly so many (issue 4, "Speed").

A row says it for the secretary in a browser and for a key of his. More is a slip; less is written down too, so that it is kept. The
numbers are those of the second request: the first one compiles what `konflik.rest.prepared` keeps, and writes down that the key was
used. On PostgreSQL the statements stand in the log as on SQLite, because a logged cursor is Django's own, so the numbers are the same.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.keys.services import KeyFacts, make_key
from accounts.keys.tables import HIGHEST_RATE, Scope
from tests.access.matrix import ROWS
from tests.access.walking import addresses
from tests.access.world import World, build
from tests.api.filling import ABOUT, path_of
from tests.builders import BATANGHARI, HOUR, NOW, a_deadline, a_figure, a_party, an_activity, an_agreement, region
from tests.standing import standing

BUDGETS = Path(__file__).with_name("budgets.json")
READ = [one for one in addresses() if one.name.startswith("api") and ROWS[one.name].get is not None]
QUESTIONS = {
    "api:working-days": {"from": "2026-11-02", "to": "2026-11-30", "region": BATANGHARI},
    "api:deadline-rule-preview": {"start": "2026-11-22T09:00:00+07:00", "region": BATANGHARI},
}
NO_PAGE = {"api-nowhere": 404}
KEY_REFUSED = {
    "api:case-access-grants": 403,  # no key gives access to a case, nor sees who has it
    "api:access-grant": 404,
    "api-docs": 302,  # pages for people
    "api-redoc": 302,
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing(django_db_blocker, build) as made:
        yield made


@pytest.fixture
def readers(world: World, db: None, settings: Any, time_machine: Any) -> dict[str, Client]:
    settings.DEMO = True  # the second factor has tests of its own
    settings.REDIS_URL = ""
    time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
    boss = world.people["S"]
    session = Client(raise_request_exception=False)
    session.force_login(boss)
    facts = KeyFacts(owner=boss, name="Satu Data", scopes=tuple(Scope), regions=(BATANGHARI,), clearance=2, rate=HIGHEST_RATE)
    made = make_key(facts=facts, regions=[region(BATANGHARI)], actor=boss, now=NOW)
    return {"session": session, "key": Client(raise_request_exception=False, headers={"Authorization": f"Bearer {made.secret}"})}


def asked(client: Client, path: str, question: dict[str, str]) -> tuple[int, bytes, int]:
    """The status and the body of the second request, and how many queries that one cost."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path, question)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body, len(queries)


def budgets() -> dict[str, dict[str, int]]:
    return json.loads(BUDGETS.read_text(encoding="utf-8"))


def test_every_address_that_is_read_has_its_row() -> None:
    assert sorted(one.name for one in READ) == sorted(budgets()), "addresses that are read, and rows of tests/api/budgets.json"


@pytest.mark.parametrize("who", ["session", "key"])
def test_each_address_asks_exactly_as_often_as_is_written_down(world: World, readers: dict[str, Client], who: str) -> None:
    wrong, statuses = {}, {}
    for address in READ:
        status, _, number = asked(readers[who], path_of(address, world), QUESTIONS.get(address.name, {}))
        expected = NO_PAGE.get(address.name) or (KEY_REFUSED.get(address.name) if who == "key" else None) or 200
        if status != expected:
            statuses[address.name] = status
        if number != budgets().get(address.name, {}).get(who):
            wrong[address.name] = number
    assert not statuses, statuses
    assert not wrong, f"as {who}, asked so often: {json.dumps(wrong, indent=1)}"


@pytest.mark.parametrize("who", ["session", "key"])
def test_a_longer_list_asks_no_more_often(world: World, readers: dict[str, Client], who: str) -> None:
    case, boss = world.cases[ABOUT]["case"], world.people["S"]
    for index in range(4):
        a_party(case, f"Warga dusun {index}", actor=boss)
        a_figure(case, actor=boss, as_of=NOW - (index + 1) * HOUR / 8)
        a_deadline(case, actor=boss, at=NOW - (index + 1) * HOUR / 8)
        an_activity(case, actor=boss, title=f"Patroli {index}")
        an_agreement(case, actor=boss, title=f"Kesepakatan {index}")
    longer = {}
    for address in READ:
        _, body, number = asked(readers[who], path_of(address, world), QUESTIONS.get(address.name, {}))
        if b'"results"' in body and number != budgets()[address.name][who]:
            longer[address.name] = number
    assert not longer, longer
