"""Regions for machines: the tree, one by its code, the search."""

from typing import Any

import pytest
from django.test import Client

from accounts.regions.models import Region
from accounts.regions.selectors import search
from tests.builders import a_user

PAGE = "/api/v1/regions/"
BUNGKU = "15.04.07.2001"


@pytest.fixture
def client(db: None, settings: Any) -> Client:
    settings.DEMO = True  # the second factor has tests of its own
    client = Client(raise_request_exception=False)
    client.force_login(a_user())
    return client


def walk(client: Client, **asked: str) -> list[dict[str, Any]]:
    """Every row of every page."""
    found, page = [], client.get(PAGE, asked).json()
    while True:
        found += page["results"]
        if page["next"] is None:
            return found
        page = client.get(page["next"]).json()


def codes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code"] for row in rows]


def test_the_tree_is_walked_from_the_provinces_down(client: Client) -> None:
    assert codes(walk(client, level="province")) == ["15", "16", "21", "64"]
    below = walk(client, parent="15.04")
    assert len(below) == 8
    assert {row["level"] for row in below} == {"kecamatan"}


def test_one_region_says_where_it_lies_and_its_legal_time(client: Client) -> None:
    told = client.get(f"{PAGE}64.01.01/").json()
    assert (told["level"], told["kabupaten"], told["time_zone"]) == ("kecamatan", "64.01", "Asia/Makassar")
    assert codes(told["above"]) == ["64", "64.01"]
    assert client.get(f"{PAGE}15/").json()["above"] == []


@pytest.mark.parametrize("code", ["99", "15.99", "x", "15.04.%", "1504", "15.04.07.2001.1", "9" * 30])
def test_a_code_that_no_region_has_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"{PAGE}{code}/").status_code == 404


@pytest.mark.parametrize("typed", ["bungku", "bajubng", "bungku, bajubng", "kota lubuklinggau", "15.04", "muara", "tidakadadimanapun"])
def test_a_search_finds_what_the_pages_find_in_the_same_order_over_all_its_pages(client: Client, typed: str) -> None:
    expected = list(search(Region.objects.all(), typed).values_list("code", flat=True))
    assert codes(walk(client, q=typed, limit="30")) == expected


def test_within_a_region_is_what_lies_below_it(client: Client) -> None:
    below = Region.objects.subtree(Region.objects.get(code="15.04.07"))
    assert set(codes(walk(client, within="15.04.07"))) == set(below.values_list("code", flat=True))
    assert BUNGKU in codes(walk(client, within="15.04", q="bungku"))
    assert {row["province"] for row in walk(client, within="16", q="muara")} == {"16"}


def test_an_ended_region_is_found_by_its_code_and_on_its_days_only(client: Client) -> None:
    place = Region.objects.filter(label__startswith="Desa Bungku, Kec. Bajubang")
    code = place.get().code
    place.update(valid_until="2020-01-01")
    assert client.get(f"{PAGE}{code}/").json()["valid_until"] == "2020-01-01"
    assert code not in codes(walk(client, q="bungku"))
    assert code in codes(walk(client, q="bungku", valid_on="2020-01-01"))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"level": "negara"}, "level"),
        ({"kind": "negara"}, "kind"),
        ({"valid_on": "kemarin"}, "valid_on"),
        ({"search_name": "x"}, "search_name"),
        ({"q": "a" * 101}, "q"),
        ({"q": "\x00"}, "q"),
        ({"limit": "1000"}, "limit"),
        ({"ordering": "name"}, "ordering"),
    ],
)
def test_what_a_list_does_not_know_is_refused_by_name(client: Client, asked: dict[str, str], field: str) -> None:
    answer = client.get(PAGE, asked)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
