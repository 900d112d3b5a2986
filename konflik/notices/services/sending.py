"""From the ledger to the outside: rows are leased in batches and step to `sending` one by one, each by a conditional UPDATE.

What may have gone out is counted before the other side hears anything, and taken back when it surely refused: a process that
dies in between leaves an attempt that is counted. After two of them only a person sends again (S30).
"""

import logging
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice, NoticeQuerySet
from konflik.notices.selectors.hooks import KEY_OVER, NOT_FOR_KEY, why_not_told
from konflik.notices.selectors.ladder import is_needless, is_over, matter_of
from konflik.notices.selectors.reach import Finder
from konflik.notices.selectors.wording import PARTS
from konflik.notices.services.channels.gateway import GatewaySender
from konflik.notices.services.channels.mail import MailSender
from konflik.notices.services.channels.outcomes import Outcome, Result, Sender, words
from konflik.notices.services.channels.webhook import WebhookSender
from konflik.notices.tables import MOST_SENDS, Channel, State
from konflik.rowwise import SomeFailed, note_failed

log = logging.getLogger(__name__)

BATCH = 1000
"""Rows in one lease."""
WAIT_LEASE = timedelta(minutes=5)
"""So long a row waits in the hands of one worker before another may take it."""
SEND_LEASE = timedelta(minutes=3)
"""Longer than the longest dialogue: whoever holds it past this has died."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 240, 240, 240, 240, 240))
"""Before the next try after each refusal; about 25 hours in all, then the notice has failed."""
UNSURE_PAUSE = timedelta(minutes=2)
"""Before what may have gone out is sent once more."""

SENDERS: Mapping[Channel, Sender] = {Channel.EMAIL: MailSender(), Channel.GATEWAY: GatewaySender(), Channel.WEBHOOK: WebhookSender()}
DATE_IS_OVER, NOT_ACTIVE, MAY_NOT_READ = (
    "tenggat sudah selesai atau bergeser",
    "penerima tidak lagi aktif",
    "penerima tidak lagi berhak membaca",
)
ANSWERED = "sudah ditanggapi"
"""Why a step of the ladder is not sent any more."""
NOT_SENT_REASONS = (NOT_ACTIVE, MAY_NOT_READ, KEY_OVER, NOT_FOR_KEY, ANSWERED)
"""Why a notice of something that still runs is rightly not sent."""
FREE = {"lease_by": "", "lease_until": None}


def new_worker() -> str:
    """A name for one lease, of nobody else's."""
    return str(uuid.uuid4())


@transaction.atomic
def claim(*, worker: str, now: datetime, limit: int = BATCH) -> list[int]:
    """Lease up to `limit` rows whose time has come to `worker`, the oldest first, and give their ids.

    Rows that two ask for at once go to one of them: the condition is asked again by the UPDATE.
    """
    ready = _ready(now)
    # PostgreSQL passes by what another is taking; SQLite ignores the lock and lets one transaction write at a time.
    found = list(ready.select_for_update(skip_locked=True).order_by("send_after", "pk").values_list("pk", flat=True)[:limit])
    if ready.filter(pk__in=found).update(lease_by=worker, lease_until=now + WAIT_LEASE) == len(found):
        return found
    return list(Notice.objects.filter(pk__in=found, lease_by=worker).order_by("send_after", "pk").values_list("pk", flat=True))


def _ready(now: datetime) -> NoticeQuerySet:
    """Waiting rows, and those that may have gone out once, that nobody holds."""
    unheld = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    once_more = Q(state=State.UNCERTAIN.value, sends__lt=MOST_SENDS)
    # Said as the index says it, so that SQLite walks along it too.
    waiting = Notice.objects.filter(state__in=[State.PENDING.value, State.UNCERTAIN.value])
    return waiting.filter(Q(state=State.PENDING.value) | once_more, unheld, send_after__lte=now)


def take_up_expired(*, now: datetime) -> int:
    """What somebody was sending when he died may have gone out: once more after a pause, after the second time a person decides."""
    dead = Notice.objects.filter(state=State.SENDING.value, lease_until__lt=now)
    state = Case(When(sends__lt=MOST_SENDS, then=Value(State.UNCERTAIN.value)), default=Value(State.PARKED.value))
    return dead.update(state=state, fault="pengirim berhenti sebelum ada jawaban", send_after=now, **FREE)


def send(*, notice_id: int, worker: str, now: datetime, senders: Mapping[Channel, Sender] = SENDERS) -> State | None:
    """Send one leased row and write down how it ended; None where it was not `worker`'s to send any more."""
    notice = Notice.objects.select_related(*PARTS).filter(pk=notice_id, lease_by=worker).first()
    if notice is None:
        return None
    before = State(notice.state)
    if (reason := _why_not(notice, now)) and _step(notice, worker, before, state=State.CANCELLED.value, fault=reason, **FREE):
        return State.CANCELLED
    sending = {"state": State.SENDING.value, "sends": F("sends") + 1, "lease_until": now + SEND_LEASE}
    if before not in {State.PENDING, State.UNCERTAIN} or not _step(notice, worker, before, **sending):
        return None
    result = _handed_over(notice, senders[Channel(notice.channel)], now)
    state, written = _end(notice, before, result, now)
    return state if _step(notice, worker, State.SENDING, state=state.value, **written, **FREE) else None


def _step(notice: Notice, worker: str, before: State, **changes: object) -> bool:
    """The row goes on, if it still stands where it stood and belongs to `worker`."""
    mine = Notice.objects.filter(pk=notice.pk, lease_by=worker, state=before.value, sends=notice.sends + (before is State.SENDING))
    return bool(mine.update(**changes))


def _why_not(notice: Notice, now: datetime) -> str:
    """Why the notice is not sent any more: its deadline is done or moved, it was answered, or who it is for may not know of it."""
    if notice.settled_at is None and is_over(notice):
        return DATE_IS_OVER
    if notice.settled_at is None and is_needless(notice):
        return ANSWERED
    if not notice.recipient.is_active:
        return NOT_ACTIVE
    if notice.channel == Channel.WEBHOOK:
        return why_not_told(notice, at=now)
    is_open = notice.case_id is None and notice.secrecy <= Secrecy.BIASA
    if not is_open and not Finder(now, [notice.case_id]).may_know(notice.recipient, matter_of(notice)):
        return MAY_NOT_READ
    return ""


def _handed_over(notice: Notice, sender: Sender, now: datetime) -> Result:
    try:
        return sender.hand_over(notice, now=now)
    except Exception as fault:
        # A sender raises only before the other side has heard anything.
        log.exception("notice %s could not be made ready", notice.pk)
        return Result(Outcome.REFUSED, fault=words(type(fault).__name__))


def _end(notice: Notice, before: State, result: Result, now: datetime) -> tuple[State, dict[str, object]]:
    """The state after one attempt, and what is written with it."""
    told: dict[str, object] = {"fault": result.fault, "content_digest": result.digest}
    if result.outcome is Outcome.TAKEN:
        return State.SENT, {**told, "receipt": result.receipt, "sent_at": now}
    if result.outcome is Outcome.UNKNOWN:
        # The attempt that was just made is counted in the row, not in `notice`.
        is_last = notice.sends + 1 >= MOST_SENDS
        return (State.PARKED if is_last else State.UNCERTAIN), {**told, "send_after": now + UNSURE_PAUSE}
    taken_back = {**told, "sends": notice.sends, "refusals": notice.refusals + 1}
    if result.outcome is Outcome.HOPELESS or notice.refusals >= len(PAUSES):
        # What may have gone out before has not failed for certain, also where a person has had it sent once more since.
        return (State.PARKED if notice.sends > 0 else State.FAILED), taken_back
    return before, {**taken_back, "send_after": now + PAUSES[notice.refusals]}


def send_all(*, ids: Iterable[int], worker: str, now: datetime, senders: Mapping[Channel, Sender] = SENDERS) -> int:
    """Mark a whole leased batch as sent at once: only for channels by which nothing leaves the house."""
    silent = [channel.value for channel, sender in senders.items() if sender.is_silent]
    mine = Notice.objects.filter(pk__in=list(ids), lease_by=worker, channel__in=silent, state=State.PENDING.value)
    return mine.update(state=State.SENT.value, sent_at=now, sends=F("sends") + 1, **FREE)


def deliver(
    *, clock: Callable[[], datetime], until: datetime, limit: int = BATCH, senders: Mapping[Channel, Sender] = SENDERS
) -> dict[str, int]:
    """Send what waits, batch by batch, until nothing is left or `clock` has passed `until`. Says how many ended in which state.

    Leases that are not used up are given back. Raises SomeFailed after the others where a row could not be worked on.
    """
    tally: dict[str, int] = {}
    failed: set[int] = set()
    take_up_expired(now=clock())
    while clock() < until:
        worker = new_worker()
        ids = claim(worker=worker, now=clock(), limit=limit)
        if not ids:
            break
        for notice_id in ids:
            if clock() >= until:
                break
            try:
                state = send(notice_id=notice_id, worker=worker, now=clock(), senders=senders)
            except Exception as fault:  # noqa: BLE001
                note_failed("send: notice", notice_id, fault)
                failed.add(notice_id)
                continue
            if state is not None:
                tally[state.value] = tally.get(state.value, 0) + 1
        # What failed stays leased: it is tried again when the lease has run out, not at once.
        give_back(ids=set(ids) - failed, worker=worker)
    if failed:
        raise SomeFailed(sum(tally.values()), len(failed))
    return tally


def give_back(*, ids: Iterable[int], worker: str) -> int:
    """End the lease of what `worker` has not begun to send."""
    return Notice.objects.filter(pk__in=list(ids), lease_by=worker, state__in=[State.PENDING.value, State.UNCERTAIN.value]).update(**FREE)
