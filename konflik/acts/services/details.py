"""Erasing what stands beside a line, on a lawful request."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.acts.services.recording import record
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry, erase_detail
from konflik.law.events import Event
from konflik.law.grammar.basis import UU_27_2022


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
