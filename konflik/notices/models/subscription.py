"""Who is told by machine that something happened: an address, for a key, of some kinds of events."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Subscription(models.Model):
    """Speaks for a key: it is told of nothing that the key may not see, and ends with it.

    The secret that signs is made out of `seed` and the secret of the installation, so that no copy of the database holds it.
    """

    key = models.ForeignKey("accounts.ApiKey", models.PROTECT, related_name="subscriptions", verbose_name="kunci API")
    url = models.URLField("alamat penerima", max_length=300)
    events = models.JSONField("kejadian")
    region = models.ForeignKey(
        "accounts.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wilayah",
        help_text="Kosong: seluruh wilayah kunci.",
    )
    seed = models.CharField(max_length=43, editable=False)
    made_at = models.DateTimeField("dibuat pada", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="dibuat oleh"
    )
    ended_at = models.DateTimeField("dihentikan pada", null=True, editable=False)

    class Meta:
        verbose_name = "langganan kejadian"
        verbose_name_plural = "langganan kejadian"
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")), name="subscription_ends_after_made"),
            models.CheckConstraint(condition=~Q(url=""), name="subscription_has_address"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(ended_at__isnull=True), name="subscription_open")]

    def __str__(self) -> str:
        return f"{self.key.name} · {self.url}"
