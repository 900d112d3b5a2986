"""Asking for the help of the TNI during a status (UU 7/2012 Pasal 33-35; PP 2/2015 Pasal 40-53)."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from konflik.status.models.lasting import StatusRowQuerySet
from konflik.status.models.status import ConflictStatus

UNANSWERED = Q(ordered_at__isnull=True, declined_at__isnull=True)
WRITTEN = ~Q(letter_number="") & ~Q(reason="") & ~Q(area="") & ~Q(logistics="") & Q(help_days__gte=1)
UNWRITTEN = Q(letter_number="", reason="", area="", logistics="", help_days__isnull=True)


class TniRequestQuerySet(StatusRowQuerySet):
    def helping(self, at: datetime) -> Self:
        """Requests under which the TNI helps at `at`: ordered, and the status still in force (PP 2/2015 Pasal 53)."""
        return self.filter(ordered_at__lte=at, status__ends_at__gt=at)


class TniRequest(models.Model):
    """One request of the kepala daerah to the Presiden: spoken, then written within 1 x 24 hours, approved, ordered."""

    status = models.ForeignKey(ConflictStatus, models.PROTECT, related_name="tni_requests", verbose_name="status")
    advised_by = models.JSONField("pertimbangan yang sudah didengar", default=list)
    spoken_at = models.DateTimeField("diminta secara lisan pada", null=True)
    spoken_by = models.CharField("diminta oleh (jabatan)", max_length=160, blank=True)
    spoken_to = models.CharField("diterima oleh (jabatan)", max_length=160, blank=True)
    written_at = models.DateTimeField("diminta secara tertulis pada", null=True)
    letter_number = models.CharField("nomor surat permintaan", max_length=120, blank=True)
    reason = models.TextField("alasan permintaan bantuan", blank=True)
    area = models.TextField("wilayah perbantuan", blank=True)
    help_days = models.PositiveSmallIntegerField("lamanya bantuan (hari)", null=True)
    logistics = models.TextField("kesiapan dukungan logistik", blank=True)
    copies = models.JSONField("tembusan", default=list)
    approved_at = models.DateTimeField("disetujui Presiden pada", null=True)
    approval = models.CharField("nomor atau cara persetujuan", max_length=200, blank=True)
    declined_at = models.DateTimeField("tidak disetujui pada", null=True)
    decline_note = models.TextField("keterangan penolakan", blank=True)
    ordered_at = models.DateTimeField("perintah Panglima TNI pada", null=True)
    order = models.CharField("nomor perintah Panglima TNI", max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")
    version = models.PositiveIntegerField("versi", default=1)

    objects = TniRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan bantuan TNI"
        verbose_name_plural = "permintaan bantuan TNI"
        constraints = [
            models.CheckConstraint(condition=Q(spoken_at__isnull=False) | Q(written_at__isnull=False), name="tni_asked_somehow"),
            models.CheckConstraint(
                condition=(Q(written_at__isnull=True) & UNWRITTEN) | (Q(written_at__isnull=False) & WRITTEN),
                name="tni_letter_says_what_it_must",
                violation_error_message="Surat permintaan memuat alasan, wilayah, lamanya, dan dukungan logistik (PP 2/2015 Pasal 47).",
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True) | Q(spoken_at__isnull=True) | Q(written_at__gte=F("spoken_at")),
                name="tni_letter_follows_the_word",
            ),
            models.CheckConstraint(condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True), name="tni_one_answer"),
            models.CheckConstraint(
                condition=Q(ordered_at__isnull=True) | Q(approved_at__isnull=False, ordered_at__gte=F("approved_at")),
                name="tni_order_follows_approval",
            ),
            models.UniqueConstraint(
                fields=["status"],
                condition=UNANSWERED,
                name="tni_one_request_at_a_time",
                violation_error_message="Masih ada permintaan bantuan TNI yang berjalan.",
            ),
        ]

    def __str__(self) -> str:
        return self.letter_number or "permintaan lisan"


class TniEndNotice(models.Model):
    """The written word to the Presiden that the help has ended, with a copy to Panglima TNI (PP 2/2015 Pasal 53 ayat (2))."""

    status = models.OneToOneField(ConflictStatus, models.PROTECT, related_name="tni_end", verbose_name="status")
    number = models.CharField("nomor surat", max_length=120)
    sent_at = models.DateTimeField("disampaikan pada")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = StatusRowQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan berakhirnya bantuan TNI"
        verbose_name_plural = "pemberitahuan berakhirnya bantuan TNI"
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="tni_end_has_number")]

    def __str__(self) -> str:
        return self.number
