"""What is in force for a time ends by itself: its last reminder, its line, its state, in one transaction each."""

from datetime import datetime

from django.db import transaction

from konflik.acts.services.moving import closed
from konflik.acts.services.saying import Told
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State
from konflik.journal.services import hold, stream_of
from konflik.law.events import Event
from konflik.notices.services.scanning import ended, remind
from konflik.rowwise import each

AT_ONCE = 500


def lapse_deadlines(*, now: datetime, limit: int = AT_ONCE) -> int:
    """End every running deadline of what is merely in force and whose end has come, and say how many; idempotent.

    Raises SomeFailed after the others where one cannot be ended.
    """
    due = ended(now=now).order_by("due_at", "pk").values_list("pk", flat=True)[:limit]
    return each(due, lambda pk: _lapse(deadline_id=pk, now=now), what="lapse: deadline")


@transaction.atomic
def _lapse(*, deadline_id: int, now: datetime) -> bool:
    row = Deadline.objects.get(pk=deadline_id)
    hold(stream_of(row.case_id, row.kabupaten_id))
    current = ended(now=now).filter(pk=deadline_id).first()
    if current is None or current.due_at is None:
        return False  # met, moved or ended by somebody else in the meantime
    remind([current], now=now, at_end=True)
    closed(current, State.LAPSED, Told(Event.DEADLINE_LAPSED, None, at=current.due_at), why=current.text, at=current.due_at, now=now)
    return True
