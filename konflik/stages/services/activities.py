"""Planning and updating the activities of a stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.postings.models import Institution
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.acts.services import Clocked, Concerned
from konflik.cases.models import Case
from konflik.cases.selectors.choices import institutions_for
from konflik.cases.services.base import OTHER_INSTITUTION, future_day, hold, note, refuse_other, require, touch
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.events import Event
from konflik.law.notices import LATE_AFTER
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.stages.models import Activity
from konflik.stages.services.dates import date_of_activity, takes_updates
from konflik.stages.tables import ActivityStatus
from konflik.versions import swap_row

UPDATABLE = ("status", "progress", "result", "obstacles", "planned_start", "planned_end", "started_on", "finished_on")
FREE_TEXT = ("result", "obstacles")
CASE_CLOSED = "Perkara ini sudah selesai, sehingga kegiatannya tidak dapat diperbarui. Buka kembali perkaranya lebih dahulu."


@dataclass(frozen=True)
class Plan:
    """An activity as it is planned."""

    kind: str
    title: str
    institution: Institution
    planned_start: date | None = None
    planned_end: date | None = None


@transaction.atomic
def plan_activity(*, case: Case, plan: Plan, actor: User, now: datetime) -> Activity:
    """Add an activity from the law's list of the stage the case stands in.

    Raises ValidationError for a kind the law lists for another stage, a closed case, an institution of elsewhere, or an
    end before the start.
    """
    require("title", plan.title, "Tuliskan uraian kegiatan.")
    refuse_other("institution", plan.institution, institutions_for(case), OTHER_INSTITUTION)
    touch(case, now=now)
    standing = Stage(Case.objects.values_list("stage", flat=True).get(pk=case.pk))
    kind = ACTIVITY_KINDS.get(plan.kind)
    if kind is None or kind.stage != standing:
        stage = STAGE_LABELS[standing]
        raise ValidationError({"kind": f"Kegiatan ini tidak termasuk daftar kegiatan tahap {stage}. Pilih dari daftar tahap itu."})
    _check_order("planned_end", plan.planned_start, plan.planned_end, "Rencana selesai tidak boleh sebelum rencana mulai.")
    today = timezone.localdate(now, zone_of(case.kabupaten))
    activity = Activity.objects.create(
        case=case,
        stage=kind.stage,
        kind=kind.code,
        title=plan.title.strip(),
        institution=plan.institution,
        planned_start=plan.planned_start,
        planned_end=plan.planned_end,
        is_late_entry=is_entered_late(plan.planned_end, today),
        recorded_by=actor,
        recorded_at=now,
        updated_by=actor,
        updated_at=now,
    )
    payload = {
        "activity": activity.pk,
        "kind": kind.code,
        "stage": kind.stage,
        "institution": plan.institution.pk,
        "planned_start": plan.planned_start,
        "planned_end": plan.planned_end,
    }
    note(
        case,
        Event.ACTIVITY_PLANNED,
        actor=actor,
        now=now,
        basis=str(kind.basis),
        payload=payload,
        detail={"title": activity.title},
        clocked=Clocked(fixed=(date_of_activity(activity),)),
        concerned=Concerned(institution_ids=(plan.institution.pk,)),
    )
    return activity


@transaction.atomic
def update_activity(*, activity: Activity, seen_version: int, changes: Mapping[str, object], actor: User, now: datetime) -> Activity:
    """Change status, progress, result, obstacles or dates of an activity.

    An activity set to selesai gets 100 percent and today's local date unless another is given; one set to berjalan gets
    its start. Raises ValidationError by field and for a closed case, StaleVersion with the row as it stands when somebody
    was faster.
    """
    hold(activity.case)
    if not takes_updates(Case.objects.values_list("stage", flat=True).get(pk=activity.case_id)):
        raise ValidationError(CASE_CLOSED)
    unknown = set(changes) - set(UPDATABLE)
    if unknown:
        raise ValidationError(f"Kolom ini tidak dapat diubah di sini: {', '.join(sorted(unknown))}.")
    today = timezone.localdate(now, zone_of(activity.case.kabupaten))
    wanted = completed(activity, dict(changes), today)
    check_values(activity, wanted, today)
    found = {field: [getattr(activity, field), value] for field, value in wanted.items() if getattr(activity, field) != value}
    if not found:
        return activity
    changed = {"updated_by": actor, "updated_at": now, **{field: values[1] for field, values in found.items()}}
    related = ("case__kabupaten", "institution")
    current = swap_row(activity, seen_version=seen_version, changes=changed, related=related)
    touch(current.case, now=now)
    payload = {
        "activity": activity.pk,
        "fields": sorted(found),
        **{field: values for field, values in found.items() if field not in FREE_TEXT},
    }
    detail = {"title": current.title, **{field: values for field, values in found.items() if field in FREE_TEXT}}
    note(
        current.case,
        Event.ACTIVITY_UPDATED,
        actor=actor,
        now=now,
        basis=str(ACTIVITY_KINDS[current.kind].basis),
        payload=payload,
        detail=detail,
        clocked=Clocked(fixed=(date_of_activity(current),)),
    )
    return current


def completed(activity: Activity, wanted: dict[str, object], today: date) -> dict[str, object]:
    """`wanted` with what a status brings along: selesai its day and 100 percent, berjalan its start. Raises ValidationError."""
    status = wanted.get("status", activity.status)
    if wanted.get("finished_on") not in {None, activity.finished_on} and status != ActivityStatus.SELESAI:
        raise ValidationError({"finished_on": "Tanggal selesai hanya diisi untuk kegiatan yang berstatus selesai."})
    if status == ActivityStatus.SELESAI:
        wanted["progress"] = 100
        wanted["finished_on"] = wanted.get("finished_on") or activity.finished_on or today
    elif "status" in wanted:
        wanted["finished_on"] = None
    if status == ActivityStatus.BERJALAN:
        wanted["started_on"] = wanted.get("started_on") or activity.started_on or today
    return wanted


def check_values(activity: Activity, wanted: Mapping[str, object], today: date) -> None:
    """Raise ValidationError by field where the activity with `wanted` would say what cannot be."""
    values: dict[str, Any] = {field: wanted.get(field, getattr(activity, field)) for field in UPDATABLE}
    progress = values["progress"]
    if type(progress) is not int or not 0 <= progress <= 100:
        raise ValidationError({"progress": "Isi kemajuan dengan angka 0 sampai 100."})
    if values["status"] not in {s.value for s in ActivityStatus}:
        raise ValidationError({"status": "Pilih status kegiatan dari daftar."})
    for field in ("started_on", "finished_on"):
        if found := future_day(values[field], today=today):
            raise ValidationError({field: found})
    if values["status"] == ActivityStatus.TERTUNDA:
        require("obstacles", values["obstacles"], "Tuliskan kendala yang membuat kegiatan tertunda.")
    _check_order("planned_end", values["planned_start"], values["planned_end"], "Rencana selesai tidak boleh sebelum rencana mulai.")
    _check_order("finished_on", values["started_on"], values["finished_on"], "Tanggal selesai tidak boleh sebelum tanggal mulai.")


def is_entered_late(planned_end: date | None, day: date) -> bool:
    """Whether what was to end then, entered on `day`, is only put on file: nothing is due any more."""
    return planned_end is not None and day - planned_end > LATE_AFTER


def _check_order(field: str, start: date | None, end: date | None, message: str) -> None:
    if start and end and end < start:
        raise ValidationError({field: message})
