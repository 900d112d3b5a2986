"""Statistik: numbers of the cases one may see, each beside its chart; nobody counts what he may not read."""

from collections import Counter
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.clocks.models import Deadline
from konflik.desk.selectors import statistics as live
from konflik.desk.tables.mapping import EDGE, HEIGHT, WIDTH, circles
from konflik.law.secrecy import Secrecy
from konflik.law.sources import Source
from konflik.law.stages import Stage
from konflik.statistics.selectors.sight import Sight
from konflik.statistics.tables.drawing import BASE, TOP, columns, stripes
from konflik.statistics.tables.questions import Period
from tests.builders import BATANGHARI, DAY, JAMBI, MUARO_JAMBI, NOW, PASER, a_case, a_case_in, a_deadline, a_user

pytestmark = pytest.mark.django_db

JAKARTA = ZoneInfo("Asia/Jakarta")
PAGE = "/statistik/"
TREND = live.trend_of(NOW.date())


@pytest.fixture
def world(db: None) -> dict[str, User]:
    """Two kabupaten: two running cases and a settled one here, a sealed one too, one case there."""
    secretary = a_user(Role.SEKRETARIS_TIM, name="sekretaris")
    a_case_in(Stage.PENGHENTIAN, actor=secretary, source=Source.SARA, opened_at=NOW - 40 * DAY)
    late = a_case(actor=secretary, opened_at=NOW - 5 * DAY)
    a_deadline(late, actor=secretary, at=NOW - 3 * DAY)
    a_case_in(Stage.SELESAI, actor=secretary, opened_at=NOW - 70 * DAY)
    a_case(actor=secretary, opened_at=NOW - DAY, secrecy=Secrecy.RAHASIA)
    a_case(actor=a_user(at=MUARO_JAMBI, name="staf-muaro"), at=(MUARO_JAMBI,), opened_at=NOW - DAY)
    return {
        "secretary": secretary,
        "observer": a_user(Role.PENGAMAT_PROVINSI, JAMBI, name="pengamat"),
        "member": a_user(Role.ANGGOTA_TIM, BATANGHARI, name="anggota"),
    }


def page(user: User, query: str = "", address: str = PAGE) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(address + query)


def stages_of(user: User) -> dict[Stage, int]:
    return live.by_stage(live.by_source(Sight(user, NOW), "", TREND))


def test_a_sealed_case_is_counted_for_those_who_may_see_it_only(world: dict[str, User]) -> None:
    assert sum(stages_of(world["secretary"]).values()) == 3
    assert sum(stages_of(world["member"]).values()) == 2


def test_months_stand_on_the_local_calendar(world: dict[str, User]) -> None:
    assert Period(date(2025, 12, 1), date(2026, 11, 30)) == TREND
    months, rate = live.months(Sight(world["observer"], NOW), "", TREND)
    assert [(one.first.month, one.opened, one.closed) for one in months if one.opened or one.closed] == [
        (9, 1, 1),
        (10, 1, 0),
        (11, 2, 0),
    ]
    assert len(months) == 12
    assert (rate.settled, rate.total, rate.percent) == (1, 4, 25)


def test_without_cases_there_is_no_rate() -> None:
    assert live.months(Sight(a_user(), NOW), "", TREND)[1].percent is None


@pytest.mark.parametrize("who", ["secretary", "observer", "member"])
@pytest.mark.parametrize("region", ["", BATANGHARI])
def test_the_numbers_are_those_of_the_cases_one_by_one(world: dict[str, User], who: str, region: str) -> None:
    """The page adds up cells; here each case is looked at."""
    midway = a_case(actor=world["secretary"], opened_at=NOW - 35 * DAY, stage=Stage.PEMULIHAN, stage_since=NOW - 3 * DAY)
    seen = [one for one in Case.objects.visible_to(world[who], at=NOW) if one.kabupaten_id.startswith(region)]
    assert midway in seen
    sources = live.by_source(Sight(world[who], NOW), region, TREND)
    assert {(source, stage): number for source, row in sources.items() for stage, number in row.items() if number} == Counter(
        (one.source, one.stage) for one in seen if one.stage != Stage.SELESAI
    )
    months, _ = live.months(Sight(world[who], NOW), region, TREND)
    for at, name in (("opened_at", "opened"), ("closed_at", "closed")):
        days = [when.astimezone(JAKARTA).date().replace(day=1) for one in seen if (when := getattr(one, at)) is not None]
        assert {one.first: getattr(one, name) for one in months if getattr(one, name)} == Counter(days)


def test_late_clocks_are_told_by_rule_and_the_observer_compares(world: dict[str, User]) -> None:
    clocks = live.late_clocks(world["observer"], None, at=NOW)
    [late] = [one for one in live.late_by_rule(clocks) if "TNI" in one.title]
    assert (late.number, late.oldest) == (1, Deadline.objects.get(rule="tni-permintaan-tertulis").due_at)
    offered = live.kabupaten_of(world["observer"], at=NOW)
    rows = live.per_kabupaten(Sight(world["observer"], NOW), clocks, offered, TREND)
    told = {row.code: (row.running, row.opened, row.closed, bool(row.late)) for row in rows}
    assert told[BATANGHARI] == (2, 3, 1, True)
    assert told[MUARO_JAMBI] == (1, 1, 0, False)
    assert (0, 0, 0, False) in told.values()


@pytest.mark.parametrize("who", ["secretary", "observer", "member"])
def test_each_sees_his_page(world: dict[str, User], who: str) -> None:
    answer = page(world[who])
    assert answer.status_code == 200
    assert ("Perbandingan kabupaten/kota" in answer.content.decode()) == (who == "observer")


def test_a_year_in_which_nothing_happened_is_told_in_words(world: dict[str, User]) -> None:
    quiet = "Dalam dua belas bulan ini tidak ada perkara yang dibuka atau selesai."
    assert quiet not in page(world["member"]).content.decode()
    assert quiet in page(a_user(Role.STAF_SEKRETARIAT, PASER)).content.decode()


def test_one_kabupaten_is_chosen_from_ones_own(world: dict[str, User]) -> None:
    answer = page(world["observer"], f"?wilayah={BATANGHARI}")
    assert answer.context["running"] == 2
    assert page(world["observer"], "?wilayah=64.01").status_code == 400
    assert page(world["observer"], "?wilayah=%00").status_code == 400


def test_the_secretariat_has_it_in_its_own_room(world: dict[str, User]) -> None:
    answer = page(world["secretary"], address="/admin/konflik/release/")
    assert answer.status_code == 200
    assert "Dibuka dan selesai tiap bulan" in answer.content.decode()


def test_columns_stand_on_nought_and_under_the_top() -> None:
    drawn = columns([("Jan", {"a": 3, "b": 0}), ("Feb", {"a": 13, "b": 1})], {"a": "A", "b": "B"})
    assert all(mark.y + mark.height == pytest.approx(BASE, abs=0.02) and mark.y >= TOP for mark in drawn.marks)
    assert [tick.text for tick in drawn.beside] == ["0", "10", "20"]
    assert [mark.text for mark in drawn.marks] == ["Jan, A: 3", "Jan, B: 0", "Feb, A: 13", "Feb, B: 1"]
    assert columns([], {"a": "A"}).marks == []


def test_stripes_are_as_long_as_their_numbers() -> None:
    assert [one.width for one in stripes([("a", 0), ("b", 1), ("c", 200)])] == [0, 1.5, 100]


def test_the_map_keeps_north_above_and_everything_inside() -> None:
    places = [("1", "Utara", -1.0, 103.0), ("2", "Selatan", -2.0, 103.1), ("3", "Kosong", -1.5, 103.4)]
    drawn = {one.name: one for one in circles(places, {"1": 4, "2": 1}, {"1": 1, "2": 2})}
    assert drawn["Utara"].y < drawn["Kosong"].y < drawn["Selatan"].y
    assert drawn["Utara"].radius > drawn["Selatan"].radius > drawn["Kosong"].radius
    assert all(EDGE - 1 <= one.x <= WIDTH - EDGE + 1 and EDGE - 1 <= one.y <= HEIGHT - EDGE + 1 for one in drawn.values())
    assert circles([], {}, {}) == []
    assert len(circles([("1", "Sendiri", -1.0, 103.0)], {}, {})) == 1
