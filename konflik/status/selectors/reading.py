"""The status of a case: the newest one, the one in force, and what hangs on it."""

from datetime import datetime

from konflik.cases.models import Case
from konflik.status.models import ConflictStatus


def latest_status(case: Case) -> ConflictStatus | None:
    """The newest status of `case`, ended or not. The caller has fetched the case through `visible_to`."""
    return ConflictStatus.objects.filter(case=case).select_related("case__kabupaten").order_by("-effective_at", "-pk").first()


def running_status(case: Case, *, at: datetime) -> ConflictStatus | None:
    """The newest status of `case` where it is not over at `at`: the one that can still be extended."""
    latest = latest_status(case)
    return None if latest is None or latest.is_over(at) else latest


def is_status_in_force(case: Case, *, at: datetime) -> bool:
    """Whether a status holds over `case` at the instant `at`; a question of instants, not of what a job has written."""
    return ConflictStatus.objects.filter(case=case).in_force(at).exists()
