"""Who was told of what happened around a status and has not answered yet."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from konflik.cases.models import Case
from konflik.desk.tables.sentences.status import STATUS
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.telling import Group
from konflik.notices.models import Notice
from konflik.notices.tables import Channel, Source


@dataclass(frozen=True)
class Silent:
    """One event that waits for answers, since when, and the people who owe them."""

    event: str
    since: datetime
    until: datetime | None
    people: list[str]


def silent_on(case: Case, *, since: datetime) -> list[Silent]:
    """Events of this status of which an answer is still owed, by whom: neither his office has answered nor who stands above."""
    told = Notice.objects.filter(case=case, source=Source.LINE.value, channel=Channel.BELL.value, group=Group.STATUS.value)
    rows = told.filter(must_confirm=True, created_at__gte=since, line__event__in=[event.value for event in STATUS])
    rows = rows.select_related("recipient", "line").order_by("created_at", "recipient__name")
    by_line: dict[int, list[Notice]] = defaultdict(list)
    for row in rows:
        by_line[row.source_id].append(row)
    return [_silent(quiet) for group in by_line.values() if (quiet := [one for one in group if one.asks])]


def _silent(told: list[Notice]) -> Silent:
    first = told[0]
    event = EVENT_LABELS[Event(first.line.event)] if first.line else ""
    return Silent(event, first.created_at, first.confirm_until, list(dict.fromkeys(one.recipient.name for one in told)))
