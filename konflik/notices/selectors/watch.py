"""Whether the watch on the time limits goes on: the heartbeat of the sweep, what reconciliation found."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.postings.selectors import once
from konflik.notices.models import Heartbeat
from konflik.notices.tables import RECONCILE, RESTORE, SWEEP

STALE_AFTER = timedelta(minutes=15)
"""A complete sweep longer ago than this is a fault that people are told of (S32)."""


@dataclass(frozen=True)
class Finding:
    """Something that reconciliation found wrong: which kind, of which table, which row."""

    kind: str
    table: str
    pk: int


def last_sweep() -> datetime | None:
    """When the last complete sweep ended; None where there never was one."""
    return once(("sweep",), lambda: Heartbeat.objects.filter(pk=SWEEP).values_list("finished_at", flat=True).first())


def restored_at() -> datetime | None:
    """When this installation was last restored from a backup; None where it never was."""
    return Heartbeat.objects.filter(pk=RESTORE).values_list("finished_at", flat=True).first()


def is_stale(*, at: datetime, since: datetime | None = None) -> bool:
    """Whether the last complete sweep is too long ago. `since`: the process runs only since then, and gives as much grace."""
    return is_too_old(last_sweep(), at=at, since=since)


def is_too_old(finished: datetime | None, *, at: datetime, since: datetime | None = None) -> bool:
    """The same of a sweep that was read before."""
    seen = [when for when in (finished, since) if when is not None]
    return bool(seen) and at - max(seen) > STALE_AFTER


def findings() -> list[Finding]:
    """What the last reconciliation found."""
    tally = Heartbeat.objects.filter(pk=RECONCILE).values_list("tally", flat=True).first() or {}
    return [Finding(str(kind), str(table), int(pk)) for kind, table, pk in tally.get("findings", [])]
