"""Who holds which role, where, for which institution, from when until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.postings.tables import INSTITUTION_KIND_LABELS, ROLE_LABELS, TENURE_LABELS, InstitutionKind, Role, Tenure
from konflik.periods import LastingQuerySet


class Institution(models.Model):
    """An agency that sits in a team or acts in a case: Polres Batanghari, Dinas Sosial …"""

    name = models.CharField("nama instansi", max_length=160)
    kind = models.CharField("jenis instansi", max_length=20, choices=[(k.value, v) for k, v in INSTITUTION_KIND_LABELS.items()])
    region = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="wilayah")
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "instansi"
        verbose_name_plural = "instansi"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="institution_once_per_region",
                violation_error_message="Instansi dengan nama ini sudah ada di wilayah itu.",
            ),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in InstitutionKind]), name="institution_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class PostingQuerySet(LastingQuerySet["Posting"]):
    """Postings, each for its period."""


class Posting(models.Model):
    """One role of one person. Several may run at once, as Plt or Plh too; only postings give rights."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings", verbose_name="pengguna")
    role = models.CharField("peran", max_length=24, choices=[(k.value, v) for k, v in ROLE_LABELS.items()])
    tenure = models.CharField(
        "sifat jabatan", max_length=10, choices=[(k.value, v) for k, v in TENURE_LABELS.items()], default=Tenure.DEFINITIF.value
    )
    region = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="wilayah")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name="instansi")
    body = models.ForeignKey("forums.Body", models.PROTECT, null=True, blank=True, related_name="postings", verbose_name="forum")
    seat = models.ForeignKey("forums.Seat", models.PROTECT, null=True, blank=True, related_name="postings", verbose_name="kedudukan")
    decree = models.CharField("dasar (nomor SK/surat perintah)", max_length=120, blank=True)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[r.value for r in Role]), name="posting_role_known"),
            models.CheckConstraint(condition=Q(tenure__in=[t.value for t in Tenure]), name="posting_tenure_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="posting_ends_after_start",
                violation_error_message="Tanggal berakhir tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.ANGGOTA_TIM.value) | Q(institution__isnull=False),
                name="posting_member_has_institution",
                violation_error_message="Anggota tim harus mewakili satu instansi. Pilih instansinya.",
            ),
        ]
        indexes = [models.Index(fields=["user", "valid_from", "valid_until"], name="posting_user_period")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.region}"
