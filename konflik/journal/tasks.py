"""Background work of the journal."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from konflik.journal import services

log = logging.getLogger(__name__)


@shared_task(name="konflik.journal.tasks.anchor_heads")
def anchor_heads() -> str:
    """Fix the heads of the day, in the database and as a file that can be carried off the host.

    Where the two differ there is an alarm that stays on /health/ until somebody has looked and taken the file away.
    """
    now = timezone.now()
    try:
        anchor = services.anchor_heads(now=now, day=timezone.localdate(now), folder=settings.ANCHOR_DIR)
    except services.AnchorMismatch as mismatch:
        log.error("journal anchor: %s", mismatch)  # noqa: TRY400 - the text says all, a traceback would hide it
        settings.ANCHOR_ALARM_FILE.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.ANCHOR_ALARM_FILE.write_text(f"{now.isoformat(timespec='seconds')} {mismatch}\n")
        raise
    return anchor.root
