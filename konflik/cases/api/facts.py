"""Parties, figures and notes of a case."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request

from konflik.cases.api.base import CaseAct, CasePartDetail, CasePartList, PartAct, fields_of
from konflik.cases.api.inputs import LongText, Reasoned, Text, optional_text
from konflik.cases.models import Case, Figure, Party
from konflik.cases.services.facts import (
    PARTY_FIELDS,
    Count,
    add_figure,
    add_note,
    add_party,
    amend_party,
    correct_figure,
    declare_figure,
)
from konflik.cases.tables import ACCOUNT_MAX, NOTE_MAX, PARTY_KIND_LABELS, PARTY_ROLE_LABELS, PartyKind, PartyRole
from konflik.law.figures import FIGURE_SOURCE_LABELS, MEASURE_LABELS, FigureSource, Measure
from konflik.rest.shapes import AmountField, Input, InstantField, Shape
from konflik.rest.writing import Done

KINDS = [(k.value, v) for k, v in PARTY_KIND_LABELS.items()]
ROLES = [(k.value, v) for k, v in PARTY_ROLE_LABELS.items()]
MEASURES = [(k.value, f"{v[0]} ({v[1]})") for k, v in MEASURE_LABELS.items()]
SOURCES = [(k.value, v) for k, v in FIGURE_SOURCE_LABELS.items()]
PER_COUNT: dict[str, Any] = {"max_digits": 16, "decimal_places": 2}


class PartyRow(Shape):
    """One side of the conflict."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    kind = serializers.ChoiceField(KINDS)
    name = serializers.CharField()
    role = serializers.ChoiceField(ROLES)
    claim = serializers.CharField(allow_blank=True)
    account = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class PartyInput(Input):
    """What is known of a party. A name of a group, company or agency, never of a person."""

    kind = serializers.ChoiceField(KINDS)
    name = Text(max_length=160)
    role = serializers.ChoiceField(ROLES)
    claim = optional_text(ACCOUNT_MAX)
    account = optional_text(ACCOUNT_MAX)


class PartyChanges(Input):
    """What PATCH may change."""

    kind = serializers.ChoiceField(KINDS, required=False)
    name = Text(max_length=160, required=False)
    role = serializers.ChoiceField(ROLES, required=False)
    claim = optional_text(ACCOUNT_MAX)
    account = optional_text(ACCOUNT_MAX)


class Parties(CasePartList, CaseAct):
    """Para pihak satu perkara; POST mencatat satu pihak."""

    http_method_names = ["get", "head", "post", "options"]
    model = Party
    shape = PartyRow
    orderings = ("pk", "-pk")
    does = "party-add"
    takes = PartyInput
    gives = PartyRow
    answers_with = 201

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `add_party`."""
        given = {**data, "kind": PartyKind(data["kind"]), "role": PartyRole(data["role"])}
        party = add_party(case=target, actor=reader, now=now, **given)
        return Done(OneParty().show(reader, now, party.pk), location=reverse("api:party", args=[party.pk]))


class PartyDetail(CasePartDetail):
    """One party."""

    model = Party
    shape = PartyRow


class OneParty(PartyDetail, PartAct):
    """Satu pihak; PATCH mengubah yang diketahui tentangnya."""

    http_method_names = ["get", "head", "patch", "options"]
    does = "party-amend"
    takes = PartyChanges
    gives = PartyRow
    detail = PartyDetail

    def patch(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The change."""
        return self.post(request, **kwargs)

    def act(self, data: dict[str, Any], *, target: Party, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `amend_party`."""
        changes = fields_of(data, PARTY_FIELDS)
        return self.done(amend_party(party=target, seen_version=target.version, changes=changes, actor=reader, now=now), reader, now)


class FigureRow(Shape):
    """One count by one source at one moment. Counts of several sources are never added up."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    measure = serializers.ChoiceField(MEASURES)
    value = serializers.DecimalField(**PER_COUNT)
    source = serializers.ChoiceField(SOURCES)  # type: ignore[assignment]
    source_note = serializers.CharField(allow_blank=True)
    as_of = InstantField(zone="case.kabupaten.time_zone")
    is_authoritative = serializers.BooleanField()
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    corrected_by = serializers.IntegerField(source="corrected_by.pk", allow_null=True)
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone="case.kabupaten.time_zone")
    version = serializers.IntegerField()


class FigureInput(Input):
    """One count as it was reported."""

    measure = serializers.ChoiceField(MEASURES)
    value = AmountField(**PER_COUNT)
    source = serializers.ChoiceField(SOURCES)  # type: ignore[assignment]
    source_note = Text(max_length=200, required=False, allow_blank=True)
    as_of = InstantField()


class FigureCorrection(FigureInput, Reasoned):
    """The right count, and why the old one was wrong."""


def figures(reader: Any, at: datetime) -> QuerySet:
    """The figures that `reader` may see. A row never changes but for two marks: `version` says which of them stand."""
    is_corrected = models.Case(When(corrected_by__isnull=True, then=Value(0)), default=Value(2))
    marks = Cast(F("is_authoritative"), IntegerField()) + is_corrected
    return Figure.objects.visible_to(reader, at=at).annotate(version=marks + 1)


def _count(data: dict[str, Any]) -> Count:
    named = fields_of(data, ("value", "as_of", "source_note"))
    return Count(measure=Measure(data["measure"]), source=FigureSource(data["source"]), **named)


class FigureDetail(CasePartDetail):
    """Satu angka."""

    shape = FigureRow

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """The one rule of visibility."""
        return figures(reader, at)


class Figures(CasePartList, CaseAct):
    """Angka satu perkara; POST mencatat satu angka dari satu sumber."""

    http_method_names = ["get", "head", "post", "options"]
    shape = FigureRow
    orderings = ("-as_of", "as_of", "pk", "-pk")
    does = "figure-add"
    takes = FigureInput
    gives = FigureRow
    answers_with = 201

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """Of the case in the address."""
        return figures(reader, at).filter(case_id=self.kwargs["pk"])

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `add_figure`."""
        figure = add_figure(case=target, count=_count(data), actor=reader, now=now)
        return Done(FigureDetail().show(reader, now, figure.pk), location=reverse("api:figure", args=[figure.pk]))


class CorrectFigure(PartAct):
    """Memperbaiki angka: angka baru yang menunjuk angka lama."""

    does = "figure-correct"
    takes = FigureCorrection
    gives = FigureRow
    answers_with = 201
    detail = FigureDetail

    def act(self, data: dict[str, Any], *, target: Figure, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `correct_figure`."""
        return self.done(correct_figure(figure=target, count=_count(data), reason=data["reason"], actor=reader, now=now), reader, now)


class DeclareFigure(PartAct):
    """Menetapkan angka resmi untuk yang dihitung itu."""

    does = "figure-declare"
    takes = Reasoned
    gives = FigureRow
    detail = FigureDetail

    def act(self, data: dict[str, Any], *, target: Figure, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `declare_figure`."""
        return self.done(declare_figure(figure=target, reason=data["reason"], actor=reader, now=now), reader, now)


class NoteInput(Input):
    """What is to be remembered."""

    text = LongText(max_length=NOTE_MAX)


class NoteDone(Shape):
    """The line of the history that it became."""

    event = serializers.IntegerField()


class AddNote(CaseAct):
    """Menambah catatan ke riwayat."""

    does = "note"
    takes = NoteInput
    gives = NoteDone
    answers_with = 201

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `add_note`."""
        return Done({"event": add_note(case=target, text=data["text"], actor=reader, now=now).pk})
