"""Keys of the API: each speaks for one person, with less than that person has."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.access.tables import Narrowing
from accounts.keys.tables import FIRST_DAYS, FIRST_RATE, HIGHEST_CLASS, HIGHEST_RATE, LONGEST_DAYS, SCOPE_ACTS, SCOPE_LABELS, Scope
from accounts.regions.models import Region
from konflik.law.secrecy import SECRECY_LABELS, Secrecy


class ApiKey(models.Model):
    """Only the digest of the secret is kept. A key ends with its days, when it is revoked, and with its owner's login."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_keys", verbose_name="pemilik")
    name = models.CharField("dipakai untuk", max_length=80, help_text="Sistem yang memakainya. Contoh: Satu Data Batanghari.")
    hint = models.CharField("awal kunci", max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField("cakupan")
    regions = models.ManyToManyField("accounts.Region", related_name="+", verbose_name="wilayah")
    clearance = models.PositiveSmallIntegerField(
        "kelas tertinggi",
        choices=[(s.value, label) for s, label in SECRECY_LABELS.items() if s <= HIGHEST_CLASS],
        default=Secrecy.BIASA.value,
    )
    rate = models.PositiveSmallIntegerField("permintaan per menit", default=FIRST_RATE)
    days = models.PositiveSmallIntegerField("berlaku (hari)", default=FIRST_DAYS, help_text=f"Paling lama {LONGEST_DAYS} hari.")
    made_at = models.DateTimeField("dibuat pada", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="dibuat oleh"
    )
    revoked_at = models.DateTimeField("dicabut pada", null=True, editable=False)
    last_used_at = models.DateTimeField("terakhir dipakai", null=True, editable=False)

    class Meta:
        verbose_name = "kunci API"
        verbose_name_plural = "kunci API"
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST_DAYS),
                name="api_key_at_most_365_days",
                violation_error_message=f"Isi 1 sampai {LONGEST_DAYS} hari.",
            ),
            models.CheckConstraint(
                condition=Q(clearance__gte=Secrecy.BIASA.value, clearance__lte=HIGHEST_CLASS.value),
                name="api_key_never_sealed",
                violation_error_message="Kunci API tidak pernah membuka perkara rahasia.",
            ),
            models.CheckConstraint(
                condition=Q(rate__gte=1, rate__lte=HIGHEST_RATE),
                name="api_key_rate_sound",
                violation_error_message=f"Isi 1 sampai {HIGHEST_RATE} permintaan per menit.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")), name="api_key_revoked_after_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    @property
    def expires_at(self) -> datetime:
        """The instant from which it opens nothing."""
        return self.made_at + timedelta(days=self.days)

    def is_open(self, *, at: datetime) -> bool:
        """Whether the key itself still holds at `at`."""
        return self.revoked_at is None and at < self.expires_at

    def narrowing(self, regions: Iterable[Region]) -> Narrowing:
        """What it leaves of the rights of its owner, in its `regions`."""
        acts = frozenset().union(*(SCOPE_ACTS[Scope(scope)] for scope in self.scopes))
        return Narrowing(acts, tuple(regions), Secrecy(self.clearance))

    def scope_words(self) -> str:
        """The scopes as somebody reads them."""
        return "; ".join(SCOPE_LABELS[Scope(scope)] for scope in self.scopes)
