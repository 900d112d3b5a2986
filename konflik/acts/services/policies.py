"""Recording the figure of a limit that the law leaves open, with the decree it rests on."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.acts.services.recording import record
from konflik.acts.services.rights import refuse_no_kabupaten, refuse_outside
from konflik.clocks.models import Policy
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.deadlines import DeadlineRule, Strength
from konflik.law.grammar.durations import UNIT_LABELS, Span, Unit
from konflik.law.rulebook import RULES

NOT_BACKWARDS = "Berlaku untuk tenggat yang mulai dihitung sejak tanggal itu; tenggat yang sudah berjalan tidak dihitung ulang."
MOST: dict[Unit, int] = {Unit.HOURS: 3650, Unit.DAYS: 3650, Unit.WORKING_DAYS: 2500, Unit.MONTHS: 120, Unit.YEARS: 10}
"""Ten years at most in each unit: what is longer was typed by mistake."""
UNKNOWN_RULE = "Kode aturan ini tidak dikenal. Pilih dari daftar aturan."


@transaction.atomic
def record_policy(
    *,
    code: str,
    kabupaten: Region | None,
    number: int | None,
    unit: str,
    basis: str,
    valid_from: date,
    actor: User | None,
    now: datetime,
    is_confirmed: bool = False,
) -> Policy:
    """A new figure for the rule `code` from `valid_from` on; `number` None switches the rule off. Nothing is counted anew.

    Raises ValidationError at the field: an unknown rule or one whose figure stands in the law, a unit that the rule is not
    counted in, no decree, the same start recorded twice, a kabupaten outside the postings of `actor`.
    """
    rule = _open_rule(code)
    refuse_no_kabupaten(kabupaten)
    refuse_outside(actor, Act.MANAGE_CALENDAR, kabupaten, now=now)
    _refuse_figure(rule, number, unit)
    if not basis.strip():
        raise ValidationError({"basis": "Tuliskan keputusan atau surat yang mendasari angka ini."})
    if Policy.objects.filter(code=code, kabupaten=kabupaten, valid_from=valid_from).exists():
        raise ValidationError({"valid_from": "Kebijakan untuk aturan ini dengan tanggal mulai yang sama sudah ada."})
    policy = Policy(
        code=code,
        kabupaten=kabupaten,
        number=number,
        unit=unit,
        basis=basis.strip(),
        is_confirmed=is_confirmed,
        valid_from=valid_from,
        recorded_by=actor,
        recorded_at=now,
    )
    policy.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            policy.save(force_insert=True)
    except IntegrityError as twice:
        raise ValidationError({"valid_from": "Kebijakan untuk aturan ini dengan tanggal mulai yang sama sudah ada."}) from twice
    payload = {"policy": policy.pk, "code": code, "number": number, "unit": unit, "valid_from": valid_from, "confirmed": is_confirmed}
    kabupaten_id = kabupaten.pk if kabupaten is not None else None
    entry = Entry(Event.POLICY_RECORDED.value, now, actor=actor, kabupaten_id=kabupaten_id, payload=payload, detail={"basis": policy.basis})
    record(entry, now=now)
    return policy


def _open_rule(code: str) -> DeadlineRule:
    rule = RULES.get(code)
    if rule is None:
        raise ValidationError({"code": UNKNOWN_RULE})
    if not _is_open(rule):
        raise ValidationError({"code": f"Angka aturan ini tidak ditetapkan dengan kebijakan: {rule.basis}."})
    return rule


def open_rules() -> list[DeadlineRule]:
    """The rules whose figure a policy gives, by title."""
    return sorted((rule for rule in RULES.rules.values() if _is_open(rule)), key=lambda rule: rule.title)


def _is_open(rule: DeadlineRule) -> bool:
    return rule.strength is not Strength.TEXT and rule.clock.counting is not Counting.FIXED


def _refuse_figure(rule: DeadlineRule, number: int | None, unit: str) -> None:
    if unit not in set(Unit):
        raise ValidationError({"unit": "Pilih satuan dari daftar."})
    if number is None:
        return
    if not 0 <= number <= MOST[Unit(unit)]:
        raise ValidationError({"number": f"Isi angka 0 sampai {MOST[Unit(unit)]} {UNIT_LABELS[Unit(unit)]}."})
    try:
        rule.clock.lasting(Span(number, Unit(unit)))
    except ValueError as unfit:
        raise ValidationError({"unit": f"Aturan ini tidak dapat dihitung dengan {number} {UNIT_LABELS[Unit(unit)]}."}) from unfit
