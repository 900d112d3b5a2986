"""What is done under a status: temporary measures, reports, special access. All of it ends with the status."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from konflik.law.status import RESTRICTION_LABELS, Restriction
from konflik.status.models.lasting import StatusRowQuerySet
from konflik.status.models.status import ConflictStatus


class StatusMeasureQuerySet(StatusRowQuerySet):
    def in_force(self, at: datetime) -> Self:
        """Measures that hold at `at`; none outlives its status (UU 7/2012 Pasal 26, 30 ayat (4))."""
        running = self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), starts_at__lte=at, until_at__gt=at)
        return running.filter(status__effective_at__lte=at, status__ends_at__gt=at)


class StatusMeasure(models.Model):
    """One of the four temporary measures (UU 7/2012 Pasal 26), with its area, its hours and its end.

    `daily_from` to `daily_until` are the hours of each day; both empty: the whole day. Past midnight they may run over.
    """

    status = models.ForeignKey(ConflictStatus, models.PROTECT, related_name="measures", verbose_name="status")
    kind = models.CharField("tindakan", max_length=12, choices=[(k.value, v) for k, v in RESTRICTION_LABELS.items()])
    number = models.CharField("nomor keputusan atau perintah", max_length=120)
    area = models.TextField("kawasan")
    daily_from = models.TimeField("jam mulai tiap hari", null=True)
    daily_until = models.TimeField("jam berakhir tiap hari", null=True)
    starts_at = models.DateTimeField("berlaku sejak")
    until_at = models.DateTimeField("berlaku sampai")
    ended_at = models.DateTimeField("diakhiri pada", null=True)
    end_reason = models.TextField("alasan diakhiri", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = StatusMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "tindakan pembatasan"
        verbose_name_plural = "tindakan pembatasan"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in Restriction]), name="measure_kind_in_law"),
            models.CheckConstraint(condition=~Q(area=""), name="measure_says_where"),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("starts_at")),
                name="measure_ends_after_start",
                violation_error_message="Waktu berakhir harus sesudah waktu mulai.",
            ),
            models.CheckConstraint(
                condition=Q(daily_from__isnull=True, daily_until__isnull=True) | Q(daily_from__isnull=False, daily_until__isnull=False),
                name="measure_hours_are_a_pair",
                violation_error_message="Isi jam mulai dan jam berakhir, atau kosongkan keduanya.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__gte=F("starts_at"), ended_at__lt=F("until_at")) & ~Q(end_reason="")),
                name="measure_ended_before_its_end",
            ),
        ]
        indexes = [models.Index(fields=["status", "starts_at"], name="measure_of_status")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def stops_at(self) -> datetime:
        """When it really ends: by its own end, by order, or with the status, whichever comes first."""
        return min(self.ended_at or self.until_at, self.status.ends_at)

    def is_in_force(self, at: datetime) -> bool:
        """Whether the measure holds at the instant `at`."""
        return max(self.starts_at, self.status.effective_at) <= at < self.stops_at


class ProgressReport(models.Model):
    """One report on the handling of the conflict during a status (UU 7/2012 Pasal 23 ayat (2))."""

    status = models.ForeignKey(ConflictStatus, models.PROTECT, related_name="reports", verbose_name="status")
    number = models.CharField("nomor surat", max_length=120)
    reported_at = models.DateTimeField("dilaporkan pada")
    addressee = models.CharField("kepada", max_length=200)
    copies = models.JSONField("tembusan", default=list)
    summary = models.TextField("pokok perkembangan")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = StatusRowQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan perkembangan"
        verbose_name_plural = "laporan perkembangan"
        constraints = [
            models.CheckConstraint(condition=~Q(number="") & ~Q(summary=""), name="progress_says_what"),
            models.CheckConstraint(condition=Q(reported_at__lte=F("recorded_at")), name="progress_not_in_the_future"),
        ]
        indexes = [models.Index(fields=["status", "-reported_at"], name="progress_newest")]

    def __str__(self) -> str:
        return self.number


class StatusGrant(models.Model):
    """Special access that was given for as long as a status lasts: it ends with the status and moves with its end."""

    status = models.ForeignKey(ConflictStatus, models.PROTECT, related_name="grants", verbose_name="status")
    grant = models.OneToOneField("konflik.AccessGrant", models.PROTECT, related_name="of_status", verbose_name="akses khusus")

    objects = StatusRowQuerySet.as_manager()

    class Meta:
        verbose_name = "akses selama status"
        verbose_name_plural = "akses selama status"

    def __str__(self) -> str:
        return str(self.grant)
