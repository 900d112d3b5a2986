"""The way of the money from belanja tidak terduga (PP 2/2015 Pasal 80 ayat (2), 88 ayat (2))."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from konflik.status.models.lasting import StatusRowQuerySet
from konflik.status.models.status import ConflictStatus
from konflik.status.tables import ACCOUNTING_LABELS


class BttUse(models.Model):
    """One decision that names activities paid from belanja tidak terduga, and each step that the law asks for after it.

    It does not end with the status: what was spent is accounted for all the same.
    """

    status = models.ForeignKey(ConflictStatus, models.PROTECT, related_name="btt_uses", verbose_name="status")
    number = models.CharField("nomor keputusan kepala daerah", max_length=120)
    decided_at = models.DateTimeField("ditetapkan pada")
    activities = models.TextField("kegiatan yang didanai")
    plan_number = models.CharField("nomor rencana kebutuhan belanja", max_length=120, blank=True)
    submitted_at = models.DateTimeField("rencana diterima PPKD pada", null=True)
    amount = models.DecimalField("jumlah yang diajukan (rupiah)", max_digits=15, decimal_places=2, null=True)
    payment = models.CharField("nomor pencairan", max_length=120, blank=True)
    paid_at = models.DateTimeField("dicairkan pada", null=True)
    paid_amount = models.DecimalField("jumlah yang dicairkan (rupiah)", max_digits=15, decimal_places=2, null=True)
    dprd_letter = models.CharField("nomor surat kepada DPRD", max_length=120, blank=True)
    told_at = models.DateTimeField("DPRD diberi tahu pada", null=True)
    account_kind = models.CharField(
        "lampiran pertanggungjawaban", max_length=10, choices=[(k.value, v) for k, v in ACCOUNTING_LABELS.items()], blank=True
    )
    account_number = models.CharField("nomor pertanggungjawaban", max_length=120, blank=True)
    accounted_at = models.DateTimeField("dipertanggungjawabkan pada", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")
    version = models.PositiveIntegerField("versi", default=1)

    objects = StatusRowQuerySet.as_manager()

    class Meta:
        verbose_name = "penggunaan BTT"
        verbose_name_plural = "penggunaan BTT"
        constraints = [
            models.CheckConstraint(condition=~Q(number="") & ~Q(activities=""), name="btt_names_its_activities"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | (Q(submitted_at__gte=F("decided_at"), amount__gt=0) & ~Q(plan_number="")),
                name="btt_plan_follows_decision",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True)
                | (Q(submitted_at__isnull=False, paid_at__gte=F("submitted_at"), paid_amount__gt=0) & ~Q(payment="")),
                name="btt_payment_follows_plan",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | (Q(told_at__gte=F("decided_at")) & ~Q(dprd_letter="")), name="btt_dprd_told_by_letter"
            ),
            models.CheckConstraint(
                condition=Q(accounted_at__isnull=True)
                | (Q(paid_at__isnull=False, accounted_at__gte=F("paid_at")) & ~Q(account_number="") & ~Q(account_kind="")),
                name="btt_accounted_after_payment",
            ),
        ]
        indexes = [models.Index(fields=["status", "decided_at"], name="btt_of_status")]

    def __str__(self) -> str:
        return self.number

    @property
    def thread(self) -> str:
        """What its deadlines hang on: they outlive the status."""
        return f"btt:{self.pk}"
