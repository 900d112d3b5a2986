"""Statistik: how the cases that one may see stand, as charts with their numbers beside them. The same in both shells."""

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from accounts.access.selectors import acts_of
from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from konflik.cases.models.case import CaseQuerySet
from konflik.desk.selectors import statistics as live
from konflik.desk.tables.bars import bars
from konflik.desk.tables.mapping import circles
from konflik.desk.web.reading import reader_of
from konflik.desk.web.shells import Shell
from konflik.law.sources import SOURCE_LABELS, Source
from konflik.law.stages import STAGE_LABELS
from konflik.statistics.selectors.sight import Sight
from konflik.statistics.tables.drawing import columns
from konflik.statistics.tables.questions import Period

SERIES = {"opened": "Dibuka", "closed": "Selesai"}


def statistics_patterns(shell: Shell) -> list[URLPattern]:
    """The page, for this shell."""
    return [path("", shell.guard(statistics), {"shell": shell}, name=shell.name("statistics-list"))]


@require_GET
def statistics(request: HttpRequest, shell: Shell) -> HttpResponse:
    """Trends, stages, sources, places and late clocks of the cases that this person may see."""
    now = timezone.now()
    reader = reader_of(request)
    acts = acts_of(reader, at=now)
    offered = live.kabupaten_of(reader, at=now)
    if Act.SEE_CASES not in acts or not offered:
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang melihat angka perkara.")
    chosen = _chosen(request, offered)
    region = chosen or offered[0]
    period = live.trend_of(timezone.localdate(now, zone_of(region)))
    sight = Sight(reader, now)
    context = {
        "shell_kind": shell,
        "page_title": "Statistik",
        "region": region,
        "now": now,
        "chosen": chosen,
        "offered": offered if len(offered) > 1 else [],
        "since": period.first,
        **_of_cases(sight, chosen.code if chosen else "", period),
        **_of_places(live.seen(reader, chosen, at=now), [chosen] if chosen else offered),
    }
    if Act.SEE_CLOCKS in acts:
        clocks = live.late_clocks(reader, chosen, at=now)
        context |= {"sees_clocks": True, "late": live.late_by_rule(clocks), "late_number": clocks.count()}
        context["compared"] = [] if chosen else live.per_kabupaten(sight, clocks, offered, period)
    return render(request, "desk/statistics.html", context)


def _chosen(request: HttpRequest, offered: list[Region]) -> Region | None:
    """The kabupaten asked for, where it is one of those offered."""
    code = request.GET.get("wilayah", "")
    found = next((one for one in offered if one.code == code), None)
    if code and found is None:
        raise BadRequest("Wilayah ini tidak ada dalam penugasan Anda. Pilih dari daftar.")
    return found or (offered[0] if len(offered) == 1 else None)


def _of_cases(sight: Sight, region: str, period: Period) -> dict[str, Any]:
    sources = live.by_source(sight, region, period)
    stages, (months, rate) = live.by_stage(sources), live.months(sight, region, period)
    groups = ((date_format(one.first, "M"), {"opened": one.opened, "closed": one.closed}) for one in months)
    rows = ((f"{source}. {SOURCE_LABELS[source]}", sources[source.value]) for source in Source if source.value in sources)
    return {
        "stages": [(stage.value, STAGE_LABELS[stage], number) for stage, number in stages.items()],
        "running": sum(stages.values()),
        "rate": rate,
        "months": months,
        "has_trend": any(one.opened or one.closed for one in months),
        "trend": columns(groups, SERIES),
        "sources": bars(rows, STAGE_LABELS),
    }


def _of_places(found: CaseQuerySet, kabupaten: list[Region]) -> dict[str, Any]:
    """The table by kecamatan with its bars, and the map whose circles are numbered as its rows."""
    rows = live.per_kecamatan(found)
    drawn = bars(((row.label, row.stages) for row in rows), STAGE_LABELS)
    ranks = {code: rank for rank, code in enumerate((row.code for row in rows if row.code), 1)}
    placed = [(one.code, one.name, one.latitude or 0, one.longitude or 0) for one in live.centres(kabupaten)]
    return {
        "kecamatan": [(ranks.get(row.code), row, bar) for row, bar in zip(rows, drawn, strict=True)],
        "map": circles(placed, {row.code: row.running for row in rows}, ranks),
    }
