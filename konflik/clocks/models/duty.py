"""An application, request or incident without a case that the law sets a limit for ("kewajiban lain")."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.law.secrecy import DUTY_CLASS, SECRECY_LABELS, Secrecy


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Duties of the kabupaten in which a posting of `user` permits to see clocks, up to its class."""
        return self.filter(area(user, Act.SEE_CLOCKS, via="kabupaten__", at=at, classed="secrecy"))


class Duty(models.Model):
    """What came in, when, by which letter; its deadline hangs on the thread "kewajiban:<pk>"."""

    rule = models.CharField("jenis kewajiban", max_length=40)
    title = models.CharField("perihal", max_length=160)
    applicant = models.CharField("pemohon/pelapor", max_length=160, blank=True)
    received_at = models.DateTimeField("diterima/diketahui pada")
    reference = models.CharField("bukti (nomor dan tanggal surat, nomor agenda)", max_length=200)
    note = models.TextField("keterangan", blank=True)
    secrecy = models.PositiveSmallIntegerField(
        "kelas keamanan", choices=[(k.value, v) for k, v in SECRECY_LABELS.items()], default=DUTY_CLASS.value
    )
    kabupaten = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada", editable=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "kewajiban lain"
        verbose_name_plural = "kewajiban lain"
        constraints = [
            models.CheckConstraint(condition=Q(received_at__lte=F("recorded_at")), name="duty_not_in_the_future"),
            models.CheckConstraint(condition=~Q(reference=""), name="duty_has_evidence"),
            models.CheckConstraint(condition=Q(secrecy__in=[s.value for s in Secrecy]), name="duty_secrecy_known"),
        ]
        indexes = [models.Index(fields=["kabupaten", "-received_at"], name="duty_kabupaten_recent")]

    def __str__(self) -> str:
        return self.title

    @property
    def thread(self) -> str:
        """What its deadline hangs on."""
        return f"kewajiban:{self.pk}"
