"""The one door for whatever happens: journal line, then counts, in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.counts import services as counts
from konflik.counts.tables import CaseKey, MonthKey
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry, append, erase_detail
from konflik.law.events import Event
from konflik.law.grammar.basis import UU_27_2022


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


@transaction.atomic
def erase_line_detail(*, line: JournalLine, reason: str, actor: User, now: datetime) -> JournalLine:
    """Erase names and free text of a line on a lawful request, and say so by a new line (UU 27/2022 Pasal 43).

    Raises ValidationError at `reason` without one, at `line` where nothing is left to erase.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Tuliskan alasan penghapusan, misalnya nomor permintaan."})
    payload = {"line": line.pk, "position": line.position, "event": line.event}
    entry = Entry(
        event=Event.DETAIL_ERASED.value,
        occurred_at=now,
        actor=actor,
        case_id=line.case_id,
        kabupaten_id=line.kabupaten_id,
        basis=str(UU_27_2022.pasal(43)),
        payload=payload,
        detail={"reason": reason.strip()},
    )
    told = record(entry, now=now)
    # After the line: its stream is held now, so that of two who erase at once one finds nothing left.
    if not erase_detail(line):
        raise ValidationError({"line": "Baris ini tidak memuat rincian yang dapat dihapus, atau sudah dihapus."})
    return told
