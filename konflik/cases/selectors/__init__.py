"""Reading lists of cases: by words, by place, by what waits. Every function narrows what `visible_to` has let through."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q

from accounts.access.selectors import clearance_in
from accounts.regions.models import PLACE_COLUMN, Level
from accounts.regions.tables import depth_of
from accounts.users.models import User
from konflik.cases.models import Case, CasePlace, Party
from konflik.cases.models.case import CaseQuerySet
from konflik.journal.models import JournalLine
from konflik.law.events import Event

NEW_FOR = timedelta(days=7)
"""Local practice, not law: how long a case is shown as new."""
IS_RUNNING = Q(closed_at__isnull=True)
IS_UNASSIGNED = IS_RUNNING & Q(handler__isnull=True, handler_institution__isnull=True)
"""Runs, and nobody answers for it."""


def search(cases: CaseQuerySet, text: str) -> CaseQuerySet:
    """Cases in which every typed word stands in the number, the title or the name of a party."""
    for word in text.split():
        parties = Party.objects.filter(name__icontains=word).values("case_id")
        cases = cases.filter(Q(number__icontains=word) | Q(title__icontains=word) | Q(pk__in=parties))
    return cases


def lying_in(cases: CaseQuerySet, code: str) -> CaseQuerySet:
    """Cases with a place in the region with this code or below it; none for a code that no region has."""
    if depth_of(code) not in PLACE_COLUMN:
        return cases.none()
    column = PLACE_COLUMN[Level(depth_of(code))]
    return cases.filter(pk__in=CasePlace.objects.filter(**{column: code}).values("case_id"))


def is_new(*, now: datetime) -> Q:
    """Began within the last days."""
    return Q(opened_at__gt=now - NEW_FOR)


def is_stuck(*, now: datetime, after: timedelta) -> Q:
    """Runs, and nothing of it was recorded for longer than `after`."""
    return IS_RUNNING & Q(updated_at__lt=now - after)


def new(cases: CaseQuerySet, *, now: datetime) -> CaseQuerySet:
    """Cases that began within the last days."""
    return cases.filter(is_new(now=now))


def stuck(cases: CaseQuerySet, *, now: datetime, after: timedelta) -> CaseQuerySet:
    """Running cases of which nothing was recorded for longer than `after`."""
    return cases.filter(is_stuck(now=now, after=after))


def unassigned(cases: CaseQuerySet) -> CaseQuerySet:
    """Running cases that nobody answers for."""
    return cases.filter(IS_UNASSIGNED)


def with_leading_place(cases: CaseQuerySet) -> CaseQuerySet:
    """With the one leading place of each as `leading`, in one query more."""
    return cases.prefetch_related(leading_place())


def leading_place() -> Prefetch:
    """What reads the one leading place of each case as `leading`."""
    leading = CasePlace.objects.filter(is_leading=True).select_related("region")
    return Prefetch("places", queryset=leading, to_attr="leading")


def place_label(case: Any) -> str:
    """The leading place of a case from `with_leading_place`, without the last name, which a whole list shares."""
    if not case.leading:
        return ""
    label = case.leading[0].region.label
    return label.rpartition(", ")[0] or label


def clearance_on(case: Case, user: User, *, at: datetime) -> int:
    """The highest class that `user` reaches on `case`: by what lies in the kabupaten that leads it."""
    regions = [place.region for place in case.places.all() if place.region.kabupaten_id == case.kabupaten_id]
    return clearance_in(user, regions=regions, at=at)


def first_stage_since(case: Case) -> datetime:
    """When the stage began in which the case was entered; for a case entered mid-way later than its opening."""
    told = JournalLine.objects.filter(case_id=case.pk, event__in=[Event.CASE_OPENED.value, Event.CASE_CORRECTED.value])
    newest = told.order_by("-position").first()
    stated = newest.payload.get("stage_since") if newest else None
    return datetime.fromisoformat(stated) if stated else case.opened_at
