"""Numbers over the API: what may be asked, what is refused, what the files hold."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.keys.services import KeyFacts
from accounts.keys.tables import Scope
from accounts.postings.tables import Role
from konflik.journal.models import JournalLine
from konflik.law.figures import Measure
from konflik.law.secrecy import Secrecy
from konflik.law.stages import Stage
from konflik.limits import Limit
from konflik.registry.services import make_key
from konflik.statistics.models import Release, RoundingYear
from konflik.statistics.tables.definitions import DATASETS, DEFINED_ON
from konflik.statistics.tables.published import PUBLISHED
from tests.builders import BATANGHARI, BUNGKU, DAY, PASER, a_case, a_case_in, a_figure, a_party, a_user, an_activity, moved

pytestmark = pytest.mark.django_db

ROOM = "/api/v1/statistics/"
TODAY = {"last": f"{timezone.now():%Y-%m-%d}", "first": f"{timezone.now() - 400 * DAY:%Y-%m-%d}"}


@pytest.fixture
def clerk(db: None, settings: Any) -> Any:
    settings.DEMO = True  # the second factor has tests of its own
    return a_user(Role.STAF_SEKRETARIAT)


def browser(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def opened(user: Any, **asked: str) -> int:
    return browser(user).get(f"{ROOM}cases/", asked).json()["total"]["opened"]


def test_numbers_with_the_period_before(clerk: Any) -> None:
    now = timezone.now()
    case = a_case(actor=clerk, now=now, opened_at=now - DAY)
    moved(case, Stage.SELESAI, actor=clerk, at=now, now=now)
    a_case(actor=clerk, now=now, opened_at=now - 400 * DAY)
    found = browser(clerk).get(f"{ROOM}cases/", {"by": "stage,source", "region": BATANGHARI}).json()
    assert found["basis"] == "cells"
    assert (found["total"]["opened"], found["total"]["closed"], found["total"]["settled_share"]) == (1, 1, 0.5)
    assert found["before"]["total"]["opened"] == 1
    assert {(row["stage"], row["source"], row["standing"]) for row in found["results"]} == {("pencegahan", "d", 1), ("selesai", "d", 1)}
    assert found["period"]["first"][8:] == "01"


def test_a_sealed_case_changes_not_a_byte_for_whoever_may_not_see_it(clerk: Any) -> None:
    """S14."""
    now = timezone.now()
    a_case(actor=clerk, now=now, opened_at=now - DAY)
    reader = browser(a_user(Role.ANGGOTA_TIM))
    asked = [f"{ROOM}{dataset.code}/" for dataset in DATASETS]
    asked += [f"{url}?known_at={timezone.now():%Y-%m-%dT%H:%M:%SZ}" for url in asked]
    asked.append(f"{ROOM}cases/?by=month,stage,severity")
    before = [(reader.get(url).content, reader.get(url)["ETag"]) for url in asked]
    sealed = a_case(actor=clerk, now=now, opened_at=now - DAY, secrecy=Secrecy.RAHASIA)
    moved(sealed, Stage.PENGHENTIAN, actor=clerk, at=now - DAY / 2, now=now)
    a_figure(sealed, actor=clerk, now=now, as_of=now - DAY / 4)
    sealed.figures.update(is_authoritative=True)
    assert [(reader.get(url).content, reader.get(url)["ETag"]) for url in asked] == before
    assert browser(clerk).get(asked[0]).content != before[0][0]


def test_a_second_look_costs_nothing(clerk: Any) -> None:
    client = browser(clerk)
    tag = client.get(f"{ROOM}cases/")["ETag"]
    assert client.get(f"{ROOM}cases/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("place", "asked", "field"),
    [
        ("cases", {"by": "religion"}, "by"),
        ("cases", {"by": "stage,stage"}, "by"),
        ("cases", {"by": "region"}, "by"),
        ("cases", {"by": "stage,source,severity,month"}, "by"),
        ("cases", {"by": "region", "level": "province", "region": BATANGHARI}, "by"),
        ("cases", {"level": "desa"}, "level"),
        ("cases", {"region": BUNGKU}, "region"),
        ("cases", {"region": "15.04%"}, "region"),
        ("cases", {"region": "99.99"}, "region"),
        ("cases", {"issue_type": "kenari"}, "issue_type"),
        ("stage-times", {"issue_type": "kenari,kenari-lain"}, "issue_type"),
        ("deadlines", {"region": "99"}, "region"),
        ("events", {"region": "15.04.99"}, "region"),
        ("cases", {"severity": "5"}, "severity"),
        ("cases", {"source": "z"}, "source"),
        ("cases", {"first": "2026-13-01"}, "first"),
        ("cases", {"first": "2026-02-02", "last": "2026-02-01"}, "last"),
        ("cases", {"first": "1900-01-01", "last": "2199-12-31"}, "last"),
        ("cases", {"known_at": "2026-01-01"}, "known_at"),
        ("cases", {"format": "ods"}, "format"),
        ("cases", {"secrecy": "4"}, "secrecy"),
        ("deadlines", {"known_at": "2026-01-01"}, "known_at"),
        ("events", {"known_at": "2026-01-01T00:00:00Z"}, "known_at"),
        ("events", {"by": "stage"}, "by"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(clerk: Any, place: str, asked: dict[str, str], field: str) -> None:
    answer = browser(clerk).get(f"{ROOM}{place}/", asked)
    assert answer.status_code == 400
    assert field in {error["field"] for error in answer.json()["errors"]}


@pytest.mark.parametrize(("scopes", "status"), [((Scope.CASES_READ,), 403), ((Scope.CASES_READ, Scope.CLOCKS_READ), 200)])
def test_numbers_of_deadlines_are_for_keys_that_read_deadlines(clerk: Any, scopes: tuple[Scope, ...], status: int) -> None:
    facts = KeyFacts(owner=clerk, name="Satu Data", scopes=scopes, regions=(BATANGHARI,))
    secret = make_key(facts=facts, actor=None, now=timezone.now()).secret
    reader = Client(headers={"Authorization": f"Bearer {secret}"})
    assert reader.get(f"{ROOM}cases/").status_code == 200
    assert reader.get(f"{ROOM}deadlines/").status_code == status


def test_a_tidy_file_has_one_number_in_each_row(clerk: Any) -> None:
    a_case_in(Stage.PEMULIHAN, actor=clerk, now=timezone.now(), opened_at=timezone.now() - DAY)
    rows = rows_of(browser(clerk).get(f"{ROOM}cases/", {"by": "stage", "format": "csv"}))
    assert list(rows[0]) == ["stage", "measure_name", "value"]
    assert {"stage": "pemulihan", "measure_name": "standing", "value": "1"} in rows


@pytest.mark.parametrize(("kind", "asked"), [("cases", {"by": "stage"}), ("figures", {})])
def test_a_sheet_holds_the_tidy_file_with_numbers_as_numbers(clerk: Any, kind: str, asked: dict[str, str]) -> None:
    case = a_case_in(Stage.PEMULIHAN, actor=clerk, now=timezone.now(), opened_at=timezone.now() - DAY)
    a_figure(case, actor=clerk, value="12", now=timezone.now())
    case.figures.update(is_authoritative=True)
    client = browser(clerk)
    told = list(csv.reader(io.StringIO(client.get(f"{ROOM}{kind}/", {**asked, "format": "csv"}).content.decode())))
    sheet = client.get(f"{ROOM}{kind}/", {**asked, "format": "xlsx"})
    heading, *rows = load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active.iter_rows(values_only=True)
    assert list(heading) == told[0]
    assert rows
    assert all(isinstance(value, int | float) for *_, value in rows)
    assert [[*keys, float(value)] for *keys, value in rows] == [[*keys, float(value)] for *keys, value in told[1:]]


def words_of(told: Any) -> Iterator[str]:
    """Every key of a piece of JSON, at any depth."""
    if isinstance(told, dict):
        yield from told
        for value in told.values():
            yield from words_of(value)
    elif isinstance(told, list):
        for one in told:
            yield from words_of(one)


def test_every_word_of_the_metadata_has_a_meaning_for_machines() -> None:
    told = Client().get(ROOM).json()
    context = told.pop("@context")
    words = set(words_of(told)) - {"@id", "@type"}
    assert {"measures", "definition", "unit"} <= words
    assert {word for word in words if word not in context and word.partition(":")[0] not in context} == set()
    assert all(dataset["@id"].startswith("http") for dataset in told["dcat:dataset"])


def test_the_metadata_explain_every_number_that_is_given(clerk: Any) -> None:
    told = Client().get(ROOM).json()
    assert told["@type"] == "dcat:Catalog"
    for dataset in told["dcat:dataset"]:
        assert {"dct:title", "dct:license", "dct:modified", "dct:source", "dcat:distribution"} <= set(dataset)
        assert all(measure["definition"] and measure["unit"] for measure in dataset["measures"])
    explained = {measure.name for dataset in DATASETS for measure in dataset.numbers}
    assert set(browser(clerk).get(f"{ROOM}cases/").json()["total"]) <= explained


def test_the_catalogue_is_open_as_the_law_is(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Client().get(ROOM)
    assert {"public", "max-age=300"} <= {part.strip() for part in answer["Cache-Control"].split(",")}
    again = Client().get(ROOM, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    refused = Client().get(ROOM, {"kenari": "1"})
    assert (refused.status_code, [error["field"] for error in refused.json()["errors"]]) == (400, ["kenari"])
    monkeypatch.setattr("konflik.rest.everybody.PER_ADDRESS", Limit(1))
    assert [Client().get(ROOM, REMOTE_ADDR="203.0.113.77").status_code for _ in range(2)] == [200, 429]


def test_the_catalogue_changes_with_a_release_and_never_with_a_case(clerk: Any) -> None:
    """S14: else the day of the last change would tell of a case that nobody may know of."""
    told = Client().get(ROOM).json()
    assert told["dct:modified"] == DEFINED_ON.isoformat()
    a_case(actor=clerk, now=timezone.now(), opened_at=timezone.now() - DAY)
    assert Client().get(ROOM).json() == told
    year = RoundingYear.objects.create(year=2027, k=5, seed="ab" * 32)
    numbers: dict[str, Any] = {table.code: {} for table in PUBLISHED}
    Release.objects.create(month=date(2027, 1, 1), year=year, frozen_at=datetime(2027, 2, 8, 12, tzinfo=UTC), numbers=numbers)
    later = Client().get(ROOM).json()
    assert {one["dct:modified"] for one in [later, *later["dcat:dataset"]]} == {"2027-02-08"}
    assert {f"terbit-{table.code}" for table in PUBLISHED} <= {one["dct:identifier"] for one in later["dcat:dataset"]}


def test_events_stand_in_the_columns_of_research_without_place_and_names(clerk: Any) -> None:
    now = timezone.now()
    case = a_case(actor=clerk, now=now, opened_at=now - DAY, chronology="Kanari kronologi")
    a_party(case, "=Kelompok A", actor=clerk, now=now)
    a_figure(case, actor=clerk, now=now, measure=Measure.DEAD, value=2, as_of=now - DAY / 2)
    case.figures.update(is_authoritative=True)
    moved(case, Stage.PENGHENTIAN, actor=clerk, at=now - DAY / 2, now=now)
    hidden = a_case(actor=a_user(at=PASER), at=(PASER,), now=now, opened_at=now - DAY)
    moved(hidden, Stage.PENGHENTIAN, actor=clerk, at=now - DAY / 2, now=now)
    response = browser(clerk).get(f"{ROOM}events/", TODAY)
    [event] = rows_of(response)
    assert (event["actor1"], event["fatalities"], event["injured_light"]) == ("'=Kelompok A", "2", "")
    assert (event["admin3"], event["geo_precision"], event["source"]) == ("Bajubang", "2", "Polres/Polsek")
    assert len(event["latitude"].partition(".")[2]) <= 2
    assert "Kanari" not in response.content.decode()
    line = JournalLine.objects.get(event="cases_exported")
    assert (line.actor, line.kabupaten_id, line.payload["number"]) == (clerk, BATANGHARI, 1)
    assert browser(a_user(Role.ANGGOTA_TIM)).get(f"{ROOM}events/").status_code == 403


def test_who_sees_no_cases_sees_no_numbers(clerk: Any) -> None:
    a_case(actor=clerk, now=timezone.now(), opened_at=timezone.now() - DAY)
    assert browser(a_user(Role.ADMINISTRATOR_SISTEM)).get(f"{ROOM}cases/").status_code == 403
    assert Client().get(f"{ROOM}cases/").status_code == 401
    ahead = {"first": f"{timezone.now() + 2 * DAY:%Y-%m-%d}", "last": f"{timezone.now() + 3 * DAY:%Y-%m-%d}"}
    assert (opened(clerk), opened(a_user(at=PASER)), opened(clerk, **ahead)) == (1, 0, 0)


@pytest.mark.parametrize("kind", ["stage-times", "activities", "deadlines", "figures"])
def test_every_number_stands_beside_that_of_the_period_before_as_long(clerk: Any, kind: str) -> None:
    case = a_case(actor=clerk, opened_at=datetime(2026, 10, 1, tzinfo=UTC))
    an_activity(case, actor=clerk, planned_end=date(2026, 10, 20))
    figure = a_figure(case, actor=clerk, as_of=datetime(2026, 10, 20, tzinfo=UTC))
    type(figure).objects.update(is_authoritative=True)
    moved(case, Stage.PENGHENTIAN, actor=clerk, at=datetime(2026, 10, 20, tzinfo=UTC))
    ask = browser(clerk).get
    then = ask(f"{ROOM}{kind}/", {"first": "2026-10-01", "last": "2026-10-31"}).json()
    now = ask(f"{ROOM}{kind}/", {"first": "2026-11-01", "last": "2026-11-30"}).json()
    assert then["results"]
    assert (now["before"]["period"], now["before"]["results"]) == (then["period"], then["results"])


HEADINGS = {
    "cases": "measure_name,value",
    "stage-times": "stage,measure_name,value",
    "activities": "stage,kind,measure_name,value",
    "deadlines": "rule,measure_name,value",
    "figures": "measure,source,newest,measure_name,value",
}


def test_a_file_without_rows_has_its_heading(clerk: Any) -> None:
    far = {"first": "2001-01-01", "last": "2001-01-31", "format": "csv"}
    headings = {kind: browser(clerk).get(f"{ROOM}{kind}/", far).content.decode().partition("\r\n")[0] for kind in HEADINGS}
    assert headings == HEADINGS


@pytest.mark.parametrize(
    ("home", "asked", "covers"),
    [
        (BATANGHARI, {}, [BATANGHARI]),
        (BATANGHARI, {"region": BATANGHARI}, [BATANGHARI]),
        (BATANGHARI, {"region": "15.04.07"}, ["15.04.07"]),
        (BATANGHARI, {"region": "15"}, [BATANGHARI]),
        (BATANGHARI, {"region": PASER}, None),
    ],
)
def test_an_answer_names_the_regions_that_it_counts_whole(
    settings: Any, home: str, asked: dict[str, str], covers: list[str] | None
) -> None:
    """A nought of a region that is not one's own would read as peace."""
    settings.DEMO = True
    answer = browser(a_user(Role.STAF_SEKRETARIAT, home)).get(f"{ROOM}cases/", asked)
    if covers is None:
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "region")
    else:
        assert answer.json()["covers"] == covers


def test_what_will_be_known_some_day_is_not_told(clerk: Any) -> None:
    later = f"{timezone.now() + 3 * DAY:%Y-%m-%dT%H:%M:%SZ}"
    answer = browser(clerk).get(f"{ROOM}cases/", {"known_at": later})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "known_at")
