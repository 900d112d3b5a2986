"""The deadlines that the services would have left behind for the planned ends of one generated case."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from konflik.clocks.models import Deadline
from konflik.clocks.services.dating import put_date
from konflik.clocks.services.following import dated
from konflik.clocks.tables import State
from konflik.demo.sampling.rows import Rows
from konflik.journal.models import JournalLine
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.grammar.counting import Outcome
from konflik.law.rulebook import RULES
from konflik.law.stages import Stage
from konflik.stages.models import Activity
from konflik.stages.services.dates import CASE_CLOSED, date_of_activity
from konflik.stages.tables import OPEN_STATUSES, ActivityStatus


def planned_lines(rows: Iterable[Rows]) -> dict[int, JournalLine]:
    """The line that planned each activity of these cases, by the activity."""
    keys = [one.case.pk for one in rows]
    lines = JournalLine.objects.filter(case__in=keys, event=Event.ACTIVITY_PLANNED.value)
    return {int(line.payload["activity"]): line for line in lines}


def deadlines_of(rows: Rows, lines: Mapping[int, JournalLine], now: datetime) -> Iterator[Deadline]:
    """One for each activity with a planned end, as it stands at `now`: running, met or cancelled."""
    for activity in rows.activities:
        if activity.planned_end is not None:
            yield _deadline(activity, rows, lines[activity.pk], now)


def _deadline(activity: Activity, rows: Rows, line: JournalLine, now: datetime) -> Deadline:
    on = activity.planned_end
    if on is None:
        raise ValueError("an activity without a planned end has no deadline")
    row = dated(date_of_activity(activity), on, line, rows.ground.zone, now=line.recorded_at)
    # Reminders whose time has come were sent long ago: only what is still to come is looked at.
    put_date(row, Outcome(row.due_at, row.last_day), RULES.rules[row.rule], now=now, only_to_come=True)
    if activity.status in OPEN_STATUSES and rows.case.stage != Stage.SELESAI:
        return row
    is_met = activity.status == ActivityStatus.SELESAI
    row.state = State.MET.value if is_met else State.CANCELLED.value
    row.closed_at = (rows.case.closed_at or activity.updated_at) if activity.status in OPEN_STATUSES else activity.updated_at
    row.closed_by_id = rows.actor.pk
    row.evidence = CASE_CLOSED if activity.status in OPEN_STATUSES else EVENT_LABELS[Event.ACTIVITY_UPDATED]
    row.next_notice_at, row.version = None, 2
    return row
