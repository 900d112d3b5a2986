"""Entering an application, request or incident without a case, with its evidence; that opens its clock."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from accounts.access.selectors import may
from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.acts.services.policies import UNKNOWN_RULE
from konflik.acts.services.recording import record
from konflik.acts.services.rights import refuse_no_kabupaten, refuse_outside
from konflik.clocks.models import Deadline, Duty
from konflik.clocks.selectors import resolve
from konflik.clocks.services.following import Clocked
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry, hold, stream_of
from konflik.law.events import Event
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.rulebook import RULES
from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice

ABOVE = "Kelas ini di atas kewenangan penugasan Anda di wilayah ini. Pilih kelas yang lebih rendah."


@dataclass(frozen=True, kw_only=True)
class DutyFacts:
    """What came in: what it is about, when it was received or known, and by which letter or agenda number.

    `secrecy` None: the class that the law's rule has (data protection rahasia, else terbatas).
    """

    kabupaten: Region
    title: str
    received_at: datetime
    reference: str
    applicant: str = ""
    note: str = ""
    secrecy: Secrecy | None = None


def entered_rules() -> list[DeadlineRule]:
    """The rules whose trigger a clerk enters by hand, in the order of the book."""
    return [rule for rule in RULES.rules.values() if rule.is_entered]


@transaction.atomic
def open_duty(*, rule: str, facts: DutyFacts, actor: User, now: datetime) -> Duty:
    """Write down what came in and open the clock of `rule`, a code.

    Raises ValidationError at the field: an unknown rule, one that is not entered by hand or has no figure yet, no subject,
    no evidence, a time to come, a region that is no kabupaten or outside the postings of `actor`, a class above them.
    """
    found = _entered(rule)
    secrecy = facts.secrecy or found.secrecy
    refuse_no_kabupaten(facts.kabupaten)
    refuse_outside(actor, Act.MANAGE_CLOCKS, facts.kabupaten, now=now)
    _refuse_above(actor, facts.kabupaten, secrecy, now)
    _check(facts.title, facts.reference, facts.received_at, now)
    _refuse_without_figure(found, facts)
    duty = Duty(
        rule=rule,
        title=facts.title.strip(),
        applicant=facts.applicant.strip(),
        received_at=facts.received_at,
        reference=facts.reference.strip(),
        note=facts.note.strip(),
        kabupaten=facts.kabupaten,
        secrecy=secrecy.value,
        recorded_by=actor,
        recorded_at=now,
    )
    duty.full_clean(validate_constraints=False)
    duty.save(force_insert=True)
    title = f"{found.title}: {duty.title}"[:200]
    opening = Clocked(thread=duty.thread, opens=(rule,), title=title, kabupaten_id=duty.kabupaten_id, secrecy=secrecy)
    record(_entry(Event.DUTY_RECORDED, duty, actor, {"rule": rule}, _words(duty)), now=now, clocked=opening)
    return duty


@transaction.atomic
def correct_duty(
    *, duty: Duty, received_at: datetime, reference: str, reason: str, secrecy: Secrecy | None = None, actor: User, now: datetime
) -> Duty:
    """Put right when something was received and by what it is proved; its open clock is counted anew. `secrecy`: its class from now on.

    Raises ValidationError at the field: no reason, no evidence, a time to come, outside the postings of `actor`, a class
    above them.
    """
    hold(stream_of(None, duty.kabupaten_id))
    row = Duty.objects.select_for_update(of=("self",)).select_related("kabupaten").get(pk=duty.pk)
    refuse_outside(actor, Act.MANAGE_CLOCKS, row.kabupaten, now=now)
    if not reason.strip():
        raise ValidationError({"reason": "Tuliskan mengapa catatan ini diperbaiki."})
    _check(row.title, reference, received_at, now)
    classes = _reclassed(row, secrecy, actor, now)
    before, row.received_at = row.received_at, received_at
    was, row.reference = row.reference, reference.strip()
    row.full_clean(validate_constraints=False)
    # It may have been received before it was recorded only: the recorded time stays.
    if received_at > row.recorded_at:
        raise ValidationError({"received_at": "Waktu ini sesudah kewajiban dicatat. Periksa tanggal dan jamnya."})
    row.save(update_fields=["received_at", "reference"])
    detail: dict[str, object] = {"reason": reason.strip(), "reference": [was, row.reference]}
    payload = {"received_at": [before, received_at], **classes}
    entry = _entry(Event.DUTY_CORRECTED, row, actor, payload, detail, corrects=_line_of(row))
    record(entry, now=now, clocked=Clocked(thread=row.thread, secrecy=Secrecy(row.secrecy)))
    return row


def _refuse_above(actor: User, kabupaten: Region, secrecy: Secrecy, now: datetime) -> None:
    if not may(actor, Act.MANAGE_CLOCKS, at=now, region=kabupaten, secrecy=secrecy):
        raise ValidationError({"secrecy": ABOVE})


def _reclassed(duty: Duty, secrecy: Secrecy | None, actor: User, now: datetime) -> dict[str, object]:
    """Give the duty, its deadlines and what people were told of them another class; what the line says of it."""
    before = Secrecy(duty.secrecy)
    _refuse_above(actor, duty.kabupaten, max(before, secrecy or before), now)
    if secrecy is None or secrecy is before:
        return {}
    duty.secrecy = secrecy.value
    duty.save(update_fields=["secrecy"])
    deadlines = Deadline.objects.filter(thread=duty.thread)
    about = Q(payload__duty=duty.pk) | Q(payload__thread=duty.thread)
    lines = JournalLine.objects.filter(about, stream=stream_of(None, duty.kabupaten_id))
    Notice.objects.filter(Q(deadline__in=deadlines) | Q(line__in=lines)).update(secrecy=secrecy.value)
    deadlines.update(secrecy=secrecy.value, version=F("version") + 1)
    return {"secrecy": [before.value, secrecy.value]}


def _line_of(duty: Duty) -> JournalLine | None:
    """The line that speaks of the duty last."""
    lines = JournalLine.objects.filter(
        stream=stream_of(None, duty.kabupaten_id), event__in=[Event.DUTY_RECORDED.value, Event.DUTY_CORRECTED.value]
    )
    return lines.filter(payload__duty=duty.pk).order_by("-position").first()


def _entered(code: str) -> DeadlineRule:
    rule = RULES.get(code)
    if rule is None:
        raise ValidationError({"rule": UNKNOWN_RULE})
    if not rule.is_entered:
        raise ValidationError({"rule": "Tenggat aturan ini dimulai oleh kejadiannya, tidak dicatat di sini."})
    return rule


def _check(title: str, reference: str, received_at: datetime, now: datetime) -> None:
    found = {
        "title": "" if title.strip() else "Tuliskan perihalnya.",
        "reference": "" if reference.strip() else "Tuliskan bukti penerimaan: nomor dan tanggal surat, atau nomor agenda.",
        "received_at": "Waktu ini belum terjadi. Isi waktu yang sudah lewat." if received_at > now else "",
    }
    if wrong := {field: message for field, message in found.items() if message}:
        raise ValidationError(wrong)


def _refuse_without_figure(rule: DeadlineRule, facts: DutyFacts) -> None:
    day = facts.received_at.astimezone(zone_of(facts.kabupaten)).date()
    if not rule.holds_on(day):
        raise ValidationError({"received_at": "Aturan ini belum atau tidak lagi berlaku pada tanggal itu."})
    found = resolve(rule, kabupaten_id=facts.kabupaten.pk, day=day)
    if found.clock is None or found.clock.span is None:
        raise ValidationError({"rule": "Angka aturan ini belum ada. Catat dahulu kebijakannya dengan keputusan yang mendasari."})


def _words(duty: Duty) -> dict[str, object]:
    words = {"title": duty.title, "applicant": duty.applicant, "reference": duty.reference, "note": duty.note}
    return {key: value for key, value in words.items() if value}


def _entry(
    event: Event,
    duty: Duty,
    actor: User,
    payload: dict[str, object],
    detail: dict[str, object],
    *,
    corrects: JournalLine | None = None,
) -> Entry:
    return Entry(
        event=event.value,
        occurred_at=duty.received_at,
        actor=actor,
        kabupaten_id=duty.kabupaten_id,
        basis=str(RULES.rules[duty.rule].basis)[:120],
        payload={"duty": duty.pk, **payload},
        detail=detail,
        corrects=corrects,
    )
