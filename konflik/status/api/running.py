"""What is done while a status runs: extend and revoke it, measures, reports, special access."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from konflik.cases.api.access import GrantDetail, GrantRow
from konflik.cases.api.base import CasePartDetail, PartAct
from konflik.cases.api.inputs import LongText, Reasoned, RowField, Text
from konflik.cases.selectors.choices import forums_for, posted_anywhere
from konflik.cases.tables import NOTE_MAX, TEXT_MAX
from konflik.law.status import Restriction
from konflik.rest.reading import read_rows
from konflik.rest.shapes import DayField, Input, InstantField
from konflik.rest.writing import Done
from konflik.status.api.basis import DeclareInput
from konflik.status.api.reading import StatusDetail, StatusFull, measures
from konflik.status.api.shapes import RESTRICTIONS, MeasureRow, ReportRow
from konflik.status.models import ConflictStatus, ProgressReport, StatusMeasure
from konflik.status.services import (
    Decree,
    MeasureOrder,
    correct_status,
    end_measure,
    extend,
    grant_for_status,
    order_measure,
    report_progress,
    revoke,
)

MOST_COPIES = 20


class StatusAct(PartAct):
    """One thing done to the status in the address."""

    detail = StatusDetail


class StatusAdds(StatusAct):
    """Something recorded under the status in the address: the status itself stays as it is, so no version is asked for."""

    demands_version = False
    answers_with = 201


class StatusPartAct(PartAct):
    """One thing done to a part of a status."""

    case_path = "status__case"


class ExtendInput(Input):
    """The decree that extends a status, once; `new_ends_on` is its new last day."""

    number = Text(max_length=120)
    decided_on = DayField()
    new_ends_on = DayField()
    evaluation = LongText(max_length=NOTE_MAX)


class ExtendStatus(StatusAct):
    """Mencatat perpanjangan status, satu kali, paling lama 30 hari, sesudah konsultasi tentang perpanjangan itu."""

    does = "status-extend"
    takes = ExtendInput
    gives = StatusFull

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `extend`."""
        extend(status=target, seen_version=target.version, actor=reader, now=now, **data)
        return self.done(target, reader, now)


class CorrectInput(DeclareInput, Reasoned):
    """The decree as it should have been recorded, whole; `reason` says what was wrong."""


class CorrectStatus(StatusAct):
    """Memperbaiki penetapan yang salah catat; catatan lama tetap ada dalam riwayat, tenggat dan akhir tindakan ikut bergeser."""

    does = "status-correct"
    takes = CorrectInput
    gives = StatusFull

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `correct_status`."""
        reason = data.pop("reason")
        told = {"reason": reason, "seen_version": target.version, "actor": reader, "now": now}
        return self.done(correct_status(status=target, decree=Decree(**data), **told), reader, now)


class RevokeInput(Reasoned):
    """The decree that revokes a status."""

    number = Text(max_length=120)
    revoked_at = InstantField()


class RevokeStatus(StatusAct):
    """Mencatat pencabutan status; tindakan pembatasan, bantuan TNI, dan akses khusus berakhir bersamanya."""

    does = "status-revoke"
    takes = RevokeInput
    gives = StatusFull

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `revoke`."""
        return self.done(revoke(status=target, seen_version=target.version, actor=reader, now=now, **data), reader, now)


class MeasureInput(Input):
    """A measure as it was ordered; both hours left out: all day."""

    kind = serializers.ChoiceField(RESTRICTIONS)
    number = Text(max_length=120)
    area = LongText(max_length=TEXT_MAX)
    starts_at = InstantField()
    until_at = InstantField()
    daily_from = serializers.TimeField(required=False, allow_null=True, input_formats=["%H:%M"])
    daily_until = serializers.TimeField(required=False, allow_null=True, input_formats=["%H:%M"])


class OrderMeasure(StatusAdds):
    """Memberlakukan satu dari empat tindakan pembatasan, dalam masa status."""

    does = "measure-order"
    takes = MeasureInput
    gives = MeasureRow

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `order_measure`."""
        order = MeasureOrder(**{**data, "kind": Restriction(data["kind"])})
        measure = order_measure(status=target, order=order, actor=reader, now=now)
        return Done(MeasureDetail().show(reader, now, measure.pk), location=reverse("api:status-measure", args=[measure.pk]))


class MeasureDetail(CasePartDetail):
    """Satu tindakan pembatasan."""

    shape = MeasureRow
    of = "status__case"

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """The one rule of visibility."""
        return measures(reader, at)


class MeasureEndInput(Reasoned):
    """When it ended, and why."""

    ended_at = InstantField()


class EndMeasure(StatusPartAct):
    """Mengakhiri tindakan pembatasan sebelum waktunya."""

    does = "measure-end"
    takes = MeasureEndInput
    gives = MeasureRow
    detail = MeasureDetail

    def act(self, data: dict[str, Any], *, target: StatusMeasure, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `end_measure`."""
        return self.done(end_measure(measure=target, actor=reader, now=now, **data), reader, now)


class ReportInput(Input):
    """A report on the handling; `copies` must name everybody whom the law names for the scale of the status."""

    number = Text(max_length=120)
    reported_at = InstantField()
    summary = LongText(max_length=NOTE_MAX)
    copies = serializers.ListField(child=Text(max_length=200), max_length=MOST_COPIES)


class ReportProgress(StatusAdds):
    """Mencatat laporan perkembangan penanganan selama status."""

    does = "progress-report"
    takes = ReportInput
    gives = ReportRow

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `report_progress`."""
        report = report_progress(status=target, actor=reader, now=now, **{**data, "copies": list(dict.fromkeys(data["copies"]))})
        return Done(read_rows(ReportRow, ProgressReport.objects.filter(pk=report.pk))[0])


class StatusGrantInput(Reasoned):
    """To whom: one person or one forum. It ends with the status, wherever that end moves to."""

    user = RowField(lambda status, reader, now: posted_anywhere(at=now), required=False, allow_null=True)
    body = RowField(lambda status, reader, now: forums_for(status.case, at=now), required=False, allow_null=True)


class GrantForStatus(StatusAdds):
    """Membuka perkara bagi satu orang atau satu forum selama status berlaku."""

    does = "status-grant"
    takes = StatusGrantInput
    gives = GrantRow

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `grant_for_status`."""
        grant = grant_for_status(status=target, actor=reader, now=now, **{"user": None, "body": None, **data})
        return Done(GrantDetail().show(reader, now, grant.pk), location=reverse("api:access-grant", args=[grant.pk]))
