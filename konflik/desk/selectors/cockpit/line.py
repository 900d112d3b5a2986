"""One line on a status, for the case page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.users.models import User
from konflik.cases.models import Case
from konflik.desk.tables.cockpit import Ring, ring_of
from konflik.desk.tables.due import DueAt
from konflik.law.stages import Stage
from konflik.status.models import ConflictStatus
from konflik.status.selectors.reading import latest_status


@dataclass(frozen=True)
class StatusLine:
    """The newest status of a case in one line. `is_offered`: a status belongs on the page, because there is or was one or
    because the conflict is being stopped (UU 7/2012 Pasal 12)."""

    is_offered: bool
    is_in_force: bool = False
    is_over: bool = False
    ring: Ring | None = None
    end: DueAt | None = None


def status_line(case: Case, *, at: datetime) -> StatusLine:
    """How the newest status of `case` stands at `at`."""
    status = latest_status(case)
    if status is None:
        return StatusLine(is_offered=case.stage == Stage.PENGHENTIAN)
    is_in_force = status.is_in_force(at)
    return StatusLine(
        is_offered=True,
        is_in_force=is_in_force,
        is_over=status.is_over(at),
        ring=ring_now(status, at=at) if is_in_force else None,
        end=end_of_status(status, at=at),
    )


@dataclass(frozen=True)
class InForce:
    """A status that holds, or will: its case, what is left of it, its end."""

    status: ConflictStatus
    ring: Ring | None
    end: DueAt


def statuses_in_force(user: User, *, at: datetime) -> list[InForce]:
    """Every status in the cases that `user` may see that holds at `at` or is to begin, the one that ends first on top."""
    rows = ConflictStatus.objects.visible_to(user, at=at).filter(ended_noted_at__isnull=True, ends_at__gt=at)
    found = rows.select_related("case__kabupaten", "extension").prefetch_related("areas__region").order_by("ends_at", "pk")
    return [InForce(row, ring_now(row, at=at) if row.is_in_force(at) else None, end_of_status(row, at=at)) for row in found]


def ring_now(status: ConflictStatus, *, at: datetime) -> Ring:
    """How much is left of a status in force."""
    days = (status.ends_on - timezone.localdate(at, status.zone)).days
    return ring_of(begins=status.effective_at, ends=status.ends_at, days_left=days, at=at)


def end_of_status(status: ConflictStatus, *, at: datetime) -> DueAt:
    """The end: 24.00 of its last day, or the instant at which it was revoked."""
    return DueAt(status.ends_at, None if status.revoked_at else status.ends_on, status.zone, at)
