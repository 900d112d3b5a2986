"""Rows as they were known at an earlier instant: what is so now, less what was recorded since.

What changes of an activity or a mark stands in the journal with its old value; deadlines keep their faces. Corrections that were
recorded later do not count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from konflik.cases.models import Figure
from konflik.clocks.models import DeadlineFace
from konflik.journal.models import JournalLine
from konflik.law.events import Event

ROWS_AT_ONCE = 5000
CHANGES = (Event.ACTIVITY_UPDATED.value, Event.ACTIVITY_CORRECTED.value)
MARKS = (Event.FIGURE_DECLARED.value, Event.FIGURE_CORRECTED.value)


@dataclass(frozen=True)
class Work:
    """What was known of an activity, and the legal time of its kabupaten."""

    zone: str
    stage: str
    kind: str
    status: str
    planned_end: date | None
    finished_on: date | None


def activities_then(rows: QuerySet, *, at: datetime) -> Iterator[Work]:
    """Each activity of `rows` that was on file at `at`, as it stood then."""
    old = _taken_back(rows.filter(updated_at__gt=at), at)
    names = ("pk", "stage", "kind", "status", "planned_end", "finished_on")
    for row in rows.filter(recorded_at__lte=at).values(*names, zone=F("case__kabupaten__time_zone")).iterator(chunk_size=ROWS_AT_ONCE):
        changed = old.get(row.pop("pk"), {})
        yield Work(**{**row, **changed})


def _taken_back(changed: QuerySet, at: datetime) -> dict[int, dict[str, Any]]:
    """Of activities that changed since `at`: the values that the first later line calls old."""
    lines = JournalLine.objects.filter(case__in=changed.order_by().values("case_id"), event__in=CHANGES)
    found: dict[int, dict[str, Any]] = {}
    for payload in lines.filter(recorded_at__gt=at).order_by("-pk").values_list("payload", flat=True):
        found.setdefault(payload["activity"], {}).update(_old(payload))
    return found


def _old(payload: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: _day(payload[name][0]) for name in ("planned_end", "finished_on") if name in payload}
    return {**days, **{name: payload[name][0] for name in ("status", "stage", "kind") if name in payload}}


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def authoritative_then(rows: QuerySet, *, at: datetime) -> set[int]:
    """Which of the figures `rows` bore the mark at `at`; what was declared or corrected since is taken back, the latest first."""
    marked = set(rows.filter(is_authoritative=True).values_list("pk", flat=True))
    lines = JournalLine.objects.filter(case__in=rows.order_by().values("case_id"), event__in=MARKS, recorded_at__gt=at)
    told = list(lines.order_by("-pk").values_list("event", "payload"))
    named = [payload["figure"] for _, payload in told]
    wrong = dict(Figure.objects.filter(pk__in=named, corrects__isnull=False).values_list("pk", "corrects_id"))
    for event, payload in told:
        figure = payload["figure"]
        if figure in marked:
            marked.remove(figure)
            before = payload["former"] if event == Event.FIGURE_DECLARED else wrong.get(figure)
            marked |= {before} if before is not None else set()
    return marked


def faces_then(rows: QuerySet, *, at: datetime) -> tuple[QuerySet, QuerySet]:
    """The deadlines `rows` at `at`: those that had not changed since they were opened, and the faces of the others.

    Both carry `due_then`, `zone_then`, `rule_then`; the former were open.
    """
    kept = DeadlineFace.objects.filter(recorded_at__lte=at)
    unchanged = rows.filter(opened_at__lte=at).exclude(Exists(kept.filter(deadline=OuterRef("pk"))))
    later = kept.filter(deadline=OuterRef("deadline"), pk__gt=OuterRef("pk"))
    faces = kept.filter(deadline__in=rows.order_by().values("pk")).exclude(Exists(later))
    return (
        unchanged.annotate(due_then=F("first_due_at"), zone_then=F("zone"), rule_then=F("rule")),
        faces.annotate(due_then=F("due_at"), zone_then=F("deadline__zone"), rule_then=F("deadline__rule")),
    )
