"""What a person decides of a notice that the ledger could not get out by itself."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.acts.services.confirming import told
from konflik.acts.services.recording import record
from konflik.journal.services import hold, stream_of
from konflik.law.events import Event
from konflik.notices.models import Notice
from konflik.notices.tables import FOR_A_PERSON, Decision, State
from konflik.notices.wake import wake


@transaction.atomic
def settle_notice(*, notice: Notice, decision: Decision, reason: str, actor: User, now: datetime) -> Notice:
    """Send a parked or failed notice once more, give it up, or note that it did arrive.

    Raises ValidationError at `reason` without one, at `decision` for one that cannot be; as a whole where the notice does
    not wait for a person any more.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Tuliskan alasan keputusan."})
    if decision not in set(Decision):
        raise ValidationError({"decision": "Pilih satu keputusan."})
    hold(stream_of(notice.case_id, notice.kabupaten_id))
    waiting = Notice.objects.filter(pk=notice.pk, state__in=FOR_A_PERSON)
    if not waiting.update(settled_by=actor, settled_at=now, **_written(Decision(decision), now)):
        raise ValidationError("Pemberitahuan ini tidak lagi menunggu keputusan.")
    line = told(
        notice,
        Event.NOTICE_SETTLED,
        actor=actor,
        now=now,
        payload={"decision": Decision(decision).value},
        detail={"reason": reason.strip()},
    )
    record(line, now=now)
    if decision == Decision.RESEND:
        wake()
    notice.refresh_from_db()
    return notice


def _written(decision: Decision, now: datetime) -> dict[str, object]:
    if decision is Decision.RESEND:
        return {"state": State.PENDING.value, "send_after": now, "refusals": 0, "fault": ""}
    if decision is Decision.ARRIVED:
        return {"state": State.SENT.value, "sent_at": now}
    return {"state": State.CANCELLED.value}
