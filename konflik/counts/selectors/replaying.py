"""A case as the journal tells it: what it was when, and what was known of it on any day."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from konflik.counts.tables import CaseKey, Happening, MonthKey, opening_steps
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.regions import Depth
from konflik.law.stages import STAGE_EVENTS

LINES_AT_ONCE = 5000


@dataclass
class History:
    """One case after the lines that were read. `steps` are those in force, by the move that made each."""

    case_id: int
    kabupaten: str = ""
    kecamatan: str = ""
    source: str = ""
    issue_type: str = ""
    severity: int = 0
    secrecy: int = 0
    first_stage: str = ""
    opened_at: datetime = datetime.min  # noqa: DTZ901 - replaced by the opening, which is the first line of every case
    first_since: datetime = datetime.min  # noqa: DTZ901
    moves: dict[int, Happening] = field(default_factory=dict)

    @property
    def steps(self) -> list[Happening]:
        """Every step in force, the opening first."""
        opening = opening_steps(self.first_stage, opened_at=self.opened_at, since=self.first_since)
        return [*opening, *(self.moves[key] for key in self.moves)]

    @property
    def stage(self) -> str:
        """Where the case stands."""
        return self.steps[-1].stage_entered

    def key(self) -> CaseKey:
        """The cell it is counted in."""
        return CaseKey(self.kabupaten, self.kecamatan, self.stage, self.source, self.issue_type, self.severity, self.secrecy)

    def months(self, day_at: Callable[[str, datetime], date]) -> Iterator[MonthKey]:
        """The month cells of its steps. `day_at(kabupaten, instant)` gives the local day."""
        for step in self.steps:
            month = day_at(self.kabupaten, step.at).replace(day=1)
            yield MonthKey(
                self.kabupaten, self.kecamatan, month, step.stage_left, step.stage_entered, self.source, self.issue_type, self.secrecy
            )

    def hear(self, event: str, at: datetime, kabupaten: str, payload: dict[str, Any]) -> None:
        """Take one line up. Corrections replace what they name; `payload` names moves by id."""
        if event == Event.CASE_OPENED:
            self.kabupaten = kabupaten
        if event in STAGE_EVENTS:
            self.moves[payload["move"]] = _step(payload, at)
        else:
            HEARD[event](self, at, payload)


def _opened(history: History, at: datetime, payload: dict[str, Any]) -> None:
    history.first_stage = payload["stage"]
    history.source, history.issue_type = payload["source"], payload["issue_type"]
    history.severity, history.secrecy = payload["severity"], payload["secrecy"]
    history.kecamatan = _kecamatan(payload["places"])
    _begun(history, at, payload)


def _begun(history: History, at: datetime, payload: dict[str, Any]) -> None:
    history.opened_at = at
    history.first_since = datetime.fromisoformat(payload["stage_since"])


def _amended(history: History, _at: datetime, payload: dict[str, Any]) -> None:
    history.source = payload.get("source", [None, history.source])[1]
    history.issue_type = payload.get("issue_type", [None, history.issue_type])[1]


def _classified(history: History, _at: datetime, payload: dict[str, Any]) -> None:
    history.secrecy = payload["secrecy"][1]


def _graded(history: History, _at: datetime, payload: dict[str, Any]) -> None:
    history.severity = payload["severity"][1]


def _placed(history: History, _at: datetime, payload: dict[str, Any]) -> None:
    history.kecamatan = _kecamatan(payload["places"][1])


def _move_corrected(history: History, at: datetime, payload: dict[str, Any]) -> None:
    """The new row takes the place of the old one in the order of moves."""
    wrong, right = payload["corrects"], payload["move"]
    step = _step(payload, at)
    history.moves = dict((right, step) if key == wrong else (key, kept) for key, kept in history.moves.items())


def _move_reversed(history: History, _at: datetime, payload: dict[str, Any]) -> None:
    history.moves.pop(payload["corrects"], None)


HEARD: dict[str, Callable[[History, datetime, dict[str, Any]], None]] = {
    Event.CASE_OPENED.value: _opened,
    Event.CASE_CORRECTED.value: _begun,
    Event.CASE_AMENDED.value: _amended,
    Event.CASE_CLASSIFIED.value: _classified,
    Event.SEVERITY_SET.value: _graded,
    Event.PLACES_CHANGED.value: _placed,
    Event.MOVE_CORRECTED.value: _move_corrected,
    Event.MOVE_REVERSED.value: _move_reversed,
}
TOLD_BY = sorted({*HEARD, *(Event(event).value for event in STAGE_EVENTS)})


def histories(cases: QuerySet | None = None, *, known_at: datetime | None = None) -> Iterator[History]:
    """Each of `cases` (all of them when None) as the lines tell it that were recorded until `known_at`."""
    lines = JournalLine.objects.filter(case__isnull=False, event__in=TOLD_BY)
    if cases is not None:
        lines = lines.filter(case__in=cases.order_by().values("pk"))
    if known_at is not None:
        lines = lines.filter(recorded_at__lte=known_at)
    rows = lines.order_by("case_id", "position").values_list("case_id", "event", "occurred_at", "kabupaten_id", "payload")
    for case_id, told in groupby(rows.iterator(chunk_size=LINES_AT_ONCE), key=itemgetter(0)):
        yield replay(case_id, ((event, at, kabupaten, payload) for _, event, at, kabupaten, payload in told))


def replay(case_id: int, told: Iterable[tuple[str, datetime, str, dict[str, Any]]]) -> History:
    """The case after these lines: event, instant, kabupaten and payload of each, in their order."""
    history = History(case_id)
    for line in told:
        history.hear(*line)
    return history


def happenings(case_id: int) -> list[Happening]:
    """The steps of one case in force."""
    lines = JournalLine.objects.filter(case_id=case_id, event__in=TOLD_BY).order_by("position")
    return replay(case_id, lines.values_list("event", "occurred_at", "kabupaten_id", "payload")).steps


def _step(payload: dict[str, Any], at: datetime) -> Happening:
    left, entered = payload["stage"]
    return Happening(left, entered, at)


def _kecamatan(places: list[str]) -> str:
    """The kecamatan of the first place, which leads; the code of a region begins with those of its ancestors."""
    parts = places[0].split(".")
    return ".".join(parts[: Depth.KECAMATAN]) if len(parts) >= Depth.KECAMATAN else ""
