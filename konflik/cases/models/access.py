"""Attachments and access grants of a case."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from konflik.cases.models.case import Case, CaseRowQuerySet


class Attachment(models.Model):
    """One file of a case. Stored under its hash, outside every public folder; handed out only after a check."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments", verbose_name="perkara")
    activity = models.ForeignKey(
        "konflik.Activity", models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name="kegiatan"
    )
    agreement = models.ForeignKey(
        "konflik.Agreement", models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name="kesepakatan"
    )
    title = models.CharField("judul dokumen", max_length=160)
    original_name = models.CharField("nama berkas", max_length=160)
    media_type = models.CharField("jenis berkas", max_length=100)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    sha256 = models.CharField("sidik berkas", max_length=64)
    file = models.CharField("lokasi simpan", max_length=120)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    uploaded_at = models.DateTimeField("diunggah pada")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "sha256"],
                name="attachment_once_per_case",
                violation_error_message="Berkas yang sama sudah dilampirkan pada perkara ini.",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
        ]
        indexes = [models.Index(fields=["case", "-uploaded_at"], name="attachment_case_recent")]

    def __str__(self) -> str:
        return self.title


class AccessGrantQuerySet(CaseRowQuerySet):
    def in_force(self, at: datetime) -> Self:
        """Grants that open the case at the instant `at`."""
        return self.filter(Q(valid_from__lte=at), Q(valid_until__gt=at), Q(revoked_at__isnull=True) | Q(revoked_at__gt=at))


class AccessGrant(models.Model):
    """Opens one case to one person or body for a time, with a reason. Revoked, never deleted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="grants", verbose_name="perkara")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pengguna")
    body = models.ForeignKey("forums.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="forum")
    valid_from = models.DateTimeField("berlaku sejak")
    valid_until = models.DateTimeField("berlaku sampai")
    reason = models.TextField("alasan")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diberikan oleh")
    granted_at = models.DateTimeField("diberikan pada")
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dicabut oleh"
    )
    revoke_reason = models.TextField("alasan pencabutan", blank=True)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "akses khusus"
        verbose_name_plural = "akses khusus"
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(body__isnull=True),
                name="grant_person_or_body",
                violation_error_message="Pilih satu: pengguna atau forum.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="grant_ends_after_start",
                violation_error_message="Waktu berakhir harus sesudah waktu mulai.",
            ),
            models.CheckConstraint(condition=Q(revoked_at__isnull=True) | Q(revoked_by__isnull=False), name="grant_revoked_by_somebody"),
        ]
        indexes = [
            models.Index(fields=["user", "valid_until"], name="grant_user"),
            models.Index(fields=["body", "valid_until"], name="grant_body"),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.body} sampai {self.valid_until:%d-%m-%Y}"
