"""Lembar Harian, the first page of the secretariat."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.access.selectors import postings_of
from accounts.access.tables import Act
from konflik.cases import selectors as cases_of
from konflik.cases.models import Case
from konflik.cases.models.case import CaseQuerySet
from konflik.desk.selectors import daily, deadlines
from konflik.desk.selectors.cockpit.line import statuses_in_force
from konflik.desk.selectors.endings import decrees_ending, postings_ending
from konflik.desk.selectors.history import HistoryItem, told
from konflik.desk.tables.bars import bars
from konflik.desk.tables.due import SOON_DAYS
from konflik.desk.tables.words import moment, weekday_date
from konflik.law.stages import STAGE_LABELS
from konflik.registry.admin.base import person
from konflik.registry.selectors import progress


@dataclass(frozen=True)
class Happened:
    """One line of the journal with the hour beside it."""

    item: HistoryItem
    when: str


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's callback for the index page."""
    now = timezone.now()
    shown = {
        "title": "Lembar Harian",
        "today": weekday_date(timezone.localdate(now)),
        "may_open": request.user.has_perm(f"accounts.{Act.OPEN_CASE}"),
        "decrees": decrees_ending(person(request), at=now) if request.user.has_perm(f"accounts.{Act.SEE_FORUMS}") else None,
        "postings": postings_ending(person(request), at=now) if request.user.has_perm(f"accounts.{Act.SEE_PEOPLE}") else None,
    }
    if request.user.has_perm(f"accounts.{Act.MANAGE_INSTALLATION}"):
        shown["setting_up"] = progress(at=now)
    if request.user.has_perm(f"accounts.{Act.SEE_CASES}"):
        shown |= _of_cases(request, now)
    if request.user.has_perm(f"accounts.{Act.SEE_CLOCKS}"):
        shown |= _of_clocks(request, now)
    return {**context, **shown, "to_do": _to_do(shown)}


def _of_clocks(request: HttpRequest, now: datetime) -> dict[str, Any]:
    numbers = deadlines.pressing_numbers(person(request), at=now)
    pressing = deadlines.pressing(person(request), at=now) if any(numbers.by_tab.values()) else []
    return {
        "sees_clocks": True,
        "clock_numbers": [(tab, numbers.of(tab)) for tab in deadlines.PRESSING_TABS],
        "pressing": pressing,
        "pressing_number": sum(numbers.by_tab.values()),
        "soon_days": SOON_DAYS,
    }


def _of_cases(request: HttpRequest, now: datetime) -> dict[str, Any]:
    cases = Case.objects.visible_to(person(request), at=now)
    after = timedelta(days=settings.STUCK_DAYS)
    top = daily.overview(person(request), now=now, stuck_after=after)
    kecamatan = daily.per_kecamatan(person(request), at=now)
    return {
        "sees_cases": True,
        "overview": top,
        "statuses": statuses_in_force(person(request), at=now),
        "short_lists": _short_lists(cases, top, now=now, after=after),
        "stage_bars": bars(((STAGE_LABELS[stage], {stage: number}) for stage, number in top.by_stage.items()), STAGE_LABELS),
        "kecamatan_bars": bars(((bar.label, bar.numbers) for bar in kecamatan[: daily.KECAMATAN_SHOWN]), STAGE_LABELS),
        "kecamatan_more": max(len(kecamatan) - daily.KECAMATAN_SHOWN, 0),
        "lines": _lines(request, now),
    }


def _short_lists(cases: CaseQuerySet, top: daily.Overview, *, now: datetime, after: timedelta) -> list[dict[str, Any]]:
    """Three lists: heading, number, the filter of the whole list, its first rows, what to say where it is empty."""
    days = cases_of.NEW_FOR.days
    listed = (
        (
            "Perkara baru",
            top.new,
            "baru",
            cases_of.new(cases, now=now),
            "-opened_at",
            f"Tidak ada perkara baru dalam {days} hari terakhir.",
        ),
        (
            "Macet",
            top.stuck,
            "macet",
            cases_of.stuck(cases, now=now, after=after),
            "updated_at",
            f"Setiap perkara berjalan diperbarui dalam {after.days} hari terakhir.",
        ),
        (
            "Belum ada penanggung jawab",
            top.unassigned,
            "tanpa-penanggung-jawab",
            cases_of.unassigned(cases),
            "-opened_at",
            "Setiap perkara berjalan sudah memiliki penanggung jawab.",
        ),
    )
    found: list[dict[str, Any]] = [
        {"heading": heading, "number": number, "filter": name, "rows": daily.shortest(rows, order) if number else [], "nothing": nothing}
        for heading, number, name, rows, order, nothing in listed
    ]
    daily.placed(one["rows"] for one in found)
    return found


def _lines(request: HttpRequest, now: datetime) -> list[Happened]:
    region = postings_of(person(request), at=now)[0].region
    items = told(daily.latest_lines(person(request), at=now), person(request), region, at=now)
    return [Happened(item, moment(item.line.recorded_at, region)) for item in items]


def _to_do(shown: dict[str, Any]) -> int:
    """Everything that is due or ends, and the cases that lie still or that nobody answers for."""
    found = sum(len(shown[name] or ()) for name in ("decrees", "postings"))
    found += shown.get("pressing_number", 0)
    if "overview" in shown:
        found += shown["overview"].stuck + shown["overview"].unassigned
    return found
