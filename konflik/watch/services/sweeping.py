"""The complete sweep: everything that must happen because time has passed, in one order, each step by itself."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from konflik.acts.services import begin_periods, climb, lapse_deadlines, settle_calendar
from konflik.counts.services import fold
from konflik.notices.models import Heartbeat
from konflik.notices.services.digests import write_digests
from konflik.notices.services.scanning import scan
from konflik.notices.services.sending import deliver
from konflik.notices.tables import SWEEP
from konflik.rest.answers import forget_answers
from konflik.rowwise import SomeFailed
from konflik.statistics.services import freeze_months
from konflik.status.services import lapse
from konflik.watch.tables import DELIVER_SECONDS, LONGEST_DELIVERY, Tally

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Step = Callable[[Clock], int]

STEPS: tuple[tuple[str, Step], ...] = (
    ("calendar", lambda clock: settle_calendar(now=clock())),
    ("periods", lambda clock: begin_periods(now=clock())),
    ("lapsed", lambda clock: lapse_deadlines(now=clock())),
    ("status", lambda clock: lapse(now=clock())),
    ("scanned", lambda clock: scan(now=clock())),
    ("climbed", lambda clock: climb(now=clock())),
    ("digests", lambda clock: write_digests(now=clock())),
    ("folded", lambda _clock: fold()),
    ("frozen", lambda clock: freeze_months(now=clock())),
    ("forgotten", lambda clock: forget_answers(now=clock())),
    ("delivered", lambda clock: sum(deliver_by(clock, longest=DELIVER_SECONDS).values())),
)
"""In this order: what begins and ends, then who is reminded of it, then who hears that nobody answered, then what leaves the house.

Between them the gains of the statistics are carried into their cells, for which nobody waits, and months are frozen."""


def sweep(*, now: datetime, steps: tuple[tuple[str, Step], ...] = STEPS) -> Tally:
    """Run every step once. A step that fails is logged and stops no other; the sweep is then not complete.

    One clock runs from `now` through all steps, so that a lease is as long as it says however long the steps before took.
    Idempotent: two at once, or none for days, leave the same rows behind.
    """
    clock = running_from(now)
    Heartbeat.objects.update_or_create(pk=SWEEP, defaults={"started_at": now}, create_defaults={"started_at": now})
    tally = Tally()
    for name, step in steps:
        try:
            tally.counts[name] = step(clock)
        except SomeFailed as fault:
            tally.counts[name] = fault.done
            tally.faults.append(name)
        except Exception:
            log.exception("sweep: %s failed", name)
            tally.faults.append(name)
    written: dict[str, object] = {"tally": {**tally.counts, "faults": tally.faults}}
    if tally.is_complete:
        written |= {"finished_at": clock(), "alarmed_at": None, "alarmed": {}}
    Heartbeat.objects.filter(pk=SWEEP).update(**written)
    return tally


def deliver_now(*, now: datetime, longest: timedelta = LONGEST_DELIVERY) -> dict[str, int]:
    """Send what waits, for so long at most; how many notices ended in which state."""
    return deliver_by(running_from(now), longest=longest)


def deliver_by(clock: Clock, *, longest: timedelta) -> dict[str, int]:
    """The same by a clock that runs already."""
    return deliver(clock=clock, until=clock() + longest)


def running_from(now: datetime) -> Clock:
    """A clock that stands at `now` and runs on by the steady clock of the machine, so that nobody below reads another."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)
