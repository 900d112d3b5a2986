"""Changing what a case says of itself. Every change names the version it saw."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.regions.models import Region
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.selectors import first_stage_since
from konflik.cases.selectors.choices import issue_types_for, other_cases, satgas_for
from konflik.cases.services.base import (
    NO_CASE,
    changes_between,
    counting,
    hold,
    note,
    refuse_future,
    refuse_other,
    refuse_stale,
    regrouped,
    require,
    restaged,
    swap,
)
from konflik.cases.services.opening import NOT_IN_USE, check_places, place
from konflik.counts.selectors import happenings
from konflik.counts.tables import opening_steps
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.notices import LATE_AFTER
from konflik.law.sources import Source
from konflik.versions import StaleVersion

AMENDABLE = ("title", "chronology", "source", "issue_type", "parent", "satgas")
FREE_TEXT = ("title", "chronology")
OTHER_SATGAS = "Pilih Satuan Tugas yang masih berlaku di kabupaten/kota ini."


@transaction.atomic
def amend_case(*, case: Case, seen_version: int, changes: Mapping[str, object], actor: User, now: datetime, reason: str = "") -> Case:
    """Change title, chronology, source, issue type, parent or Satgas; a `reason` that was given stands in the history.

    A change of the parent is a line of its own, for those who may see the parent.

    Raises ValidationError for an unknown field, an empty text, a case as its own parent, or anything that may not be
    named here (an issue type out of use, a Satgas of elsewhere, a parent that `actor` may not see); StaleVersion when
    somebody was faster.
    """
    unknown = set(changes) - set(AMENDABLE)
    if unknown:
        raise ValidationError(f"Kolom ini tidak dapat diubah di sini: {', '.join(sorted(unknown))}.")
    wanted = _checked(case, changes)
    found = changes_between(case, wanted)
    if not found:
        return case
    _refuse_unnamable(case, {field: wanted[field] for field in found}, actor, now)
    parents = found.pop("parent", None)
    why = {"reason": reason} if reason else {}
    current = case
    if found:
        before = counting(case)
        current = swap(case, seen_version=seen_version, now=now, **{field: wanted[field] for field in found})
        note(
            current,
            Event.CASE_AMENDED,
            actor=actor,
            now=now,
            payload={"fields": sorted(found), **{field: values for field, values in found.items() if field not in FREE_TEXT}},
            # A reason may speak of the parent, which not every reader of this line may see.
            detail={**{field: values for field, values in found.items() if field in FREE_TEXT}, **({} if parents else why)},
            counted=regrouped(before, counting(current)),
        )
    if parents:
        current = _put_below(current, wanted["parent"], seen_version=current.version if found else seen_version)
        note(current, Event.CASE_AMENDED, actor=actor, now=now, payload={"fields": ["parent"], "parent": parents}, detail=why)
    return current


def _put_below(case: Case, parent: object, *, seen_version: int) -> Case:
    """Write the parent; neither `updated_at` nor the version moves, which would tell of a parent to whoever may not see it (S14).

    Raises StaleVersion when somebody was faster with anything, the parent too.
    """
    refuse_stale(case, seen_version=seen_version)
    won = Case.objects.filter(pk=case.pk, version=seen_version, parent=case.parent_id).update(parent=parent)
    current = Case.objects.get(pk=case.pk)
    if not won:
        raise StaleVersion(current)
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


def _refuse_unnamable(case: Case, wanted: Mapping[str, Any], actor: User, now: datetime) -> None:
    """Only what changes is looked at: a parent that this person may not see stays where it stands."""
    refuse_other("issue_type", wanted.get("issue_type"), issue_types_for(case), NOT_IN_USE)
    refuse_other("satgas", wanted.get("satgas"), satgas_for(case, at=now), OTHER_SATGAS)
    refuse_other("parent", wanted.get("parent"), other_cases(case, actor, at=now), NO_CASE)


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
    steps = happenings(case.pk)
    opening = [step for step in steps if step.is_opening]
    moves = [step.at for step in steps if not step.is_opening]
    earliest = min([*moves, *([] if begins_with_it else [since])], default=None)
    if earliest is not None and opened_at > earliest:
        raise ValidationError({"opened_at": "Perkara tidak dapat dibuka sesudah tahapnya dimulai atau berpindah."})
    changes: dict[str, object] = {"opened_at": opened_at, "is_late_entry": case.recorded_at - opened_at > LATE_AFTER}
    if begins_with_it and not moves:
        changes |= {"stage_since": opened_at, "closed_at": case.closed_at and opened_at}
    since = opened_at if begins_with_it else since
    current = swap(case, seen_version=seen_version, now=now, **changes)
    more = opening_steps(opening[-1].stage_entered, opened_at=opened_at, since=since)
    note(
        current,
        Event.CASE_CORRECTED,
        actor=actor,
        now=now,
        occurred_at=opened_at,
        payload={"opened_at": [before, opened_at], "stage_since": since},
        detail={"reason": reason},
        corrects=JournalLine.objects.filter(case_id=case.pk, event=Event.CASE_OPENED.value).first(),
        counted=restaged(current, current, less=opening, more=more),
    )
    return current


@transaction.atomic
def set_places(*, case: Case, seen_version: int, places: Sequence[Region], actor: User, now: datetime) -> Case:
    """Replace the places of a case; the first leads. The number keeps the kabupaten that gave it."""
    check_places(places, at=now)
    if places[0].kabupaten_id != case.kabupaten_id:
        raise ValidationError({"places": "Wilayah utama harus tetap dalam kabupaten/kota yang memberi nomor perkara."})
    before = list(case.places.order_by("-is_leading", "region_id").values_list("region_id", flat=True))
    counted = counting(case)
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
        counted=regrouped(counted, counting(current)),
    )
    return current
