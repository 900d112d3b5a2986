"""Background work of the journal."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from konflik.journal import services


@shared_task(name="konflik.journal.tasks.anchor_heads")
def anchor_heads() -> str:
    """Fix the heads of the day, in the database and as a file that can be carried off the host."""
    now = timezone.now()
    anchor = services.anchor_heads(now=now, day=timezone.localdate(now), folder=settings.ANCHOR_DIR)
    return anchor.root
