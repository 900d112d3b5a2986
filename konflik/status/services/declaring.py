"""Declaring a Status Keadaan Konflik (UU 7/2012 Pasal 14-22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.regions.models import Level, Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.services.base import touch
from konflik.clocks.services.following import Clocked
from konflik.law.events import Event
from konflik.law.grammar.counting import end_of
from konflik.law.stages import Stage
from konflik.law.status import SCALE_RULES, Scale, consult_by, has_own_limits, last_lawful_day, may_declare
from konflik.status.models import ConflictStatus, CriteriaAssessment, StatusArea
from konflik.status.selectors.lawful import open_consultation, standing_assessment
from konflik.status.selectors.reading import latest_status
from konflik.status.services.base import created, refuse, refuse_future_day, require_all, told
from konflik.status.services.lapsing import note_end
from konflik.status.tables import EFFECTIVE_WITHIN, Purpose

TAKEN = "Perkara ini masih mempunyai status yang berjalan. Muat ulang halaman ini."


@dataclass(frozen=True)
class Decree:
    """A decree as it was signed. `ends_on` is its last day, of which 24:00 is the end."""

    number: str
    decided_on: date
    decided_by: str
    effective_at: datetime
    ends_on: date
    areas: Sequence[Region]
    note: str = ""

    def effective_on(self, zone: ZoneInfo) -> date:
        """The local day on which the status begins."""
        return self.effective_at.astimezone(zone).date()

    def written(self, zone: ZoneInfo) -> dict[str, Any]:
        """What the row of a status keeps of it, beside the areas. `days` counts the first and the last."""
        return {
            "number": self.number.strip(),
            "decided_on": self.decided_on,
            "decided_by": self.decided_by.strip(),
            "effective_at": self.effective_at,
            "decreed_until": end_of(self.ends_on, zone),
            "days": (self.ends_on - self.effective_on(zone)).days + 1,
            "note": self.note.strip(),
        }


@transaction.atomic
def declare(*, case: Case, decree: Decree, actor: User, now: datetime) -> ConflictStatus:
    """Record the decree by which a status is declared, on the criteria and the consultation that are on file.

    Raises ValidationError by field, with the article: no criteria with evidence, no consultation before, longer than the
    law permits, an instant too far ahead, an area outside the case's kabupaten, another status still running.
    """
    require_all(number=decree.number, decided_by=decree.decided_by)
    touch(case, now=now)
    _refuse_running(case, now)
    assessment, consultation = standing_assessment(case), open_consultation(case, Purpose.DECLARATION)
    scale = Scale(assessment.scale) if assessment else Scale.KABUPATEN
    zone = zone_of(case.kabupaten)
    effective_on = decree.effective_on(zone)
    refuse_odd_times(case, decree, before=latest_status(case), now=now)
    refuse_odd_areas(case, decree, scale)
    refuse(
        may_declare(
            scale=scale,
            effective_on=effective_on,
            ends_on=decree.ends_on,
            decided_on=decree.decided_on,
            consulted_on=consultation.held_on if consultation else None,
            found=codes_of(assessment),
        )
    )
    rests_on: dict[str, Any] = {"assessment": assessment, "consultation": consultation}
    status: ConflictStatus = created(
        lambda: ConflictStatus.objects.create(
            case=case,
            scale=scale.value,
            **decree.written(zone),
            **rests_on,
            recorded_by=actor,
            recorded_at=now,
        ),
        TAKEN,
    )
    StatusArea.objects.bulk_create(StatusArea(status=status, region=region) for region in dict.fromkeys(decree.areas))
    _tell(status, decree, actor, now)
    return status


def last_days_of(ends_on: date, *, effective_on: date) -> tuple[tuple[str, date], ...]:
    """The days that a decree which ends earlier than the law permits sets itself, by rule; nothing where it lasts as long."""
    if ends_on >= last_lawful_day(effective_on):
        return ()
    return (("skk-berakhir", ends_on), ("skk-konsultasi-perpanjangan", consult_by(ends_on, effective_on=effective_on)))


def _tell(status: ConflictStatus, decree: Decree, actor: User, now: datetime) -> None:
    told(
        status.case,
        Event.STATUS_DECLARED,
        actor=actor,
        now=now,
        occurred_at=min(status.effective_at, now),
        basis=SCALE_RULES[Scale(status.scale)].decided_basis,
        clocked=Clocked(
            thread=status.thread,
            starts_at=status.effective_at,
            last_days=last_days_of(decree.ends_on, effective_on=status.effective_on),
            # Under another scale the gubernur or the Presiden has the duties; here only the end is watched.
            starts_none=not has_own_limits(status.scale),
            opens=("skk-berakhir",),
        ),
        payload={
            "status": status.pk,
            "scale": status.scale,
            "decided_on": status.decided_on,
            "from": status.effective_at,
            "until": status.decreed_until,
            "days": status.days,
            "places": [region.pk for region in decree.areas],
            "assessment": status.assessment_id,
            "consultation": status.consultation_id,
        },
        detail={"number": status.number, "decided_by": status.decided_by, "note": status.note},
    )


def codes_of(assessment: CriteriaAssessment | None) -> list[str]:
    """The codes of the signs that are on file."""
    return list(assessment.signs.values_list("sign", flat=True)) if assessment else []


def _refuse_running(case: Case, now: datetime) -> None:
    """One status at a time. What has ended by itself and was not noticed yet is noticed first."""
    case.refresh_from_db(fields=["stage"])
    if case.stage != Stage.PENGHENTIAN:
        message = "Status hanya ditetapkan atas konflik yang sedang dihentikan. Pindahkan dahulu perkara ke tahap penghentian."
        raise ValidationError(f"{message} Dasar: UU 7/2012 Pasal 12 huruf b.")
    latest = latest_status(case)
    if latest is None or latest.ended_noted_at is not None:
        return
    if not latest.is_over(now):
        raise ValidationError("Status Keadaan Konflik untuk perkara ini sudah ditetapkan dan masih berjalan.")
    note_end(status=latest, actor=None, now=now)


def refuse_odd_times(case: Case, decree: Decree, *, before: ConflictStatus | None, now: datetime) -> None:
    """Raise ValidationError at the field: a decree of the future, one that looks back, too far ahead, within the status `before`."""
    effective_on = decree.effective_at.astimezone(zone_of(case.kabupaten)).date()
    refuse_future_day("decided_on", decree.decided_on, case, now=now)
    if effective_on < decree.decided_on:
        raise ValidationError({"effective_at": "Status tidak berlaku surut. Isi waktu pada atau sesudah tanggal keputusan."})
    if decree.effective_at > now + EFFECTIVE_WITHIN:
        days = EFFECTIVE_WITHIN // timedelta(days=1)
        raise ValidationError({"effective_at": f"Waktu ini lebih dari {days} hari ke depan. Periksa tanggal dan jamnya."})
    if before is not None and decree.effective_at < before.ends_at:
        raise ValidationError({"effective_at": "Waktu ini masih dalam masa status yang lama. Periksa tanggal dan jamnya."})


def refuse_odd_areas(case: Case, decree: Decree, scale: Scale) -> None:
    """Raise ValidationError at `areas` where there is none, or one outside the kabupaten (UU 7/2012 Pasal 15 ayat (2))."""
    if not decree.areas:
        raise ValidationError({"areas": "Isi paling sedikit satu wilayah."})
    if scale is Scale.KABUPATEN:
        outside = [region for region in decree.areas if _home_of(region) != case.kabupaten_id]
        if outside:
            message = f"{outside[0]} berada di luar {case.kabupaten.name}. Dasar: UU 7/2012 Pasal 15 ayat (2)."
            raise ValidationError({"areas": message})


def _home_of(region: Region) -> str | None:
    return region.pk if region.level == Level.KABUPATEN else region.kabupaten_id
