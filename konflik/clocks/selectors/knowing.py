"""What a date was known to be at an earlier instant, read back from the lines of the journal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from konflik.clocks.models import Deadline
from konflik.clocks.tables import State
from konflik.journal.models import JournalLine
from konflik.journal.services import stream_of
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.grammar.counting import end_of

ACTS = tuple(event.value for event in Event if event.value.startswith("deadline_"))
SET_BY: Mapping[str, tuple[str, str]] = {
    "kegiatan": ("activity", "planned_end"),
    "forum": ("body", "valid_until"),
    "penugasan": ("posting", "valid_until"),
}
"""By thread: under which key a line names what has the date, and which of its fields is the date."""


@dataclass(frozen=True)
class Face:
    """A deadline as it showed itself. `due_at` None: it stood still, or was not yet open."""

    state: str
    due_at: datetime | None
    last_day: date | None


@dataclass(frozen=True)
class Change:
    """One line that changed the date or the state."""

    line: JournalLine
    label: str
    old: Face
    new: Face


def changes_of(deadline: Deadline) -> list[Change]:
    """Every change of a deadline in the order in which it was recorded."""
    stream = stream_of(deadline.case_id, deadline.kabupaten_id)
    lines = JournalLine.objects.filter(stream=stream).select_related("actor", "detail").order_by("position")
    if deadline.trigger_id is not None and deadline.fixed_on is None:
        lines = lines.filter(recorded_at__gte=deadline.opened_at)
    if deadline.fixed_on is not None:
        return list(_set_again(deadline, lines.filter(_of_the_thing(deadline))))
    return [_change(line) for line in lines.filter(event__in=ACTS, payload__deadline=deadline.pk)]


def known_at(deadline: Deadline, at: datetime) -> Face | None:
    """What was known of a deadline at `at`, by what was recorded until then; None: it was not yet recorded itself."""
    if at < deadline.opened_at:
        return None
    kept = deadline.faces.filter(recorded_at__lte=at).order_by("pk").last()
    if kept is not None:
        return Face(kept.state, kept.due_at, kept.last_day)
    state = State.RUNNING if deadline.first_due_at is not None else State.SUSPENDED
    return Face(state.value, deadline.first_due_at, deadline.first_last_day)


def _change(line: JournalLine) -> Change:
    return Change(line, EVENT_LABELS[Event(line.event)], _face(line.payload["old"]), _face(line.payload["new"]))


def _face(kept: Mapping[str, str | None]) -> Face:
    due, last = kept.get("due_at"), kept.get("last_day")
    return Face(str(kept.get("state")), datetime.fromisoformat(due) if due else None, date.fromisoformat(last) if last else None)


def _of_the_thing(deadline: Deadline) -> Q:
    kind, _, key = deadline.thread.partition(":")
    name, _ = SET_BY.get(kind, ("deadline", ""))
    return Q(**{f"payload__{name}": int(key)}) if kind in SET_BY and key.isdigit() else Q(event__in=ACTS, payload__deadline=deadline.pk)


def _set_again(deadline: Deadline, lines: Iterable[JournalLine]) -> Iterator[Change]:
    """Lines that give the thing another date; the first only opens the deadline."""
    _, name = SET_BY.get(deadline.thread.partition(":")[0], ("", ""))
    for line in lines:
        if line.event in ACTS:
            yield _change(line)
        elif line.recorded_at > deadline.opened_at and (pair := _pair(line.payload, name)) is not None:
            yield Change(line, EVENT_LABELS[Event(line.event)], *(_fixed(deadline, day) for day in pair))


def _pair(payload: Mapping[str, object], name: str) -> tuple[date | None, date | None] | None:
    """The date before and after, however the line writes it."""
    found = payload.get(name)
    before, after = payload.get("before"), payload.get("after")
    if isinstance(before, Mapping) and isinstance(after, Mapping) and name in after:
        found = [before.get(name), after.get(name)]
    if not isinstance(found, list):
        return None
    return (_day(found[0]), _day(found[1]))


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _fixed(deadline: Deadline, day: date | None) -> Face:
    due = end_of(day, ZoneInfo(deadline.zone)) if day is not None else None
    return Face(State.RUNNING.value if day is not None else State.CANCELLED.value, due, day)
