"""Status Keadaan Konflik for machines: the decrees, how long each lasts, where it holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers

from accounts.access.tables import Act
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.services.access import note_exports, note_opening
from konflik.law.secrecy import SEALED_FROM
from konflik.law.status import SCALE_LABELS
from konflik.rest.reading import DetailView, ListView, read_rows
from konflik.rest.shapes import InstantField, Shape
from konflik.status.filters import StatusFilters
from konflik.status.models import ConflictStatus, StatusArea, StatusExtension
from konflik.status.models.status import ConflictStatusQuerySet

ZONE = "case.kabupaten.time_zone"


class StatusRow(Shape):
    """One decree. An end is 24:00 of a day, written as 00:00 of the next; `ends_at` is the end as it stands now."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    case_number = serializers.CharField(source="case.number")
    kabupaten = serializers.CharField(source="case.kabupaten_id", help_text="Kode wilayah.")
    scale = serializers.ChoiceField([(scale.value, label) for scale, label in SCALE_LABELS.items()])
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


class StatusList(ListView):
    """Status Keadaan Konflik pada perkara yang terbuka bagi Anda, yang terbaru lebih dahulu."""

    shape = StatusRow
    filters = StatusFilters
    orderings = ("-effective_at", "effective_at", "-ends_at", "ends_at", "-pk", "pk")

    def rows(self, reader: User, at: datetime) -> ConflictStatusQuerySet:
        """The one rule of visibility."""
        return ConflictStatus.objects.visible_to(reader, at=at)

    def rows_to_take(self, reader: User, at: datetime) -> ConflictStatusQuerySet:
        """As a file: of the cases that `reader` may export."""
        return self.rows(reader, at).filter(case__in=Case.objects.visible_to(reader, at=at, act=Act.EXPORT_CASES).values("pk"))

    def note_taken(self, rows: QuerySet, reader: User, at: datetime, *, filters: str) -> None:
        """One line for each kabupaten, with the number of cases."""
        note_exports(cases=Case.objects.filter(pk__in=rows.values("case_id")), filters=filters, reader=reader, now=at)


class StatusDetail(DetailView):
    """Satu status. Membukanya pada perkara kelas rahasia ke atas meninggalkan jejak, seperti di halaman."""

    shape = StatusFull
    asks = ("pk", "case_id", "case__secrecy")

    def rows(self, reader: User, at: datetime) -> ConflictStatusQuerySet:
        """The one rule of visibility."""
        return ConflictStatus.objects.visible_to(reader, at=at)

    def parts(self, reader: User, at: datetime, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
        """Its regions, and its extension where it has one."""
        of_status = {"status": values["pk"]}
        wanted = {
            "areas": (AreaRow, StatusArea.objects.filter(**of_status).order_by("region_id")),
            "extensions": (ExtensionRow, StatusExtension.objects.filter(**of_status)),
        }
        return {name: read_rows(shape, rows) for name, (shape, rows) in wanted.items() if not fields or name in fields}

    def note_read(self, reader: User, at: datetime, values: Mapping[str, Any]) -> None:
        """The same line that opening the case leaves."""
        if values["case__secrecy"] >= SEALED_FROM:
            note_opening(case=Case.objects.select_related("kabupaten").get(pk=values["case_id"]), reader=reader, now=at)


STATUS_PATTERNS = [
    path("status-decrees/", StatusList.as_view(), name="status-decrees"),
    path("status-decrees/<int:pk>/", StatusDetail.as_view(), name="status-decree"),
]
