"""One process of a race: `python -m tests.races.racer`. Reads orders line by line, answers each with one line of JSON.

Every order names the instant to start at, so that all racers start together.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

# Django must be set up before its models can be imported.
from django.db import connection  # noqa: E402

from accounts.regions.models import Region  # noqa: E402
from accounts.regions.services import load_regions  # noqa: E402
from accounts.regions.tables import read_region_list  # noqa: E402
from accounts.users.models import User  # noqa: E402
from konflik.cases.models import Case, Figure, IssueType  # noqa: E402
from konflik.cases.services.base import StaleVersion  # noqa: E402
from konflik.cases.services.facts import Count, add_figure, declare_figure  # noqa: E402
from konflik.cases.services.opening import Opening, open_case  # noqa: E402
from konflik.counts.selectors import deviations  # noqa: E402
from konflik.journal.models import JournalLine  # noqa: E402
from konflik.journal.selectors import breaks  # noqa: E402
from konflik.journal.services import Entry, append  # noqa: E402
from konflik.law.figures import FigureSource, Measure  # noqa: E402
from konflik.law.secrecy import Secrecy  # noqa: E402
from konflik.law.sources import Source  # noqa: E402
from konflik.law.stages import Stage  # noqa: E402
from konflik.stages.models import StageMove  # noqa: E402
from konflik.stages.services.moves import Move, UnlawfulMove, move_case  # noqa: E402

NOW = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
KABUPATEN = {"WIB": "15.04", "WITA": "64.01", "WIT": "91.03"}


def prepare(*, provinces: list[str]) -> dict[str, Any]:
    """What every race needs: regions, somebody to act, an issue type."""
    regions = read_region_list()
    for province in provinces:
        load_regions(regions=regions, now=NOW, province=province)
    User.objects.create(username="pelaku", name="Pelaku", joined_at=NOW)
    IssueType.objects.create(code="lahan", label="Lahan")
    return {"database": connection.vendor}


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
    actor = User.objects.get()
    return [
        open_case(opening=opening(f"Perkara {index}", "15.04", NOW - timedelta(hours=2)), actor=actor, now=NOW).pk
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


def declare(*, case: int, racer: int) -> str:
    """Everybody declares a figure of his own to be the authoritative one."""
    count = Count(Measure.HOUSES, racer, list(FigureSource)[racer], NOW)  # type: ignore[arg-type]
    actor, row = User.objects.get(), Case.objects.get(pk=case)
    declare_figure(figure=add_figure(case=row, count=count, actor=actor, now=NOW), reason="Serentak.", actor=actor, now=NOW)
    return "declared"


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


ORDERS: dict[str, Callable[..., Any]] = {order.__name__: order for order in (prepare, cases, move, create, write, declare, check)}


def answer(order: dict[str, Any]) -> Any:
    name, start = order.pop("order"), order.pop("start", 0)
    while time.time() < start:
        pass
    try:
        return ORDERS[name](**order)
    except Exception as error:  # noqa: BLE001  whatever goes wrong in a race is the finding
        return f"FAULT {type(error).__name__}: {error}"


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
