"""Everything that Celery may start, as a short list: what is not named here no worker knows."""

from konflik.journal.tasks import anchor_heads
from konflik.watch.tasks import deliver, reconcile, sweep

__all__ = ["anchor_heads", "deliver", "reconcile", "sweep"]
