"""Reading regions: subtrees through an index, search as people type, legal time."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from accounts.regions.models import Level, Region
from accounts.regions.selectors import search, zone_name, zone_of
from tests.plans import look_over, plan

pytestmark = pytest.mark.django_db


def region(code: str) -> Region:
    return Region.objects.get(code=code)


@pytest.mark.parametrize(
    ("code", "size"), [("15", 1741), ("15.04", 1 + 8 + 124), ("64.01", 1 + 10 + 144), ("15.04.01", None), ("15.04.01.1001", 1)]
)
def test_a_subtree_is_the_region_and_all_below(code: str, size: int | None) -> None:
    found = set(Region.objects.subtree(region(code)).values_list("code", flat=True))
    # The prefix is the oracle here; the product never scans for it.
    expected = {other for other in Region.objects.values_list("code", flat=True) if other == code or other.startswith(f"{code}.")}
    assert found == expected
    assert size is None or len(found) == size


@pytest.mark.parametrize("code", ["15", "15.04", "15.04.01", "15.04.01.1001"])
def test_a_subtree_is_read_through_an_index(code: str) -> None:
    look_over()
    text = plan(Region.objects.subtree(region(code)))
    assert "index" in text
    assert "seq scan" not in text
    assert "scan accounts_region" not in text


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bungku", "Desa Bungku, Kec. Bajubang, Kab. Batanghari"),
        ("BUNGKU, bajubang", "Desa Bungku, Kec. Bajubang, Kab. Batanghari"),
        ("bungku, batanghari, jambi", "Desa Bungku, Kec. Bajubang, Kab. Batanghari"),
        ("batanghari", "Kab. Batanghari, Provinsi Jambi"),
        ("batam", "Kota Batam, Provinsi Kepulauan Riau"),
        ("15.04", "Kab. Batanghari, Provinsi Jambi"),
        ("1504", "Kab. Batanghari, Provinsi Jambi"),
        ("15.04.", "Kab. Batanghari, Provinsi Jambi"),
        ("timur tanjung", "Kab. Tanjung Jabung Timur, Provinsi Jambi"),
    ],
)
def test_search_puts_the_likeliest_first(typed: str, first: str) -> None:
    assert search(Region.objects.all(), typed)[0].label == first


@pytest.mark.parametrize("typed", ["bungku, paser", "15.99", "tidakadadimanapun"])
def test_search_finds_nothing_where_nothing_is(typed: str) -> None:
    assert not search(Region.objects.all(), typed).exists()


def test_search_respects_what_it_is_given() -> None:
    kecamatan = search(Region.objects.of_level(Level.KECAMATAN), "batang")
    assert {found.level for found in kecamatan} == {Level.KECAMATAN}


def test_a_search_is_one_query_without_joins_for_labels_and_one_for_the_list_that_is_loaded(django_assert_num_queries: object) -> None:
    search(Region.objects.all(), "muara").exists()
    with django_assert_num_queries(2):
        assert [found.label for found in search(Region.objects.all(), "muara")[:20]]


def test_valid_at_includes_both_ends() -> None:
    Region.objects.filter(code="15.04.01.1001").update(valid_from=date(2026, 1, 2), valid_until=date(2026, 3, 4))
    for day, is_valid in [(date(2026, 1, 1), False), (date(2026, 1, 2), True), (date(2026, 3, 4), True), (date(2026, 3, 5), False)]:
        assert Region.objects.valid_at(day).filter(code="15.04.01.1001").exists() is is_valid


@pytest.mark.parametrize(
    ("code", "zone", "name"),
    [
        ("15", "Asia/Jakarta", "WIB"),
        ("15.04", "Asia/Jakarta", "WIB"),
        ("15.04.01.1001", "Asia/Jakarta", "WIB"),
        ("64.01", "Asia/Makassar", "WITA"),
        ("64.01.01", "Asia/Makassar", "WITA"),
    ],
)
def test_the_legal_time_is_that_of_the_kabupaten(code: str, zone: str, name: str) -> None:
    assert zone_of(region(code)) == ZoneInfo(zone)
    assert zone_name(region(code)) == name
