"""The law for machines: every limit, when it would end, working days. Without a login."""

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.regions.models import Region
from konflik.clocks.models import Policy
from konflik.clocks.selectors import days_off
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.reading import start_of
from konflik.law.rulebook import RULES
from tests.builders import BATANGHARI, JAMBI, NOW, PASER

pytestmark = pytest.mark.django_db

RULES_PAGE = "/api/v1/deadline-rules/"
ALL = list(RULES.rules.values())
WITH_EXAMPLE = [rule for rule in ALL if rule.example is not None]
JAYAPURA = "91.71"
PLACES = {"Asia/Jakarta": BATANGHARI, "Asia/Makassar": PASER, "Asia/Jayapura": JAYAPURA}


@pytest.fixture
def jayapura(db: None) -> None:
    """The tests load no region on WIT."""
    common = {"name": "Uji", "label": "Uji", "search_name": "uji", "province_id": "91", "time_zone": "Asia/Jayapura"}
    Region.objects.create(code="91", level=1, kind="provinsi", **common)
    Region.objects.create(code=JAYAPURA, level=2, kind="kota", kabupaten_id=JAYAPURA, **common)


@pytest.fixture
def reference(db: None) -> None:
    """The first policies and the calendar that every installation begins with."""
    call_command("load_reference", verbosity=0)


def preview(code: str, **asked: str) -> Any:
    return Client(raise_request_exception=False).get(f"{RULES_PAGE}{code}/preview/", asked)


def fields_of(answer: Any) -> list[str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return [error["field"] for error in answer.json()["errors"]]


def test_the_worked_example_of_every_rule_is_what_the_preview_says(jayapura: None, reference: None) -> None:
    assert len(WITH_EXAMPLE) > 30
    for rule in WITH_EXAMPLE:
        told = preview(rule.code, start=start_of(rule.example).isoformat(), region=PLACES[rule.example.zone]).json()
        assert (told["last_day"], told["due_at"]) == ends_of(rule), rule.code
        assert (told["time_zone"], told["reason"]) == (rule.example.zone, ""), rule.code
        assert told["basis"], rule.code
        assert told["explanation"][0].startswith(told["start_means"]), rule.code


def ends_of(rule: DeadlineRule) -> tuple[str | None, str]:
    """Last day and end of the worked example: 24:00 of a day is 00:00 of the next."""
    example, zone = rule.example, ZoneInfo(rule.example.zone)
    if example.due:
        return None, datetime.fromisoformat(example.due).replace(tzinfo=zone).isoformat()
    next_day = datetime.fromisoformat(example.last_day) + timedelta(days=1)
    return example.last_day, next_day.replace(tzinfo=zone).isoformat()


def test_the_rules_come_as_a_file_and_with_the_fields_that_are_asked_for() -> None:
    asked = {"counting": Counting.VALIDITY.value, "fields": "title,code,warn_days_before"}
    page = Client().get(RULES_PAGE, asked).json()["results"]
    assert page
    assert [list(rule) for rule in page] == [["code", "title", "warn_days_before"]] * len(page)
    answer = Client().get(RULES_PAGE, {**asked, "format": "csv"})
    heading, *rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
    assert heading == list(page[0])
    assert [row[:2] for row in rows] == [[rule["code"], rule["title"]] for rule in page]
    assert list(Client().get(f"{RULES_PAGE}skk-berakhir/", {"fields": "code"}).json()) == ["code"]
    assert fields_of(Client().get(RULES_PAGE, {"fields": "sandi", "format": "csv"})) == ["fields"]


def test_every_rule_answers_with_a_date_or_with_the_reason_why_there_is_none() -> None:
    for rule in ALL:
        answer = preview(rule.code, start="2026-11-02T09:00:00+07:00", region=BATANGHARI)
        told = answer.json()
        assert answer.status_code == 200, rule.code
        assert bool(told["due_at"]) != bool(told["reason"]), rule.code
        assert told["due_at"] is None or rule.clock.counting is not Counting.FIXED, rule.code


def test_the_answer_is_that_of_the_calculator(reference: None) -> None:
    for rule in WITH_EXAMPLE:
        if rule.clock.counting is Counting.FIXED:
            continue
        told = preview(rule.code, start="2026-11-02T09:00:00+08:00", region=PASER).json()
        asked = {"aturan": rule.code, "waktu": "2026-11-02T09:00", "wilayah": PASER}
        page = Client().get("/hitung-tenggat/data.json", asked).json()
        assert told["last_day"] == page["hari_terakhir"], rule.code
        assert datetime.fromisoformat(told["due_at"]) == datetime.fromisoformat(page["jatuh_tempo"]), rule.code
        assert [step["day"] for step in told["steps"]] == [step["hari"] for step in page["langkah"]], rule.code


def test_a_figure_that_nobody_has_entered_is_said_to_be_missing() -> None:
    Policy.objects.filter(code="tim-terpadu-rapat").delete()
    asked = {"start": "2026-11-02T09:00:00+07:00", "region": BATANGHARI}
    answer = preview("tim-terpadu-rapat", **asked)
    told = answer.json()
    assert (answer.status_code, told["due_at"], told["last_day"]) == (200, None, None)
    assert "kebijakannya belum dimasukkan" in told["reason"]
    entered = {"number": 6, "unit": "months", "basis": "SK Bupati 1/2026", "valid_from": date(2026, 1, 1), "recorded_at": NOW}
    Policy.objects.create(code="tim-terpadu-rapat", **entered)
    told = preview("tim-terpadu-rapat", **asked).json()
    assert (told["last_day"], told["basis"]) == ("2026-12-31", "SK Bupati 1/2026")
    assert "perlu dikonfirmasi" in told["rests_on"]


@pytest.mark.parametrize("region", [BATANGHARI, JAMBI, "15.04.07", "15.04.07.2001"])
def test_a_region_of_every_level_answers_in_its_legal_time(region: str) -> None:
    told = preview("skk-berakhir", start="2026-03-02T01:00:00+00:00", region=region).json()
    assert (told["start"], told["due_at"]) == ("2026-03-02T08:00:00+07:00", "2026-05-31T00:00:00+07:00")


def test_the_plus_of_an_offset_may_have_become_a_blank() -> None:
    answer = Client().get(f"{RULES_PAGE}skk-berakhir/preview/?start=2026-03-02T09:00:00+07:00&region={BATANGHARI}")
    assert answer.json()["last_day"] == "2026-05-30"


ASKED = {"start": "2026-03-02T09:00:00+07:00", "region": BATANGHARI}


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"start": "2026-03-02T09:00:00"}, ["start"]),
        ({"start": "2026-03-02"}, ["start"]),
        ({"start": "kemarin"}, ["start"]),
        ({"start": ""}, ["start"]),
        ({"start": "9999-12-31T23:59:59-12:00"}, ["start"]),
        ({"start": "0001-01-01T00:00:00+14:00"}, ["start"]),
        ({"start": "2026-02-30T09:00:00+07:00"}, ["start"]),
        ({"start": "2026-03-02T09:00:00+99:00"}, ["start"]),
        ({"start": "\x00"}, ["start"]),
        ({"region": "99.99"}, ["region"]),
        ({"region": "15.04.%"}, ["region"]),
        ({"region": ""}, ["region"]),
        ({"region": "\x00"}, ["region"]),
        ({"region": str(2**63)}, ["region"]),
        ({"start": "kemarin", "region": "Batanghari"}, ["start", "region"]),
        ({"wilayah": BATANGHARI}, ["wilayah"]),
    ],
)
def test_bad_input_is_refused_by_name(wrong: dict[str, str], fields: list[str]) -> None:
    answer = preview("skk-berakhir", **{**ASKED, **wrong})
    assert (answer.status_code, fields_of(answer)) == (400, fields)


def test_what_is_left_out_or_said_twice_is_refused_by_name() -> None:
    assert fields_of(preview("skk-berakhir")) == ["start", "region"]
    assert fields_of(Client().get(f"{RULES_PAGE}skk-berakhir/preview/?region=15&region=16&start=x")) == ["region"]


@pytest.mark.parametrize("path", ["tidak-ada/", "tidak-ada/preview/", "SKK-BERAKHIR/", "skk_berakhir/preview/"])
def test_a_code_that_no_rule_has_is_not_found(path: str) -> None:
    assert Client().get(RULES_PAGE + path).status_code == 404


def test_nothing_is_changed_here() -> None:
    for path in (RULES_PAGE, f"{RULES_PAGE}skk-berakhir/", f"{RULES_PAGE}skk-berakhir/preview/", "/api/v1/working-days/"):
        assert Client().post(path).status_code == 405


def test_the_list_holds_every_rule_with_its_article_and_example() -> None:
    page = Client().get(RULES_PAGE).json()
    rows = {row["code"]: row for row in page["results"]}
    assert set(rows) == set(RULES.rules)
    assert (page["count"], page["count_is_exact"], page["next"]) == (len(ALL), True, None)
    row = rows["skk-berakhir"]
    assert (row["basis"], row["number_of"], row["unit"], row["duty_of"]) == ("UU 7/2012 Pasal 22", 90, "days", "kepala_daerah")
    assert row["example"]["due_at"] == "2026-05-31T00:00:00+07:00"
    assert Client().get(f"{RULES_PAGE}skk-berakhir/").json() == row


def test_the_list_is_narrowed_by_words_of_the_rule() -> None:
    found = Client().get(RULES_PAGE, {"counting": "backwards", "strength": "text"}).json()["results"]
    assert {row["counting"] for row in found} == {"backwards"}
    refused = Client().get(RULES_PAGE, {"counting": "sideways"})
    assert (refused.status_code, fields_of(refused)) == (400, ["counting"])


def test_an_answer_may_lie_in_a_cache_and_is_not_sent_twice() -> None:
    path = f"{RULES_PAGE}skk-berakhir/preview/"
    answer = Client().get(path, ASKED)
    assert {"public", "max-age=300"} <= {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    again = Client().get(path, ASKED, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


# Working days --------------------------------------------------------------------------------------------------------------


def days(**asked: str) -> Any:
    whole = {"from": "2026-11-02", "to": "2026-11-08", "region": BATANGHARI, **asked}
    return Client(raise_request_exception=False).get("/api/v1/working-days/", whole)


def test_both_ends_count_and_each_day_left_out_says_why() -> None:
    told = days().json()
    assert (told["calendar_days"], told["working_days"]) == (7, 5)
    assert told["left_out"] == [{"day": "2026-11-07", "reason": "hari Sabtu"}, {"day": "2026-11-08", "reason": "hari Minggu"}]


@pytest.mark.parametrize(("day", "number"), [("2026-11-06", 1), ("2026-11-07", 0)])
def test_one_day_is_one_day(day: str, number: int) -> None:
    assert days(**{"from": day, "to": day}).json()["working_days"] == number


def test_days_off_are_those_of_the_calendar(reference: None) -> None:
    told = days(**{"from": "2026-01-01", "to": "2026-12-31"}).json()
    off = {day.isoformat(): reason for day, reason in days_off(BATANGHARI).reasons.items() if day.year == 2026 and day.weekday() < 5}
    assert off
    assert {row["day"]: row["reason"] for row in told["left_out"] if not row["reason"].startswith("hari ")} == off
    assert told["working_days"] + len(told["left_out"]) == told["calendar_days"] == 365


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"from": "2026-11-09"}, ["to"]),
        ({"to": "2029-11-08"}, ["to"]),
        ({"from": "02-11-2026"}, ["from"]),
        ({"from": "2026-W45-1"}, ["from"]),
        ({"to": "9999-12-31"}, ["to"]),
        ({"to": "2026-11-31"}, ["to"]),
        ({"region": "99.99"}, ["region"]),
        ({"from": "x", "to": "y", "region": "z"}, ["from", "to", "region"]),
        ({"hari": "1"}, ["hari"]),
    ],
)
def test_a_span_that_cannot_be_counted_is_refused_by_name(wrong: dict[str, str], fields: list[str]) -> None:
    answer = days(**wrong)
    assert (answer.status_code, fields_of(answer)) == (400, fields)
