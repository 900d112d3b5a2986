"""Does every deadline have its rows, every line its own, and every row a lawful state? Reads only; ids only (S37).

Somebody with a hand on the database can take away, hold back or set aside a row; each of these leaves a trace that is looked
for here. What merely waits its turn is no finding before `GRACE` has passed.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from konflik.clocks.models import Deadline
from konflik.clocks.tables import State as Clock
from konflik.journal.models import JournalLine
from konflik.law.notices import milestones
from konflik.law.rulebook import RULES
from konflik.law.telling import TELLINGS, is_history
from konflik.notices.models import Notice, NoticeQuerySet
from konflik.notices.selectors.ladder import STANDS
from konflik.notices.selectors.watch import Finding
from konflik.notices.services.scanning import ENDING_RULES, RECURRING_RULES
from konflik.notices.services.sending import ANSWERED, NOT_SENT_REASONS, SEND_LEASE, WAIT_LEASE
from konflik.notices.tables import FOR_A_PERSON, MOST_SENDS, Channel, Source, State

GRACE = timedelta(minutes=15)
LONGEST_HOLD = timedelta(hours=25)
"""Quiet hours last a day at most, and no pause after a refusal is longer."""
LINES_BACK = timedelta(days=35)
CHUNK = 2000
ROWS, CLOCKS, LINES = "notice", "deadline", "line"
TO_PEOPLE = ~Q(channel=Channel.WEBHOOK.value)
"""That a machine was told says nothing of whether the people were."""


def first_line_of_the_watch() -> int:
    """The last line written before this installation told anybody of lines: those up to it have no rows."""
    first = Notice.objects.filter(TO_PEOPLE, source=Source.LINE.value).aggregate(first=Min("line_id"))["first"]
    return (first or (JournalLine.objects.aggregate(last=Max("pk"))["last"] or 0) + 1) - 1


def reconcile(*, now: datetime, since_line: int = 0) -> list[Finding]:
    """Everything that is not as it should be; lines are looked at from `since_line` on, for the last `LINES_BACK`."""
    return [*_of_deadlines(now), *_of_lines(now, since_line), *_of_groups(), *_of_rows(now)]


def _of_deadlines(now: datetime) -> Iterator[Finding]:
    """Running deadlines: every milestone reached has its rows, and the next one will be looked at."""
    columns = ("pk", "rule", "due_at", "last_day", "zone", "due_version", "next_notice_at")
    running = Deadline.objects.filter(state=Clock.RUNNING.value).order_by("pk").values_list(*columns).iterator(CHUNK)
    while chunk := list(islice(running, CHUNK)):
        reached = {row[0]: found for row in chunk if (found := _reached(row, now))}
        rows = Notice.objects.filter(deadline_id__in=list(reached), source=Source.DEADLINE.value).order_by()
        written = set(rows.values_list("deadline_id", "source_version", "milestone").distinct())
        for pk, _, _, _, _, version, _ in chunk:
            for code in reached.get(pk, ()):
                if (pk, version, code) not in written:
                    yield Finding("missing", CLOCKS, pk)
        yield from (Finding("asleep", CLOCKS, row[0]) for row in chunk if _sleeps(row, now))


def _milestones(row: tuple) -> list:
    _, code, due_at, last_day, zone, _, _ = row
    rule = RULES.get(code)
    return list(milestones(rule, due_at=due_at, last_day=last_day, zone=ZoneInfo(zone))) if rule is not None and due_at else []


def _reached(row: tuple, now: datetime) -> list[str]:
    return [one.code for one in _milestones(row) if one.at <= now - GRACE and not (one.is_overdue and row[1] in ENDING_RULES)]


def _sleeps(row: tuple, now: datetime) -> bool:
    """Whether the sweep would pass by the next reminder, or has passed by the last."""
    looks_at = row[-1]
    if looks_at is not None and looks_at <= now - GRACE:
        return True
    to_come = [one.at for one in _milestones(row) if one.at > now]
    return bool(to_come) and (looks_at is None or looks_at > to_come[0])


def _of_lines(now: datetime, since_line: int) -> Iterator[Finding]:
    """Lines of events that somebody is to be told of, and nobody was."""
    told = JournalLine.objects.filter(pk__gt=since_line, event__in=[row.event.value for row in TELLINGS], kabupaten__isnull=False)
    told = told.filter(recorded_at__gte=now - LINES_BACK, recorded_at__lte=now - GRACE)
    rows = Notice.objects.filter(TO_PEOPLE, line_id=OuterRef("pk"), source=Source.LINE.value)
    untold = told.filter(~Exists(rows)).order_by("pk").values_list("pk", "event", "payload", "occurred_at", "recorded_at")
    for pk, event, payload, occurred_at, recorded_at in untold:
        if not is_history(event, occurred_at, now=recorded_at):
            yield Finding("unreached" if payload.get("reached") == 0 else "missing", LINES, pk)


def _of_groups() -> Iterator[Finding]:
    """Rows that were written together are all still there."""
    groups = Notice.objects.order_by().values("source", "source_id", "source_version", "milestone")
    short = groups.annotate(number=Count("pk"), wanted=Max("together"), first=Min("pk")).exclude(number=F("wanted"))
    yield from (Finding("incomplete", ROWS, group["first"]) for group in short)


def _of_rows(now: datetime) -> Iterator[Finding]:
    """Each row in a state that it can have come into by itself."""
    for kind, wrong in _wrong_rows(now):
        yield from (Finding(kind, ROWS, pk) for pk in wrong.order_by("pk").values_list("pk", flat=True))


def _wrong_rows(now: datetime) -> Iterator[tuple[str, NoticeQuerySet]]:
    rows, late = Notice.objects.all(), now - GRACE
    waiting = Q(state=State.PENDING.value) | Q(state=State.UNCERTAIN.value)
    unheld = Q(lease_until__isnull=True) | Q(lease_until__lt=late)
    sending, bell = Q(state=State.SENDING.value), Q(channel=Channel.BELL.value)
    yield "stuck", rows.filter((waiting & Q(send_after__lte=late) & unheld) | (sending & Q(lease_until__lt=late)))
    longest = max(WAIT_LEASE, SEND_LEASE) + timedelta(minutes=1)
    yield "held", rows.filter((waiting & Q(send_after__gt=now + LONGEST_HOLD)) | Q(lease_until__gt=now + longest))
    yield "waits_for_person", rows.filter(Q(state__in=FOR_A_PERSON) | (Q(state=State.UNCERTAIN.value) & Q(sends__gte=MOST_SENDS)))
    yield "wrong_bell", rows.filter(bell).exclude(state__in=[State.SENT.value, State.SUPERSEDED.value])
    out = Q(state=State.SENT.value) & ~bell & Q(settled_at__isnull=True)
    yield "unproven", rows.filter(out & (Q(sends=0) | Q(content_digest="")))
    yield "wrongly_cancelled", _wrongly_cancelled(rows)
    yield "wrongly_superseded", _wrongly_superseded(rows)
    yield "ladder", rows.asking().filter(climbed_at__isnull=True, confirm_until__lt=late)
    yield "ladder", rows.filter(answer__isnull=False, answer__confirmed_at__isnull=True)
    yield "ahead_of_date", rows.filter(source=Source.DEADLINE.value, source_version__gt=F("deadline__due_version"))


def _wrongly_cancelled(rows: NoticeQuerySet) -> NoticeQuerySet:
    """Cancelled, but neither by a person nor for a reason that holds."""
    by_itself = rows.filter(state=State.CANCELLED.value, settled_at__isnull=True).exclude(fault__in=NOT_SENT_REASONS)
    same = {name: OuterRef(name) for name in ("source", "source_id", "source_version", "milestone", "recipient_id")}
    settled = Notice.objects.filter(**same, channel=Channel.BELL.value, answer__isnull=False)
    by_nobody = Q(fault=ANSWERED) & ~Exists(settled)
    cancelled = rows.filter(state=State.CANCELLED.value, settled_at__isnull=True)
    return cancelled.filter(by_nobody) | by_itself.filter(~Q(source=Source.DEADLINE.value) | STANDS)


def _wrongly_superseded(rows: NoticeQuerySet) -> NoticeQuerySet:
    """Superseded, but was sent, or no later reminder says what it would have said."""
    later = Notice.objects.filter(
        deadline_id=OuterRef("deadline_id"), source_version=OuterRef("source_version"), step=0, pk__gt=OuterRef("pk")
    ).exclude(milestone=OuterRef("milestone"))
    caught_up = Q(deadline__opened_at__gt=F("deadline__trigger__recorded_at")) | Q(deadline__rule__in=RECURRING_RULES)
    is_last = ~Exists(later) & ~(Q(deadline__is_late_entry=True, source_version=1) & caught_up)
    wrong = ~Q(source=Source.DEADLINE.value) | Q(step__gt=0) | Q(sent_at__isnull=False) | is_last
    return rows.filter(wrong, state=State.SUPERSEDED.value)
