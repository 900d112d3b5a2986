"""The one door for whatever happens: journal line, then clocks, then notices, then counts, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from konflik.acts.services.saying import Told, say
from konflik.clocks.models import Deadline
from konflik.clocks.services.correcting import REVERSALS, follow_correction, follow_reversal
from konflik.clocks.services.facing import keep_faces
from konflik.clocks.services.following import Clocked, follow
from konflik.counts import services as counts
from konflik.counts.tables import CaseKey, MonthKey
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry, append
from konflik.law.events import Event
from konflik.notices.selectors.reach import Reach, reach_of_event
from konflik.notices.services.telling import tell
from konflik.notices.tables import NOBODY_IN_PARTICULAR, Concerned

NO_CLOCKS = Clocked()


@dataclass(frozen=True)
class Counted:
    """How an act moves the counts: the cell of the case before and after, and the month cells with what each gains."""

    before: CaseKey | None = None
    after: CaseKey | None = None
    months: tuple[tuple[MonthKey, int], ...] = ()


@transaction.atomic(savepoint=False)
def record(
    entry: Entry,
    *,
    now: datetime,
    counted: Counted | None = None,
    clocked: Clocked = NO_CLOCKS,
    concerned: Concerned = NOBODY_IN_PARTICULAR,
) -> JournalLine:
    """Write what happened. Every service that changes something calls this once, inside its own transaction, which fails with it.

    `concerned`: whom the act is about. Offices that should be told and that nobody can be told for are named by the line itself.
    """
    secrecy = max(clocked.secrecy, *(one.secrecy for one in clocked.changed)) if clocked.changed else clocked.secrecy
    line, reach = _written(entry, clocked.changed, concerned, secrecy=secrecy, now=now)
    changed = follow(line, clocked, now=now)
    _tell_moves(line, clocked.moved, now=now)
    if entry.corrects is not None:
        changed += _follow_corrected(line, entry.corrects, now=now)
    keep_faces(changed, now=now)
    tell(line, changed, concerned, now=now, reach=reach, secrecy=secrecy)
    if counted is not None:
        counts.gain(before=counted.before, after=counted.after, months=counted.months)
    return line


def _written(
    entry: Entry, deadlines: Sequence[Deadline], concerned: Concerned, *, secrecy: int, now: datetime
) -> tuple[JournalLine, Reach]:
    """The line of `entry`, which names the offices that nobody can be told for, and who is to be told of it."""
    reach = reach_of_event(
        entry.event,
        kabupaten_id=entry.kabupaten_id,
        case_id=entry.case_id,
        concerned=concerned,
        deadlines=deadlines,
        secrecy=secrecy,
        occurred_at=entry.occurred_at,
        at=now,
    )
    if reach.missing:
        unreached = [office.value for office in reach.missing]
        entry = replace(entry, payload={**entry.payload, "unreached": unreached, "reached": len(reach.recipients)})
    return append(entry, now=now), reach


def _follow_corrected(line: JournalLine, wrong: JournalLine, *, now: datetime) -> list[Deadline]:
    """What a corrected line does to the clocks; each date that moves leaves a line of its own."""
    if line.event in REVERSALS:
        return follow_reversal(line, wrong, now=now)
    pairs = follow_correction(line, wrong, now=now)
    _tell_moves(line, pairs, now=now)
    return [new for _, new in pairs]


def _tell_moves(line: JournalLine, pairs: Iterable[tuple[Deadline, Deadline]], *, now: datetime) -> None:
    """One line for each date that `line` has moved, with both dates, told to whoever has to keep it."""
    for old, new in pairs:
        entry = say(old, new, Told(Event.DEADLINE_MOVED, line.actor, at=now, payload={"cause": line.pk}))
        moved, reach = _written(entry, [new], NOBODY_IN_PARTICULAR, secrecy=new.secrecy, now=now)
        tell(moved, [], now=now, reach=reach, secrecy=new.secrecy)
