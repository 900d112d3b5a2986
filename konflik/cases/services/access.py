"""Access grants, and the trace that reading leaves from class rahasia upward (UU 27/2022 Pasal 31)."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.access.selectors.postings import is_in_force
from accounts.postings.models import Posting
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from forums.bodies.models import Body
from konflik.acts.services import Concerned, record
from konflik.cases.models import AccessGrant, Attachment, Case
from konflik.cases.selectors.choices import forums_for, posted_anywhere
from konflik.cases.services.base import note, refuse_other, require, touch
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.secrecy import SEALED_FROM

LONGEST_GRANT = timedelta(days=366)


@transaction.atomic
def grant_access(
    *,
    case: Case,
    user: User | None,
    body: Body | None,
    valid_from: datetime,
    valid_until: datetime,
    reason: str,
    actor: User,
    now: datetime,
) -> AccessGrant:
    """Open a case to one person or body for a time. Nobody opens it to himself; at most a year at once.

    Raises ValidationError by field; also for a person without a posting, a forum of elsewhere or one whose decree has ended.
    """
    require("reason", reason, "Tuliskan alasan pemberian akses.")
    touch(case, now=now)
    if (user is None) == (body is None):
        raise ValidationError({"user": "Pilih satu: pengguna atau forum."})
    if user is not None and user.pk == actor.pk:
        raise ValidationError({"user": "Akses untuk diri sendiri diberikan oleh orang lain."})
    refuse_other("user", user, posted_anywhere(at=now), "Pilih pengguna yang sedang bertugas.")
    refuse_other("body", body, forums_for(case, at=now), "Pilih forum yang masih berlaku di wilayah perkara ini.")
    if valid_until <= valid_from:
        raise ValidationError({"valid_until": "Waktu berakhir harus sesudah waktu mulai."})
    if valid_until <= now:
        raise ValidationError({"valid_until": "Waktu berakhir sudah lewat."})
    if valid_until - valid_from > LONGEST_GRANT:
        raise ValidationError({"valid_until": "Akses diberikan paling lama satu tahun. Perpanjang nanti bila masih perlu."})
    grant = AccessGrant.objects.create(
        case=case, user=user, body=body, valid_from=valid_from, valid_until=valid_until, reason=reason, granted_by=actor, granted_at=now
    )
    payload = {
        "grant": grant.pk,
        "user": user.pk if user else None,
        "body": body.pk if body else None,
        "from": valid_from,
        "until": valid_until,
    }
    about = concerned_by(user=user, body=body, at=now)
    note(case, Event.ACCESS_GRANTED, actor=actor, now=now, payload=payload, detail={"reason": reason}, concerned=about)
    return grant


def concerned_by(*, user: User | None, body: Body | None, at: datetime) -> Concerned:
    """Whom a grant is about: the person, or everybody with a posting in the body."""
    if body is None:
        return Concerned((user.pk,) if user else ())
    held = Posting.objects.filter(body=body).select_related("region__kabupaten", "region__province").order_by("pk")
    return Concerned(tuple(dict.fromkeys(posting.user_id for posting in held if is_in_force(posting, at))))


@transaction.atomic
def revoke_access(*, grant: AccessGrant, reason: str, actor: User, now: datetime) -> AccessGrant:
    """End a grant at once; the row stays. Raises ValidationError when it is revoked already."""
    require("reason", reason, "Tuliskan alasan pencabutan.")
    touch(grant.case, now=now)
    won = AccessGrant.objects.filter(pk=grant.pk, revoked_at__isnull=True).update(revoked_at=now, revoked_by=actor, revoke_reason=reason)
    if not won:
        raise ValidationError("Akses ini sudah dicabut.")
    note(grant.case, Event.ACCESS_REVOKED, actor=actor, now=now, payload={"grant": grant.pk}, detail={"reason": reason})
    grant.refresh_from_db()
    return grant


@transaction.atomic
def note_sealed_read(*, case: Case, reader: User, day_start: datetime, now: datetime) -> None:
    """Leave one line per reader and day when a case of class rahasia or above is opened."""
    if case.secrecy < SEALED_FROM:
        return
    if JournalLine.objects.filter(case_id=case.pk, event=Event.SEALED_CASE_READ.value, actor=reader, recorded_at__gte=day_start).exists():
        return
    note(case, Event.SEALED_CASE_READ, actor=reader, now=now)


def note_opening(*, case: Case, reader: User, now: datetime) -> None:
    """The same by the legal day of the kabupaten that leads the case, for whoever opens it now."""
    midnight = timezone.localtime(now, zone_of(case.kabupaten)).replace(hour=0, minute=0, second=0, microsecond=0)
    note_sealed_read(case=case, reader=reader, day_start=midnight, now=now)


@transaction.atomic
def note_download(*, attachment: Attachment, reader: User, now: datetime) -> None:
    """Leave a line for every download from a case of class rahasia or above."""
    if attachment.case.secrecy >= SEALED_FROM:
        note(attachment.case, Event.ATTACHMENT_READ, actor=reader, now=now, payload={"attachment": attachment.pk})


@transaction.atomic
def note_exports(*, cases: QuerySet[Case], filters: str, reader: User, now: datetime) -> None:
    """Leave the line of `note_export` in every kabupaten from which `cases` are taken."""
    numbers = cases.order_by("kabupaten_id").values_list("kabupaten_id").annotate(number=Count("pk"))
    for kabupaten_id, number in numbers:
        note_export(kabupaten_id=kabupaten_id, number=number, filters=filters, reader=reader, now=now)


@transaction.atomic
def note_export(*, kabupaten_id: str | None, number: int, filters: str, reader: User, now: datetime) -> None:
    """Leave one line for an export, with how many cases and which filters, in the stream of the kabupaten."""
    entry = Entry(
        event=Event.CASES_EXPORTED.value,
        occurred_at=now,
        actor=reader,
        kabupaten_id=kabupaten_id,
        payload={"number": number, "filters": filters},
    )
    record(entry, now=now)
