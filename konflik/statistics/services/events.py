"""Events for research, in the columns of ACLED (and of SNPK, which asks the same of each event): every violent turn of a case.

What we do not know stays empty, and nothing is guessed: type and subtype are our own (Pasal 5 and the local issue type), dead and
injured are the authoritative figures with their source, the place is the middle of its kecamatan, never the place itself. Chronology
and names of people are not in it; actors are the groups on file.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.cases.models import Case, CasePlace, Figure, Party
from konflik.cases.services.access import note_export
from konflik.law.figures import FIGURE_SOURCE_LABELS, FigureSource, Measure
from konflik.law.sources import SOURCE_LABELS, Source
from konflik.law.stages import Stage
from konflik.sheets import guarded
from konflik.stages.models import StageMove
from konflik.statistics.tables.questions import DAY, Period

COLUMNS = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "injured_heavy",
    "injured_light",
    "tags",
    "timestamp",
)
INDONESIA = 360
EXACT_DAY, SOME_KECAMATAN, SOME_KABUPATEN = 1, 2, 3
"""ACLED: 1 the day is known; 2 the place lies in this small area, 3 somewhere in this large one."""
BLUR = 2
"""Decimals of a degree that are kept: about a kilometre, of the middle of an area that is larger."""
HURT = {Measure.DEAD: "fatalities", Measure.INJURED_HEAVY: "injured_heavy", Measure.INJURED_LIGHT: "injured_light"}


@transaction.atomic
def export_events(*, period: Period, region: str, reader: User, now: datetime) -> bytes:
    """The violent turns within `period` of the cases that `reader` may take out, as CSV; each kabupaten gets its line in the journal."""
    rows = list(_rows(period, region, reader, now))
    filters = f"peristiwa {period.first} sampai {period.last}" + (f" wilayah {region}" if region else "")
    for kabupaten, number in sorted(Counter({move.case_id: move.case.kabupaten_id for move, _ in rows}.values()).items()):
        note_export(kabupaten_id=kabupaten, number=number, filters=filters, reader=reader, now=now)
    return _written(row for _, row in rows)


def _rows(period: Period, region: str, reader: User, now: datetime) -> Iterator[tuple[StageMove, dict[str, Any]]]:
    cases = Case.objects.visible_to(reader, at=now, act=Act.EXPORT_CASES)
    moves = StageMove.objects.filter(case__in=cases, target=Stage.PENGHENTIAN.value, corrected_by__isnull=True, is_reversal=False)
    moves = moves.filter(moved_at__date__range=(period.first - DAY, period.last + DAY))
    found = [
        move
        for move in moves.select_related("case__kabupaten", "case__province", "case__issue_type").order_by("moved_at", "pk")
        if period.first <= _day(move) <= period.last
    ]
    about = _About([move.case_id for move in found])
    for move in found:
        place = about.places[move.case_id]
        if not region or region in {move.case.province_id, move.case.kabupaten_id, place.kecamatan_id}:
            yield move, _row(move, place.kecamatan, about)


class _About:
    """What hangs on the cases: leading place, groups, authoritative figures."""

    def __init__(self, keys: list[int]) -> None:
        leading = CasePlace.objects.filter(case__in=keys, is_leading=True).select_related("kecamatan")
        self.places: dict[int, CasePlace] = {place.case_id: place for place in leading}
        self.groups: dict[int, list[str]] = defaultdict(list)
        for case_id, name in Party.objects.filter(case__in=keys).order_by("pk").values_list("case_id", "name"):
            self.groups[case_id].append(name)
        figures = Figure.objects.filter(case__in=keys, is_authoritative=True, measure__in=list(HURT))
        self.figures: dict[int, list[Figure]] = defaultdict(list)
        for figure in figures:
            self.figures[figure.case_id].append(figure)


def _day(move: StageMove) -> Any:
    return move.moved_at.astimezone(zone_of(move.case.kabupaten)).date()


def _row(move: StageMove, kecamatan: Region | None, about: _About) -> dict[str, Any]:
    case, day = move.case, _day(move)
    groups = [*about.groups[case.pk], "", ""]
    return {
        "event_id_cnty": f"IDN{move.pk}",
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": EXACT_DAY,
        "event_type": SOURCE_LABELS[Source(case.source)],
        "sub_event_type": case.issue_type.label,
        "actor1": groups[0],
        "actor2": groups[1],
        "assoc_actor_2": "; ".join(about.groups[case.pk][2:]),
        "iso": INDONESIA,
        "region": "Southeast Asia",
        "country": "Indonesia",
        "admin1": case.province.name,
        "admin2": case.kabupaten.name,
        "admin3": kecamatan.name if kecamatan else "",
        "location": (kecamatan or case.kabupaten).name,
        **_blurred(kecamatan, case.kabupaten),
        **_hurt(about.figures[case.pk]),
        "timestamp": int(move.recorded_at.timestamp()),
    }


def _blurred(kecamatan: Region | None, kabupaten: Region) -> dict[str, Any]:
    """The middle of the kecamatan; of the kabupaten where no kecamatan is on file."""
    area = kecamatan if kecamatan is not None and kecamatan.latitude is not None else kabupaten
    if area.latitude is None or area.longitude is None:
        return {}
    precision = SOME_KECAMATAN if area is kecamatan else SOME_KABUPATEN
    return {"latitude": round(area.latitude, BLUR), "longitude": round(area.longitude, BLUR), "geo_precision": precision}


def _hurt(figures: Iterable[Figure]) -> dict[str, Any]:
    """Authoritative figures of the whole case; without one the column is empty, which is not nought."""
    found = sorted(figures, key=lambda figure: figure.measure)
    sources = dict.fromkeys(FIGURE_SOURCE_LABELS[FigureSource(figure.source)] for figure in found)
    return {**{HURT[Measure(figure.measure)]: int(figure.value) for figure in found}, "source": "; ".join(sources)}


def _written(rows: Iterable[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        values = [row.get(column, "") for column in COLUMNS]
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in values])
    return out.getvalue().encode("utf-8", errors="replace")
