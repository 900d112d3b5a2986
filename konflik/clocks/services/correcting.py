"""A corrected line moves the clocks it started; a reversed one takes them away and gives back those it ended."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from zoneinfo import ZoneInfo

from konflik.clocks.models import Deadline, DeadlineQuerySet
from konflik.clocks.selectors import recount
from konflik.clocks.services.dating import redated
from konflik.clocks.services.following import close, why_of
from konflik.clocks.tables import OPEN_STATES, State
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.counting import Outcome, end_of
from konflik.law.rulebook import RULES
from konflik.versions import swap_row

REVERSALS = frozenset({Event.MOVE_REVERSED.value})


def follow_reversal(line: JournalLine, wrong: JournalLine, *, now: datetime) -> list[Deadline]:
    """Cancel what `wrong` started, which `line` takes back, and let run again what it had ended; gives what changed."""
    started = Deadline.objects.filter(trigger=wrong, fixed_on__isnull=True)
    done = [State.MET.value, State.CANCELLED.value]
    ended = Deadline.objects.filter(closed_line__in=_versions_of(wrong), state__in=done, fixed_on__isnull=True)
    again = [_reopened(row, now) for row in ended]
    return [*close(started, state=State.CANCELLED, why=why_of(line), by=line.actor_id, now=now, line=line), *again]


def _versions_of(line: JournalLine) -> list[int]:
    """The line itself and those that it corrects, back to the first: what one of them closed, the happening closed."""
    found = [line.pk]
    while (before := line.corrects) is not None:
        found.append(before.pk)
        line = before
    return found


def follow_correction(line: JournalLine, wrong: JournalLine, *, now: datetime) -> list[tuple[Deadline, Deadline]]:
    """Count the open deadlines that `wrong` started from the instant that `line` gives instead; each moved one before and after.

    Where the law's one extension runs already, the first period is counted anew too, and the extension from its new end.
    """
    rows = list(Deadline.objects.filter(trigger=wrong, fixed_on__isnull=True))
    Deadline.objects.filter(pk__in=[row.pk for row in rows]).update(trigger=line)
    if line.occurred_at == wrong.occurred_at:
        return []
    # Who started on another day than that of the line (the day a decree takes effect) stays there.
    moved = [row for row in rows if row.starts_at == wrong.occurred_at]
    restarted = [_restarted(row, line.occurred_at, now) for row in moved if row.closed_at is None]
    return restarted + [pair for row in moved if row.state == State.EXTENDED for pair in _extended_anew(row, line.occurred_at, now)]


def restart(
    rows: DeadlineQuerySet, *, starts_at: datetime, last_days: Mapping[str, date], now: datetime
) -> list[tuple[Deadline, Deadline]]:
    """Let those of `rows` that are open, or closed as extended, begin at `starts_at`; each one whose date moves before and after.

    `last_days` are the days that a decree itself sets, by rule; every other is counted anew. The caller holds their stream.
    """
    found = rows.filter(state__in=[*OPEN_STATES, State.EXTENDED.value])
    pairs = [_begun_anew(row, starts_at, last_days.get(row.rule), now) for row in found.order_by("pk")]
    return [(old, new) for old, new in pairs if (old.due_at, old.last_day) != (new.due_at, new.last_day)]


def _begun_anew(row: Deadline, starts_at: datetime, on: date | None, now: datetime) -> tuple[Deadline, Deadline]:
    as_it_was, is_closed = copy(row), row.closed_at is not None
    row.starts_at, row.fixed_on = starts_at, on
    outcome = Outcome(end_of(on, ZoneInfo(row.zone)), on) if on is not None else recount(row)
    changes = redated(row, outcome, now=now)
    if is_closed:
        changes |= {"state": row.state, "next_notice_at": None}
    return as_it_was, swap_row(row, seen_version=row.version, changes={"starts_at": starts_at, "fixed_on": on, **changes})


def _restarted(row: Deadline, starts_at: datetime, now: datetime) -> tuple[Deadline, Deadline]:
    as_it_was = copy(row)
    row.starts_at = starts_at
    changes = redated(row, recount(row), now=now)
    return as_it_was, swap_row(row, seen_version=row.version, changes={"starts_at": row.starts_at, **changes})


def _extended_anew(first: Deadline, starts_at: datetime, now: datetime) -> list[tuple[Deadline, Deadline]]:
    """The first period of an extended limit, which stays closed, and the running extension that begins where it ends."""
    as_it_was, ended = copy(first), first.due_at
    first.starts_at = starts_at
    outcome = recount(first)
    dates = {"starts_at": starts_at, "due_at": outcome.due_at, "last_day": outcome.last_day, "is_provisional": outcome.is_provisional}
    pairs = [(as_it_was, swap_row(first, seen_version=first.version, changes={**dates, "due_version": first.due_version + 1}))]
    further = RULES.rules[first.rule].extended_by
    running = Deadline.objects.filter(rule=further, thread=first.thread).open().first()
    if running is not None and running.starts_at == ended and outcome.due_at is not None:
        pairs.append(_restarted(running, outcome.due_at, now))
    return pairs


def _reopened(row: Deadline, now: datetime) -> Deadline:
    changes = redated(row, recount(row), now=now, is_new=True)
    said = {"closed_at": None, "closed_by": None, "closed_line": None, "evidence": ""}
    return swap_row(row, seen_version=row.version, changes={**changes, **said})
