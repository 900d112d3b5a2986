"""The end of a status. It ends by itself at its instant; what is written here only says so."""

from datetime import datetime

from django.db import transaction

from accounts.users.models import User
from konflik.clocks.services.following import Clocked, Fixed
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.basis import PP_2_2015, UU_7_2012, Article
from konflik.law.status import SCALE_RULES, Scale, has_own_limits
from konflik.rowwise import each
from konflik.status.models import ConflictStatus
from konflik.status.services.base import told
from konflik.status.services.dates import no_end_of_measure
from konflik.status.tables import Ending


def lapse(*, now: datetime) -> int:
    """Write the line of every status whose end has come and say how many; each in its own transaction, once, whenever this runs.

    Raises SomeFailed after the last where one of them could not be written.
    """
    ended = ConflictStatus.objects.ended_unnoticed(now).select_related("case__kabupaten").order_by("ends_at", "pk")
    return each(ended, lambda one: int(note_end(status=one, actor=None, now=now) is not None), what="status", key=lambda one: one.pk)


@transaction.atomic
def note_end(*, status: ConflictStatus, actor: User | None, now: datetime) -> JournalLine | None:
    """Say that `status` has ended, at the instant at which it did; None where that was said already."""
    won = ConflictStatus.objects.filter(pk=status.pk, ended_noted_at__isnull=True, ends_at__lte=now).update(ended_noted_at=now)
    if not won:
        return None
    status.refresh_from_db(fields=["ends_at", "ended_noted_at", "revoked_at", "extended_until"])
    was_helping = status.tni_requests.filter(ordered_at__isnull=False)
    unfinished = status.measures.filter(until_at__gte=status.ends_at, ended_at__isnull=True)
    running = unfinished.filter(starts_at__lt=status.ends_at)
    line = _tell(
        status,
        Event.STATUS_ENDED,
        _basis(status),
        actor,
        now,
        {
            "ending": (Ending.REVOKED if status.revoked_at else Ending.LAPSED).value,
            "until": status.ends_at,
            "measures": sorted(running.values_list("pk", flat=True)),
            "grants": sorted(status.grants.values_list("grant_id", flat=True)),
        },
        tuple(no_end_of_measure(pk) for pk in sorted(unfinished.values_list("pk", flat=True))),
    )
    if was_helping.exists():
        requests = sorted(was_helping.values_list("pk", flat=True))
        _tell(status, Event.TNI_ENDED, PP_2_2015.pasal(53, "1", "a" if status.revoked_at else "b"), actor, now, {"requests": requests})
    return line


def _tell(
    status: ConflictStatus,
    event: Event,
    basis: Article,
    actor: User | None,
    now: datetime,
    payload: dict[str, object],
    fixed: tuple[Fixed, ...] = (),
) -> JournalLine:
    return told(
        status.case,
        event,
        actor=actor,
        now=now,
        occurred_at=status.ends_at,
        basis=basis,
        clocked=Clocked(thread=status.thread, starts_at=status.ends_at, fixed=fixed, starts_none=not has_own_limits(status.scale)),
        payload={"status": status.pk, **payload},
        detail={"number": status.revocation_number or status.number, "reason": status.revocation_reason},
    )


def _basis(status: ConflictStatus) -> Article:
    if status.revoked_at:
        return UU_7_2012.pasal(31)
    return SCALE_RULES[Scale(status.scale)].extended_basis if status.extended_until else UU_7_2012.pasal(22)
