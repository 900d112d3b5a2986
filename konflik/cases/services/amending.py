"""Changing what a case says of itself. Every change names the version it saw."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.postings.models import Institution
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.acts.services import Counted
from konflik.cases.models import Case, CaseLink, QualificationDecision, SeverityEntry
from konflik.cases.services.base import changes_between, key_of, month_of, note, refuse_future, require, swap
from konflik.cases.services.opening import check_places, place
from konflik.cases.tables import LinkKind
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.basis import UU_7_2012, UU_43_2009
from konflik.law.qualifications import Qualification
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity

AMENDABLE = ("title", "chronology", "source", "issue_type", "parent", "satgas")
FREE_TEXT = ("title", "chronology")


@transaction.atomic
def amend_case(*, case: Case, seen_version: int, changes: Mapping[str, object], actor: User, now: datetime) -> Case:
    """Change title, chronology, source, issue type, parent or Satgas.

    Raises ValidationError for an unknown field, an empty text or a case as its own parent; StaleVersion when somebody was faster.
    """
    unknown = set(changes) - set(AMENDABLE)
    if unknown:
        raise ValidationError(f"Kolom ini tidak dapat diubah di sini: {', '.join(sorted(unknown))}.")
    for field in FREE_TEXT:
        if field in changes:
            require(field, changes[field], "Bagian ini tidak boleh kosong.")
    if changes.get("parent"):
        _refuse_circle(case, changes["parent"])
    found = changes_between(case, changes)
    if not found:
        return case
    before = key_of(case)
    current = swap(case, seen_version=seen_version, now=now, **{field: changes[field] for field in found})
    note(
        current,
        Event.CASE_AMENDED,
        actor=actor,
        now=now,
        payload={"fields": sorted(found), **{field: values for field, values in found.items() if field not in FREE_TEXT}},
        detail={field: values for field, values in found.items() if field in FREE_TEXT},
        counted=Counted(before=before, after=key_of(current)),
    )
    return current


def _refuse_circle(case: Case, parent: object) -> None:
    above = parent if isinstance(parent, Case) else None
    while above is not None:
        if above.pk == case.pk:
            raise ValidationError({"parent": "Perkara tidak boleh menjadi induk dari dirinya sendiri."})
        above = above.parent


@transaction.atomic
def correct_opening(*, case: Case, seen_version: int, opened_at: datetime, reason: str, actor: User, now: datetime) -> Case:
    """Put a wrong opening time right by a new line that names the first; the number keeps the year it was given in.

    Raises ValidationError without a reason, for a future time, or for one after the stage the case stands in began.
    """
    require("reason", reason, "Tuliskan mengapa waktu pembukaan diperbaiki.")
    refuse_future("opened_at", opened_at, now=now)
    unmoved = case.stage_since == case.opened_at
    if not unmoved and opened_at > case.stage_since:
        raise ValidationError({"opened_at": "Perkara tidak dapat dibuka sesudah tahap yang sekarang dimulai."})
    before = case.opened_at
    current = swap(case, seen_version=seen_version, now=now, opened_at=opened_at, **({"stage_since": opened_at} if unmoved else {}))
    first = JournalLine.objects.filter(case_id=case.pk, event=Event.CASE_OPENED.value).first()
    stated = first.payload.get("stage_since") if first else None
    started_then = stated is None or datetime.fromisoformat(stated) == before
    note(
        current,
        Event.CASE_CORRECTED,
        actor=actor,
        now=now,
        occurred_at=opened_at,
        payload={"opened_at": [before, opened_at], "stage_since": opened_at if started_then else stated},
        detail={"reason": reason},
        corrects=first,
        counted=Counted(months=((month_of(current, Event.CASE_OPENED, before), -1), (month_of(current, Event.CASE_OPENED, opened_at), 1))),
    )
    return current


@transaction.atomic
def set_places(*, case: Case, seen_version: int, places: Sequence[Region], actor: User, now: datetime) -> Case:
    """Replace the places of a case; the first leads. The number keeps the kabupaten that gave it."""
    check_places(places, at=now)
    if places[0].kabupaten_id != case.kabupaten_id:
        raise ValidationError({"places": "Wilayah utama harus tetap dalam kabupaten/kota yang memberi nomor perkara."})
    before = list(case.places.order_by("-is_leading", "region_id").values_list("region_id", flat=True))
    current = swap(case, seen_version=seen_version, now=now)
    current.places.all().delete()
    for index, region in enumerate(places):
        place(current, region, is_leading=index == 0)
    note(current, Event.PLACES_CHANGED, actor=actor, now=now, payload={"places": [before, [region.code for region in places]]})
    return current


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
    """Record who decided what the file legally is, and why (UU 7/2012 Pasal 1 angka 1)."""
    require("reason", reason, "Tuliskan alasan kualifikasi.")
    require("decided_by", decided_by, "Tuliskan jabatan atau forum yang memutuskan.")
    refuse_future("decided_at", decided_at, now=now)
    before = case.qualification
    current = swap(case, seen_version=seen_version, now=now, qualification=qualification.value)
    QualificationDecision.objects.create(
        case=current,
        qualification=qualification.value,
        decided_by=decided_by,
        decided_at=decided_at,
        reason=reason,
        recorded_by=actor,
        recorded_at=now,
    )
    note(
        current,
        Event.CASE_QUALIFIED,
        actor=actor,
        now=now,
        occurred_at=decided_at,
        basis=str(UU_7_2012.pasal(1)),
        payload={"qualification": [before, qualification.value]},
        detail={"decided_by": decided_by, "reason": reason},
    )
    return current


@transaction.atomic
def set_severity(*, case: Case, seen_version: int, level: Severity, since: datetime, reason: str, actor: User, now: datetime) -> Case:
    """Add a dated severity; the newest by date is the one the case shows."""
    require("reason", reason, "Tuliskan alasan penilaian.")
    refuse_future("since", since, now=now)
    SeverityEntry.objects.create(case=case, level=level.value, since=since, reason=reason, recorded_by=actor, recorded_at=now)
    newest = case.severities.order_by("-since", "-pk")[0].level
    before = key_of(case)
    current = swap(case, seen_version=seen_version, now=now, severity=newest)
    note(
        current,
        Event.SEVERITY_SET,
        actor=actor,
        now=now,
        occurred_at=since,
        payload={"level": level.value, "severity": [before.severity, newest]},
        detail={"reason": reason},
        counted=Counted(before=before, after=key_of(current)),
    )
    return current


@transaction.atomic
def classify_case(*, case: Case, seen_version: int, secrecy: Secrecy, reason: str, actor: User, now: datetime) -> Case:
    """Change the security class, with its reason (UU 43/2009 Pasal 40 ayat (4)). The number stays."""
    require("reason", reason, "Tuliskan alasan perubahan kelas.")
    if secrecy == case.secrecy:
        raise ValidationError({"secrecy": "Perkara ini sudah berada pada kelas tersebut."})
    before = key_of(case)
    current = swap(case, seen_version=seen_version, now=now, secrecy=secrecy.value)
    note(
        current,
        Event.CASE_CLASSIFIED,
        actor=actor,
        now=now,
        basis=str(UU_43_2009.pasal(40, "4")),
        payload={"secrecy": [before.secrecy, secrecy.value]},
        detail={"reason": reason},
        counted=Counted(before=before, after=key_of(current)),
    )
    return current


@transaction.atomic
def assign_handler(
    *, case: Case, seen_version: int, handler: User | None, institution: Institution, reason: str, actor: User, now: datetime
) -> Case:
    """Hand the case to an institution and, where known, to a person; the old handler stays in the journal."""
    require("reason", reason, "Tuliskan alasan penyerahan.")
    before = {"handler": case.handler_id, "institution": case.handler_institution_id}
    current = swap(case, seen_version=seen_version, now=now, handler=handler, handler_institution=institution)
    note(
        current,
        Event.HANDLER_ASSIGNED,
        actor=actor,
        now=now,
        payload={"handler": [before["handler"], handler.pk if handler else None], "institution": [before["institution"], institution.pk]},
        detail={"reason": reason},
    )
    return current


@transaction.atomic
def link_cases(*, case: Case, other: Case, kind: LinkKind, reason: str, actor: User, now: datetime) -> CaseLink:
    """Say that two cases belong together. Raises ValidationError for a case with itself or a link that exists."""
    if case.pk == other.pk:
        raise ValidationError({"other": "Pilih perkara lain."})
    if CaseLink.objects.filter(case__in=[case, other], other__in=[case, other]).exists():
        raise ValidationError({"other": "Kedua perkara ini sudah dihubungkan."})
    link = CaseLink.objects.create(case=case, other=other, kind=kind.value, reason=reason)
    note(
        case,
        Event.CASES_LINKED,
        actor=actor,
        now=now,
        payload={"other": other.pk, "kind": kind.value},
        detail={"reason": reason} if reason else {},
    )
    return link
