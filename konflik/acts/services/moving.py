"""What every act on a deadline shares: held in its stream, changed by its version, told by one line with both dates."""

from datetime import datetime

from django.core.exceptions import ValidationError

from konflik.acts.services.recording import record
from konflik.acts.services.saying import Told, say
from konflik.clocks.models import Deadline
from konflik.clocks.services.dating import redated
from konflik.clocks.services.following import Clocked
from konflik.clocks.tables import OPEN_STATES, STATE_LABELS, State
from konflik.journal.services import hold, stream_of
from konflik.law.grammar.counting import Outcome
from konflik.versions import StaleVersion, swap_row


def taken(deadline: Deadline, *, seen_version: int) -> Deadline:
    """The row as it stands, with its stream held. Raises StaleVersion when it was changed, ValidationError when it is closed."""
    hold(stream_of(deadline.case_id, deadline.kabupaten_id))
    row = Deadline.objects.get(pk=deadline.pk)
    if row.version != seen_version:
        raise StaleVersion(row)
    if row.state not in OPEN_STATES:
        raise ValidationError(f"Tenggat ini sudah ditutup: {STATE_LABELS[State(row.state)].lower()}.")
    return row


def moved(row: Deadline, outcome: Outcome, told: Told, *, now: datetime) -> Deadline:
    """Give an open deadline the date of `outcome` and write the line with the old and the new one."""
    return _told(row, swap_row(row, seen_version=row.version, changes=redated(row, outcome, now=now)), told, now=now)


def closed(row: Deadline, state: State, told: Told, *, why: str, at: datetime, now: datetime) -> Deadline:
    """Close an open deadline and write the line."""
    return _told(row, shut(row, state, told, why=why, at=at), told, now=now)


def shut(row: Deadline, state: State, told: Told, *, why: str, at: datetime) -> Deadline:
    """Close an open deadline; the caller writes the line."""
    changes = {"state": state.value, "closed_at": at, "closed_by": told.actor, "evidence": why, "next_notice_at": None}
    return swap_row(row, seen_version=row.version, changes=changes)


def _told(old: Deadline, new: Deadline, told: Told, *, now: datetime) -> Deadline:
    record(say(old, new, told), now=now, clocked=Clocked(thread=new.thread, changed=(new,)))
    return new
