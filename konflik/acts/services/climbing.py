"""The ladders: of each office and person that does not answer in time the deputy learns, then who stands above.

Each step is rows of the ledger. The history tells all ladders of one source that go the same step in one sweep together.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from konflik.acts.services.confirming import matter, told
from konflik.acts.services.recording import record
from konflik.journal.services import hold, stream_of
from konflik.law.events import Event
from konflik.law.telling import Group, Urgency, confirm_within
from konflik.notices.models import Notice
from konflik.notices.selectors.ladder import Ladder, above_of, asked_of, is_over, ladders, step_of, together, unanswered
from konflik.notices.selectors.reach import Finder, Recipient
from konflik.notices.selectors.ways import ways
from konflik.notices.services.scanning import answer_by
from konflik.notices.services.writing import Occasion, drawn, write
from konflik.notices.tables import PERSON, Source
from konflik.rowwise import each

AT_ONCE = 500


def climb(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Take each party that did not answer in time one step up, and say how many steps were taken; idempotent.

    Raises SomeFailed after the others where a notice cannot be taken up.
    """
    due = unanswered(now).select_related("case").order_by("confirm_until", "pk").values_list("pk", flat=True)[:limit]
    return each(due, lambda pk: _climb(notice_id=pk, now=now), what="climb: notice")


@transaction.atomic
def _climb(*, notice_id: int, now: datetime) -> int:
    """Take every silent party on one step over one source up; of each reminder whoever stands above several is told once."""
    notice = Notice.objects.select_related("deadline", "recipient").get(pk=notice_id)
    # Whoever answers at the same time writes into the same stream: one of the two is first.
    hold(stream_of(notice.case_id, notice.kabupaten_id))
    silent = list(
        step_of(notice)
        .filter(pk__in=unanswered(now).values("pk"))
        .select_related("deadline", "line", "recipient")
        .order_by("milestone", "pk")
    )
    Notice.objects.filter(pk__in=[row.pk for row in silent]).update(climbed_at=now)
    # Read after the stream was held: until then the deadline may have been met.
    if not silent or is_over(silent[0]):
        return 0
    steps = list(_steps(silent, Finder(now, [notice.case_id]), now))
    if steps:
        _say(steps, now)
    return len(steps)


def _steps(silent: Sequence[Notice], finder: Finder, now: datetime) -> Iterator[tuple[Ladder, list[Recipient]]]:
    """Write the rows of one step, reminder by reminder, and give each ladder with those who were told on it."""
    for _, group in groupby(silent, key=lambda row: row.milestone):
        rung = list(group)
        climbing = ladders(rung, list(asked_of(rung[0])), now=now)
        above = [(ladder, above_of(ladder, finder=finder)) for ladder in climbing]
        write(drawn(_occasion(rung[0], now), together(one for _, found in above for one in found), ways(now)))
        yield from above


def _say(steps: Sequence[tuple[Ladder, list[Recipient]]], now: datetime) -> None:
    """The one line of a step: who did not answer, and who was told; nobody, where nobody is above."""
    first = steps[0][0].first
    parties = sorted({ladder.party for ladder, _ in steps})
    happened, detail = matter(first)
    payload: dict[str, object] = {
        "step": first.step + 1,
        "told": sorted({one.user.pk for _, found in steps for one in found}),
        "offices": sorted({one.office.value for _, found in steps for one in found}),
        "silent": parties,
        "silent_people": [int(party.removeprefix(PERSON)) for party in parties if party.startswith(PERSON)],
        "notices": sorted({row.pk for ladder, _ in steps for row in ladder.silent}),
    }
    record(told(first, Event.NOTICE_ESCALATED, actor=None, now=now, payload={**happened, **payload}, detail=detail), now=now)


def _occasion(notice: Notice, now: datetime) -> Occasion:
    urgency, deadline = Urgency(notice.urgency), notice.deadline
    limit = answer_by(deadline, urgency, now=now) if deadline is not None else now + confirm_within(urgency)
    step = notice.step + 1
    return Occasion(
        source=Source(notice.source),
        source_id=notice.source_id,
        source_version=notice.source_version,
        milestone=f"T{step}:{notice.milestone.rpartition(':')[2]}",
        group=Group(notice.group),
        urgency=urgency,
        kabupaten_id=notice.kabupaten_id,
        secrecy=notice.secrecy,
        case_id=notice.case_id,
        deadline_id=notice.deadline_id,
        line_id=notice.line_id,
        confirm_until=limit,
        because_of_id=notice.pk,
        due_since=notice.confirm_until,
        step=step,
    )
