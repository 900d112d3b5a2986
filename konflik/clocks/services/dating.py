"""Writing a date into a deadline, and when the sweep has to look at it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from konflik.clocks.models import Deadline
from konflik.clocks.tables import State
from konflik.law.grammar.counting import Outcome
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.notices import milestones
from konflik.law.rulebook import RULES


def put_date(deadline: Deadline, outcome: Outcome, rule: DeadlineRule | None, *, now: datetime, only_to_come: bool = False) -> None:
    """Write where the walk ended into the row and when the sweep has to look; the row is not saved.

    `only_to_come`: the reminders whose time has passed were sent.
    """
    deadline.due_at, deadline.last_day = outcome.due_at, outcome.last_day
    if deadline._state.adding:  # noqa: SLF001 - Django documents it
        deadline.first_due_at, deadline.first_last_day = outcome.due_at, outcome.last_day
    deadline.is_provisional = outcome.is_provisional
    deadline.state = State.RUNNING.value if outcome.due_at else State.SUSPENDED.value
    deadline.next_notice_at = _first_look(deadline, rule, now, only_to_come=only_to_come) if rule is not None else None


def _first_look(deadline: Deadline, rule: DeadlineRule, now: datetime, *, only_to_come: bool) -> datetime | None:
    """The latest reminder whose time has come, else the next. However late a date is set, its version begins with one of them."""
    if deadline.due_at is None:
        return None
    all_of_them = milestones(rule, due_at=deadline.due_at, last_day=deadline.last_day, zone=ZoneInfo(deadline.zone))
    reached = [one.at for one in all_of_them if one.at <= now]
    to_come = [one.at for one in all_of_them if one.at > now]
    if reached and not only_to_come:
        return reached[-1]
    return to_come[0] if to_come else None


def redated(deadline: Deadline, outcome: Outcome, *, now: datetime, is_new: bool = False) -> dict[str, object]:
    """The columns that `outcome` gives an open deadline, for a swap by version; `due_version` grows where the date moves.

    `is_new`: it counts as moved though the date is the same, because it runs again.
    """
    moves = is_new or (outcome.due_at, outcome.last_day) != (deadline.due_at, deadline.last_day)
    row = Deadline(zone=deadline.zone)
    put_date(row, outcome, RULES.get(deadline.rule), now=now)
    # A date that stays keeps its reminders: what the sweep has sent is not asked for again.
    looked_at = row.next_notice_at if moves else deadline.next_notice_at
    return {
        "due_at": row.due_at,
        "last_day": row.last_day,
        "is_provisional": row.is_provisional,
        "state": row.state,
        "next_notice_at": looked_at,
        "due_version": deadline.due_version + moves,
    }
