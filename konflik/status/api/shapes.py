"""What hangs on a status, as the API shows it: criteria, consultations, measures, reports, help of the TNI, money."""

from typing import Any

from rest_framework import serializers

from konflik.law.status import RESTRICTION_LABELS, SCALE_LABELS
from konflik.rest.shapes import InstantField, Shape
from konflik.status.models.criteria import SIGN_CHOICES
from konflik.status.tables import ACCOUNTING_LABELS, PURPOSE_LABELS

SCALES = [(scale.value, label) for scale, label in SCALE_LABELS.items()]
PURPOSES = [(purpose.value, label) for purpose, label in PURPOSE_LABELS.items()]
RESTRICTIONS = [(kind.value, label) for kind, label in RESTRICTION_LABELS.items()]
ACCOUNTINGS = [(kind.value, label) for kind, label in ACCOUNTING_LABELS.items()]
ZONE, PART_ZONE = "case.kabupaten.time_zone", "status.case.kabupaten.time_zone"
RUPIAH: dict[str, Any] = {"max_digits": 15, "decimal_places": 2}


class CriteriaRow(Shape):
    """One assessment of the conditions of UU 7/2012 Pasal 14; `status` is the decree that rests on it."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    scale = serializers.ChoiceField(SCALES)
    assessed_by = serializers.CharField()
    assessed_at = InstantField(zone=ZONE)
    status = serializers.IntegerField(source="status.pk", allow_null=True)
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone=ZONE)


class SignRow(Shape):
    """One sign of PP 2/2015 Pasal 43 with its evidence."""

    sign = serializers.ChoiceField(SIGN_CHOICES)
    evidence = serializers.CharField()


class CriteriaFull(CriteriaRow):
    """With the signs that were found."""

    signs = SignRow(many=True)


class ConsultationRow(Shape):
    """One consultation with the leaders of the DPRD; `about` is the status to be extended."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    purpose = serializers.ChoiceField(PURPOSES)
    about = serializers.IntegerField(source="status_id", allow_null=True)
    held_on = serializers.DateField()
    counterpart = serializers.CharField()
    minutes = serializers.CharField(allow_blank=True)
    notes = serializers.CharField(allow_blank=True)
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone=ZONE)


class MeasureRow(Shape):
    """One temporary measure (UU 7/2012 Pasal 26). It never outlives its status, whatever `until_at` says."""

    id = serializers.IntegerField(source="pk")
    status = serializers.IntegerField(source="status_id")
    kind = serializers.ChoiceField(RESTRICTIONS)
    number = serializers.CharField()
    area = serializers.CharField()
    daily_from = serializers.TimeField(allow_null=True)
    daily_until = serializers.TimeField(allow_null=True)
    starts_at = InstantField(zone=PART_ZONE)
    until_at = InstantField(zone=PART_ZONE)
    ended_at = InstantField(zone=PART_ZONE, allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone=PART_ZONE)
    version = serializers.IntegerField()


class ReportRow(Shape):
    """One report of progress during a status."""

    id = serializers.IntegerField(source="pk")
    status = serializers.IntegerField(source="status_id")
    number = serializers.CharField()
    reported_at = InstantField(zone=PART_ZONE)
    addressee = serializers.CharField()
    copies = serializers.ListField(child=serializers.CharField())
    summary = serializers.CharField()
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone=PART_ZONE)


class TniRow(Shape):
    """One request for the help of the TNI, with every step that is on file (PP 2/2015 Pasal 45-49)."""

    id = serializers.IntegerField(source="pk")
    status = serializers.IntegerField(source="status_id")
    advised_by = serializers.ListField(child=serializers.CharField())
    spoken_at = InstantField(zone=PART_ZONE, allow_null=True)
    spoken_by = serializers.CharField(allow_blank=True)
    spoken_to = serializers.CharField(allow_blank=True)
    written_at = InstantField(zone=PART_ZONE, allow_null=True)
    number = serializers.CharField(source="letter_number", allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    area = serializers.CharField(allow_blank=True)
    help_days = serializers.IntegerField(allow_null=True)
    logistics = serializers.CharField(allow_blank=True)
    copies = serializers.ListField(child=serializers.CharField())
    approved_at = InstantField(zone=PART_ZONE, allow_null=True)
    approval = serializers.CharField(allow_blank=True)
    declined_at = InstantField(zone=PART_ZONE, allow_null=True)
    decline_note = serializers.CharField(allow_blank=True)
    ordered_at = InstantField(zone=PART_ZONE, allow_null=True)
    order = serializers.CharField(allow_blank=True)
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone=PART_ZONE)
    version = serializers.IntegerField()


class BttRow(Shape):
    """One use of belanja tidak terduga, with every step that is on file (PP 2/2015 Pasal 80, 88)."""

    id = serializers.IntegerField(source="pk")
    status = serializers.IntegerField(source="status_id")
    number = serializers.CharField()
    decided_at = InstantField(zone=PART_ZONE)
    activities = serializers.CharField()
    plan_number = serializers.CharField(allow_blank=True)
    submitted_at = InstantField(zone=PART_ZONE, allow_null=True)
    amount = serializers.DecimalField(**RUPIAH, allow_null=True)
    payment = serializers.CharField(allow_blank=True)
    paid_at = InstantField(zone=PART_ZONE, allow_null=True)
    paid_amount = serializers.DecimalField(**RUPIAH, allow_null=True)
    dprd_letter = serializers.CharField(allow_blank=True)
    told_at = InstantField(zone=PART_ZONE, allow_null=True)
    account_kind = serializers.ChoiceField(ACCOUNTINGS, allow_blank=True)
    account_number = serializers.CharField(allow_blank=True)
    accounted_at = InstantField(zone=PART_ZONE, allow_null=True)
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone=PART_ZONE)
    version = serializers.IntegerField()
