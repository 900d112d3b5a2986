"""What deadlines showed when: a row for each change, so that it can be told what was known on any day."""

from collections.abc import Iterable
from datetime import datetime

from konflik.clocks.models import Deadline, DeadlineFace

FIRST_VERSION = 1


def faces_of(changed: Iterable[Deadline], *, now: datetime) -> list[DeadlineFace]:
    """What each of these shows from `now` on, not saved; a deadline that was only opened says that itself."""
    rows = {row.pk: row for row in changed if row.version > FIRST_VERSION}
    return [
        DeadlineFace(
            deadline_id=row.pk, recorded_at=now, state=row.state, due_at=row.due_at, last_day=row.last_day, closed_at=row.closed_at
        )
        for row in rows.values()
    ]


def keep_faces(changed: Iterable[Deadline], *, now: datetime) -> None:
    """Write them, in the transaction of the act that changed the deadlines."""
    DeadlineFace.objects.bulk_create(faces_of(changed, now=now))
