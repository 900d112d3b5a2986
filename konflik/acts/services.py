"""The one door for whatever happens: journal line, then counts, in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from konflik.counts import services as counts
from konflik.counts.tables import CaseKey, MonthKey
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry, append


@dataclass(frozen=True)
class Counted:
    """How an act moves the counts: the cell of the case before and after, and the month cells with what each gains."""

    before: CaseKey | None = None
    after: CaseKey | None = None
    months: tuple[tuple[MonthKey, int], ...] = ()


@transaction.atomic
def record(entry: Entry, *, now: datetime, counted: Counted | None = None) -> JournalLine:
    """Write what happened. Every service that changes something calls this once, inside its own transaction."""
    line = append(entry, now=now)
    if counted is not None:
        counts.move(before=counted.before, after=counted.after)
        counts.tally(counted.months)
    return line
