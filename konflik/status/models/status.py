"""One Status Keadaan Konflik: its decree, how long it lasts, where it holds (UU 7/2012 Pasal 14-31)."""

from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.regions.selectors import zone_of
from konflik.cases.models.case import CaseRowQuerySet
from konflik.law.status import LONGEST, LONGEST_EXTENSION, LONGEST_IN_ALL, Scale
from konflik.status.models.criteria import SCALE_CHOICES, Consultation, CriteriaAssessment
from konflik.status.models.lasting import StatusRowQuerySet, at_most, more_than

LAST_MOMENT = timedelta(microseconds=1)


class ConflictStatusQuerySet(CaseRowQuerySet):
    def in_force(self, at: datetime) -> Self:
        """Statuses in force at the instant `at`: from their beginning to their end, which no job has to notice."""
        return self.filter(effective_at__lte=at, ends_at__gt=at)

    def ended_unnoticed(self, now: datetime) -> Self:
        """Statuses that have ended and of which no line says so yet."""
        return self.filter(ended_noted_at__isnull=True, ends_at__lte=now)


class ConflictStatus(models.Model):
    """A decree on a status, with the end as it stands now.

    `decreed_until` is 24:00 of the last day of the decree, `extended_until` that of its one extension, both as 00:00 of the
    next day. `ends_at` follows from them and from `revoked_at` inside the database. `days` counts the day of effect.
    """

    case = models.ForeignKey("konflik.Case", models.PROTECT, related_name="statuses", verbose_name="perkara")
    scale = models.CharField("skala", max_length=10, choices=SCALE_CHOICES)
    number = models.CharField("nomor keputusan", max_length=120)
    decided_on = models.DateField("tanggal keputusan")
    decided_by = models.CharField("ditetapkan oleh (jabatan)", max_length=160)
    effective_at = models.DateTimeField("berlaku sejak")
    days = models.PositiveSmallIntegerField("lamanya (hari)")
    decreed_until = models.DateTimeField("berlaku sampai menurut keputusan")
    extended_until = models.DateTimeField("berlaku sampai menurut perpanjangan", null=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True)
    revocation_number = models.CharField("nomor keputusan pencabutan", max_length=120, blank=True)
    revocation_reason = models.TextField("alasan pencabutan", blank=True)
    ends_at = models.GeneratedField(
        expression=Coalesce("revoked_at", "extended_until", "decreed_until"),
        output_field=models.DateTimeField(),
        db_persist=True,
        verbose_name="berakhir pada",
    )
    ended_noted_at = models.DateTimeField("akhirnya dicatat pada", null=True)
    assessment = models.OneToOneField(CriteriaAssessment, models.PROTECT, related_name="status", verbose_name="penilaian syarat")
    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="declared", verbose_name="konsultasi")
    note = models.TextField("keterangan", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")
    version = models.PositiveIntegerField("versi", default=1)

    objects = ConflictStatusQuerySet.as_manager()

    class Meta:
        verbose_name = "status keadaan konflik"
        verbose_name_plural = "status keadaan konflik"
        constraints = [
            models.CheckConstraint(condition=Q(scale__in=[s.value for s in Scale]), name="status_scale_known"),
            models.CheckConstraint(condition=~Q(number=""), name="status_has_number"),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST.number),
                name="status_at_most_90_days",
                violation_error_message=f"Status berlaku paling lama {LONGEST} (UU 7/2012 Pasal 22).",
            ),
            # The instants can say nothing else than the days: day 1 is that of effect, the end is 24:00 of the last.
            models.CheckConstraint(
                condition=at_most("effective_at", "decreed_until", F("days")) & more_than("effective_at", "decreed_until", F("days") - 1),
                name="status_lasts_its_days",
            ),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True)
                | (
                    Q(extended_until__gt=F("decreed_until"))
                    & at_most("decreed_until", "extended_until", LONGEST_EXTENSION.number)
                    & at_most("effective_at", "extended_until", LONGEST_IN_ALL.number)
                ),
                name="status_extended_at_most_30_days",
                violation_error_message=f"Perpanjangan paling lama {LONGEST_EXTENSION} (UU 7/2012 Pasal 29).",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_number="", revocation_reason="")
                | (
                    Q(revoked_at__gte=F("effective_at"), revoked_at__lt=Coalesce("extended_until", "decreed_until"))
                    & ~Q(revocation_number="")
                    & ~Q(revocation_reason="")
                ),
                name="status_revoked_while_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ended_noted_at__isnull=True) | Q(ended_noted_at__gte=F("ends_at")), name="status_end_noted_after_it"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_noted_at__isnull=True),
                name="status_one_at_a_time",
                violation_error_message="Perkara ini masih mempunyai status yang berjalan.",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-effective_at"], name="status_case_newest"),
            models.Index(fields=["ends_at"], condition=Q(ended_noted_at__isnull=True), name="status_to_end"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def thread(self) -> str:
        """What its deadlines hang on."""
        return f"status:{self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """The legal time of the kabupaten that leads the case."""
        return zone_of(self.case.kabupaten)

    @property
    def effective_on(self) -> date:
        """Day 1."""
        return self.effective_at.astimezone(self.zone).date()

    @property
    def ends_on(self) -> date:
        """The last day as it stands now; of a revoked one the day of the revocation."""
        return (self.ends_at - LAST_MOMENT).astimezone(self.zone).date()

    def is_in_force(self, at: datetime) -> bool:
        """Whether the status holds at the instant `at`."""
        return self.effective_at <= at < self.ends_at

    def is_over(self, at: datetime) -> bool:
        """Whether the status has ended at `at`, by lapse or revocation."""
        return self.ends_at <= at


class StatusArea(models.Model):
    """One region in which a status holds, down to a desa."""

    status = models.ForeignKey(ConflictStatus, models.PROTECT, related_name="areas", verbose_name="status")
    region = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="wilayah")

    objects = StatusRowQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah status"
        verbose_name_plural = "wilayah status"
        constraints = [models.UniqueConstraint(fields=["status", "region"], name="status_area_once")]

    def __str__(self) -> str:
        return str(self.region)


class StatusExtension(models.Model):
    """The one extension that a status can have (UU 7/2012 Pasal 29), with what it rests on. Its end stands on the status."""

    status = models.OneToOneField(ConflictStatus, models.PROTECT, related_name="extension", verbose_name="status")
    number = models.CharField("nomor keputusan perpanjangan", max_length=120)
    decided_on = models.DateField("tanggal keputusan")
    days = models.PositiveSmallIntegerField("lamanya (hari)")
    evaluation = models.TextField("hasil evaluasi laporan pengendalian keadaan konflik")
    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="extended", verbose_name="konsultasi")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = StatusRowQuerySet.as_manager()

    class Meta:
        verbose_name = "perpanjangan status"
        verbose_name_plural = "perpanjangan status"
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=LONGEST_EXTENSION.number), name="extension_at_most_30_days"),
            models.CheckConstraint(condition=~Q(evaluation=""), name="extension_names_its_evaluation"),
            models.CheckConstraint(condition=~Q(number=""), name="extension_has_number"),
        ]

    def __str__(self) -> str:
        return self.number
