"""What comes before a decree, and the decree: criteria with evidence, consultation, declaration."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from konflik.cases.api.base import CaseAct, CasePartDetail, CasePartList
from konflik.cases.api.inputs import Places, Text, optional_text
from konflik.cases.models import Case
from konflik.cases.tables import NOTE_MAX, TEXT_MAX
from konflik.law.status import REQUIREMENTS, Scale
from konflik.rest.reading import read_rows
from konflik.rest.shapes import DayField, Input, InstantField
from konflik.rest.writing import Done
from konflik.status.api.reading import StatusDetail, StatusFull, StatusRow
from konflik.status.api.shapes import PURPOSES, SCALES, ConsultationRow, CriteriaFull, CriteriaRow, SignRow
from konflik.status.models import ConflictStatus, Consultation, CriteriaAssessment, SignFound
from konflik.status.selectors.reading import running_status
from konflik.status.services import Decree, assess_criteria, declare, record_consultation
from konflik.status.tables import Purpose


class EvidenceInput(Input):
    """Evidence by sign; a sign that is left out was not found."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One text for each sign of PP 2/2015 Pasal 43."""
        signs = (sign for requirement in REQUIREMENTS for sign in requirement.signs)
        return {sign.code: optional_text(TEXT_MAX, help_text=sign.text) for sign in signs}


class CriteriaInput(Input):
    """An assessment; one that finds less than the law asks for is kept too."""

    scale = serializers.ChoiceField(SCALES)
    assessed_by = Text(max_length=160)
    assessed_at = InstantField()
    evidence = EvidenceInput()


class ConsultationInput(Input):
    """A consultation; one about an extension is about the status that runs. `minutes` or `notes`, at least one."""

    purpose = serializers.ChoiceField(PURPOSES)
    held_on = DayField()
    counterpart = Text(max_length=200)
    minutes = Text(max_length=120, required=False, allow_blank=True)
    notes = optional_text(NOTE_MAX)


class DeclareInput(Input):
    """A decree as it was signed; it rests on the newest criteria and consultation on file. `ends_on` is its last day."""

    number = Text(max_length=120)
    decided_on = DayField()
    decided_by = Text(max_length=160)
    effective_at = InstantField()
    ends_on = DayField()
    areas = Places()
    note = optional_text(TEXT_MAX)


class CriterionDetail(CasePartDetail):
    """Satu penilaian syarat status dengan buktinya."""

    model = CriteriaAssessment
    shape = CriteriaFull

    @property
    def asks(self) -> tuple[str, ...]:  # type: ignore[override]
        """Its key too, for the signs."""
        return (*super().asks, "pk")

    def parts(self, reader: Any, at: datetime, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
        """The signs."""
        return {"signs": read_rows(SignRow, SignFound.objects.filter(assessment=values["pk"]).order_by("sign"))}


class Criteria(CasePartList, CaseAct):
    """Penilaian syarat status satu perkara; POST mencatat penilaian dengan bukti setiap tanda."""

    http_method_names = ["get", "head", "post", "options"]
    model = CriteriaAssessment
    shape = CriteriaRow
    orderings = ("-pk", "pk", "-assessed_at", "assessed_at")
    does = "status-criteria"
    takes = CriteriaInput
    gives = CriteriaFull
    answers_with = 201

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `assess_criteria`."""
        found = assess_criteria(case=target, actor=reader, now=now, **{**data, "scale": Scale(data["scale"])})
        return Done(CriterionDetail().show(reader, now, found.pk), location=reverse("api:status-criterion", args=[found.pk]))


class ConsultationDetail(CasePartDetail):
    """Satu konsultasi dengan pimpinan DPRD."""

    model = Consultation
    shape = ConsultationRow


class Consultations(CasePartList, CaseAct):
    """Konsultasi dengan pimpinan DPRD pada satu perkara; POST mencatat satu konsultasi."""

    http_method_names = ["get", "head", "post", "options"]
    model = Consultation
    shape = ConsultationRow
    orderings = ("-pk", "pk", "-held_on", "held_on")
    does = "status-consult"
    takes = ConsultationInput
    gives = ConsultationRow
    answers_with = 201

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `record_consultation`."""
        purpose = Purpose(data["purpose"])
        about = running_status(target, at=now) if purpose is Purpose.EXTENSION else None
        given = {"minutes": "", "notes": "", **data, "purpose": purpose}
        held = record_consultation(case=target, status=about, actor=reader, now=now, **given)
        return Done(ConsultationDetail().show(reader, now, held.pk), location=reverse("api:consultation", args=[held.pk]))


class StatusesOfCase(CasePartList, CaseAct):
    """Status Keadaan Konflik satu perkara; POST mencatat penetapan berdasarkan syarat dan konsultasi yang sudah dicatat."""

    http_method_names = ["get", "head", "post", "options"]
    model = ConflictStatus
    shape = StatusRow
    orderings = ("-effective_at", "effective_at", "-pk", "pk")
    does = "status-declare"
    takes = DeclareInput
    gives = StatusFull
    answers_with = 201

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `declare`."""
        status = declare(case=target, decree=Decree(**data), actor=reader, now=now)
        return Done(StatusDetail().show(reader, now, status.pk), location=reverse("api:status-decree", args=[status.pk]))
