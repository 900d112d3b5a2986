"""What the API says of deadlines and notices."""

from datetime import datetime
from typing import Any

from django.conf import settings
from rest_framework import serializers

from konflik.clocks.api.shapes import OFFICES, StepShape
from konflik.clocks.tables import STATE_LABELS
from konflik.desk.selectors.notice_words import what_of
from konflik.law.grammar.durations import UNIT_LABELS
from konflik.law.telling import GROUP_LABELS, URGENCY_LABELS
from konflik.notices.tables import SOURCE_LABELS
from konflik.rest.instants import write_instant
from konflik.rest.shapes import InstantField, Made, Shape

STATES = [(state.value, label) for state, label in STATE_LABELS.items()]
ZONE = "zone"

UNITS = [(unit.value, label) for unit, label in UNIT_LABELS.items()]


class DeadlineRow(Shape):
    """One deadline in a list. Instants stand on the clocks of its kabupaten."""

    id = serializers.IntegerField(source="pk")
    rule = serializers.CharField(help_text="Kode aturan, lihat deadline-rules.")
    title = serializers.CharField()
    basis = serializers.CharField()
    number_of = serializers.IntegerField(source="span_number", allow_null=True, help_text="Angka dari jangka waktunya.")
    unit = serializers.ChoiceField(UNITS, source="span_unit", allow_blank=True)
    is_law = Made(serializers.BooleanField(), "policy_id", of=lambda policy: policy is None, help_text="Angkanya tertulis dalam peraturan.")
    duty_of = serializers.ChoiceField(OFFICES)
    institution = serializers.IntegerField(source="institution_id", allow_null=True)
    person = serializers.IntegerField(source="person_id", allow_null=True)
    case = serializers.IntegerField(source="case_id", allow_null=True)
    case_number = serializers.CharField(source="case.number", allow_null=True)
    body = serializers.IntegerField(source="body_id", allow_null=True)
    kabupaten = serializers.CharField(source="kabupaten_id", help_text="Kode wilayah.")
    time_zone = serializers.CharField(source="zone")
    period = serializers.CharField(allow_blank=True, help_text="Masa laporan dari kewajiban berkala.")
    starts_at = InstantField(zone=ZONE)
    due_at = InstantField(
        zone=ZONE, allow_null=True, help_text="Pukul 24.00 hari terakhir, atau saat yang tepat; kosong bila ditangguhkan."
    )
    last_day = serializers.DateField(allow_null=True)
    is_provisional = serializers.BooleanField()
    is_late_entry = serializers.BooleanField()
    state = serializers.ChoiceField(STATES)
    opened_at = InstantField(zone=ZONE)
    closed_at = InstantField(zone=ZONE, allow_null=True)
    version = serializers.IntegerField()


class ProofShape(Shape):
    """The line of the journal that something rests on."""

    event = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    occurred_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    stream = serializers.CharField()
    position = serializers.IntegerField()
    hash = serializers.CharField()
    basis = serializers.CharField(allow_blank=True)


class FaceShape(Shape):
    """A deadline as it showed itself."""

    state = serializers.ChoiceField(STATES)
    due_at = serializers.DateTimeField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)


class MoveShape(ProofShape):
    """One act on the deadline, with the date before and after it."""

    decree = serializers.CharField(allow_blank=True)
    before = FaceShape()
    after = FaceShape()


class StandstillShape(Shape):
    """One interval in which the clock stood still."""

    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)
    basis = serializers.CharField()


class DeadlineFull(DeadlineRow):
    """One deadline, explained."""

    text = serializers.CharField(help_text="Bunyi aturan sebagaimana ketika tenggat ini dibuka.")
    evidence = serializers.CharField(allow_blank=True, help_text="Bukti pemenuhan, atau alasan.")
    explanation: Any = serializers.ListSerializer(child=serializers.CharField(), help_text="Dari kapan, bagaimana, sampai kapan.")
    steps = StepShape(many=True)
    standstills = StandstillShape(many=True)
    moves = MoveShape(many=True)
    trigger = ProofShape(allow_null=True)


def _here(at: datetime | None, zone: str | None) -> str | None:
    return write_instant(at, zone or settings.TIME_ZONE)


def _instant(path: str) -> Made:
    """An instant of a notice; one that is about no region stands on the clocks of the house."""
    return Made(serializers.DateTimeField(allow_null=True), path, "kabupaten.time_zone", of=_here)


def _unless_hidden(is_open: bool, value: object) -> object:  # noqa: FBT001 - columns come by their places
    return value if is_open else None


class NoticeRow(Shape):
    """One notice in the bell. Of what its reader may not see now it says no more than that there is something, and by when."""

    id = serializers.IntegerField(source="pk")
    source = serializers.ChoiceField([(source.value, label) for source, label in SOURCE_LABELS.items()])  # type: ignore[assignment]
    what = Made(serializers.CharField(), "is_open", "deadline_id", "deadline.title", "line.event", "source", "milestone", of=what_of)
    group = serializers.ChoiceField([(group.value, label) for group, label in GROUP_LABELS.items()])
    urgency = serializers.ChoiceField([(urgency.value, label) for urgency, label in URGENCY_LABELS.items()])
    case = Made(serializers.IntegerField(allow_null=True), "is_open", "case_id", of=_unless_hidden)
    deadline = Made(serializers.IntegerField(allow_null=True), "is_open", "deadline_id", of=_unless_hidden)
    kabupaten = Made(serializers.CharField(allow_null=True), "is_open", "kabupaten_id", of=_unless_hidden)
    milestone = Made(serializers.CharField(allow_null=True), "is_open", "milestone", of=_unless_hidden)
    step = serializers.IntegerField(help_text="Tingkat penerusan; 0: ditujukan kepada Anda sejak semula.")
    due_at = _instant("deadline.due_at")
    created_at = _instant("created_at")
    seen_at = _instant("seen_at")
    must_confirm = serializers.BooleanField()
    confirm_until = _instant("confirm_until")
    confirmed_at = _instant("confirmed_at")
    confirmation = serializers.CharField(allow_blank=True)
    answered_at = Made(
        serializers.DateTimeField(allow_null=True, help_text="Kapan jawaban orang lain membuat jawaban Anda tidak diperlukan lagi."),
        "answer.confirmed_at",
        "kabupaten.time_zone",
        of=_here,
    )
    answered_by = Made(serializers.CharField(allow_null=True), "is_open", "answer.recipient.name", of=_unless_hidden)
