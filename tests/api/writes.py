"""Every change that the API offers on a case, as one table: where, by whom, with what. Tests walk it."""

import copy
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.services.access import grant_access
from konflik.law.activities import kinds_of
from konflik.law.secrecy import Secrecy
from konflik.law.stages import Stage
from tests.builders import (
    BATANGHARI,
    BUNGKU,
    DAY,
    HOUR,
    NOW,
    a_case,
    a_figure,
    a_party,
    a_user,
    an_activity,
    an_agreement,
    an_institution,
    an_issue,
    moved,
)

JSON = "application/json"


@dataclass
class World:
    """One case with something of everything, and who writes to it."""

    boss: User
    member: User
    case: Case
    other: Case
    parts: dict[str, Any] = field(default_factory=dict)
    clients: dict[int, Client] = field(default_factory=dict)

    def browser(self, user: User | None = None) -> Client:
        """Somebody logged in, once and for all; the boss unless told."""
        key = (user or self.boss).pk
        if key not in self.clients:
            self.clients[key] = Client(raise_request_exception=False)
            self.clients[key].force_login(user or self.boss)
        return self.clients[key]


def build() -> World:
    """The world, made through the services."""
    boss = a_user(Role.SEKRETARIS_TIM, name="sekretaris")
    member = a_user(Role.ANGGOTA_TIM, name="anggota")
    case, other = a_case(actor=boss), a_case(actor=boss, secrecy=Secrecy.BIASA)
    moved(case, Stage.PENGHENTIAN, actor=boss)
    agreement = an_agreement(case, actor=boss)
    until = NOW + 90 * DAY
    grant = grant_access(case=case, user=member, body=None, valid_from=NOW, valid_until=until, reason="Uji", actor=boss, now=NOW)
    case.refresh_from_db()
    parts = {
        "case": case,
        "party": a_party(case, "Kelompok lain", actor=boss),
        "figure": a_figure(case, actor=boss),
        "activity": an_activity(case, actor=boss),
        "agreement": agreement,
        "term": agreement.terms.get(),
        "move": case.moves.get(),
        "access-grant": grant,
    }
    an_issue(), an_institution()
    return World(boss, member, case, other, parts)


def for_one_test(built: World) -> World:
    """What was built as if for this test alone, with everybody logged in now."""
    world = copy.deepcopy(built)
    for user in (world.boss, world.member):
        world.browser(user)
    return world


def instant(at: Any) -> str:
    return at.isoformat()


def a_photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "olive").save(out, "PNG")
    return SimpleUploadedFile("foto.png", out.getvalue(), "image/png")


def opening(**told: Any) -> dict[str, Any]:
    return {
        "title": "Perkara baru",
        "chronology": "Warga memasang portal.",
        "places": [BUNGKU],
        "source": "e",
        "issue_type": an_issue().pk,
        "secrecy": "biasa",
        "opened_at": instant(NOW - HOUR),
        **told,
    }


FIGURE = {"measure": "houses", "value": "7", "source": "bpbd", "as_of": instant(NOW - HOUR)}
REASON = {"reason": "Uji."}


def agreed(world: World) -> dict[str, Any]:
    parties = list(world.case.parties.order_by("pk").values_list("pk", flat=True)[:2])
    return {
        "kind": "musyawarah",
        "title": "Damai",
        "agreed_on": "2026-11-20",
        "parties": parties,
        "terms": [{"text": "Portal dibuka", "responsible": parties[0], "due_on": "2026-12-31"}],
    }


@dataclass(frozen=True)
class Write:
    """One address that changes something: its name, the body that is taken, the part it is about, the version it asks for."""

    name: str
    body: Callable[[World], dict[str, Any]]
    part: str = "case"
    method: str = "post"
    status: int = 200
    is_versioned: bool = True
    is_form: bool = False

    def url(self, world: World) -> str:
        return reverse(f"api:{self.name}", args=[world.parts[self.part].pk] if self.part else [])

    def tag(self, world: World) -> str:
        """What If-Match takes; of a move it is the case's."""
        row = world.case if self.part == "move" else world.parts[self.part]
        row.refresh_from_db()
        return f'"{row.pk}-{getattr(row, "version", 1)}"'

    def send(self, world: World, body: Any = None, client: Client | None = None, **headers: str) -> HttpResponse:
        """The request, with the right version unless `headers` say otherwise."""
        told = {**({"If-Match": self.tag(world)} if self.is_versioned else {}), **headers}
        told = {name: value for name, value in told.items() if value}
        given = self.body(world) if body is None else body
        format_ = {} if self.is_form else {"content_type": JSON}
        return getattr(client or world.browser(), self.method)(self.url(world), given, headers=told, **format_)


NEW = {"status": 201, "is_versioned": False}
WRITES: tuple[Write, ...] = (
    Write("cases", lambda world: opening(), part="", **NEW),
    Write("cases-bulk", lambda world: {"cases": [opening()]}, part="", is_versioned=False),
    Write("case", lambda world: {"title": "Judul baru", **REASON}, method="patch"),
    Write("case-opening", lambda world: {"opened_at": instant(NOW - 3 * HOUR), **REASON}),
    Write("case-places", lambda world: {"places": [BATANGHARI, BUNGKU]}),
    Write("case-severity", lambda world: {"level": "high", "since": instant(NOW - HOUR), **REASON}),
    Write(
        "case-qualification",
        lambda world: {"qualification": "konflik", "decided_by": "Bupati", "decided_at": instant(NOW - HOUR), **REASON},
    ),
    Write("case-secrecy", lambda world: {"secrecy": "rahasia", **REASON}),
    Write("case-handler", lambda world: {"institution": an_institution().pk, "handler": world.member.pk, **REASON}),
    Write(
        "case-moves",
        lambda world: {
            "target": "pemulihan",
            "facts": {"violence_stopped_at": instant(world.case.stage_since), "security_statement": "Aman."},
        },
        status=201,
    ),
    Write("case-parties", lambda world: {"kind": "group", "name": "Kelompok baru", "role": "witness"}, **NEW),
    Write("case-figures", lambda world: FIGURE, **NEW),
    Write("case-notes", lambda world: {"text": "Catatan."}, **NEW),
    Write("case-attachments", lambda world: {"title": "Foto", "file": a_photo()}, is_form=True, **NEW),
    Write(
        "case-access-grants",
        lambda world: {"user": world.member.pk, "valid_from": instant(NOW), "valid_until": instant(NOW + 60 * DAY), **REASON},
        **NEW,
    ),
    Write("case-links", lambda world: {"other": world.other.pk, "kind": "related"}, **NEW),
    Write(
        "case-activities",
        lambda world: {"kind": kinds_of(Stage.PENGHENTIAN)[0].code, "title": "Penyekatan", "institution": an_institution().pk},
        **NEW,
    ),
    Write("case-agreements", agreed, **NEW),
    Write("party", lambda world: {"claim": "Ganti rugi."}, "party", "patch"),
    Write("figure-correct", lambda world: {**FIGURE, **REASON}, "figure", status=201),
    Write("figure-declare", lambda world: REASON, "figure"),
    Write("access-grant-revoke", lambda world: REASON, "access-grant"),
    Write(
        "move-correct",
        lambda world: {
            "facts": {"violence_occurred_at": instant(world.case.opened_at), "violence_summary": "Bentrok."},
            **REASON,
        },
        "move",
    ),
    Write("move-reverse", lambda world: REASON, "move"),
    Write("activity-update", lambda world: {"status": "berjalan", "progress": 40}, "activity"),
    Write("activity-correct", lambda world: {"title": "Penyekatan simpang", "planned_end": "2026-12-03", **REASON}, "activity"),
    Write("agreement-correct", lambda world: {**agreed(world), **REASON}, "agreement", status=201),
    Write("term-update", lambda world: {"status": "dipenuhi"}, "term"),
)


class Undone:
    """What is done inside is taken back."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *told: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(*told)
