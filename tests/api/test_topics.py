"""Every list and object that is read here, asked by everybody: what is shown is what may be seen, whole and in order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.keys.services import KeyFacts, make_key
from accounts.keys.tables import HIGHEST_RATE, Scope
from accounts.users.models import User
from forums.bodies.api import BodyRow
from forums.bodies.models import Body
from forums.seats.api import SeatRow
from forums.seats.models import Seat
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State
from konflik.desk.api.notices import notices_of
from konflik.desk.api.shapes import DeadlineRow, NoticeRow
from konflik.desk.selectors.notice_words import told_of
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice
from konflik.status.api.reading import StatusRow
from konflik.status.models import ConflictStatus
from tests.access.world import World, build
from tests.builders import BATANGHARI, MUARO_JAMBI, NOW, a_case, region

NOTHING_HIDDEN = 200


@dataclass(frozen=True)
class Listed:
    """One list: its address, what may be seen of it, how a row is written, who is refused the list as such."""

    path: str
    seen_by: Callable[[User], QuerySet]
    shape: Any
    refused: str = ""


LISTS = {
    "deadlines": Listed("/api/v1/deadlines/", lambda user: Deadline.objects.visible_to(user, at=NOW), DeadlineRow, refused="LA"),
    "notices": Listed("/api/v1/notices/", lambda user: notices_of(user, NOW), NoticeRow),
    "status-decrees": Listed("/api/v1/status-decrees/", lambda user: ConflictStatus.objects.visible_to(user, at=NOW), StatusRow),
    "bodies": Listed("/api/v1/bodies/", lambda user: Body.objects.visible_to(user, at=NOW), BodyRow),
    "seats": Listed("/api/v1/seats/", lambda user: Seat.objects.visible_to(user, at=NOW), SeatRow),
}


@pytest.fixture
def world(db: None, settings: Any, time_machine: Any) -> World:
    settings.DEMO = True  # the second factor has tests of its own
    found = build()
    time_machine.move_to(NOW + timedelta(minutes=1))
    return found


def browser(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def walk(client: Client, path: str, **asked: Any) -> list[dict[str, Any]]:
    """Every row of every page."""
    found, page = [], client.get(path, asked).json()
    while True:
        found += page["results"]
        if page["next"] is None:
            return found
        page = client.get(page["next"]).json()


def test_everybody_reads_what_they_may_see_and_each_row_alone_is_the_same(world: World) -> None:
    rows_read = 0
    for letter, user in world.people.items():
        client = browser(user)
        for name, listed in LISTS.items():
            if letter in listed.refused:
                assert client.get(listed.path).status_code == 403, (letter, name)
                continue
            found = walk(client, listed.path, limit=7)
            rows = {row["id"]: row for row in found}
            assert len(rows) == len(found), (letter, name)
            expected = {row.pk: dict(listed.shape(row).data) for row in listed.seen_by(user)}
            assert rows == expected, (letter, name)
            for key in list(rows)[:2]:
                assert {field: client.get(f"{listed.path}{key}/").json()[field] for field in rows[key]} == rows[key], (letter, name)
            rows_read += len(rows)
    assert rows_read > NOTHING_HIDDEN


def test_what_may_not_be_seen_answers_like_what_does_not_exist(world: World) -> None:
    stranger = world.people["C"]
    for name, listed in LISTS.items():
        hidden = type(listed.seen_by(stranger).model.objects.first())
        keys = set(hidden.objects.values_list("pk", flat=True)) - set(listed.seen_by(stranger).values_list("pk", flat=True))
        nowhere = browser(stranger).get(f"{listed.path}{2**40}/")
        assert keys, name
        for key in list(keys)[:5]:
            answer = browser(stranger).get(f"{listed.path}{key}/")
            assert (answer.status_code, answer.content) == (404, nowhere.content), name
        assert browser(stranger).get(f"{listed.path}{2**64}/").status_code == 404


FITS: list[tuple[str, dict[str, str], Callable[[Any], bool]]] = [
    ("deadlines", {"state": "running"}, lambda row: row["state"] == "running"),
    ("deadlines", {"with_case": "false"}, lambda row: row["case"] is None),
    ("deadlines", {"duty_of": "kepala_daerah"}, lambda row: row["duty_of"] == "kepala_daerah"),
    ("deadlines", {"rule": "skk-berakhir"}, lambda row: row["rule"] == "skk-berakhir"),
    ("deadlines", {"place": "15.04"}, lambda row: row["kabupaten"] == BATANGHARI),
    ("deadlines", {"place": "15.04.07"}, lambda row: row["kabupaten"] == BATANGHARI and row["case"] is not None),
    ("deadlines", {"place": "64"}, lambda row: row["kabupaten"].startswith("64")),
    ("deadlines", {"due_before": "2026-12-01T00:00:00+07:00"}, lambda row: bool(row["due_at"]) and row["due_at"] < "2026-12-01"),
    ("status-decrees", {"in_force_at": "2026-11-30T00:00:00+07:00"}, lambda row: row["effective_at"] < "2026-11-30"),
    ("status-decrees", {"scale": "provinsi"}, lambda row: row["scale"] == "provinsi"),
    ("status-decrees", {"within": "15"}, lambda row: row["kabupaten"] == BATANGHARI),
    ("bodies", {"kind": "fkub"}, lambda row: row["kind"] == "fkub"),
    ("bodies", {"q": "terpadu"}, lambda row: "Terpadu" in row["name"]),
    ("bodies", {"valid_on": "2025-12-31"}, lambda row: row["valid_from"] <= "2025-12-31"),
    ("seats", {"within": "15.04"}, lambda row: row["region"] == BATANGHARI),
    ("notices", {"unread": "true"}, lambda row: row["seen_at"] is None),
    ("notices", {"awaited": "true"}, lambda row: row["must_confirm"] and row["confirmed_at"] is None),
]


def test_a_filter_leaves_exactly_what_fits_and_an_order_sorts(world: World) -> None:
    client = browser(world.people["S"])
    for path, asked, fits in FITS:
        whole = walk(client, LISTS[path].path)
        found = walk(client, LISTS[path].path, **asked)
        assert [row["id"] for row in found] == [row["id"] for row in whole if fits(row)], asked
    dated = walk(client, LISTS["deadlines"].path, ordering="due_at", limit=3)
    ends = list(Deadline.objects.visible_to(world.people["S"], at=NOW).filter(due_at__isnull=False).order_by("due_at", "pk"))
    assert [row["id"] for row in dated] == [row.pk for row in ends]


def test_a_deadline_explains_itself_and_opening_it_leaves_the_trace_of_its_case(world: World) -> None:
    reader, sealed = world.people["K"], world.cases["own rahasia"]
    case = sealed["case"]
    deadline = Deadline.objects.get(case=case, rule="skk-berakhir")
    read = JournalLine.objects.filter(event=Event.SEALED_CASE_READ.value, actor=reader, case_id=case.pk)
    told = browser(reader).get(f"/api/v1/deadlines/{deadline.pk}/").json()
    assert read.count() == 1
    assert told["explanation"][0].startswith("Dihitung sejak ")
    assert told["steps"][-1]["day"] == deadline.last_day.isoformat()
    assert told["trigger"]["hash"] == JournalLine.objects.get(pk=deadline.trigger_id).hash
    browser(reader).get(f"/api/v1/status-decrees/{sealed['status']}/")
    browser(reader).get(f"/api/v1/deadlines/{deadline.pk}/", {"fields": "id"})
    assert read.count() == 1, "one line per reader and day"


def test_a_notice_says_what_the_page_says_and_nothing_of_a_case_that_is_hidden_now(world: World) -> None:
    reader = world.people["V"]
    case, deadline = world.cases["own sangat rahasia"]["case"], world.cases["own sangat rahasia"]["tenggat"]
    a_case(actor=world.people["S"])
    told = {"source": "deadline", "source_id": deadline, "milestone": "H-3", "channel": "bell", "state": "sent", "sent_at": NOW}
    parts = {"group": "deadline", "urgency": "normal", "kabupaten_id": BATANGHARI, "send_after": NOW, "created_at": NOW}
    Notice.objects.create(**told, **parts, recipient=reader, case=case, deadline_id=deadline)
    rows = walk(browser(reader), "/api/v1/notices/")
    words = {one.notice.pk: (one.what, one.is_hidden) for one in told_of(Notice.objects.in_bell_of(reader), reader, at=NOW)}
    assert {row["id"]: (row["what"], row["kabupaten"] is None) for row in rows} == words
    hidden = next(row for row in rows if row["what"] == "Tenggat pada catatan yang tidak dapat Anda buka")
    assert (hidden["deadline"], hidden["milestone"]) == (None, None)


def test_a_key_leaves_of_its_owners_notices_only_those_about_what_it_may_see(world: World) -> None:
    owner = world.people["S"]
    told = {"source": "line", "milestone": "kejadian", "channel": "bell", "state": "sent", "sent_at": NOW, "recipient": owner}
    told |= {"group": "case", "urgency": "normal", "kabupaten_id": BATANGHARI, "send_after": NOW, "created_at": NOW}
    for number, name in enumerate(("own biasa", "own rahasia"), start=9001):
        Notice.objects.create(**told, source_id=number, case=world.cases[name]["case"])
    facts = KeyFacts(owner=owner, name="Uji", scopes=tuple(Scope), regions=(BATANGHARI,), clearance=2, rate=HIGHEST_RATE)
    secret = make_key(facts=facts, regions=[region(BATANGHARI)], actor=owner, now=NOW).secret
    told_by_key = walk(Client(headers={"Authorization": f"Bearer {secret}"}), "/api/v1/notices/")
    sealed = world.cases["own rahasia"]["case"].pk
    assert world.cases["own biasa"]["case"].pk in {row["case"] for row in told_by_key}
    assert all("tidak dapat" not in row["what"] and row["case"] != sealed for row in told_by_key)
    assert sealed in {row["case"] for row in walk(browser(owner), "/api/v1/notices/")}


def by_key(owner: User, *scopes: Scope) -> Client:
    """Somebody's key with these scopes, in Batanghari."""
    facts = KeyFacts(owner=owner, name="Uji", scopes=scopes, regions=(BATANGHARI,), clearance=2, rate=HIGHEST_RATE)
    return Client(headers={"Authorization": f"Bearer {make_key(facts=facts, regions=[region(BATANGHARI)], actor=owner, now=NOW).secret}"})


@pytest.mark.parametrize("secrecy", [Secrecy.BIASA, Secrecy.RAHASIA])
@pytest.mark.parametrize("at", [BATANGHARI, MUARO_JAMBI])
@pytest.mark.parametrize("scope", [Scope.FORUMS_READ, Scope.CASES_READ, Scope.CLOCKS_READ])
def test_a_notice_about_no_case_needs_the_right_to_see_clocks_there(world: World, scope: Scope, at: str, secrecy: Secrecy) -> None:
    owner = world.people["S"]
    told = {"source": "line", "milestone": "kejadian", "channel": "bell", "state": "sent", "sent_at": NOW, "recipient": owner}
    told |= {"group": "case", "urgency": "normal", "kabupaten_id": at, "send_after": NOW, "created_at": NOW, "secrecy": secrecy}
    pk = Notice.objects.create(**told, source_id=9001).pk
    is_told = scope is Scope.CLOCKS_READ and at == BATANGHARI and secrecy == Secrecy.BIASA
    client = by_key(owner, scope)
    assert client.get(f"/api/v1/notices/{pk}/").status_code == (200 if is_told else 404)
    assert (pk in {row["id"] for row in walk(client, "/api/v1/notices/")}) == is_told


def test_a_key_that_is_refused_the_deadlines_is_refused_each_of_them(world: World) -> None:
    owner = world.people["S"]
    seen = Deadline.objects.visible_to(owner, at=NOW).filter(case=world.cases["own biasa"]["case"]).first()
    for scope, status in ((Scope.CASES_READ, 403), (None, 200)):
        client = by_key(owner, scope) if scope else by_key(owner, Scope.CASES_READ, Scope.CLOCKS_READ)
        assert client.get(f"/api/v1/deadlines/{seen.pk}/").status_code == client.get("/api/v1/deadlines/").status_code == status, scope


def test_suspended_deadlines_are_in_the_list_but_not_among_dates(world: World) -> None:
    first = Deadline.objects.visible_to(world.people["S"], at=NOW).filter(state=State.RUNNING.value).first()
    Deadline.objects.filter(pk=first.pk).update(state=State.SUSPENDED.value, due_at=None, next_notice_at=None)
    client = browser(world.people["S"])
    assert first.pk in {row["id"] for row in walk(client, "/api/v1/deadlines/")}
    assert first.pk not in {row["id"] for row in walk(client, "/api/v1/deadlines/", ordering="due_at")}
