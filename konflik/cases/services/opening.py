"""Opening a case and giving it its number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Upper
from django.db.models.lookups import Exact
from django.utils import timezone

from accounts.access.selectors import acts_on, clearance_in, reach_of
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.acts.services import Counted
from konflik.cases.models import Case, CasePlace, IssueType, NumberSeries, QualificationDecision, SeverityEntry
from konflik.cases.services.base import NO_CASE, above_clearance, note, refuse_future, refuse_other, require
from konflik.cases.tables import Series
from konflik.counts.selectors import key_of, month_of
from konflik.counts.tables import opening_steps
from konflik.law.events import Event
from konflik.law.notices import LATE_AFTER
from konflik.law.qualifications import Qualification
from konflik.law.secrecy import SEALED_FROM, Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source, article_of
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.rest.prepared import Hole, run, several

NOT_IN_USE = "Jenis isu ini tidak dipakai lagi. Pilih jenis isu lain."
NEXT_NUMBER = f"""INSERT INTO {NumberSeries._meta.db_table} AS given (kabupaten_id, year, series, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (kabupaten_id, year, series) DO UPDATE SET last = given.last + 1 RETURNING last"""  # noqa: S608, SLF001 - our own name
MAY_NOT_OPEN = "Penugasan Anda tidak memberi wewenang membuka perkara di wilayah ini."


@dataclass(frozen=True)
class Opening:
    """What is known when a case is opened. `stage` other than pencegahan enters a running case mid-way."""

    title: str
    chronology: str
    places: Sequence[Region]
    source: Source
    issue_type: IssueType
    secrecy: Secrecy
    opened_at: datetime
    qualification: Qualification = Qualification.POTENSI
    severity: Severity = Severity.LOW
    stage: Stage = Stage.PENCEGAHAN
    stage_since: datetime | None = None
    parent: Case | None = None


@transaction.atomic
def open_case(*, opening: Opening, actor: User, now: datetime) -> Case:
    """Open a case with its number, places, first severity and qualification (UU 7/2012 Pasal 5).

    The first place leads. A start more than a day back is marked as dicatat susulan. Raises ValidationError by field:
    nothing typed, an unknown or ended region, one in which `actor` may not open cases, a class above the clearance of
    `actor` there, a stage without its date, a future date, a parent that the actor may not see, a duplicate among the
    cases the actor may see.
    """
    _check(opening, actor, now)
    leading = opening.places[0]
    case = Case(
        title=opening.title.strip(),
        chronology=opening.chronology.strip(),
        province=leading.province,
        kabupaten=leading.kabupaten,
        source=opening.source.value,
        issue_type=opening.issue_type,
        qualification=opening.qualification.value,
        stage=opening.stage.value,
        stage_since=opening.stage_since or opening.opened_at,
        severity=opening.severity.value,
        secrecy=opening.secrecy.value,
        parent=opening.parent,
        opened_at=opening.opened_at,
        closed_at=(opening.stage_since or opening.opened_at) if opening.stage is Stage.SELESAI else None,
        recorded_at=now,
        recorded_by=actor,
        is_late_entry=now - opening.opened_at > LATE_AFTER,
        updated_at=now,
    )
    _number(case)
    case.save(force_insert=True)
    for index, region in enumerate(opening.places):
        place(case, region, is_leading=index == 0)
    _first_decisions(case, actor, now)
    note(
        case,
        Event.CASE_OPENED,
        actor=actor,
        now=now,
        occurred_at=case.opened_at,
        basis=str(article_of(opening.source)),
        payload={
            "number": case.number,
            "stage": case.stage,
            "stage_since": case.stage_since,
            "source": case.source,
            "issue_type": case.issue_type_id,
            "secrecy": case.secrecy,
            "severity": case.severity,
            "qualification": case.qualification,
            "places": [region.code for region in opening.places],
            "late": case.is_late_entry,
        },
        detail={"title": case.title, "chronology": case.chronology},
        counted=_counted(case, leading.kecamatan_id or ""),
    )
    return case


def _counted(case: Case, kecamatan: str) -> Counted:
    steps = opening_steps(case.stage, opened_at=case.opened_at, since=case.stage_since)
    return Counted(after=key_of(case, kecamatan), months=tuple((month_of(case, kecamatan, step), 1) for step in steps))


@transaction.atomic
def open_cases(*, openings: Iterable[Opening], actor: User, now: datetime) -> list[Case | ValidationError]:
    """Open several cases, each whole or not at all: the case, or why it was refused, in the order given."""
    return [_opened_or_refused(opening, actor, now) for opening in openings]


def _opened_or_refused(opening: Opening, actor: User, now: datetime) -> Case | ValidationError:
    try:
        return open_case(opening=opening, actor=actor, now=now)
    except ValidationError as refusal:
        return refusal


def place(case: Case, region: Region, *, is_leading: bool) -> CasePlace:
    """Put `case` into `region`, with the ancestors that the filters read."""
    return CasePlace.objects.create(
        case=case,
        region=region,
        province=cast("Region", region.province),
        kabupaten_id=region.kabupaten_id,
        kecamatan_id=region.kecamatan_id,
        is_leading=is_leading,
        is_beyond=region.kabupaten_id != case.kabupaten_id,
    )


def may_open(user: User, leading: Region, *, at: datetime) -> bool:
    """Whether `user` may open a case that `leading` leads."""
    return Act.OPEN_CASE in acts_on(user, leading=leading.kabupaten_id or "", regions=[leading], secrecy=Secrecy.BIASA, at=at)


def undated(stage: Stage | None, since: datetime | None) -> list[str]:
    """What is missing when a case is entered mid-way and nobody says since when it stands there; else nothing."""
    if stage is None or stage is Stage.PENCEGAHAN or since is not None:
        return []
    return [f"Isi sejak kapan perkara ini berada pada tahap {STAGE_LABELS[stage]}."]


def check_places(places: Sequence[Region], *, at: datetime) -> None:
    """Raise ValidationError at `places` unless there is a place, each below province level, in force, none twice."""
    require("places", places, "Pilih paling sedikit satu wilayah.")
    if any(region.level == Level.PROVINCE for region in places):
        raise ValidationError({"places": "Pilih kabupaten/kota, kecamatan, atau desa; provinsi terlalu luas untuk satu perkara."})
    if len({region.code for region in places}) != len(places):
        raise ValidationError({"places": "Satu wilayah terpilih dua kali. Hapus salah satunya."})
    holes, codes = several("place", [region.code for region in places])
    told = {**codes, "today": timezone.localdate(at, zone_of(places[0]))}

    def build() -> list[QuerySet]:
        return [Region.objects.filter(pk__in=holes).valid_at(Hole("today", told["today"])).values_list("pk")]  # type: ignore[arg-type]

    in_force = {code for (code,) in run(("places in force", len(holes)), build, told, at=at)}
    for region in places:
        if region.code not in in_force:
            raise ValidationError({"places": f"Wilayah {region.name} ({region.code}) sudah tidak berlaku. Pilih wilayah penggantinya."})


def _check(opening: Opening, actor: User, now: datetime) -> None:
    require("title", opening.title, "Isi judul perkara.")
    require("chronology", opening.chronology, "Isi kronologi singkat.")
    check_places(opening.places, at=now)
    refusals: dict[str, Any] = {}
    if not may_open(actor, opening.places[0], at=now):
        refusals["places"] = MAY_NOT_OPEN
    if found := above_clearance(opening.secrecy, reach=clearance_in(actor, regions=opening.places[:1], at=now)):
        refusals["secrecy"] = found
    if refusals:
        raise ValidationError(refusals)
    refuse_future("opened_at", opening.opened_at, now=now)
    refuse_future("stage_since", opening.stage_since, now=now)
    if found := undated(opening.stage, opening.stage_since):
        raise ValidationError({"stage_since": found})
    if opening.stage_since and opening.stage_since < opening.opened_at:
        raise ValidationError({"stage_since": "Awal tahap tidak boleh sebelum perkara dibuka."})
    if not opening.issue_type.is_active:
        raise ValidationError({"issue_type": NOT_IN_USE})
    if opening.parent is not None:
        refuse_other("parent", opening.parent, Case.objects.visible_to(actor, at=now), NO_CASE)
    _refuse_duplicate(opening, actor, now)


def _refuse_duplicate(opening: Opening, actor: User, now: datetime) -> None:
    """Looks only among the cases the actor may see: a refusal must not tell of a hidden one."""
    told = {"title": opening.title.strip(), "kabupaten": opening.places[0].kabupaten_id}

    def build() -> list[QuerySet]:
        same = Exact(Upper("title"), Upper(Hole("title", "")))
        seen = Case.objects.visible_to(actor, at=now).running().filter(same, kabupaten_id=Hole("kabupaten", ""))
        return [seen.order_by("pk").values_list("number")[:1]]

    for (number,) in run(("twin", reach_of(actor, at=now)), build, told, at=now):
        raise ValidationError(
            {"title": f"Perkara dengan judul ini sudah ada dan masih berjalan: {number}. Perbarui perkara itu, atau pakai judul lain."}
        )


def _number(case: Case) -> None:
    """Give the next number of kabupaten, local year and series; its row, made with the first, is locked until the transaction ends."""
    case.year = timezone.localtime(case.opened_at, zone_of(case.kabupaten)).year
    case.series = (Series.SEALED if case.secrecy >= SEALED_FROM else Series.OPEN).value
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [case.kabupaten_id, case.year, case.series])
        [case.sequence] = cursor.fetchone()
    prefix = "R-300" if case.series == Series.SEALED else "300"
    case.number = f"{prefix}/{case.sequence:03d}/TIMDU/{case.year}"


def _first_decisions(case: Case, actor: User, now: datetime) -> None:
    reason = "Penilaian awal saat perkara dibuka."
    SeverityEntry.objects.create(case=case, level=case.severity, since=case.opened_at, reason=reason, recorded_by=actor, recorded_at=now)
    QualificationDecision.objects.create(
        case=case,
        qualification=case.qualification,
        decided_by="Sekretariat Tim Terpadu",
        decided_at=case.opened_at,
        reason=reason,
        recorded_by=actor,
        recorded_at=now,
    )
