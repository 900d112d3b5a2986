"""Putting a wrong record of an activity right: what was never so, as against `update_activity`, by which something becomes so."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.acts.services import Clocked
from konflik.cases.models import Case
from konflik.cases.selectors.choices import institutions_for
from konflik.cases.services.base import OTHER_INSTITUTION, hold, note, refuse_other, require, touch
from konflik.journal.models import JournalLine
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.events import Event
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.stages.models import Activity
from konflik.stages.selectors import stages_stood_in
from konflik.stages.services.activities import CASE_CLOSED, check_values, completed, is_entered_late
from konflik.stages.services.dates import date_of_activity, takes_updates
from konflik.versions import swap_row

CORRECTABLE = ("kind", "title", "institution", "status", "progress", "planned_start", "planned_end", "started_on", "finished_on")
TOLD = (Event.ACTIVITY_PLANNED.value, Event.ACTIVITY_UPDATED.value, Event.ACTIVITY_CORRECTED.value)


@transaction.atomic
def correct_activity(
    *, activity: Activity, seen_version: int, changes: Mapping[str, object], reason: str, actor: User, now: datetime
) -> Activity:
    """Put kind (and with it the stage), title, institution, status, progress or dates of an activity right.

    The line of the history names the line that it corrects and keeps both values. Raises ValidationError by field: no reason,
    nothing that differs, a kind of a stage in which the case never stood, whatever `update_activity` refuses, a closed case;
    StaleVersion with the row as it stands when somebody was faster.
    """
    require("reason", reason, "Tuliskan alasan perbaikan.")
    hold(activity.case)
    case = Case.objects.select_related("kabupaten").get(pk=activity.case_id)
    if not takes_updates(case.stage):
        raise ValidationError(CASE_CLOSED)
    if unknown := set(changes) - set(CORRECTABLE):
        raise ValidationError(f"Kolom ini tidak dapat diperbaiki di sini: {', '.join(sorted(unknown))}.")
    today = timezone.localdate(now, zone_of(case.kabupaten))
    wanted = completed(activity, dict(changes), today)
    check_values(activity, wanted, today)
    _check_named(case, activity, wanted)
    found = {name: [getattr(activity, name), value] for name, value in wanted.items() if getattr(activity, name) != value}
    if not found:
        raise ValidationError("Tidak ada yang berbeda dari catatan yang sekarang. Ubah yang salah, atau batalkan.")
    changed = {"updated_by": actor, "updated_at": now, **{name: values[1] for name, values in found.items()}}
    if "planned_end" in found:
        entered_on = timezone.localdate(activity.recorded_at, zone_of(case.kabupaten))
        changed["is_late_entry"] = is_entered_late(cast("date | None", changed["planned_end"]), entered_on)
    current = swap_row(activity, seen_version=seen_version, changes=changed, related=("case__kabupaten", "institution"))
    touch(current.case, now=now)
    note(
        current.case,
        Event.ACTIVITY_CORRECTED,
        actor=actor,
        now=now,
        basis=str(ACTIVITY_KINDS[current.kind].basis),
        payload={
            "activity": current.pk,
            "fields": sorted(found),
            **{name: [getattr(value, "pk", value) for value in values] for name, values in found.items() if name != "title"},
        },
        detail={"title": current.title, "reason": reason.strip(), **({"former_title": activity.title} if "title" in found else {})},
        corrects=JournalLine.objects.filter(case_id=case.pk, event__in=TOLD, payload__activity=current.pk).order_by("-pk").first(),
        clocked=Clocked(fixed=(date_of_activity(current),)),
    )
    return current


def _check_named(case: Case, activity: Activity, wanted: dict[str, Any]) -> None:
    """A kind brings its stage along; a title says something; an institution works in the kabupaten."""
    if "title" in wanted:
        wanted["title"] = str(wanted["title"]).strip()
        require("title", str(wanted["title"]), "Tuliskan uraian kegiatan.")
    if "institution" in wanted and wanted["institution"] != activity.institution:
        refuse_other("institution", wanted["institution"], institutions_for(case), OTHER_INSTITUTION)
    if "kind" not in wanted:
        return
    kind = ACTIVITY_KINDS.get(str(wanted["kind"]))
    if kind is None or (Stage(kind.stage) not in stages_stood_in(case) and kind.code != activity.kind):
        stage = f" tahap {STAGE_LABELS[Stage(kind.stage)]}" if kind else ""
        raise ValidationError({"kind": f"Perkara ini tidak pernah berada pada{stage or ' tahap itu'}. Pilih kegiatan lain dari daftar."})
    wanted["stage"] = kind.stage
