"""After a backup was brought back: what may have gone out since it was taken is sent by nobody but a person (S47)."""

from datetime import datetime

from django.db import transaction

from konflik.notices.models import Heartbeat, Notice
from konflik.notices.tables import MAY_HAVE_GONE_OUT, RESTORE, WAITING_STATES, State


@transaction.atomic
def begin_after_restore(*, made_at: datetime, now: datetime) -> int:
    """Note that the rows of this installation are those of a backup of `made_at`, and say how many notices wait for a person.

    Those that waited to be sent may have gone out since: they are parked. What would have been written between the backup and
    `now` is parked when it is written. The bell is the installation's own and goes on.
    """
    Heartbeat.objects.update_or_create(pk=RESTORE, defaults={"started_at": made_at, "finished_at": now})
    waiting = Notice.objects.filter(state__in=WAITING_STATES)
    return waiting.update(state=State.PARKED.value, fault=MAY_HAVE_GONE_OUT, lease_by="", lease_until=None)
