"""Special access for as long as a status lasts: it ends at the instant of the status, without any job."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.users.models import User
from forums.bodies.models import Body
from konflik.cases.models import AccessGrant
from konflik.cases.services.access import grant_access
from konflik.law.grammar.basis import UU_7_2012
from konflik.law.status import Refused
from konflik.status.models import ConflictStatus, StatusGrant
from konflik.status.selectors.lawful import OVER
from konflik.status.services.base import refuse


@transaction.atomic
def grant_for_status(
    *, status: ConflictStatus, user: User | None, body: Body | None, reason: str, actor: User, now: datetime
) -> AccessGrant:
    """Open the case to one person or body from now to the end of `status`, wherever that end moves to."""
    if status.is_over(now):
        refuse([Refused("reason", f"{OVER} Akses khusus tidak lagi dapat diberikan.", UU_7_2012.pasal(31))])
    grant = grant_access(
        case=status.case, user=user, body=body, valid_from=now, valid_until=status.ends_at, reason=reason, actor=actor, now=now
    )
    StatusGrant.objects.create(status=status, grant=grant)
    return grant


def move_grants(status: ConflictStatus) -> list[int]:
    """Let the access given for `status` end with its new end; which ones."""
    rows = _standing(status)
    moved = sorted(rows.values_list("pk", flat=True))
    rows.update(valid_until=status.ends_at)
    return moved


def end_grants(status: ConflictStatus, *, actor: User, now: datetime) -> None:
    """Let the access given for `status` end with its revocation; one that had not begun by then is revoked."""
    rows = _standing(status)
    rows.filter(valid_from__gte=status.ends_at).update(revoked_at=now, revoked_by=actor, revoke_reason="Status Keadaan Konflik dicabut")
    rows.filter(valid_from__lt=status.ends_at).update(valid_until=status.ends_at)


def _standing(status: ConflictStatus) -> QuerySet[AccessGrant]:
    return AccessGrant.objects.filter(of_status__status=status, revoked_at__isnull=True)
