"""Every list as a file: no cell is a formula, every text comes back as it was, and a file that was cut says so (S26)."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.test import Client
from openpyxl import load_workbook
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated

from accounts.access.tables import Act
from accounts.keys.services import KeyFacts, MadeKey
from accounts.keys.tables import HIGHEST_RATE, Scope
from accounts.postings.tables import Role
from accounts.regions.models import Region
from accounts.users.models import User
from forums.bodies.models import Body
from forums.seats.models import Seat
from konflik.api import v1
from konflik.cases.models import AccessGrant, Attachment, Case, CaseLink, Figure, Party
from konflik.cases.services.assigning import link_cases
from konflik.cases.services.facts import add_note
from konflik.cases.tables import LinkKind
from konflik.clocks.models import Deadline
from konflik.notices.models import Notice
from konflik.registry.services import make_key, revoke_key
from konflik.rest.reading import ListView
from konflik.rest.rendering import write_json
from konflik.stages.models import Activity, Agreement, StageMove
from konflik.status.models import ConflictStatus, Consultation, CriteriaAssessment
from tests.access.walking import addresses
from tests.access.world import World, build
from tests.api.filling import ABOUT, path_of
from tests.builders import BAJUBANG, BATANGHARI, NOW, a_case, a_user
from tests.refusals import nothing_written
from tests.standing import standing

TEXTS = (
    *('=HYPERLINK("http://luar.test";"klik")', "+62 812-0000", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "\n=1+1"),
    *("=cmd|' /C calc'!A0", "'=1+1", '"=1+1";"=2', " =1+1", "\u200b=1+1", "＝1+1", "\ufeff@x", "# selesai: 7 baris", "%0A=1"),
    "baris satu\nbaris dua\r\n=baris tiga\n\n_x000D_",
    "Éclair “kutipan” 🕊 ꦧꦠꦁꦲꦫꦶ",
    "\u202e\u0627\u0644\u0633\u0644\u0627\u0645\u202c =1+1",
    "=" + "panjang; " * 3_555,
)
DANGEROUS_FIRST = re.compile("[=+\\-@\t\r\n\0＝＋－＠|%#\\s\ufeff\u200b\u202e]")
ESCAPED = re.compile("_x([0-9A-F]{4})_")
NUMBER = re.compile(r"-?\d+(\.\d+)?")

Rows = Callable[[World], models.QuerySet]


def part(model: type[models.Model], name: str) -> Rows:
    """The one row of the case that is asked about."""
    return lambda world: model._default_manager.filter(pk=world.cases[ABOUT][name])


def all_of(model: type[models.Model]) -> Rows:
    return lambda world: model._default_manager.all()


def the_case(world: World) -> models.QuerySet:
    return Case.objects.filter(pk=world.cases[ABOUT]["case"].pk)


HOSTILE: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "cases": (the_case, ("title", "number")),
    "activities": (all_of(Activity), ("title", "result", "obstacles")),
    "case-activities": (part(Activity, "kegiatan"), ("title", "result", "obstacles")),
    "case-parties": (part(Party, "pihak"), ("name", "claim", "account")),
    "case-figures": (part(Figure, "angka"), ("source_note",)),
    "case-attachments": (part(Attachment, "dokumen"), ("title", "original_name")),
    "case-access-grants": (part(AccessGrant, "akses"), ("reason",)),
    "case-links": (lambda world: CaseLink.objects.filter(case=world.cases[ABOUT]["case"]), ()),
    "case-moves": (part(StageMove, "perpindahan"), ("basis",)),
    "case-agreements": (part(Agreement, "kesepakatan"), ("title", "place", "witnesses")),
    "case-events": (the_case, ()),  # lines are for ever: their texts come by a note, below
    "status-decrees": (part(ConflictStatus, "status"), ("number", "decided_by")),
    "case-status-criteria": (part(CriteriaAssessment, "syarat"), ("assessed_by",)),
    "case-consultations": (part(Consultation, "konsultasi"), ("counterpart", "minutes", "notes")),
    "case-status-decrees": (part(ConflictStatus, "status"), ("number", "decided_by")),
    "deadlines": (all_of(Deadline), ("title", "basis")),
    "notices": (lambda world: Notice.objects.filter(recipient=world.people["S"]), ("confirmation",)),
    "regions": (lambda world: Region.objects.filter(parent=BAJUBANG), ("name",)),
    "bodies": (lambda world: Body.objects.filter(pk=world.objects["own"]["forums_body"]), ("name", "legal_basis", "decree_number")),
    "seats": (lambda world: Seat.objects.filter(pk=world.objects["own"]["forums_seat"]), ("person_name", "office", "position")),
}
CASE_IN = {"cases": "id", "activities": "case", "status-decrees": "case", "deadlines": "case"}
"""Lists over many cases: a grant lets read one of them, and not take it away. Where a row names its case."""
QUESTIONS = {"regions": {"parent": BAJUBANG}}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing(django_db_blocker, build) as made:
        yield made


@pytest.fixture
def client(world: World, db: None, settings: Any, time_machine: Any) -> Client:
    settings.DEMO = True  # the second factor has tests of its own
    settings.REDIS_URL = ""
    time_machine.move_to(NOW + timedelta(minutes=1))
    found = Client(raise_request_exception=False)
    found.force_login(world.people["S"])
    return found


def write(rows: models.QuerySet, names: tuple[str, ...], text: str) -> None:
    """`text` in these columns, past the services: an old import, say. A column that is shorter takes its beginning."""
    for name in names:
        longest = rows.model._meta.get_field(name).max_length
        rows.update(**{name: text[:longest]})


def taken(client: Client, path: str, question: dict[str, str], form: str) -> bytes:
    answer = client.get(path, {**question, "format": form})
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def from_csv(data: bytes) -> list[list[str]]:
    """The rows as a program takes them that knows the rule: one leading quote goes; the line at the end as well."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows.pop() == [f"# selesai: {len(rows) - 1} baris"]
    unguarded = [field for row in rows for field in row if DANGEROUS_FIRST.match(field) and not NUMBER.fullmatch(field)]
    assert not unguarded
    return [[field.removeprefix("'") for field in row] for row in rows]


def from_xlsx(data: bytes) -> list[list[str]]:
    """The same of a workbook; what the format spells out is put back."""
    sheet = load_workbook(io.BytesIO(data)).active
    rows = [list(row) for row in sheet.iter_rows()]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}, "no formula, no link, no error"
    return [[ESCAPED.sub(lambda found: chr(int(found[1], 16)), word(cell.value)) for cell in row] for row in rows]


def word(value: Any) -> str:
    """A value of the page as a file writes it."""
    if isinstance(value, list | dict):
        return write_json(value).decode()
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def test_every_list_is_tried() -> None:
    lists = {one.name for one in v1 if issubclass(getattr(one.callback, "cls", object), ListView)}
    assert sorted(HOSTILE) == sorted(lists)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_holds_what_the_page_holds_and_no_formula(world: World, client: Client, name: str) -> None:
    case, boss = world.cases[ABOUT]["case"], world.people["S"]
    if name == "case-links":
        link_cases(case=case, other=a_case(actor=boss), kind=LinkKind.RELATED, reason="", actor=boss, now=NOW)
    address = next(one for one in addresses() if one.name == f"api:{name}")
    path, question = path_of(address, world), QUESTIONS.get(name, {})
    rows, columns = HOSTILE[name]
    for text in TEXTS:
        write(rows(world), columns, text)
        if name == "case-events":
            add_note(case=case, text=text[:8000], actor=boss, now=NOW)
        page = client.get(path, {**question, "limit": "200"}).json()["results"]
        if name in CASE_IN:
            own = set(Case.objects.visible_to(boss, at=NOW, act=Act.EXPORT_CASES).values_list("pk", flat=True))
            page = [row for row in page if row[CASE_IN[name]] in {None, *own}]
        assert page, "a list without a row proves nothing"
        wanted = [list(page[0]), *([word(value) for value in row.values()] for row in page)]
        if columns:
            assert text[:20] in {value[:20] for row in wanted for value in row}
        assert from_csv(taken(client, path, question, "csv")) == wanted, ("csv", text[:40])
        assert from_xlsx(taken(client, path, question, "xlsx")) == wanted, ("xlsx", text[:40])


def test_who_asks_for_the_headers_of_a_file_takes_nothing(world: World, client: Client) -> None:
    client.force_login(world.people["S"])
    with nothing_written():
        answers = [client.head("/api/v1/cases/", {"format": form}) for form in ("csv", "xlsx")]
    assert [(answer.status_code, answer["Content-Disposition"][:10], b"".join(answer.streaming_content)) for answer in answers] == [
        (200, "attachment", b"")
    ] * 2


# A file that is cut ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def made(world: World, client: Client) -> MadeKey:
    facts = KeyFacts(owner=world.people["S"], name="Satu Data", scopes=tuple(Scope), regions=(BATANGHARI,), clearance=2, rate=HIGHEST_RATE)
    return make_key(facts=facts, actor=None, now=NOW)


def with_key(made: MadeKey) -> Client:
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {made.secret}"})


def test_a_key_revoked_while_a_file_is_read_cuts_it_without_its_last_line(world: World, made: MadeKey, monkeypatch: Any) -> None:
    monkeypatch.setattr("konflik.rest.files.CHUNK", 2)
    for _ in range(5):
        a_case(actor=world.people["S"])
    reader = with_key(made)
    whole = b"".join(reader.get("/api/v1/cases/?format=csv").streaming_content)
    assert whole.endswith(b'baris"\r\n')
    pieces = iter(reader.get("/api/v1/cases/?format=csv").streaming_content)
    got = [next(pieces) for _ in range(3)]
    revoke_key(key=made.key, actor=None, now=NOW)
    with pytest.raises(AuthenticationFailed):
        got.extend(pieces)
    assert whole.startswith(b"".join(got))
    assert b"selesai" not in b"".join(got)
    assert reader.get("/api/v1/cases/").status_code == 401


def test_a_person_shut_out_while_a_file_is_read_gets_no_more_of_it(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("konflik.rest.files.CHUNK", 2)
    person = world.people["S"]
    for _ in range(5):
        a_case(actor=person)
    reader = Client(raise_request_exception=False)
    reader.force_login(person)
    pieces = iter(reader.get("/api/v1/cases/?format=csv").streaming_content)
    got = [next(pieces) for _ in range(3)]
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(NotAuthenticated):
        got.extend(pieces)
    assert b"selesai" not in b"".join(got)


@pytest.mark.parametrize("order", ["-updated_at", "updated_at"])
def test_a_row_that_changes_while_a_file_is_read_is_in_it_once(world: World, client: Client, monkeypatch: Any, order: str) -> None:
    monkeypatch.setattr("konflik.rest.files.CHUNK", 2)
    made = [a_case(actor=world.people["S"], now=NOW - timedelta(minutes=number)) for number in range(8)]
    moving = made[-1] if order.startswith("-") else made[0]
    pieces = iter(client.get(f"/api/v1/cases/?format=csv&fields=id&ordering={order}").streaming_content)
    got = [next(pieces) for _ in range(4)]
    to = NOW + timedelta(days=1) if order.startswith("-") else NOW + timedelta(days=2)
    Case.objects.filter(pk=moving.pk).update(updated_at=to)
    told = b"".join([*got, *pieces]).decode()
    assert [told.count(f'"{case.pk}"') + told.count(f"\n{case.pk}\r") for case in made] == [1] * 8


@pytest.mark.parametrize("path", ["cases", "activities", "deadlines", "status-decrees"])
def test_who_may_not_export_gets_no_file_that_calls_itself_whole(world: World, client: Client, path: str) -> None:
    member = Client(raise_request_exception=False)
    member.force_login(a_user(Role.ANGGOTA_TIM, name="anggota-tanpa-unduh"))
    assert member.get(f"/api/v1/{path}/").status_code == 200
    with nothing_written():
        assert member.get(f"/api/v1/{path}/?format=csv").status_code == 403


def test_a_workbook_is_whole_or_is_not_begun(world: World, made: MadeKey, monkeypatch: Any) -> None:
    monkeypatch.setattr("konflik.rest.files.CHUNK", 2)
    pieces = iter(with_key(made).get("/api/v1/cases/?format=xlsx").streaming_content)
    revoke_key(key=made.key, actor=None, now=NOW)
    with pytest.raises(AuthenticationFailed):
        next(pieces)
