"""The hourly reconciliation: what it finds stands in its heartbeat, for the outbox page (S37)."""

from datetime import datetime

from konflik.notices.models import Heartbeat
from konflik.notices.selectors.watch import Finding
from konflik.notices.services.reconciling import first_line_of_the_watch, reconcile
from konflik.notices.tables import RECONCILE

KEPT = 2000


def reconcile_all(*, now: datetime) -> list[Finding]:
    """Compare deadlines, lines and rows, and keep what was found: ids and kinds only."""
    row, _ = Heartbeat.objects.get_or_create(pk=RECONCILE, defaults={"started_at": now, "tally": {"since_line": first_line_of_the_watch()}})
    found = reconcile(now=now, since_line=int(row.tally.get("since_line", 0)))
    tally = {**row.tally, "number": len(found), "findings": [[one.kind, one.table, one.pk] for one in found[:KEPT]]}
    Heartbeat.objects.filter(pk=RECONCILE).update(started_at=now, finished_at=now, tally=tally)
    return found
