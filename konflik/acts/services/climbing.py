"""The ladders: of each office and person that does not answer in time the deputy learns, then who stands above; each step a row

and a line.
"""

from datetime import datetime

from django.db import transaction

from konflik.acts.services.confirming import told
from konflik.acts.services.recording import record
from konflik.journal.services import hold, stream_of
from konflik.law.events import Event
from konflik.law.telling import Group, Urgency, confirm_within
from konflik.notices.models import Notice
from konflik.notices.selectors.ladder import Ladder, above_of, chain_of, is_over, ladders, rung_of, together, unanswered
from konflik.notices.selectors.reach import Finder, Recipient
from konflik.notices.selectors.ways import ways
from konflik.notices.services.scanning import answer_by
from konflik.notices.services.writing import Occasion, drawn, write
from konflik.notices.tables import Channel, Source
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
    """Take every silent party of one rung a step up; whoever stands above several of them is told once."""
    notice = Notice.objects.select_related("deadline", "recipient").get(pk=notice_id)
    # Whoever answers at the same time writes into the same stream: one of the two is first.
    hold(stream_of(notice.case_id, notice.kabupaten_id))
    silent = list(rung_of(notice).filter(pk__in=unanswered(now).values("pk")).select_related("recipient").order_by("pk"))
    Notice.objects.filter(pk__in=[row.pk for row in silent]).update(climbed_at=now)
    if not silent or is_over(notice):
        return 0
    climbing = ladders(silent, list(chain_of(notice).filter(channel=Channel.BELL.value)), now=now)
    finder = Finder(now, [notice.case_id])
    above = {ladder.party: above_of(ladder, finder=finder) for ladder in climbing}
    write(drawn(_occasion(notice, now), together(one for found in above.values() for one in found), ways(now)))
    for ladder in climbing:
        _say(ladder, above[ladder.party], now)
    return len(climbing)


def _say(ladder: Ladder, above: list[Recipient], now: datetime) -> None:
    """The line of one step: who did not answer, and who was told; nobody, where nobody is above."""
    told_to, offices = [one.user.pk for one in above], sorted({one.office.value for one in above})
    payload = {"step": ladder.first.step + 1, "told": told_to, "offices": offices, "answers_for": ladder.party}
    record(told(ladder.first, Event.NOTICE_ESCALATED, actor=None, now=now, payload=payload), now=now)


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
