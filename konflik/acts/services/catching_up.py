"""Dates that stood in the tables before there were clocks get their deadlines, each hung on the line that told of them then."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from konflik.acts.services.moving import moved
from konflik.acts.services.saying import Told
from konflik.clocks.models import Deadline
from konflik.clocks.services.following import Fixed, end_as_set, follow_dates
from konflik.clocks.tables import State
from konflik.journal.models import JournalLine
from konflik.journal.services import hold, stream_of
from konflik.law.events import Event
from konflik.notices.services.scanning import remind


@transaction.atomic
def catch_up(*, line: JournalLine, fixed: Iterable[Fixed], now: datetime) -> int:
    """Open the deadlines of `fixed` that never were and say how many; no line is written, for nothing has happened.

    Of a date that has passed nobody is reminded; of one to come the latest reminder is sent.
    """
    hold(line.stream)
    wanted = [one for one in fixed if one.on is not None]
    known = set(Deadline.objects.filter(thread__in=[one.thread for one in wanted]).values_list("rule", "thread"))
    opened = follow_dates(line, [one for one in wanted if (one.rule, one.thread) not in known], now=now)
    remind([one for one in opened if one.state == State.RUNNING], now=now, at_catching_up=True)
    return len(opened)


@transaction.atomic
def put_right(*, deadline: Deadline, fixed: Fixed, now: datetime) -> bool:
    """Give a running deadline the end that was set for its day, where an older system kept another; False where it stands.

    The date moves with a line of its own, and reminds anew.
    """
    hold(stream_of(deadline.case_id, deadline.kabupaten_id))
    row = Deadline.objects.filter(pk=deadline.pk, state=State.RUNNING.value).first()
    if row is None or fixed.on is None or row.fixed_on != fixed.on:
        return False
    outcome = end_as_set(fixed, fixed.on, ZoneInfo(row.zone))
    if (outcome.due_at, outcome.last_day) == (row.due_at, row.last_day):
        return False
    moved(row, outcome, Told(Event.DEADLINE_MOVED, None, at=now), now=now)
    return True
