"""What the cells should hold, told from the cases and the journal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.regions.selectors import zone_of
from konflik.counts.models import CaseCell, MonthCell
from konflik.counts.tables import CaseKey, MonthKey
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.stages import STAGE_EVENTS

OPENED = 0
TOLD_BY = (Event.CASE_OPENED, Event.CASE_CORRECTED, Event.MOVE_CORRECTED, Event.MOVE_REVERSED, *STAGE_EVENTS)


@dataclass(frozen=True)
class Happening:
    """Something that is counted in a month, as it stands after every correction."""

    event: str
    at: datetime


@dataclass(frozen=True)
class Deviation:
    """A cell that does not hold what the cases and the journal say."""

    key: CaseKey | MonthKey
    held: int
    counted: int


def key_of(case: Any) -> CaseKey:
    """The cell that `case` is counted in."""
    return CaseKey(case.kabupaten_id, case.stage, case.source, case.issue_type_id, case.severity, case.secrecy)


def leading_kecamatan(case: Any) -> str:
    """The code of the kecamatan that `case` mainly lies in; empty where only its kabupaten is known."""
    return case.places.filter(is_leading=True).values_list("kecamatan_id", flat=True).first() or ""


def month_of(case: Any, kecamatan_code: str, happening: Happening) -> MonthKey:
    """The month cell of something that happened in `case`: the month is that of the region, not of the server."""
    month = timezone.localtime(happening.at, zone_of(case.kabupaten)).date().replace(day=1)
    return MonthKey(case.kabupaten_id, kecamatan_code, month, str(happening.event), case.source, case.secrecy)


def happenings(case_id: int) -> list[Happening]:
    """What is counted of one case, in the order in which it was recorded."""
    return _standing(_told().filter(case_id=case_id).order_by("position"))


def recount() -> tuple[Counter[CaseKey], Counter[MonthKey]]:
    """Both kinds of cells counted anew from the cases and the journal."""
    cases, months = Counter[CaseKey](), Counter[MonthKey]()
    lines = groupby(_told().filter(case__isnull=False).order_by("case_id", "position").iterator(), key=attrgetter("case_id"))
    told = next(lines, None)
    for case in _cases():
        cases[key_of(case)] += 1
        while told is not None and told[0] < case.pk:
            told = next(lines, None)
        if told is not None and told[0] == case.pk:
            months.update(month_of(case, case.leading_kecamatan or "", happening) for happening in _standing(told[1]))
    return cases, months


def deviations() -> list[Deviation]:
    """Every cell that differs from the recount."""
    cases, months = recount()
    return [*_differing(_held(CaseCell, CaseKey), cases), *_differing(_held(MonthCell, MonthKey), months)]


def _told() -> Any:
    return JournalLine.objects.filter(event__in=[event.value for event in map(Event, TOLD_BY)]).only(
        "case_id", "position", "event", "occurred_at", "payload"
    )


def _standing(lines: Iterable[JournalLine]) -> list[Happening]:
    """Corrections replace what they name; `payload` names moves by id, and the opening is the only one without."""
    standing: dict[int, Happening] = {}
    for line in lines:
        if line.event == Event.MOVE_REVERSED:
            standing.pop(line.payload["corrects"], None)
        elif line.event == Event.MOVE_CORRECTED:
            wrong = standing.pop(line.payload["corrects"])
            standing[line.payload["move"]] = Happening(wrong.event, line.occurred_at)
        elif line.event in STAGE_EVENTS:
            standing[line.payload["move"]] = Happening(line.event, line.occurred_at)
        else:
            standing[OPENED] = Happening(Event.CASE_OPENED.value, line.occurred_at)
    return list(standing.values())


def _cases() -> Iterator[Any]:
    leading = apps.get_model("konflik", "CasePlace").objects.filter(case=OuterRef("pk"), is_leading=True).values("kecamatan_id")
    cases = apps.get_model("konflik", "Case").objects.select_related("kabupaten__kabupaten").defer("chronology")
    return cases.annotate(leading_kecamatan=Subquery(leading[:1])).order_by("pk").iterator()


def _held(cell: type[CaseCell] | type[MonthCell], key: type[CaseKey] | type[MonthKey]) -> dict[Any, int]:
    names = [field.name for field in fields(key)]
    return {key(*values): number for *values, number in cell.objects.values_list(*names, "number")}


def _differing(held: Mapping[Any, int], counted: Mapping[Any, int]) -> Iterator[Deviation]:
    for key in sorted({*held, *counted}, key=lambda key: tuple(map(str, asdict(key).values()))):
        if held.get(key, 0) != counted.get(key, 0):
            yield Deviation(key, held.get(key, 0), counted.get(key, 0))
