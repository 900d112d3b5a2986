"""Status Keadaan Konflik for machines: the decrees, how long each lasts, where it holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet, Value, When
from rest_framework import serializers

from accounts.users.models import User
from konflik.cases.api.base import CasePartDetail
from konflik.cases.api.reading import ListOverCases
from konflik.rest.reading import read_rows
from konflik.rest.shapes import InstantField, Shape
from konflik.status.api.shapes import SCALES, ZONE, BttRow, MeasureRow, ReportRow, TniRow
from konflik.status.filters import StatusFilters
from konflik.status.models import BttUse, ConflictStatus, ProgressReport, StatusArea, StatusExtension, StatusMeasure, TniRequest


class StatusRow(Shape):
    """One decree. An end is 24:00 of a day, written as 00:00 of the next; `ends_at` is the end as it stands now."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    case_number = serializers.CharField(source="case.number")
    kabupaten = serializers.CharField(source="case.kabupaten_id", help_text="Kode wilayah.")
    scale = serializers.ChoiceField(SCALES)
    number = serializers.CharField()
    decided_on = serializers.DateField()
    decided_by = serializers.CharField()
    effective_at = InstantField(zone=ZONE)
    days = serializers.IntegerField(help_text="Lamanya menurut keputusan; hari mulai berlaku adalah hari ke-1.")
    decreed_until = InstantField(zone=ZONE)
    extended_until = InstantField(zone=ZONE, allow_null=True)
    revoked_at = InstantField(zone=ZONE, allow_null=True)
    ends_at = InstantField(zone=ZONE)
    version = serializers.IntegerField()


class AreaRow(Shape):
    """One region in which it holds."""

    region = serializers.CharField(source="region_id", help_text="Kode wilayah.")
    label = serializers.CharField(source="region.label")  # type: ignore[assignment]


class ExtensionRow(Shape):
    """The extension (UU 7/2012 Pasal 29): a status can have one."""

    number = serializers.CharField()
    decided_on = serializers.DateField()
    days = serializers.IntegerField()
    evaluation = serializers.CharField()


class StatusFull(StatusRow):
    """One decree with what it rests on and where it holds."""

    revocation_number = serializers.CharField(allow_blank=True)
    revocation_reason = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    assessed_by = serializers.CharField(source="assessment.assessed_by")
    assessed_at = InstantField(source="assessment.assessed_at", zone=ZONE)
    consulted_on = serializers.DateField(source="consultation.held_on", help_text="Konsultasi dengan pimpinan DPRD.")
    consulted_with = serializers.CharField(source="consultation.counterpart")
    recorded_at = InstantField(zone=ZONE)
    areas = AreaRow(many=True)
    extensions = ExtensionRow(many=True)
    measures = MeasureRow(many=True)
    reports = ReportRow(many=True)
    tni_requests = TniRow(many=True)
    btt_uses = BttRow(many=True)


def measures(reader: User, at: datetime) -> QuerySet[StatusMeasure]:
    """The measures that `reader` may see. `version` 2: ended before its time; nothing else of a measure changes."""
    version = models.Case(When(ended_at__isnull=True, then=Value(1)), default=Value(2))
    return StatusMeasure.objects.visible_to(reader, at=at).annotate(version=version)


class StatusList(ListOverCases):
    """Status Keadaan Konflik pada perkara yang terbuka bagi Anda, yang terbaru lebih dahulu."""

    model = ConflictStatus
    shape = StatusRow
    filters = StatusFilters
    orderings = ("-effective_at", "effective_at", "-ends_at", "ends_at", "-pk", "pk")


class StatusDetail(CasePartDetail):
    """Satu status dengan yang terjadi di bawahnya. Membukanya pada perkara kelas rahasia ke atas meninggalkan jejak, seperti di halaman."""

    model = ConflictStatus
    shape = StatusFull

    @property
    def asks(self) -> tuple[str, ...]:  # type: ignore[override]
        """Its key too, for the parts."""
        return (*super().asks, "pk")

    def parts(self, reader: User, at: datetime, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
        """Where it holds, its extension where it has one, and what was done under it."""
        of_status = {"status": values["pk"]}
        wanted: dict[str, tuple[type[Shape], QuerySet]] = {
            "areas": (AreaRow, StatusArea.objects.filter(**of_status).order_by("region_id")),
            "extensions": (ExtensionRow, StatusExtension.objects.filter(**of_status)),
            "measures": (MeasureRow, measures(reader, at).filter(**of_status).order_by("pk")),
            "reports": (ReportRow, ProgressReport.objects.filter(**of_status).order_by("reported_at", "pk")),
            "tni_requests": (TniRow, TniRequest.objects.filter(**of_status).order_by("pk")),
            "btt_uses": (BttRow, BttUse.objects.filter(**of_status).order_by("pk")),
        }
        return {name: read_rows(shape, rows) for name, (shape, rows) in wanted.items() if not fields or name in fields}
