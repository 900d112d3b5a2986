"""The way of a case through its stages, the activities in each, and the agreements reached."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from konflik.cases.models.case import CaseRowQuerySet
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.stages import STAGE_LABELS, STAGE_MOVES, Stage
from konflik.stages.tables import (
    ACTIVITY_STATUS_LABELS,
    AGREEMENT_KIND_LABELS,
    TERM_STATUS_LABELS,
    ActivityStatus,
    AgreementKind,
    TermStatus,
)

STAGE_CHOICES = [(k.value, v) for k, v in STAGE_LABELS.items()]
LAWFUL_PAIRS = reduce(or_, (Q(source=str(row.source), target=str(row.target)) for row in STAGE_MOVES.rows))


class AgreementTermQuerySet(CaseRowQuerySet):
    case = "agreement__case__"


class StageMove(models.Model):
    """One move of a case between stages, with the facts it rests on. A wrong one is corrected by a new row naming it."""

    case = models.ForeignKey("konflik.Case", models.PROTECT, related_name="moves", verbose_name="perkara")
    position = models.PositiveIntegerField("urutan", editable=False)
    source = models.CharField("dari tahap", max_length=12, choices=STAGE_CHOICES)
    target = models.CharField("ke tahap", max_length=12, choices=STAGE_CHOICES)
    moved_at = models.DateTimeField("berlaku sejak")
    facts = models.JSONField("fakta", default=dict)
    basis = models.CharField("dasar", max_length=120)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="memperbaiki")
    correction_reason = models.TextField("alasan perbaikan", blank=True)
    is_reversal = models.BooleanField("pembatalan", default=False)
    is_late_entry = models.BooleanField("dicatat susulan", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "perpindahan tahap"
        verbose_name_plural = "perpindahan tahap"
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=[s.value for s in Stage]) & Q(target__in=[s.value for s in Stage]), name="move_stages_known"
            ),
            # A correction and a reversal keep the place of the move they name.
            models.UniqueConstraint(fields=["case", "position"], condition=Q(corrects__isnull=True), name="move_position_once"),
            models.CheckConstraint(condition=LAWFUL_PAIRS | Q(is_reversal=True), name="move_known_to_law"),
            models.CheckConstraint(condition=Q(moved_at__lte=F("recorded_at")), name="move_not_in_future"),
            models.CheckConstraint(condition=Q(is_reversal=False) | Q(corrects__isnull=False), name="move_reversal_names_its_move"),
        ]
        indexes = [models.Index(fields=["case", "position"], name="move_case_order")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Activity(models.Model):
    """One kegiatan chosen from the law's list for its stage, done by one institution."""

    case = models.ForeignKey(
        "konflik.Case",
        models.PROTECT,
        db_index=False,  # the index below begins with it
        related_name="activities",
        verbose_name="perkara",
    )
    stage = models.CharField("tahap", max_length=12, choices=STAGE_CHOICES)
    kind = models.CharField("kegiatan menurut undang-undang", max_length=10, choices=[(k.code, k.text) for k in ACTIVITY_KINDS.values()])
    title = models.CharField("uraian kegiatan", max_length=200)
    institution = models.ForeignKey("accounts.Institution", models.PROTECT, related_name="+", verbose_name="instansi pelaksana")
    status = models.CharField(
        "status", max_length=10, choices=[(k.value, v) for k, v in ACTIVITY_STATUS_LABELS.items()], default=ActivityStatus.RENCANA.value
    )
    progress = models.PositiveSmallIntegerField("kemajuan (persen)", default=0)
    result = models.TextField("hasil/perkembangan", blank=True)
    obstacles = models.TextField("kendala", blank=True)
    planned_start = models.DateField("rencana mulai", null=True, blank=True)
    planned_end = models.DateField("rencana selesai", null=True, blank=True)
    started_on = models.DateField("mulai", null=True, blank=True)
    finished_on = models.DateField("selesai", null=True, blank=True)
    is_late_entry = models.BooleanField("dicatat susulan", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diperbarui oleh")
    updated_at = models.DateTimeField("diperbarui pada")
    version = models.PositiveIntegerField("versi", default=1)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=[s.value for s in Stage]), name="activity_stage_known"),
            models.CheckConstraint(condition=Q(kind__in=list(ACTIVITY_KINDS)), name="activity_kind_in_law"),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in ActivityStatus]), name="activity_status_known"),
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="activity_progress_percent",
                violation_error_message="Kemajuan paling banyak 100 persen.",
            ),
            models.CheckConstraint(
                condition=Q(planned_start__isnull=True) | Q(planned_end__isnull=True) | Q(planned_end__gte=F("planned_start")),
                name="activity_plan_order",
                violation_error_message="Rencana selesai tidak boleh sebelum rencana mulai.",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(finished_on__isnull=True) | Q(finished_on__gte=F("started_on")),
                name="activity_order",
                violation_error_message="Tanggal selesai tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActivityStatus.SELESAI.value) | Q(finished_on__isnull=False), name="activity_done_has_date"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "status", "planned_end"], name="activity_institution_open"),
            models.Index(fields=["case", "status", "planned_end"], name="activity_case_open"),
        ]

    def __str__(self) -> str:
        return self.title


class Agreement(models.Model):
    """A kesepakatan of the parties, or the court's ruling in its place; it binds them (UU 7/2012 Pasal 8, 41, 43)."""

    case = models.ForeignKey("konflik.Case", models.PROTECT, related_name="agreements", verbose_name="perkara")
    kind = models.CharField("cara tercapai", max_length=14, choices=[(k.value, v) for k, v in AGREEMENT_KIND_LABELS.items()])
    title = models.CharField("judul kesepakatan", max_length=200)
    agreed_on = models.DateField("tanggal kesepakatan")
    place = models.CharField("tempat", max_length=160, blank=True)
    witnesses = models.CharField("saksi (jabatan/tokoh)", max_length=240, blank=True)
    parties = models.ManyToManyField("konflik.Party", related_name="agreements", verbose_name="para pihak")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="memperbaiki", editable=False
    )
    correction_reason = models.TextField("alasan perbaikan", blank=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "kesepakatan"
        verbose_name_plural = "kesepakatan"
        constraints = [models.CheckConstraint(condition=Q(kind__in=[k.value for k in AgreementKind]), name="agreement_kind_known")]

    def __str__(self) -> str:
        return self.title


class AgreementTerm(models.Model):
    """One butir of an agreement: who does what by when."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="terms", verbose_name="kesepakatan")
    position = models.PositiveSmallIntegerField("butir")
    text = models.TextField("isi")
    responsible = models.ForeignKey(
        "konflik.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pihak yang melaksanakan"
    )
    due_on = models.DateField("batas waktu", null=True, blank=True)
    status = models.CharField(
        "status", max_length=10, choices=[(k.value, v) for k, v in TERM_STATUS_LABELS.items()], default=TermStatus.BELUM.value
    )
    status_note = models.TextField("keterangan", blank=True)
    version = models.PositiveIntegerField("versi", default=1)

    objects = AgreementTermQuerySet.as_manager()

    class Meta:
        verbose_name = "butir kesepakatan"
        verbose_name_plural = "butir kesepakatan"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="term_position_once"),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in TermStatus]), name="term_status_known"),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="term_open")]

    def __str__(self) -> str:
        return f"butir {self.position}"
