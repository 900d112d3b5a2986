"""The calculator: open to everybody, by GET, about nothing but law and regions."""

from datetime import date

import pytest
from django.test import Client

from konflik.clocks.models import Policy
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.deadlines import Strength
from konflik.law.rulebook import RULES
from tests.builders import BATANGHARI, NOW, PASER
from tests.desk.conftest import World

PAGE = "/hitung-tenggat/"
ASKED = {"aturan": "skk-berakhir", "waktu": "2026-11-02T09:00", "wilayah": BATANGHARI}
COUNTED = [rule for rule in RULES.rules.values() if rule.clock.counting is not Counting.FIXED]


def test_a_stranger_reads_the_last_day_with_hour_zone_article_and_words(world: World) -> None:
    page = Client().get(PAGE, ASKED)
    assert page.status_code == 200
    for words in ("Sabtu, 30 Januari 2027, 24.00 WIB", "UU 7/2012 Pasal 22", "berlaku paling lama 90", "hari ke-90", "Bupati"):
        assert words in page.text
    assert page["Cache-Control"] == "public, max-age=300"


def test_the_hour_is_that_of_the_region(world: World) -> None:
    asked = {"aturan": "tni-permintaan-tertulis", "waktu": "2026-11-02T09:00", "wilayah": PASER}
    assert "3 November 2026, 09.00 WITA" in Client().get(PAGE, asked).text


def test_what_is_asked_about_now_or_by_a_login_is_kept_by_nobody(world: World) -> None:
    assert "public" not in Client().get(PAGE, {**ASKED, "waktu": ""}).get("Cache-Control", "")
    assert world.client("staf").get(PAGE, ASKED)["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"aturan": "tidak-ada"}, "aturan", "Pilih aturan dari daftar."),
        ({"aturan": ""}, "aturan", "Pilih aturannya."),
        ({"aturan": "kegiatan-selesai"}, "aturan", "Pilih aturan dari daftar."),
        ({"wilayah": "99.99"}, "wilayah", "Pilih kabupaten atau kota dari daftar."),
        ({"wilayah": "\x00"}, "wilayah", "Pilih kabupaten atau kota dari daftar."),
        ({"waktu": "kemarin"}, "waktu", "Isi tanggal dan jam"),
        ({"waktu": "9999-12-31T23:59"}, "waktu", "Isi tahun antara 2000 dan 2099."),
        ({"waktu": "0001-01-01T00:00"}, "waktu", "Isi tahun antara 2000 dan 2099."),
    ],
)
def test_bad_input_is_refused_at_its_field(world: World, wrong: dict[str, str], field: str, says: str) -> None:
    page = Client().get(PAGE, {**ASKED, **wrong})
    assert page.status_code == 400
    assert says in "".join(page.context["form"].errors[field])
    assert list(page.context["form"].errors) == [field]
    data = Client().get(f"{PAGE}data.json", {**ASKED, **wrong})
    assert data.status_code == 400
    assert list(data.json()["galat"]) == [field]


def test_nothing_is_changed_here(world: World) -> None:
    assert Client().post(PAGE, ASKED).status_code == 405


@pytest.mark.parametrize("rule", COUNTED, ids=lambda rule: rule.code)
def test_every_rule_that_is_counted_answers(world: World, rule: object) -> None:
    data = Client().get(f"{PAGE}data.json", {**ASKED, "aturan": rule.code})
    assert data.status_code == 200
    assert bool(data.json()["jatuh_tempo"]) != bool(data.json()["tanpa_tanggal"])


def test_its_data_walks_day_by_day(world: World) -> None:
    data = Client().get(f"{PAGE}data.json", ASKED).json()
    assert data["hari_terakhir"] == "2027-01-30"
    assert data["langkah"][0] == {"hari": "2026-11-02", "hitungan": 1, "alasan": ""}
    assert len(data["langkah"]) == 90


@pytest.fixture
def open_rule() -> object:
    """A rule whose figure only a policy gives."""
    found = next((rule for rule in COUNTED if rule.strength is Strength.OPEN), None)
    if found is None:
        pytest.skip("no such rule yet")
    return found


def test_a_figure_that_nobody_has_entered_is_said_to_be_missing(world: World, open_rule: object) -> None:
    Policy.objects.filter(code=open_rule.code).delete()
    page = Client().get(PAGE, {**ASKED, "aturan": open_rule.code})
    assert "Peraturan tidak menyebut angka" in page.text
    Policy.objects.create(code=open_rule.code, number=5, basis="Perbup 1/2026", valid_from=date(2026, 1, 1), recorded_at=NOW)
    page = Client().get(PAGE, {**ASKED, "aturan": open_rule.code})
    assert "Perbup 1/2026" in page.text
    assert "perlu dikonfirmasi" in page.text


def test_the_first_look_asks_and_answers_nothing(world: World) -> None:
    page = Client().get(PAGE)
    assert page.context["answer"] is None
    assert page.text.count("<optgroup") > 1
