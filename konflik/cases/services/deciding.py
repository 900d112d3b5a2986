"""What somebody decides about a case: what it legally is, how grave, how secret. Every decision names the version it saw."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.cases.models import Case, QualificationDecision, SeverityEntry
from konflik.cases.selectors import clearance_on
from konflik.cases.services.base import (
    above_clearance,
    counting,
    note,
    refuse_future,
    regrouped,
    require,
    restaged,
    swap,
)
from konflik.law.events import Event
from konflik.law.grammar.basis import UU_7_2012, UU_43_2009
from konflik.law.qualifications import Qualification
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity


@transaction.atomic
def qualify_case(
    *,
    case: Case,
    seen_version: int,
    qualification: Qualification,
    decided_by: str,
    decided_at: datetime,
    reason: str,
    actor: User,
    now: datetime,
) -> Case:
    """Record who decided what the file legally is, and why (UU 7/2012 Pasal 1 angka 1). The newest by date is the one in force."""
    require("reason", reason, "Tuliskan alasan kualifikasi.")
    require("decided_by", decided_by, "Tuliskan jabatan atau forum yang memutuskan.")
    refuse_future("decided_at", decided_at, now=now)
    _refuse_before_opening("decided_at", decided_at, case)
    before = case.qualification
    QualificationDecision.objects.create(
        case=case,
        qualification=qualification.value,
        decided_by=decided_by,
        decided_at=decided_at,
        reason=reason,
        recorded_by=actor,
        recorded_at=now,
    )
    newest = case.qualifications.order_by("-decided_at", "-pk")[0].qualification
    current = swap(case, seen_version=seen_version, now=now, qualification=newest)
    note(
        current,
        Event.CASE_QUALIFIED,
        actor=actor,
        now=now,
        occurred_at=decided_at,
        basis=str(UU_7_2012.pasal(1)),
        payload={"decided": qualification.value, "qualification": [before, newest]},
        detail={"decided_by": decided_by, "reason": reason},
    )
    return current


@transaction.atomic
def set_severity(*, case: Case, seen_version: int, level: Severity, since: datetime, reason: str, actor: User, now: datetime) -> Case:
    """Add a dated severity; the newest by date is the one the case shows."""
    require("reason", reason, "Tuliskan alasan penilaian.")
    refuse_future("since", since, now=now)
    _refuse_before_opening("since", since, case)
    SeverityEntry.objects.create(case=case, level=level.value, since=since, reason=reason, recorded_by=actor, recorded_at=now)
    newest = case.severities.order_by("-since", "-pk")[0].level
    before = case.severity
    current = swap(case, seen_version=seen_version, now=now, severity=newest)
    note(
        current,
        Event.SEVERITY_SET,
        actor=actor,
        now=now,
        occurred_at=since,
        payload={"level": level.value, "severity": [before, newest]},
        detail={"reason": reason},
        counted=restaged(case, current),
    )
    return current


@transaction.atomic
def classify_case(*, case: Case, seen_version: int, secrecy: Secrecy, reason: str, actor: User, now: datetime) -> Case:
    """Change the security class, with its reason (UU 43/2009 Pasal 40 ayat (4)). The number stays.

    Raises ValidationError without a reason, for the class it has, or for one above the clearance of `actor`.
    """
    require("reason", reason, "Tuliskan alasan perubahan kelas.")
    if secrecy == case.secrecy:
        raise ValidationError({"secrecy": "Perkara ini sudah berada pada kelas tersebut."})
    if found := above_clearance(secrecy, reach=clearance_on(case, actor, at=now)):
        raise ValidationError({"secrecy": found})
    before = counting(case)
    current = swap(case, seen_version=seen_version, now=now, secrecy=secrecy.value)
    note(
        current,
        Event.CASE_CLASSIFIED,
        actor=actor,
        now=now,
        basis=str(UU_43_2009.pasal(40, "4")),
        payload={"secrecy": [before.cell.secrecy, secrecy.value]},
        detail={"reason": reason},
        counted=regrouped(before, counting(current)),
    )
    return current


def _refuse_before_opening(field: str, at: datetime, case: Case) -> None:
    if at < case.opened_at:
        raise ValidationError({field: "Waktu ini sebelum perkara dibuka. Periksa tanggal dan jamnya."})
