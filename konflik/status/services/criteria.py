"""What comes before a decree: both conditions with their evidence, and the consultation with the leaders of the DPRD."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.services.base import refuse_future, touch
from konflik.clocks.services.following import Clocked
from konflik.law.events import Event
from konflik.law.grammar.basis import UU_7_2012
from konflik.law.grammar.counting import end_of
from konflik.law.status import SCALE_RULES, Scale, signs_of
from konflik.status.models import ConflictStatus, Consultation, CriteriaAssessment, SignFound
from konflik.status.selectors.lawful import why_not_consult
from konflik.status.services.base import refuse, refuse_future_day, require_all, told
from konflik.status.tables import Purpose


@transaction.atomic
def assess_criteria(
    *, case: Case, scale: Scale, evidence: Mapping[str, str], assessed_by: str, assessed_at: datetime, actor: User, now: datetime
) -> CriteriaAssessment:
    """Record which signs of PP 2/2015 Pasal 43 were found, each with its evidence; `evidence` is text by code of the sign.

    An assessment that finds less than the law asks for is kept too: it says what is still missing. Raises ValidationError
    by field (the code of the sign where that is wrong).
    """
    require_all(assessed_by=assessed_by)
    refuse_future("assessed_at", assessed_at, now=now)
    touch(case, now=now)
    found = {code: text.strip() for code, text in evidence.items() if text.strip()}
    known = {sign.code for sign in signs_of(scale)}
    if strangers := set(found) - known:
        raise ValidationError(dict.fromkeys(sorted(strangers), "Tanda ini tidak berlaku pada skala yang dipilih. Kosongkan."))
    if not found:
        raise ValidationError("Isi bukti paling sedikit satu tanda.")
    assessment = CriteriaAssessment.objects.create(
        case=case, scale=scale.value, assessed_by=assessed_by.strip(), assessed_at=assessed_at, recorded_by=actor, recorded_at=now
    )
    SignFound.objects.bulk_create(
        SignFound(assessment=assessment, sign=code, evidence=found[code]) for code in sorted(known) if code in found
    )
    told(
        case,
        Event.STATUS_ASSESSED,
        actor=actor,
        now=now,
        occurred_at=assessed_at,
        basis=UU_7_2012.pasal(14),
        clocked=Clocked(starts_none=True),
        payload={"assessment": assessment.pk, "scale": scale.value, "signs": sorted(found)},
        detail={"assessed_by": assessed_by.strip(), "evidence": [found[code] for code in sorted(found)]},
    )
    return assessment


@transaction.atomic
def record_consultation(
    *,
    case: Case,
    purpose: Purpose,
    status: ConflictStatus | None,
    held_on: date,
    counterpart: str,
    minutes: str,
    notes: str,
    actor: User,
    now: datetime,
) -> Consultation:
    """Record that the leaders of the DPRD were consulted about a declaration, or about the extension of `status`.

    Raises ValidationError by field: a day to come, nobody named, neither minutes nor notes, or nothing to extend.
    """
    require_all(counterpart=counterpart)
    refuse_future_day("held_on", held_on, case, now=now)
    if not minutes.strip() and not notes.strip():
        raise ValidationError({"minutes": "Isi nomor berita acara, atau tuliskan pokok pembicaraan."})
    touch(case, now=now)
    if (purpose is Purpose.EXTENSION) != (status is not None):
        raise ValidationError({"purpose": "Pilih status yang akan diperpanjang."})
    refuse(why_not_consult(case, purpose, status, held_on=held_on, at=now))
    consultation = Consultation.objects.create(
        case=case,
        purpose=purpose.value,
        status=status,
        held_on=held_on,
        counterpart=counterpart.strip(),
        minutes=minutes.strip(),
        notes=notes.strip(),
        recorded_by=actor,
        recorded_at=now,
    )
    scale = SCALE_RULES[Scale(status.scale)] if status is not None else None
    told(
        case,
        Event.STATUS_CONSULTED,
        actor=actor,
        now=now,
        # The hour is not asked for: the day still counts as kept.
        occurred_at=min(now, end_of(held_on, zone_of(case.kabupaten)) - timedelta(microseconds=1)),
        basis=scale.consulted_basis if scale else UU_7_2012.pasal(16),
        clocked=Clocked(thread=status.thread) if status is not None else Clocked(thread=f"konsultasi:{consultation.pk}"),
        payload={
            "consultation": consultation.pk,
            "purpose": purpose.value,
            "held_on": held_on,
            "status": status.pk if status is not None else None,
        },
        detail={"counterpart": counterpart.strip(), "minutes": minutes.strip(), "note": notes.strip()},
    )
    return consultation
