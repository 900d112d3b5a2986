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
from konflik.cases.selectors import first_stage_since
from konflik.cases.services.base import (
    changes_between,
    counted_months,
    hold,
    note,
    one_less,
    one_more,
    refuse_future,
    refuse_stale,
    regrouped,
    require,
    swap,
    touch,
)
from konflik.cases.services.opening import LATE_AFTER, check_places, place
from konflik.cases.tables import LinkKind
from konflik.counts.selectors import happenings, key_of
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.basis import UU_7_2012, UU_43_2009
from konflik.law.qualifications import Qualification
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source

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
    wanted = _checked(case, changes)
    found = changes_between(case, wanted)
    if not found:
        return case
    before, months = key_of(case), counted_months(case)
    current = swap(case, seen_version=seen_version, now=now, **{field: wanted[field] for field in found})
    note(
        current,
        Event.CASE_AMENDED,
        actor=actor,
        now=now,
        payload={"fields": sorted(found), **{field: values for field, values in found.items() if field not in FREE_TEXT}},
        detail={field: values for field, values in found.items() if field in FREE_TEXT},
        counted=Counted(before=before, after=key_of(current), months=regrouped(months, counted_months(current))),
    )
    return current


def _checked(case: Case, changes: Mapping[str, object]) -> dict[str, object]:
    wanted = dict(changes)
    for field in FREE_TEXT:
        if field in wanted:
            require(field, wanted[field], "Bagian ini tidak boleh kosong.")
            wanted[field] = str(wanted[field]).strip()
    if wanted.get("source", case.source) not in set(Source):
        raise ValidationError({"source": "Pilih satu dari lima sumber konflik."})
    parent = wanted.get("parent")
    if isinstance(parent, Case):
        _refuse_circle(case, parent)
    return wanted


def _refuse_circle(case: Case, parent: Case) -> None:
    """Both rows are held, so that of two clerks who make each case the other's parent the second is refused."""
    hold(case, parent)
    above: int | None = parent.pk
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == case.pk:
            raise ValidationError({"parent": "Perkara tidak boleh menjadi induk dari dirinya sendiri."})
        seen.add(above)
        above = Case.objects.values_list("parent_id", flat=True).get(pk=above)


@transaction.atomic
def correct_opening(*, case: Case, seen_version: int, opened_at: datetime, reason: str, actor: User, now: datetime) -> Case:
    """Put a wrong opening time right by a new line that names the first; the number keeps the year it was given in.

    Raises ValidationError without a reason, for a future time, or for one after the stage the case stands in began.
    """
    require("reason", reason, "Tuliskan mengapa waktu pembukaan diperbaiki.")
    refuse_future("opened_at", opened_at, now=now)
    refuse_stale(case, seen_version=seen_version)
    if opened_at > case.recorded_at:
        raise ValidationError({"opened_at": "Perkara tidak dapat dibuka sesudah dicatat."})
    before, since = case.opened_at, first_stage_since(case)
    begins_with_it = since == before
    moves = [happening.at for happening in happenings(case.pk) if happening.event != Event.CASE_OPENED]
    earliest = min([*moves, *([] if begins_with_it else [since])], default=None)
    if earliest is not None and opened_at > earliest:
        raise ValidationError({"opened_at": "Perkara tidak dapat dibuka sesudah tahapnya dimulai atau berpindah."})
    changes: dict[str, object] = {"opened_at": opened_at, "is_late_entry": case.recorded_at - opened_at > LATE_AFTER}
    if begins_with_it and not moves:
        changes |= {"stage_since": opened_at, "closed_at": case.closed_at and opened_at}
    current = swap(case, seen_version=seen_version, now=now, **changes)
    note(
        current,
        Event.CASE_CORRECTED,
        actor=actor,
        now=now,
        occurred_at=opened_at,
        payload={"opened_at": [before, opened_at], "stage_since": opened_at if begins_with_it else since},
        detail={"reason": reason},
        corrects=JournalLine.objects.filter(case_id=case.pk, event=Event.CASE_OPENED.value).first(),
        counted=Counted(months=(one_less(current, Event.CASE_OPENED, before), one_more(current, Event.CASE_OPENED, opened_at))),
    )
    return current


@transaction.atomic
def set_places(*, case: Case, seen_version: int, places: Sequence[Region], actor: User, now: datetime) -> Case:
    """Replace the places of a case; the first leads. The number keeps the kabupaten that gave it."""
    check_places(places, at=now)
    if places[0].kabupaten_id != case.kabupaten_id:
        raise ValidationError({"places": "Wilayah utama harus tetap dalam kabupaten/kota yang memberi nomor perkara."})
    before = list(case.places.order_by("-is_leading", "region_id").values_list("region_id", flat=True))
    months = counted_months(case)
    current = swap(case, seen_version=seen_version, now=now)
    current.places.all().delete()
    for index, region in enumerate(places):
        place(current, region, is_leading=index == 0)
    note(
        current,
        Event.PLACES_CHANGED,
        actor=actor,
        now=now,
        payload={"places": [before, [region.code for region in places]]},
        counted=Counted(months=regrouped(months, counted_months(current))),
    )
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
    before, months = key_of(case), counted_months(case)
    current = swap(case, seen_version=seen_version, now=now, secrecy=secrecy.value)
    note(
        current,
        Event.CASE_CLASSIFIED,
        actor=actor,
        now=now,
        basis=str(UU_43_2009.pasal(40, "4")),
        payload={"secrecy": [before.secrecy, secrecy.value]},
        detail={"reason": reason},
        counted=Counted(before=before, after=key_of(current), months=regrouped(months, counted_months(current))),
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


def _refuse_before_opening(field: str, at: datetime, case: Case) -> None:
    if at < case.opened_at:
        raise ValidationError({field: "Waktu ini sebelum perkara dibuka. Periksa tanggal dan jamnya."})


@transaction.atomic
def link_cases(*, case: Case, other: Case, kind: LinkKind, reason: str, actor: User, now: datetime) -> CaseLink:
    """Say that two cases belong together. Raises ValidationError for a case with itself or a link that exists."""
    if case.pk == other.pk:
        raise ValidationError({"other": "Pilih perkara lain."})
    hold(case, other)
    touch(case, now=now)
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
