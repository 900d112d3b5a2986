"""Regions in the admin: looked up by whoever may enter, changed by nobody, the source of every choice."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.postings.tables import Role
from accounts.regions.models import Region
from tests.budgets import FRAME
from tests.people import somebody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LISTED, ONE = reverse("admin:accounts_region_changelist"), reverse("admin:accounts_region_change", args=["15.04"])


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(somebody("staf", Role.STAF_SEKRETARIAT, "15.04", now=NOW).user)
    return client


@pytest.mark.parametrize(
    ("asked", "here", "not_here"),
    [
        ({"q": "bungku"}, "Bungku", "Paser"),
        ({"q": "bungku, bajubang"}, "Bungku", "Bukit Bungkul"),
        ({"q": "64.01"}, "Kabupaten Paser", "Batanghari"),
        ({"provinsi": "64", "level__exact": "2"}, "Kabupaten Paser", "Kabupaten Batanghari"),
        ({"kind__exact": "kota", "provinsi": "15"}, "Kota Jambi", "Kota Batam"),
        ({"kabupaten__code__exact": "15.04", "level__exact": "3"}, "Bajubang", "Sekernan"),
    ],
)
def test_the_list_is_searched_and_filtered(staff: Client, asked: dict[str, str], here: str, not_here: str) -> None:
    rows = staff.get(LISTED, asked).context["cl"].result_list
    names = {row.name for row in rows}
    assert here in names
    assert not_here not in names


def test_a_page_is_few_queries_whatever_stands_on_it(staff: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(12 + FRAME):
        assert len(staff.get(LISTED).context["cl"].result_list) == 50


def test_a_region_is_shown_and_never_changed(staff: Client) -> None:
    assert "Kab. Batanghari, Provinsi Jambi" in staff.get(ONE).content.decode()
    before = Region.objects.values().get(pk="15.04")
    assert staff.post(ONE, {"name": "Lain"}).status_code == 403
    assert staff.get(reverse("admin:accounts_region_add")).status_code == 403
    assert staff.post(reverse("admin:accounts_region_delete", args=["15.04"]), {"post": "yes"}).status_code == 403
    assert Region.objects.values().get(pk="15.04") == before


def ask(client: Client, term: str, field: str = "region") -> list[dict[str, str]]:
    model = "region" if field != "region" else "posting"
    asked = {"app_label": "accounts", "model_name": model, "field_name": field, "term": term}
    return client.get(reverse("admin:autocomplete"), asked).json()["results"]


def test_a_choice_names_the_ancestors(staff: Client) -> None:
    assert ask(staff, "bungku, bajubang") == [{"id": "15.04.07.2001", "text": "Desa Bungku, Kec. Bajubang, Kab. Batanghari"}]


def test_a_filter_by_kabupaten_offers_kabupaten_only(staff: Client) -> None:
    assert {row["id"] for row in ask(staff, "batang", "kabupaten")} == {"15.04"}


def test_whoever_may_not_enter_looks_nothing_up(client: Client) -> None:
    client.force_login(somebody("camat", Role.CAMAT, "15.04.07", now=NOW).user)
    assert client.get(LISTED).status_code == 302
    asked = {"app_label": "accounts", "model_name": "posting", "field_name": "region", "term": "bungku"}
    assert client.get(reverse("admin:autocomplete"), asked).status_code == 302
