"""Tells the worker that something is to be sent. Only a hint: without it the next sweep finds the same rows.

The broker never breaks or slows what a person does: short timeouts, no second try, and after a failure a pause.
"""

import logging
import time

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

DELIVER_TASK = "konflik.deliver"
LONGEST_SECONDS = 0.2
PAUSE_SECONDS = 30
HINT_LASTS_SECONDS = 50
"""A hint that nobody took in this time is thrown away: the sweep has come by."""

_away = {"until": 0.0}


def wake() -> None:
    """Publish `konflik.deliver` once the transaction is through, once for each transaction."""
    waiting = transaction.get_connection().run_on_commit
    if not any(entry[1] is publish for entry in waiting):
        transaction.on_commit(publish, robust=True)


def publish() -> None:
    """Put the hint into the broker, or leave it: in at most `LONGEST_SECONDS` twice, and not at all while it is away."""
    if time.monotonic() < _away["until"]:
        return
    try:
        app = import_string(settings.BACKGROUND_APP)
        options = {**app.conf.broker_transport_options, **_impatience()}
        with app.connection_for_write(connect_timeout=LONGEST_SECONDS, transport_options=options) as connection:
            app.send_task(DELIVER_TASK, connection=connection, retry=False, expires=HINT_LASTS_SECONDS, ignore_result=True)
    except Exception as away:  # noqa: BLE001 - whatever a broker may raise, the sweep comes anyway
        _away["until"] = time.monotonic() + PAUSE_SECONDS
        log.warning("broker is away: %s", type(away).__name__)


def _impatience() -> dict[str, object]:
    if not settings.REDIS_URL:
        return {}
    return {"socket_timeout": LONGEST_SECONDS, "socket_connect_timeout": LONGEST_SECONDS, "retry_on_timeout": False, "max_retries": 0}
