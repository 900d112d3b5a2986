"""Answering a notice by name: "saya terima, tindakan saya: …". It stops the ladder of those for whom the answer speaks."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.acts.services.recording import record
from konflik.journal.services import Entry, hold, stream_of
from konflik.law.events import Event
from konflik.notices.models import Notice
from konflik.notices.services.answering import settle_answered
from konflik.notices.tables import Channel, State

LONGEST = 2000


@transaction.atomic
def confirm_notice(*, notice: Notice, action_text: str, actor: User, now: datetime) -> Notice:
    """Write down that `actor` has received `notice` and what he does about it; once.

    Raises ValidationError at `action_text` where nothing is said; as a whole for the notice of somebody else, one that is
    not in the bell, or one that was answered before.
    """
    text = action_text.strip()
    if not text:
        raise ValidationError({"action_text": "Tuliskan tindakan Anda, misalnya: Saya perintahkan Kabag Ops ke lokasi."})
    if len(text) > LONGEST:
        raise ValidationError({"action_text": f"Tuliskan paling banyak {LONGEST} karakter."})
    if notice.recipient_id != actor.pk:
        raise ValidationError("Hanya penerima pemberitahuan ini yang dapat menjawabnya.")
    # The ladder holds the same stream: of an answer and a step at the same time one is first.
    hold(stream_of(notice.case_id, notice.kabupaten_id))
    mine = Notice.objects.filter(pk=notice.pk, channel=Channel.BELL.value, state=State.SENT.value, confirmed_at__isnull=True)
    if not mine.update(confirmed_at=now, confirmation=text):
        raise ValidationError("Pemberitahuan ini sudah ditanggapi.")
    Notice.objects.filter(pk=notice.pk, seen_at__isnull=True).update(seen_at=now)
    settle_answered(Notice.objects.get(pk=notice.pk))
    payload, detail = matter(notice)
    record(
        told(notice, Event.NOTICE_CONFIRMED, actor=actor, now=now, payload=payload, detail={"action": text, **detail}),
        now=now,
    )
    notice.refresh_from_db()
    return notice


def matter(notice: Notice) -> tuple[dict[str, object], dict[str, object]]:
    """What `notice` is about, for a line: payload and erasable detail. A title of a duty is read by its thread's class."""
    if notice.deadline is not None:
        return {"thread": notice.deadline.thread}, {"title": notice.deadline.title}
    return ({"happened": notice.line.event} if notice.line is not None else {}), {}


def told(notice: Notice, event: Event, *, actor: User | None, now: datetime, **said: dict[str, object]) -> Entry:
    """The line about a notice: which one, of what, for whom; by ids alone."""
    payload = {
        "notice": notice.pk,
        "source": notice.source,
        "source_id": notice.source_id,
        "milestone": notice.milestone,
        "recipient": notice.recipient_id,
        "channel": notice.channel,
        **said.get("payload", {}),
    }
    return Entry(
        event=event.value,
        occurred_at=now,
        actor=actor,
        case_id=notice.case_id,
        kabupaten_id=notice.kabupaten_id,
        payload=payload,
        detail=said.get("detail", {}),
    )
