"""What a client says it takes, and what an address can give: only who takes nothing of it is refused."""

import re

import pytest
from django.test import Client

from tests.api.test_schema import told
from tests.api.writes import World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BROWSER = "text/html,application/xhtml+xml,image/*"
FILE = f"attachments/{2**40}/file/"
"""A document that is not there: 404 comes after the question what is taken."""

TAKEN = [
    ("cases/", ""),
    ("cases/", ","),
    ("cases/", "*/*"),
    ("cases/", "Application/JSON; charset=utf-8"),
    ("cases/", "application/*;q=0.5, text/html"),
    ("cases/", "application/problem+json"),
    ("cases/", "application/json;q=0.001"),
    ("cases/", "text/*;q=0, */*;q=0.1"),
    ("cases/?format=csv", "text/csv"),
    ("cases/?format=csv", "text/*"),
    ("cases/?format=csv", "application/json"),
    ("cases/?format=xlsx", XLSX),
    ("cases/?format=xlsx", f"text/csv, {XLSX};q=0.2"),
    ("statistics/cases/?format=csv", "text/csv"),
    ("statistics/events/", "text/csv"),
    (FILE, "application/octet-stream"),
    (FILE, "application/pdf"),
    (FILE, "image/png"),
    (FILE, BROWSER),
]
NOT_TAKEN = [
    ("cases/", "text/csv"),
    ("cases/", BROWSER),
    ("cases/", "application/json;q=0"),
    ("cases/", "application/json; q=0.000, */*"),
    ("cases/", "*/*;q=0"),
    ("cases/", "application/jsonp"),
    ("cases/?format=csv", XLSX),
    ("cases/?format=xlsx", "text/csv"),
    ("statistics/cases/", "text/csv"),
    ("statistics/events/", "image/*"),
]


@pytest.mark.parametrize(("address", "accept"), TAKEN)
def test_what_can_be_given_is_given(world: World, address: str, accept: str) -> None:
    assert world.browser().get(f"/api/v1/{address}", headers={"Accept": accept}).status_code in {200, 404}


@pytest.mark.parametrize(("address", "accept"), NOT_TAKEN)
def test_who_takes_nothing_of_it_is_refused(world: World, address: str, accept: str) -> None:
    answer = world.browser().get(f"/api/v1/{address}", headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")


def test_no_address_refuses_what_the_schema_promises(db: None) -> None:
    """Asked without a login: how an answer shall look is asked first."""
    refused = [
        (method, path, kind)
        for path, operations in told()["paths"].items()
        for method, operation in operations.items()
        for answer in operation["responses"].values()
        for kind in answer.get("content", {})
        if Client().generic(method.upper(), re.sub("{.+?}", "1", path), headers={"Accept": kind}).status_code == 406
    ]
    assert refused == []
