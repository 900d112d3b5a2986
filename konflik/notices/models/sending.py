"""By what means notices leave, and whether the watch goes on."""

from django.db import models


class Gateway(models.Model):
    """An HTTP service that hands short messages on (SMS, WhatsApp, Telegram). Its secret stands in the data directory."""

    name = models.CharField("nama layanan", max_length=80, unique=True)
    url = models.URLField("alamat layanan", max_length=300)
    is_active = models.BooleanField("aktif", default=False)

    class Meta:
        verbose_name = "layanan pesan singkat"
        verbose_name_plural = "layanan pesan singkat"
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=models.Q(is_active=True),
                name="gateway_one_active",
                violation_error_message="Hanya satu layanan pesan singkat dapat aktif. Nonaktifkan yang lain lebih dahulu.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When a recurring work last began and last came to its end.

    `alarmed_at` is when somebody last tried to raise the alarm that it stands still, `alarmed` whom that has reached so far:
    {"reached": [keys of people], "unsure": [one key for each mail that may have arrived]}.
    """

    name = models.CharField(max_length=24, primary_key=True)
    started_at = models.DateTimeField("mulai")
    finished_at = models.DateTimeField("selesai", null=True)
    tally = models.JSONField("hitungan", default=dict)
    alarmed_at = models.DateTimeField("tanda bahaya pada", null=True)
    alarmed = models.JSONField("tanda bahaya sampai kepada", default=dict)

    class Meta:
        verbose_name = "denyut"
        verbose_name_plural = "denyut"

    def __str__(self) -> str:
        return self.name
