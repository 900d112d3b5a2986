"""Lists and objects of the API, shown with cases: what is let in, how pages follow, what a tag says."""

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from rest_framework.exceptions import NotAuthenticated

from accounts.postings.tables import Role
from konflik.cases.api.shapes import CaseRow
from konflik.cases.models import Case
from konflik.journal.models import JournalLine
from konflik.law.secrecy import Secrecy
from konflik.rest.prepared import run
from tests.builders import NOW, PASER, a_case, a_user

CASES = "/api/v1/cases/"


@pytest.fixture
def people(db: None, settings: Any) -> dict[str, Any]:
    settings.DEMO = True  # the second factor has tests of its own
    staff = a_user()
    host = a_user(Role.SEKRETARIS_TIM, PASER)
    for secrecy in (Secrecy.BIASA, Secrecy.TERBATAS, Secrecy.RAHASIA, Secrecy.TERBATAS, Secrecy.BIASA):
        a_case(actor=staff, secrecy=secrecy)
    a_case(actor=host, at=(PASER,))
    return {"staff": staff, "member": a_user(Role.ANGGOTA_TIM), "host": host}


def browser(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def walk(client: Client, url: str, way: str = "next") -> list[dict[str, Any]]:
    """Every page from this one on."""
    pages = []
    while url:
        pages.append(client.get(url).json())
        url = pages[-1][way]
    return pages


def test_a_list_holds_what_its_reader_may_see_and_nothing_else(people: dict[str, Any]) -> None:
    for person, number in (("staff", 5), ("member", 4), ("host", 1)):
        found = browser(people[person]).get(CASES, {"count": "true"}).json()
        seen = Case.objects.visible_to(people[person], at=NOW)
        assert {row["id"] for row in found["results"]} == set(seen.values_list("pk", flat=True))
        assert (len(found["results"]), found["count"], found["count_is_exact"]) == (number, number, True)


def test_a_row_says_what_the_serializer_says(people: dict[str, Any]) -> None:
    rows = browser(people["staff"]).get(CASES).json()["results"]
    told = [CaseRow(case).data for case in Case.objects.filter(pk__in=[row["id"] for row in rows]).order_by("-opened_at", "-pk")]
    assert rows == told


def test_pages_follow_each_other_forth_and_back(people: dict[str, Any]) -> None:
    client = browser(people["staff"])
    whole = [row["id"] for row in client.get(CASES).json()["results"]]
    forth = walk(client, f"{CASES}?limit=2")
    assert [[row["id"] for row in page["results"]] for page in forth] == [whole[:2], whole[2:4], whole[4:]]
    back = walk(client, forth[-1]["previous"], "previous")
    assert [[row["id"] for row in page["results"]] for page in back] == [whole[2:4], whole[:2]]


def test_an_unchanged_list_is_not_sent_twice_and_what_is_hidden_does_not_change_it(people: dict[str, Any]) -> None:
    client = browser(people["member"])
    tag = client.get(CASES).headers["ETag"]
    assert client.get(CASES, headers={"If-None-Match": tag}).status_code == 304
    Case.objects.filter(secrecy=Secrecy.RAHASIA).update(version=9, title="Lain")
    assert client.get(CASES).headers["ETag"] == tag
    Case.objects.filter(secrecy=Secrecy.BIASA).update(version=9)
    assert client.get(CASES, headers={"If-None-Match": tag}).status_code == 200


REFUSED = {
    "?warna=biru": ("parameter-tidak-dikenal", "warna"),
    "?stage=perang": ("parameter-tidak-sah", "stage"),
    "?stage=": ("parameter-tidak-sah", "stage"),
    "?stage=pemulihan&stage=pencegahan": ("parameter-tidak-sah", "stage"),
    "?kabupaten=15": ("parameter-tidak-sah", "kabupaten"),
    "?province=zz": ("parameter-tidak-sah", "province"),
    "?fields=id,recorded_by": ("parameter-tidak-sah", "fields"),
    "?ordering=title": ("parameter-tidak-sah", "ordering"),
    "?limit=201": ("parameter-tidak-sah", "limit"),
    "?q=%00": ("parameter-tidak-sah", "q"),
    "?opened_after=9999-12-31T23:59:59-12:00": ("parameter-tidak-sah", "opened_after"),
    "?opened_after=2026-03-02": ("parameter-tidak-sah", "opened_after"),
    "?cursor=abc": ("kursor-tidak-sah", None),
}


def test_what_cannot_be_asked_is_refused_by_name(people: dict[str, Any]) -> None:
    client = browser(people["member"])
    for query, (code, field) in REFUSED.items():
        answer = client.get(CASES + query)
        told = answer.json()
        assert (answer.status_code, told["type"], answer.headers["Content-Type"]) == (
            400,
            f"/api/masalah/{code}/",
            "application/problem+json",
        ), query
        assert field is None or [one["field"] for one in told["errors"]] == [field]


def test_a_cursor_holds_for_its_own_list_alone(people: dict[str, Any]) -> None:
    client = browser(people["staff"])
    cursor = client.get(f"{CASES}?limit=2").json()["next"].partition("cursor=")[2]
    assert client.get(f"{CASES}?limit=1&cursor={cursor}").status_code == 200
    for other in ("stage=pencegahan", "ordering=opened_at", "secrecy=biasa"):
        assert client.get(f"{CASES}?{other}&cursor={cursor}").json()["type"] == "/api/masalah/kursor-tidak-sah/"


def test_an_object_that_may_not_be_seen_is_one_that_does_not_exist(people: dict[str, Any]) -> None:
    hidden = Case.objects.get(secrecy=Secrecy.RAHASIA).pk
    client = browser(people["member"])
    answers = [client.get(f"{CASES}{pk}/") for pk in (hidden, 987654, 2**63, 2**70)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_an_object_carries_its_version_in_the_tag(people: dict[str, Any]) -> None:
    client = browser(people["staff"])
    case = Case.objects.filter(secrecy=Secrecy.TERBATAS).first()
    answer = client.get(f"{CASES}{case.pk}/")
    assert answer.headers["ETag"].startswith(f'"{case.pk}-1-')
    assert answer.json()["places"] == [{"region": "15.04.07.2001", "label": case.places.get().region.label, "is_leading": True}]
    part, whole = (client.get(f"{CASES}{case.pk}/{query}") for query in ("?fields=id,places", ""))
    assert set(part.json()) == {"id", "places"}
    assert part.headers["ETag"].split("-")[:2] == whole.headers["ETag"].split("-")[:2]  # so that it can be sent back in If-Match


WINDOW = "opened_after=2026-01-01T00:00:00Z&opened_before=2026-02-01T00:00:00Z"


@pytest.mark.parametrize(
    ("query", "is_planned_once"), [("", True), ("?stage=pemulihan", True), ("?severity=high", False), (f"?{WINDOW}", False)]
)
def test_a_page_is_planned_once_where_one_plan_is_good_for_all_values(
    people: dict[str, Any], monkeypatch: pytest.MonkeyPatch, query: str, is_planned_once: bool
) -> None:
    """A window of time may hold everything or nothing: one plan for both reads a whole province."""
    planned: list[bool] = []

    def watched(*told: Any, **more: Any) -> Any:
        planned.append(more["is_planned_once"])
        return run(*told, **more)

    monkeypatch.setattr("konflik.rest.reading.run", watched)
    assert browser(people["staff"]).get(f"{CASES}{query}").status_code == 200
    assert planned == [is_planned_once]


def test_what_hangs_on_an_object_may_be_asked_for_alone(people: dict[str, Any]) -> None:
    told = browser(people["staff"]).get("/api/v1/regions/15.04/?fields=above")
    assert (told.status_code, list(told.json())) == (200, ["above"])


def test_opening_a_sealed_case_leaves_the_trace_of_the_pages(people: dict[str, Any]) -> None:
    sealed = Case.objects.get(secrecy=Secrecy.RAHASIA)
    client = browser(people["staff"])
    assert client.get(f"{CASES}{sealed.pk}/").status_code == 200
    assert JournalLine.objects.filter(case_id=sealed.pk, event="sealed_case_read").count() == 1


def test_whoever_is_not_logged_in_is_told_so(db: None) -> None:
    answer = Client().get(CASES)
    assert (answer.status_code, answer.json()["type"]) == (401, "/api/masalah/belum-masuk/")
    assert Client().get("/api/v1/nowhere/").status_code == 404
    assert Client().get("/api/masalah/belum-masuk/").json()["title"] == "Belum masuk"


def test_a_list_is_taken_away_whole_with_its_trace(people: dict[str, Any]) -> None:
    Case.objects.filter(secrecy=Secrecy.BIASA).update(title="=1+1")
    answer = browser(people["staff"]).get(f"{CASES}?format=csv&ordering=pk&fields=number,title,version,is_late_entry&q=sengketa")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == '"number";"title";"is_late_entry";"version"'
    assert (len(lines), lines[-1]) == (5, '"# selesai: 3 baris"')
    [line] = JournalLine.objects.filter(event="cases_exported")
    assert (line.kabupaten_id, line.payload["number"], line.payload["filters"]) == ("15.04", 3, "q=…")
    sheet = load_workbook(io.BytesIO(b"".join(browser(people["staff"]).get(f"{CASES}?format=xlsx&ordering=pk").streaming_content))).active
    told = list(sheet.iter_rows(values_only=True))
    assert next(row[told[0].index("title")] for row in told[1:]) == "=1+1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert browser(people["member"]).get(f"{CASES}?format=csv").status_code == 403


def test_a_login_that_ends_while_a_file_is_written_cuts_it(people: dict[str, Any], monkeypatch: Any) -> None:
    monkeypatch.setattr("konflik.rest.files.CHUNK", 2)
    pieces = iter(browser(people["staff"]).get(f"{CASES}?format=csv").streaming_content)
    head = [next(pieces) for _ in range(3)]
    with pytest.MonkeyPatch.context() as later:
        later.setattr("konflik.rest.coming_in.BrowserSession.authenticate", lambda *_: None)
        with pytest.raises(NotAuthenticated):
            list(pieces)
    assert b"selesai" not in b"".join(head)
