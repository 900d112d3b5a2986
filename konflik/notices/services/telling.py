"""What follows from a line of the journal: who is told of it, which reminders it opens and which it ends."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from konflik.clocks.models import Deadline
from konflik.clocks.tables import FIRST_DATE, OPEN_STATES
from konflik.clocks.tables import State as Clock
from konflik.journal.models import JournalLine
from konflik.law.secrecy import Secrecy
from konflik.law.telling import Group, Telling, Urgency, confirm_within, telling_of
from konflik.notices.models import Notice
from konflik.notices.selectors.hooks import subscribed
from konflik.notices.selectors.ladder import STANDS
from konflik.notices.selectors.reach import Reach, reach_of_event
from konflik.notices.selectors.ways import ways
from konflik.notices.services.scanning import remind
from konflik.notices.services.writing import Occasion, drawn, write
from konflik.notices.tables import HAPPENING, NOBODY_IN_PARTICULAR, Channel, Concerned, Source, State

__all__ = ["NOBODY_IN_PARTICULAR", "Concerned", "tell"]


def tell(
    line: JournalLine,
    deadlines: Sequence[Deadline],
    concerned: Concerned = NOBODY_IN_PARTICULAR,
    *,
    now: datetime,
    reach: Reach | None = None,
    secrecy: int = Secrecy.BIASA,
) -> int:
    """Write the rows that `line` causes, in the caller's transaction, and say how many.

    `deadlines` are those that it opened, moved or closed: the reminders whose time has come are written, and what still
    waits for one that is closed, held or moved is cancelled. `reach`: what `reach_of_event` said, where it was asked before;
    `secrecy`: the class of what it is about, where there is no case.
    """
    written = 0
    telling = telling_of(line.event)
    if telling is not None:
        if reach is None:
            where: dict[str, Any] = {"kabupaten_id": line.kabupaten_id, "case_id": line.case_id, "secrecy": secrecy}
            reach = reach_of_event(line.event, **where, concerned=concerned, occurred_at=line.occurred_at, at=now)
        rows = drawn(_occasion(telling, line, secrecy, now), reach.recipients, ways(now))
        written += write(_without_answer_of(line.actor_id, rows, now))
    written += write(hooked(line, secrecy=secrecy, now=now))
    changed = [deadline.pk for deadline in deadlines if deadline.state != Clock.RUNNING or deadline.due_version > FIRST_DATE]
    if changed:
        cancel_obsolete(deadline_ids=changed)
        ask_no_longer(deadline_ids=changed)
    running = [deadline for deadline in deadlines if deadline.state == Clock.RUNNING]
    return written + remind(running, now=now)


def hooked(line: JournalLine, *, secrecy: int, now: datetime) -> list[Notice]:
    """The rows for the systems that have subscribed to this kind of event; each is a milestone of its own."""
    telling = telling_of(line.event)
    group, urgency = (telling.group, telling.urgency) if telling is not None else (Group.CASE, Urgency.NORMAL)
    return [
        Notice(
            source=Source.LINE.value,
            source_id=line.pk,
            milestone=f"webhook-{subscription.pk}",
            recipient_id=subscription.key.owner_id,
            channel=Channel.WEBHOOK.value,
            subscription=subscription,
            together=1,
            group=group.value,
            urgency=urgency.value,
            kabupaten_id=line.kabupaten_id,
            secrecy=secrecy,
            case_id=line.case_id,
            line_id=line.pk,
            created_at=now,
            send_after=now,
        )
        for subscription in subscribed(line)
    ]


def _without_answer_of(actor_id: int | None, rows: list[Notice], now: datetime) -> list[Notice]:
    # Whoever did it knows it, and so does his office: they answer to nobody for it, and nothing climbs because of them.
    own = {row.answers_for for row in rows if row.recipient_id == actor_id and row.channel == Channel.BELL}
    for row in rows:
        if row.channel == Channel.BELL and row.answers_for in own:
            row.must_confirm, row.confirm_until = False, None
            row.seen_at = now if row.recipient_id == actor_id else None
    return rows


@transaction.atomic
def cancel_obsolete(*, deadline_ids: Sequence[int]) -> int:
    """Cancel what still waits to be sent for those of these deadlines that are closed or held, or whose date has moved since."""
    waiting = Notice.objects.filter(state=State.PENDING.value, source=Source.DEADLINE.value, deadline_id__in=deadline_ids)
    return waiting.filter(~STANDS).update(state=State.CANCELLED.value, lease_by="", lease_until=None)


@transaction.atomic
def ask_no_longer(*, deadline_ids: Sequence[int]) -> int:
    """Let the bells ask no more for what is closed, held or has moved, and say how many did; `confirm_until` stays as the trace.

    The line that opened a deadline asks no more either, once nothing that it opened is open.
    """
    asking = Notice.objects.asking()
    of_deadlines = asking.filter(source=Source.DEADLINE.value, deadline_id__in=deadline_ids)
    ended = ~Q(deadline__state=Clock.RUNNING.value) | ~Q(deadline__due_version=F("source_version"))
    stopped = of_deadlines.filter(ended).update(must_confirm=False)
    closed = Deadline.objects.filter(pk__in=deadline_ids).exclude(state__in=OPEN_STATES)
    still = Deadline.objects.filter(trigger_id=OuterRef("line_id"), state__in=OPEN_STATES)
    of_lines = asking.filter(source=Source.LINE.value, line_id__in=closed.values("trigger_id")).exclude(Exists(still))
    return stopped + of_lines.update(must_confirm=False)


def _occasion(telling: Telling, line: JournalLine, secrecy: int, now: datetime) -> Occasion:
    return Occasion(
        source=Source.LINE,
        source_id=line.pk,
        milestone=HAPPENING,
        group=telling.group,
        urgency=telling.urgency,
        kabupaten_id=line.kabupaten_id,
        secrecy=secrecy,
        case_id=line.case_id,
        line_id=line.pk,
        confirm_until=now + confirm_within(telling.urgency) if telling.must_confirm else None,
    )
