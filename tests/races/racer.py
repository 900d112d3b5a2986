"""One process of a race: `python -m tests.races.racer`. Every order names the instant to start at, so that all start together."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

# Django must be set up before its models can be imported.
from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.test import APIRequestFactory  # noqa: E402

from accounts.keys.selectors import key_of  # noqa: E402
from accounts.keys.services import KeyFacts, revoke_key  # noqa: E402
from accounts.postings.models import Posting  # noqa: E402
from accounts.postings.tables import Role  # noqa: E402
from accounts.regions.models import Region  # noqa: E402
from accounts.regions.services import load_regions  # noqa: E402
from accounts.regions.tables import read_region_list  # noqa: E402
from accounts.users.models import User  # noqa: E402
from konflik.acts.services import DutyFacts, begin_periods, meet_deadline, open_duty, suspend_deadline  # noqa: E402
from konflik.cases.models import Case, Figure, IssueType  # noqa: E402
from konflik.cases.services.facts import Count, add_figure, declare_figure  # noqa: E402
from konflik.cases.services.opening import Opening, open_case  # noqa: E402
from konflik.clocks.models import Deadline  # noqa: E402
from konflik.counts.selectors import deviations  # noqa: E402
from konflik.journal.models import JournalLine  # noqa: E402
from konflik.journal.selectors import breaks  # noqa: E402
from konflik.journal.services import Entry, append  # noqa: E402
from konflik.law.figures import FigureSource, Measure  # noqa: E402
from konflik.law.secrecy import Secrecy  # noqa: E402
from konflik.law.sources import Source  # noqa: E402
from konflik.law.stages import Stage  # noqa: E402
from konflik.limits import Limit, take  # noqa: E402
from konflik.registry.services import make_key  # noqa: E402
from konflik.rest.shapes import Input  # noqa: E402
from konflik.rest.writing import ActionView, Done  # noqa: E402
from konflik.stages.models import StageMove  # noqa: E402
from konflik.stages.services.moves import Move, UnlawfulMove, move_case  # noqa: E402
from konflik.status.models import ConflictStatus  # noqa: E402
from konflik.status.services import declare  # noqa: E402
from konflik.versions import StaleVersion  # noqa: E402
from tests.orders import obey  # noqa: E402
from tests.status.building import a_consultation, a_decree, an_assessment, an_extension  # noqa: E402

NOW = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=79)
KABUPATEN = {"WIB": "15.04", "WITA": "64.01", "WIT": "91.03"}


def prepare(*, provinces: list[str]) -> dict[str, Any]:
    """What every race needs: regions, a secretary in all three kabupaten, an issue type."""
    regions = read_region_list()
    for province in provinces:
        load_regions(regions=regions, now=NOW, province=province)
    actor = User.objects.create(username="pelaku", name="Pelaku", joined_at=NOW)
    for kabupaten in KABUPATEN.values():
        Posting.objects.create(user=actor, role=Role.SEKRETARIS_TIM, region_id=kabupaten, valid_from=date(2020, 1, 1))
    IssueType.objects.create(code="lahan", label="Lahan")
    return {"database": connection.vendor}


def deadline(*, racer: int = 0) -> int:
    """A clock to race for."""
    place = Region.objects.get(pk="15.04")
    facts = DutyFacts(kabupaten=place, title="Data", received_at=NOW - timedelta(hours=1), reference="Agenda 1")
    return Deadline.objects.get(thread=open_duty(rule="kip-jawaban", facts=facts, actor=User.objects.get(), now=NOW).thread).pk


def meet(*, deadline: int, racer: int) -> str:
    """Half want to meet it, half to let it stand still; everybody has seen version 1."""
    row, actor = Deadline.objects.get(pk=deadline), User.objects.get()
    try:
        if racer % 2:
            meet_deadline(deadline=row, evidence=f"Surat {racer}", on=NOW, seen_version=1, actor=actor, now=NOW)
        else:
            suspend_deadline(deadline=row, begins=NOW, basis=f"Surat {racer}", seen_version=1, actor=actor, now=NOW)
    except StaleVersion as error:
        return type(error).__name__
    return "won"


def begin(*, racer: int) -> int:
    """The same sweep in every process."""
    return begin_periods(now=NOW)


def clocks() -> dict[str, Any]:
    """What the races left behind."""
    rows = Deadline.objects.exclude(period="").values_list("rule", "kabupaten", "body", "period")
    acts = JournalLine.objects.filter(event__in=["deadline_met", "deadline_suspended"])
    begun = JournalLine.objects.filter(event="duty_period_begun").count()
    return {"periods": [list(row) for row in rows], "begun": begun, "acts": acts.count(), "breaks": [str(one) for one in breaks()]}


def troubled() -> int:
    """A case in penghentian with its criteria assessed and the DPRD consulted: whoever is first may declare."""
    actor, [pk] = User.objects.get(), cases(number=1)
    case = Case.objects.get(pk=pk)
    facts = {"violence_occurred_at": NOW - timedelta(hours=1), "violence_summary": "Uji serentak."}
    move_case(case=case, move=Move(Stage.PENGHENTIAN, facts), seen_version=1, actor=actor, now=NOW)
    case.refresh_from_db()
    an_assessment(case, actor=actor, now=NOW)
    a_consultation(case, actor=actor, now=NOW)
    return pk


def declare_status(*, case: int, racer: int) -> str:
    """Everybody has a decree of his own number; one status may run."""
    row, today = Case.objects.get(pk=case), date(2027, 1, 1)
    decree = a_decree(number=f"SK {racer}", decided_on=today, effective_at=NOW, ends_on=today + timedelta(days=89), areas=[row.kabupaten])
    return ending_of(lambda: declare(case=row, decree=decree, actor=User.objects.get(), now=NOW))


def consulted(*, case: int) -> int:
    """The status of the case, consulted about its extension ten days before its end."""
    status = ConflictStatus.objects.get(case_id=case)
    a_consultation(status.case, of=status, actor=User.objects.get(), now=LATER)
    return status.pk


def extend_status(*, status: int, racer: int) -> str:
    """Everybody has seen the same version; one extension is lawful."""
    row = ConflictStatus.objects.get(pk=status)
    return ending_of(lambda: an_extension(row, number=f"SK {racer}", seen_version=1, actor=User.objects.get(), now=LATER))


def ending_of(act: Callable[[], Any]) -> str:
    """ "won", or how it was refused; what no page turns into an answer of its own is named as it is."""
    try:
        act()
    except (StaleVersion, ValidationError):
        return "refused"
    except Exception as error:  # noqa: BLE001 - a page would answer 500: the test says of what
        return f"{type(error).__name__}: {error}"
    return "won"


def statuses(*, cases: list[int]) -> dict[str, Any]:
    """What declaring and extending left behind."""
    rows = ConflictStatus.objects.filter(case__in=cases)
    lines = JournalLine.objects.filter(case_id__in=cases, event__in=["status_declared", "status_extended"])
    ends = Deadline.objects.filter(rule__in=["skk-berakhir", "skk-perpanjangan-berakhir"], case__in=cases)
    return {
        "statuses": list(rows.order_by("case").values_list("case", flat=True)),
        "extended": rows.filter(extended_until__isnull=False).count(),
        "lines": sorted(lines.values_list("event", flat=True)),
        "ends": sorted(ends.values_list("rule", "state")),
        "breaks": [str(one) for one in breaks()],
    }


def opening(title: str, kabupaten: str, at: datetime, secrecy: Secrecy = Secrecy.TERBATAS) -> Opening:
    return Opening(
        title=title,
        chronology="Uji serentak.",
        places=[Region.objects.get(pk=kabupaten)],
        source=Source.SUMBER_DAYA_ALAM,
        issue_type=IssueType.objects.get(),
        secrecy=secrecy,
        opened_at=at,
    )


def cases(*, number: int) -> list[int]:
    """So many cases to race for."""
    actor, before = User.objects.get(), Case.objects.count()
    return [
        open_case(opening=opening(f"Perkara {before + index}", "15.04", NOW - timedelta(hours=2)), actor=actor, now=NOW).pk
        for index in range(number)
    ]


def move(*, case: int, racer: int) -> str:
    """Everybody has seen version 1; half want to stop the violence, half to close the case."""
    row = Case.objects.get(pk=case)
    if racer % 2:
        wanted = Move(Stage.PENGHENTIAN, {"violence_occurred_at": NOW, "violence_summary": f"Pembalap {racer}"})
    else:
        wanted = Move(Stage.SELESAI, {"settled_at": NOW, "settlement": f"Pembalap {racer}"})
    try:
        move_case(case=row, move=wanted, seen_version=1, actor=User.objects.get(), now=NOW)
    except (StaleVersion, UnlawfulMove) as error:
        return type(error).__name__
    return "won"


def create(*, racer: int, number: int) -> list[list[Any]]:
    """Cases around New Year in three zones; the class decides the series."""
    actor, made = User.objects.get(), []
    for index in range(number):
        at = NOW - timedelta(hours=6) + timedelta(hours=8) * index / number + timedelta(seconds=racer)
        zone = list(KABUPATEN)[(index + racer) % 3]
        secrecy = Secrecy.RAHASIA if index % 5 == 0 else Secrecy.TERBATAS
        case = open_case(
            opening=opening(f"Tahun baru {racer}-{index}", KABUPATEN[zone], at, secrecy), actor=actor, now=NOW + timedelta(hours=12)
        )
        made.append([zone, at.isoformat(), case.year, case.series, case.sequence, case.number])
    return made


def write(*, case: int, racer: int, number: int) -> int:
    """Lines of one stream."""
    for index in range(number):
        append(Entry(event="note_added", occurred_at=NOW, case_id=case, payload={"racer": racer, "index": index}), now=NOW)
    return number


def declare_one(*, case: int, racer: int) -> str:
    """Everybody declares a figure of his own to be the authoritative one."""
    count = Count(Measure.HOUSES, racer, list(FigureSource)[racer], NOW)  # type: ignore[arg-type]
    actor, row = User.objects.get(), Case.objects.get(pk=case)
    declare_figure(figure=add_figure(case=row, count=count, actor=actor, now=NOW), reason="Serentak.", actor=actor, now=NOW)
    return "declared"


def key(*, rate: int = 6000) -> str:
    """The secret of a new key of the secretary."""
    facts = KeyFacts(owner=User.objects.get(), name="Uji", scopes=("cases:read", "cases:write"), regions=("15.04",), rate=rate)
    return make_key(facts=facts, actor=None, now=datetime.now(UTC)).secret


def revoke(*, secret: str) -> str:
    """That key ends."""
    revoke_key(key=key_of(secret), now=datetime.now(UTC))
    return "revoked"


class NoteInput(Input):
    case = serializers.IntegerField()
    text = serializers.CharField()


class NoteView(ActionView):
    """A POST of the API that leaves one line; "tolak" is refused, slow enough to be met by others."""

    takes = NoteInput
    answers_with = 201

    def act(self, data: dict[str, Any], **_: Any) -> Done:
        line = append(Entry(event="note_added", occurred_at=NOW, case_id=data["case"], payload={"text": data["text"]}), now=NOW)
        if data["text"] == "tolak":
            raise ValidationError("Ditolak.")
        return Done({"line": line.pk})


def note(*, secret: str, case: int, text: str, once: str, racer: int = 0) -> list[Any]:
    """One POST with an Idempotency-Key: status, body, whether it is a replay."""
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}", "HTTP_IDEMPOTENCY_KEY": once}
    request = APIRequestFactory().post("/api/v1/uji/", {"case": case, "text": text}, format="json", **headers)
    answer = NoteView.as_view()(request)
    return [answer.status_code, answer.rendered_content.decode() if hasattr(answer, "rendered_content") else answer.content.decode()]


def notes(*, case: int) -> int:
    """How many of its lines there are."""
    return JournalLine.objects.filter(case_id=case, event="note_added").count()


def use(*, name: str, most: int, number: int, racer: int) -> int:
    """How many of `number` uses were within the limit."""
    return [take(name, Limit(most), now=1_800_000_000) for _ in range(number)].count(0)


def ask(*, secret: str, number: int, racer: int) -> list[int]:
    """The statuses of so many requests with a key; the body is refused once the caller is in."""
    asked = [APIRequestFactory().post("/api/v1/uji/", {}, format="json", HTTP_AUTHORIZATION=f"Bearer {secret}") for _ in range(number)]
    return [NoteView.as_view()(request).status_code for request in asked]


def count_first(*, folder: str, racer: int) -> str:
    """The first use of a limit on a machine."""
    with override_settings(LIMITS_FILE=Path(folder) / "limits.sqlite3"):
        return "counted" if take("first", Limit(100), now=1_800_000_000) == 0 else "refused"


def begin_stream(*, case: int, racer: int) -> int:
    """The first line of a stream that nobody has written to: its position."""
    return append(Entry(event="note_added", occurred_at=NOW, case_id=case), now=NOW).position


def check(*, cases: list[int]) -> dict[str, Any]:
    """How the database stands after the race, and how these cases do."""
    lines = JournalLine.objects.filter(case_id__in=cases)
    figures = Figure.objects.filter(case_id__in=cases, is_authoritative=True)
    return {
        "breaks": [f"{found.stream} {found.position} {found.reason}" for found in breaks()],
        "deviations": [str(found) for found in deviations()],
        "versions": list(Case.objects.filter(pk__in=cases).values_list("version", flat=True)),
        "moves": list(StageMove.objects.filter(case_id__in=cases).order_by("case_id").values_list("case_id", flat=True)),
        "move_lines": lines.filter(event__in=["violence_reported", "conflict_prevented"]).count(),
        "notes": lines.filter(event="note_added").count(),
        "authoritative": list(figures.order_by("case_id").values_list("case_id", flat=True)),
    }


ON_STATUS = (troubled, declare_status, consulted, extend_status, statuses)
ORDERED = (
    prepare,
    cases,
    move,
    create,
    write,
    declare_one,
    check,
    deadline,
    meet,
    begin,
    clocks,
    key,
    revoke,
    note,
    notes,
    use,
    ask,
    count_first,
    begin_stream,
    *ON_STATUS,
)
ORDERS: dict[str, Callable[..., Any]] = {order.__name__: order for order in ORDERED}


if __name__ == "__main__":
    obey(ORDERS)
