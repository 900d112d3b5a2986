"""Facts about this installation as a whole."""

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """The one row that says whose system this is: kabupaten, letterhead, mail server."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    region = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    letterhead_government = models.CharField("kop surat: pemerintah", max_length=160)
    letterhead_office = models.CharField("kop surat: instansi", max_length=160)
    letterhead_address = models.CharField("kop surat: alamat", max_length=240, blank=True)
    mail_host = models.CharField("server surel (SMTP)", max_length=160, blank=True)
    mail_port = models.PositiveIntegerField("port server surel", default=587)
    mail_user = models.CharField("nama pengguna surel", max_length=160, blank=True)
    mail_from = models.EmailField("alamat pengirim", blank=True)
    set_up_at = models.DateTimeField("disiapkan pada")

    class Meta:
        verbose_name = "pemasangan"
        verbose_name_plural = "pemasangan"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_only_one")]

    def __str__(self) -> str:
        return self.letterhead_office
