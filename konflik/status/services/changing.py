"""Extending and revoking a status (UU 7/2012 Pasal 29-31)."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.cases.services.base import refuse_future, require
from konflik.clocks.models import Deadline
from konflik.clocks.services.following import Clocked, close
from konflik.clocks.tables import State
from konflik.law.events import Event
from konflik.law.grammar.counting import end_of
from konflik.law.status import LONGEST_EXTENSION, SCALE_RULES, Scale
from konflik.status.models import ConflictStatus, StatusExtension
from konflik.status.selectors.lawful import open_consultation, why_not_extend, why_not_revoke
from konflik.status.services.base import created, refuse, refuse_future_day, require_all, swapped, told
from konflik.status.services.dates import end_of_help
from konflik.status.services.granting import end_grants, move_grants
from konflik.status.services.lapsing import note_end
from konflik.status.tables import Purpose

EXTENDED = "Status ini sudah pernah diperpanjang. Muat ulang halaman ini."


@transaction.atomic
def extend(
    *,
    status: ConflictStatus,
    number: str,
    decided_on: date,
    new_ends_on: date,
    evaluation: str,
    seen_version: int,
    actor: User,
    now: datetime,
) -> StatusExtension:
    """Extend `status` once, on the consultation about it that is on file, to 24:00 of `new_ends_on`.

    Raises ValidationError by field, with the article: no consultation, no evaluation, over, extended before, more than 30
    days or beyond day 120; StaleVersion when somebody was faster.
    """
    require_all(number=number, evaluation=evaluation)
    refuse_future_day("decided_on", decided_on, status.case, now=now)
    ends_on, until = status.ends_on, end_of(new_ends_on, status.zone)
    refuse(why_not_extend(status, at=now, decided_on=decided_on, new_ends_on=new_ends_on, evaluation=evaluation))
    if decided_on < status.effective_on:
        raise ValidationError({"decided_on": "Tanggal ini sebelum status berlaku. Periksa tanggalnya."})
    rests_on: dict[str, Any] = {"consultation": open_consultation(status.case, Purpose.EXTENSION, status)}
    before = status.decreed_until
    current = swapped(status, seen_version=seen_version, now=now, extended_until=until)
    days = (new_ends_on - ends_on).days
    extension: StatusExtension = created(
        lambda: StatusExtension.objects.create(
            status=current,
            number=number.strip(),
            decided_on=decided_on,
            days=days,
            evaluation=evaluation.strip(),
            **rests_on,
            recorded_by=actor,
            recorded_at=now,
        ),
        EXTENDED,
    )
    grants = move_grants(current)
    first = Deadline.objects.filter(rule="skk-berakhir", thread=current.thread)
    evidence = f"Diperpanjang dengan keputusan nomor {number.strip()}"
    told(
        current.case,
        Event.STATUS_EXTENDED,
        actor=actor,
        now=now,
        basis=SCALE_RULES[Scale(current.scale)].extended_basis,
        clocked=Clocked(
            thread=current.thread,
            starts_at=before,
            last_days=(("skk-perpanjangan-berakhir", new_ends_on),) if days < LONGEST_EXTENSION.number else (),
            fixed=end_of_help(current, on=new_ends_on),
            changed=tuple(close(first, state=State.EXTENDED, why=evidence, by=actor.pk, now=now)),
        ),
        payload={
            "status": current.pk,
            "extension": extension.pk,
            "consultation": extension.consultation_id,
            "decided_on": decided_on,
            "until": until,
            "before": before,
            "days": days,
            "grants": grants,
        },
        detail={"number": number.strip(), "note": evaluation.strip()},
    )
    return extension


@transaction.atomic
def revoke(
    *, status: ConflictStatus, number: str, revoked_at: datetime, reason: str, seen_version: int, actor: User, now: datetime
) -> ConflictStatus:
    """Revoke `status`: it ends at `revoked_at`, and with it measures, help and special access (Pasal 30 ayat (4), 31, 35).

    Raises ValidationError by field, StaleVersion when somebody was faster.
    """
    require("reason", reason, "Tuliskan alasan pencabutan.")
    require_all(number=number)
    refuse_future("revoked_at", revoked_at, now=now)
    refuse(why_not_revoke(status, at=now))
    if revoked_at < status.effective_at:
        raise ValidationError({"revoked_at": "Waktu ini sebelum status berlaku. Periksa tanggal dan jamnya."})
    current = swapped(
        status,
        seen_version=seen_version,
        now=now,
        revoked_at=revoked_at,
        revocation_number=number.strip(),
        revocation_reason=reason.strip(),
    )
    end_grants(current, actor=actor, now=now)
    note_end(status=current, actor=actor, now=now)
    return current
