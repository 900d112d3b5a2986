"""What a person has opened in the system. Only the bell is read here; confirming is an act of its own."""

from datetime import datetime

from django.db import transaction

from accounts.users.models import User
from konflik.notices.models import Notice


@transaction.atomic
def mark_seen(*, notice: Notice, now: datetime) -> bool:
    """Note when the notice was first opened; False where it was before."""
    return bool(Notice.objects.filter(pk=notice.pk, seen_at__isnull=True).update(seen_at=now))


@transaction.atomic
def mark_all_seen(*, user: User, now: datetime) -> int:
    """Take everything in the bell of `user` as read, and say how many that were. What must be answered still waits for its answer."""
    return Notice.objects.in_bell_of(user).filter(seen_at__isnull=True).update(seen_at=now)
