"""The watch: one complete sweep, delivery, reconciliation, the alarm. Whoever calls says what time it is."""

from konflik.watch.services.alarming import alarm
from konflik.watch.services.reconciliation import reconcile_all
from konflik.watch.services.sweeping import deliver_now, sweep

__all__ = ["alarm", "deliver_now", "reconcile_all", "sweep"]
