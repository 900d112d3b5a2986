"""Misspelt names of regions: what they mean, and what they do not."""

import random
import string
from datetime import UTC, datetime

import pytest

from accounts.regions.models import Level, Region, RegionRelease
from accounts.regions.selectors import search
from accounts.regions.selectors.spelling import spelling

pytestmark = pytest.mark.django_db

BATANGHARI, BUNGKU = "Kab. Batanghari, Provinsi Jambi", "Desa Bungku, Kec. Bajubang, Kab. Batanghari"


def found(typed: str) -> list[str]:
    return [region.label for region in search(Region.objects.all(), typed)[:10]]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bajubng", "Kec. Bajubang, Kab. Batanghari"),  # a letter too few
        ("bajubaang", "Kec. Bajubang, Kab. Batanghari"),  # too many
        ("bajubamg", "Kec. Bajubang, Kab. Batanghari"),  # a wrong one
        ("bajuabng", "Kec. Bajubang, Kab. Batanghari"),  # two that changed places
        ("kecamatan bajubng", "Kec. Bajubang, Kab. Batanghari"),
        ("batanghri", BATANGHARI),
        ("batang hri", BATANGHARI),
        ("kab. batanghri", BATANGHARI),
        ("bungkuu, bajubng", BUNGKU),
        ("bungku, bajubng, jmbi", BUNGKU),
        ("jmbi", "Provinsi Jambi"),
        ("tanjung jabng tmur", "Kab. Tanjung Jabung Timur, Provinsi Jambi"),
        ("kota lubuklinggau", "Kota Lubuk Linggau, Provinsi Sumatera Selatan"),
        ("lubuklingau", "Kota Lubuk Linggau, Provinsi Sumatera Selatan"),
        ("kalimantan timr", "Provinsi Kalimantan Timur"),
    ],
)
def test_a_misspelt_name_finds_the_likeliest_first(typed: str, first: str) -> None:
    assert found(typed)[0] == first


@pytest.mark.parametrize("typed", ["xqzw", "bugku, paser", "bj", "a b c d e f g h i j", "....", "12345678"])
def test_what_is_like_nothing_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_a_name_in_two_words_and_in_one_is_the_same() -> None:
    assert {region.code for region in search(Region.objects.all(), "lubuklinggau")} >= {
        region.code for region in search(Region.objects.all(), "lubuk linggau")
    }


def test_what_is_spelt_as_some_name_is_read_as_it_stands() -> None:
    assert all("bungku" in region.search_name for region in search(Region.objects.all(), "bungku"))


def test_one_fault_in_the_longest_word_is_forgiven() -> None:
    chance = random.Random(7)
    names = sorted(set(Region.objects.filter(level__lte=Level.KECAMATAN).values_list("search_name", flat=True)))
    missed = []
    for name in chance.sample(names, 150):
        typed = with_a_fault(name, chance)
        # A fault may make another name: then that one is meant.
        if len(max(name.split(), key=len)) >= 5 and not spelling().is_known(typed) and name not in list(spelling().meant_by(typed))[:10]:
            missed.append((name, typed))
    assert missed == []


def with_a_fault(name: str, chance: random.Random) -> str:
    words = name.split()
    longest = words.index(max(words, key=len))
    word, at, letter = words[longest], chance.randrange(len(words[longest]) - 1), chance.choice(string.ascii_lowercase)
    words[longest] = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    return " ".join(words)


def test_a_list_that_is_loaded_anew_is_read_anew() -> None:
    assert found("zaqumabad") == []
    Region.objects.create(
        code="64.99", name="Kota Zaqqumabad", label="Kota Zaqqumabad, Provinsi Kalimantan Timur", search_name="kota zaqqumabad",
        level=Level.KABUPATEN, kind="kota", parent_id="64", province_id="64", kabupaten_id="64.99", time_zone="Asia/Makassar",
    )  # fmt: skip
    day = datetime(2026, 3, 1, tzinfo=UTC)
    RegionRelease.objects.create(sha256="0" * 64, decree="uji", valid_from=day.date(), province="64", counts={}, loaded_at=day)
    assert found("zaqumabad") == ["Kota Zaqqumabad, Provinsi Kalimantan Timur"]
