"""The line of an act on a deadline: which one, its date and state before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from accounts.users.models import User
from konflik.clocks.models import Deadline
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry
from konflik.law.events import Event


@dataclass(frozen=True)
class Told:
    """What the line of an act on a deadline says beside the two dates."""

    event: Event
    actor: User | None
    at: datetime
    payload: Mapping[str, object] = field(default_factory=dict)
    detail: Mapping[str, object] = field(default_factory=dict)
    corrects: JournalLine | None = None


def say(old: Deadline, new: Deadline, told: Told) -> Entry:
    """The line of an act: which deadline, its date and state before and after; the title can be erased."""
    payload = {"deadline": old.pk, "rule": old.rule, "thread": old.thread, "old": face(old), "new": face(new), **told.payload}
    return Entry(
        event=told.event.value,
        occurred_at=told.at,
        actor=told.actor,
        case_id=old.case_id,
        kabupaten_id=old.kabupaten_id,
        basis=old.basis[:120],
        payload=payload,
        detail={"title": old.title, **told.detail},
        corrects=told.corrects,
    )


def face(row: Deadline) -> dict[str, object]:
    """What a deadline shows of itself at one time, as it is kept in a line."""
    return {
        "state": row.state,
        "due_at": row.due_at,
        "last_day": row.last_day,
        "starts_at": row.starts_at,
        "due_version": row.due_version,
        "is_provisional": row.is_provisional,
    }
