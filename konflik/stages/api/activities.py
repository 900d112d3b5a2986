"""Activities: planned from the list of the law, updated by whoever does them."""

from datetime import datetime
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from rest_framework import serializers

from konflik.cases.api.base import NOT_PERMITTED, CaseAct, CasePartDetail, CasePartList, PartAct
from konflik.cases.api.inputs import Reasoned, RowField, Text, optional_text
from konflik.cases.api.reading import ListOverCases
from konflik.cases.models import Case
from konflik.cases.selectors.choices import institutions_for
from konflik.cases.selectors.permitted import Permitted
from konflik.cases.tables import TEXT_MAX
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.stages import STAGE_LABELS
from konflik.rest.params import DayFilter
from konflik.rest.shapes import DayField, Input, InstantField, Shape
from konflik.rest.writing import Done
from konflik.stages.models import Activity
from konflik.stages.services.activities import Plan, plan_activity, update_activity
from konflik.stages.services.correcting import correct_activity
from konflik.stages.tables import ACTIVITY_STATUS_LABELS

ZONE = "case.kabupaten.time_zone"
STAGES = [(k.value, v) for k, v in STAGE_LABELS.items()]
STATUSES = [(k.value, v) for k, v in ACTIVITY_STATUS_LABELS.items()]
KINDS = [(kind.code, kind.text) for kind in ACTIVITY_KINDS.values()]


class ActivityLine(Shape):
    """One kegiatan of one institution, without what was found: that is read in its case, and leaves its trace there."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    stage = serializers.ChoiceField(STAGES)
    kind = serializers.ChoiceField(KINDS)
    title = serializers.CharField()
    institution = serializers.IntegerField(source="institution_id")
    status = serializers.ChoiceField(STATUSES)
    progress = serializers.IntegerField()
    planned_start = serializers.DateField(allow_null=True)
    planned_end = serializers.DateField(allow_null=True)
    started_on = serializers.DateField(allow_null=True)
    finished_on = serializers.DateField(allow_null=True)
    is_late_entry = serializers.BooleanField()
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone=ZONE)
    updated_by = serializers.IntegerField(source="updated_by_id")
    updated_at = InstantField(zone=ZONE)
    version = serializers.IntegerField()


class ActivityRow(ActivityLine):
    """One kegiatan whole."""

    result = serializers.CharField(allow_blank=True)
    obstacles = serializers.CharField(allow_blank=True)


class ActivityFilters(django_filters.FilterSet):
    """What lists of activities may be narrowed by."""

    stage = django_filters.ChoiceFilter(label="Tahap.", choices=STAGES)
    status = django_filters.ChoiceFilter(label="Status.", choices=STATUSES)
    kind = django_filters.ChoiceFilter(label="Kegiatan menurut undang-undang.", choices=KINDS)
    due_before = DayFilter("planned_end", "lt", label="Rencana selesai sebelum tanggal ini.")


class PlanInput(Input):
    """An activity as it is planned."""

    kind = serializers.ChoiceField(KINDS)
    title = Text(max_length=200)
    institution = RowField(lambda case, reader, now: institutions_for(case))
    planned_start = DayField(required=False, allow_null=True)
    planned_end = DayField(required=False, allow_null=True)


class UpdateInput(Input):
    """How it stands. What is not named stays."""

    status = serializers.ChoiceField(STATUSES, required=False)
    progress = serializers.IntegerField(min_value=0, max_value=100, required=False)
    result = optional_text(TEXT_MAX)
    obstacles = optional_text(TEXT_MAX)
    planned_start = DayField(required=False, allow_null=True)
    planned_end = DayField(required=False, allow_null=True)
    started_on = DayField(required=False, allow_null=True)
    finished_on = DayField(required=False, allow_null=True)


class Activities(ListOverCases):
    """Kegiatan dari semua perkara yang terbuka bagi Anda; hasil dan kendalanya dibaca pada perkaranya."""

    model = Activity
    shape = ActivityLine
    filters = ActivityFilters
    orderings = ("-pk", "pk", "-updated_at", "updated_at")


class ActivityDetail(CasePartDetail):
    """Satu kegiatan."""

    model = Activity
    shape = ActivityRow


class ActivitiesOfCase(CasePartList, CaseAct):
    """Kegiatan satu perkara; POST merencanakan kegiatan dari daftar undang-undang untuk tahapnya."""

    http_method_names = ["get", "head", "post", "options"]
    model = Activity
    shape = ActivityRow
    filters = ActivityFilters
    orderings = ("pk", "-pk", "-updated_at", "updated_at")
    does = "activity-plan"
    takes = PlanInput
    gives = ActivityRow
    answers_with = 201

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `plan_activity`."""
        activity = plan_activity(case=target, plan=Plan(**data), actor=reader, now=now)
        return Done(ActivityDetail().show(reader, now, activity.pk), location=reverse("api:activity", args=[activity.pk]))


class UpdateActivity(PartAct):
    """Memperbarui kegiatan: status, kemajuan, hasil, kendala, tanggal. Anggota hanya kegiatan instansinya sendiri."""

    does = "activity-update"
    takes = UpdateInput
    gives = ActivityRow
    detail = ActivityDetail

    def refuse_unpermitted(self, permitted: Permitted, row: Any) -> None:
        """Raise PermissionDenied for the work of another institution."""
        if not permitted.may_update(row):
            raise PermissionDenied(NOT_PERMITTED)

    def act(self, data: dict[str, Any], *, target: Activity, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `update_activity`."""
        activity = update_activity(activity=target, seen_version=target.version, changes=data, actor=reader, now=now)
        return self.done(activity, reader, now)


class ActivityCorrection(Reasoned):
    """What was never so, and why it was recorded. What is not named stays."""

    kind = serializers.ChoiceField(KINDS, required=False)
    title = Text(max_length=200, required=False)
    institution = RowField(lambda activity, reader, now: institutions_for(activity.case), required=False)
    status = serializers.ChoiceField(STATUSES, required=False)
    progress = serializers.IntegerField(min_value=0, max_value=100, required=False)
    planned_start = DayField(required=False, allow_null=True)
    planned_end = DayField(required=False, allow_null=True)
    started_on = DayField(required=False, allow_null=True)
    finished_on = DayField(required=False, allow_null=True)


class CorrectActivity(PartAct):
    """Memperbaiki catatan kegiatan yang salah: baris riwayat yang baru menunjuk baris yang lama."""

    does = "activity-correct"
    takes = ActivityCorrection
    gives = ActivityRow
    detail = ActivityDetail

    def act(self, data: dict[str, Any], *, target: Activity, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `correct_activity`."""
        reason = data.pop("reason")
        told = {"changes": data, "reason": reason}
        return self.done(correct_activity(activity=target, seen_version=target.version, actor=reader, now=now, **told), reader, now)
