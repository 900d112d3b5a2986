"""Agreements and their terms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet, Value, When
from django.urls import reverse
from rest_framework import serializers

from konflik.cases.api.base import CaseAct, CasePartDetail, CasePartList, PartAct
from konflik.cases.api.inputs import LongText, Reasoned, RowField, Text, optional_text
from konflik.cases.models import Case, Party
from konflik.cases.tables import TEXT_MAX
from konflik.rest.reading import read_rows
from konflik.rest.shapes import DayField, Input, InstantField, Shape
from konflik.rest.writing import Done
from konflik.stages.models import Agreement, AgreementTerm
from konflik.stages.services.agreements import Term, Terms, correct_agreement, record_agreement, update_term
from konflik.stages.tables import AGREEMENT_KIND_LABELS, TERM_STATUS_LABELS, AgreementKind, TermStatus

KINDS = [(k.value, v) for k, v in AGREEMENT_KIND_LABELS.items()]
STATUSES = [(k.value, v) for k, v in TERM_STATUS_LABELS.items()]
MOST_TERMS = 100


class TermRow(Shape):
    """One butir: who does what by when."""

    id = serializers.IntegerField(source="pk")
    agreement = serializers.IntegerField(source="agreement_id")
    position = serializers.IntegerField()
    text = serializers.CharField()
    responsible = serializers.IntegerField(source="responsible_id", allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    status = serializers.ChoiceField(STATUSES)
    status_note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class AgreementRow(Shape):
    """What the parties agreed, or the court ruled in its place."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    kind = serializers.ChoiceField(KINDS)
    title = serializers.CharField()
    agreed_on = serializers.DateField()
    place = serializers.CharField(allow_blank=True)
    witnesses = serializers.CharField(allow_blank=True)
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    corrected_by = serializers.IntegerField(source="corrected_by.pk", allow_null=True)
    correction_reason = serializers.CharField(allow_blank=True)
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone="case.kabupaten.time_zone")
    version = serializers.IntegerField()


class PartyOfAgreement(Shape):
    """One of the parties that agreed."""

    party = serializers.IntegerField(source="party_id")


class AgreementFull(AgreementRow):
    """With its parties and its butir."""

    parties = PartyOfAgreement(many=True)
    terms = TermRow(many=True)


def _parties(target: Any, reader: Any, now: datetime) -> QuerySet:
    case = target.case if isinstance(target, Agreement) else target
    return Party.objects.filter(case=case)


class TermInput(Input):
    """One butir as it was agreed."""

    text = LongText(max_length=TEXT_MAX)
    responsible = RowField(_parties, required=False, allow_null=True)
    due_on = DayField(required=False, allow_null=True)


class AgreementInput(Input):
    """An agreement as it was signed, or a ruling as it was read."""

    kind = serializers.ChoiceField(KINDS)
    title = Text(max_length=200)
    agreed_on = DayField()
    place = Text(max_length=160, required=False, allow_blank=True)
    witnesses = Text(max_length=240, required=False, allow_blank=True)
    parties = serializers.ListField(child=RowField(_parties), max_length=MOST_TERMS)
    terms = serializers.ListField(child=TermInput(), max_length=MOST_TERMS)


class AgreementCorrection(AgreementInput, Reasoned):
    """The right record, and why the old one was wrong."""


def agreements(reader: Any, at: datetime) -> QuerySet:
    """The agreements that `reader` may see. `version` 2: corrected; nothing else of a record changes."""
    version = models.Case(When(corrected_by__isnull=True, then=Value(1)), default=Value(2))
    return Agreement.objects.visible_to(reader, at=at).annotate(version=version)


def _agreed(data: dict[str, Any]) -> Terms:
    given = {name: value for name, value in data.items() if name != "reason"}
    return Terms(**{**given, "kind": AgreementKind(data["kind"]), "terms": [Term(**term) for term in data["terms"]]})


class AgreementDetail(CasePartDetail):
    """Satu kesepakatan dengan para pihak dan butirnya."""

    shape = AgreementFull

    @property
    def asks(self) -> tuple[str, ...]:  # type: ignore[override]
        """Its key too, for the parts."""
        return (*super().asks, "pk")

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """The one rule of visibility."""
        return agreements(reader, at)

    def parts(self, reader: Any, at: datetime, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
        """Parties and terms."""
        named = Agreement.parties.through.objects.filter(agreement=values["pk"]).order_by("party_id")
        terms = AgreementTerm.objects.filter(agreement=values["pk"]).order_by("position")
        return {"parties": read_rows(PartyOfAgreement, named), "terms": read_rows(TermRow, terms)}


class Agreements(CasePartList, CaseAct):
    """Kesepakatan satu perkara; POST mencatat kesepakatan dengan butirnya."""

    http_method_names = ["get", "head", "post", "options"]
    shape = AgreementRow
    does = "agreement-record"
    takes = AgreementInput
    gives = AgreementFull
    answers_with = 201

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """Of the case in the address."""
        return agreements(reader, at).filter(case_id=self.kwargs["pk"])

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `record_agreement`."""
        agreement = record_agreement(case=target, agreed=_agreed(data), actor=reader, now=now)
        return Done(AgreementDetail().show(reader, now, agreement.pk), location=reverse("api:agreement", args=[agreement.pk]))


class CorrectAgreement(PartAct):
    """Memperbaiki catatan kesepakatan: catatan baru yang menunjuk catatan lama."""

    does = "agreement-correct"
    takes = AgreementCorrection
    gives = AgreementFull
    answers_with = 201
    detail = AgreementDetail

    def act(self, data: dict[str, Any], *, target: Agreement, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `correct_agreement`."""
        agreement = correct_agreement(agreement=target, agreed=_agreed(data), reason=data["reason"], actor=reader, now=now)
        return self.done(agreement, reader, now)


class TermUpdate(Input):
    """Whether it was kept; a breach is described."""

    status = serializers.ChoiceField(STATUSES)
    status_note = optional_text(TEXT_MAX)


class TermDetail(CasePartDetail):
    """Satu butir kesepakatan."""

    model = AgreementTerm
    shape = TermRow
    of = "agreement__case"


class UpdateTerm(PartAct):
    """Mencatat apakah butir dipenuhi."""

    does = "term-update"
    takes = TermUpdate
    gives = TermRow
    detail = TermDetail
    case_path = "agreement__case"

    def act(self, data: dict[str, Any], *, target: AgreementTerm, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `update_term`."""
        told = {"status": TermStatus(data["status"]), "status_note": data.get("status_note", "")}
        return self.done(update_term(term=target, seen_version=target.version, actor=reader, now=now, **told), reader, now)
