"""The watch on the watch: a thread of the web process that looks each minute whether sweeps still come to their end.

It stands beside worker, beat and broker, so that none of them can take it along when it fails.
"""

import logging
import threading
import time
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from konflik import environment
from konflik.watch.services import alarm

log = logging.getLogger(__name__)

EVERY_SECONDS = 60

# How long this process runs is read from the steady clock: a jump of the other one must neither raise nor silence the alarm.
_began = time.monotonic()
_started = threading.Lock()


def since(now: datetime) -> datetime:
    """When this process began, as seen from `now`."""
    return now - timedelta(seconds=time.monotonic() - _began)


def start() -> None:
    """Begin to look, once in each process. Not where KONFLIK_ALARM is 0."""
    if environment.flag("KONFLIK_ALARM", default=True) and _started.acquire(blocking=False):
        threading.Thread(target=_look, name="alarm", daemon=True).start()


def _look() -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        look_once(timezone.now())


def look_once(now: datetime) -> int:
    """One look; whatever goes wrong with it, the next one comes."""
    try:
        close_old_connections()
        return alarm(now=now, since=since(now))
    except Exception:
        log.exception("the watch on the watch could not look")
        return 0
    finally:
        close_old_connections()
