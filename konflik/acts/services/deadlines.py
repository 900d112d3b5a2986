"""What a person does to one deadline: meets it, lets it stand still and run again, extends it, cancels it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.acts.services.governed import why_not_cancelled, why_not_met, why_not_suspended
from konflik.acts.services.moving import closed, moved, shut, taken
from konflik.acts.services.recording import record
from konflik.acts.services.saying import Told, say
from konflik.clocks.models import Deadline, Suspension
from konflik.clocks.selectors import recount
from konflik.clocks.services.following import Clocked
from konflik.clocks.tables import State
from konflik.law.events import Event
from konflik.law.rulebook import RULES
from konflik.law.secrecy import Secrecy

EVIDENCE_MAX = 2000


@transaction.atomic
def meet_deadline(*, deadline: Deadline, evidence: str, on: datetime, seen_version: int, actor: User, now: datetime) -> Deadline:
    """Say that the duty was done at the instant `on`, and by what it is proved.

    Raises ValidationError at `evidence` without any, at `on` for a time to come or before the trigger, and for a deadline
    that is closed, merely ends, or is met on a page of its own; StaleVersion when somebody was faster.
    """
    row = taken(deadline, seen_version=seen_version)
    _refuse(why_not_met(row))
    text = _written("evidence", evidence, "Tuliskan bukti pelaksanaan, misalnya nomor dan tanggal surat.")
    _refuse_time("on", on, row, now=now, before="Waktu ini sebelum tenggat mulai dihitung. Periksa tanggal dan jamnya.")
    return closed(row, State.MET, Told(Event.DEADLINE_MET, actor, at=on, detail={"evidence": text}), why=text, at=on, now=now)


@transaction.atomic
def cancel_deadline(*, deadline: Deadline, reason: str, seen_version: int, actor: User, now: datetime) -> Deadline:
    """End a deadline that has lost its object.

    Raises ValidationError without a `reason`, where it is closed, and where another act governs it; StaleVersion.
    """
    row = taken(deadline, seen_version=seen_version)
    _refuse(why_not_cancelled(row))
    text = _written("reason", reason, "Tuliskan mengapa tenggat ini dibatalkan.")
    return closed(row, State.CANCELLED, Told(Event.DEADLINE_CANCELLED, actor, at=now, detail={"reason": text}), why=text, at=now, now=now)


@transaction.atomic
def suspend_deadline(*, deadline: Deadline, begins: datetime, basis: str, seen_version: int, actor: User, now: datetime) -> Deadline:
    """Let the clock stand still from `begins`, on the basis of an article or letter; the date is counted anew.

    Raises ValidationError at `basis` without one, at `begins` for a time to come, before the trigger, after the end, or
    within another suspension, and where the clock stands still already or another act governs it; StaleVersion.
    """
    row = taken(deadline, seen_version=seen_version)
    _refuse(why_not_suspended(row))
    text = _written("basis", basis, "Tuliskan dasar penangguhan, misalnya pasal atau nomor surat.", most=200)
    _refuse_time("begins", begins, row, now=now, before="Waktu ini sebelum tenggat mulai dihitung. Periksa tanggal dan jamnya.")
    earlier = list(row.suspensions.order_by("begins"))
    if any(one.ends is None for one in earlier):
        raise ValidationError("Tenggat ini sudah ditangguhkan. Catat dahulu kapan tenggat berjalan kembali.")
    if any(one.ends and begins < one.ends for one in earlier):
        raise ValidationError({"begins": "Waktu ini masih dalam penangguhan yang sudah dicatat. Penangguhan tidak boleh bertumpuk."})
    if row.due_at is not None and begins >= row.due_at:
        raise ValidationError({"begins": "Tenggat ini sudah berakhir pada waktu itu, sehingga tidak dapat ditangguhkan lagi."})
    Suspension.objects.create(deadline=row, begins=begins, basis=text, recorded_by=actor, recorded_at=now)
    told = Told(Event.DEADLINE_SUSPENDED, actor, at=begins, payload={"begins": begins}, detail={"basis": text})
    return moved(row, recount(row), told, now=now)


@transaction.atomic
def resume_deadline(*, deadline: Deadline, ends: datetime, basis: str, seen_version: int, actor: User, now: datetime) -> Deadline:
    """Let the clock run again from `ends`; the date is counted anew.

    Raises ValidationError at `ends` for a time to come or not after the start, at `basis` without one, and where nothing
    stands still; StaleVersion when somebody was faster.
    """
    row = taken(deadline, seen_version=seen_version)
    text = _written("basis", basis, "Tuliskan dasar berjalannya kembali, misalnya nomor surat.", most=200)
    pause = row.suspensions.filter(ends__isnull=True).first()
    if pause is None:
        raise ValidationError("Tenggat ini tidak sedang ditangguhkan.")
    if ends <= pause.begins:
        raise ValidationError({"ends": "Penangguhan tidak boleh berakhir sebelum dimulai."})
    if ends > now:
        raise ValidationError({"ends": "Waktu ini belum terjadi. Isi waktu yang sudah lewat."})
    Suspension.objects.filter(pk=pause.pk, ends__isnull=True).update(ends=ends)
    payload = {"begins": pause.begins, "ends": ends}
    return moved(row, recount(row), Told(Event.DEADLINE_RESUMED, actor, at=ends, payload=payload, detail={"basis": text}), now=now)


@transaction.atomic
def extend_deadline(*, deadline: Deadline, reason: str, on: datetime, seen_version: int, actor: User, now: datetime) -> Deadline:
    """Extend a deadline by the one rule that the law names for it, told in writing at `on`; gives the new deadline.

    The further period begins where the first one ends. Raises ValidationError where the law knows no extension or it needs
    a decree of its own, at `reason` without one, at `on` for a time to come, before the trigger or after the end.
    """
    row = taken(deadline, seen_version=seen_version)
    rule = RULES.get(row.rule)
    further = RULES.get(rule.extended_by) if rule is not None else None
    if further is None:
        raise ValidationError("Tenggat ini tidak dapat diperpanjang menurut aturannya.")
    if further.clock.since:
        raise ValidationError("Perpanjangan ini ditetapkan dengan keputusan tersendiri. Catat perpanjangannya di sana.")
    text = _written("reason", reason, "Tuliskan alasan tertulis perpanjangan, misalnya nomor dan tanggal surat.")
    _refuse_time("on", on, row, now=now, before="Waktu ini sebelum tenggat mulai dihitung. Periksa tanggal dan jamnya.")
    if row.due_at is None:
        raise ValidationError("Tenggat ini sedang ditangguhkan. Catat dahulu kapan tenggat berjalan kembali.")
    if on > row.due_at:
        raise ValidationError({"on": "Perpanjangan harus diberitahukan sebelum jangka waktu pertama berakhir."})
    told = Told(Event.DEADLINE_EXTENDED, actor, at=on, detail={"reason": text})
    first = shut(row, State.EXTENDED, told, why=text, at=on)
    opening = Clocked(
        thread=row.thread,
        starts_at=row.due_at,
        opens=(further.code,),
        title=row.title if row.title != RULES.rules[row.rule].title else "",
        institution_id=row.institution_id,
        person_id=row.person_id,
        body_id=row.body_id,
        kabupaten_id=row.kabupaten_id,
        secrecy=Secrecy(row.secrecy),
        changed=(first,),
    )
    line = record(say(row, first, told), now=now, clocked=opening)
    found = Deadline.objects.filter(rule=further.code, trigger=line, thread=row.thread).first()
    if found is None:
        raise ValidationError("Lama perpanjangan belum ditetapkan. Catat dahulu kebijakannya.")
    return found


def _written(field: str, text: str, message: str, *, most: int = EVIDENCE_MAX) -> str:
    found = text.strip()
    if not found:
        raise ValidationError({field: message})
    if len(found) > most:
        raise ValidationError({field: f"Paling banyak {most} huruf."})
    return found


def _refuse_time(field: str, at: datetime, row: Deadline, *, now: datetime, before: str) -> None:
    if at > now:
        raise ValidationError({field: "Waktu ini belum terjadi. Isi waktu yang sudah lewat."})
    if at < row.starts_at:
        raise ValidationError({field: before})


def _refuse(why: str) -> None:
    if why:
        raise ValidationError(why)
