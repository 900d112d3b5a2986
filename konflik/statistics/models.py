"""What was published, for ever as it was, and the secret it was rounded with."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from konflik.statistics.tables.rounding import LEAST_K, MOST_K, Rounding


class RoundingYear(models.Model):
    """How the numbers of one year are rounded: fixed with its first release, so that a changed setting waits for the next year.

    The seed is as secret as the cases are: whoever holds it, and a release, knows more than the release says.
    """

    year = models.PositiveSmallIntegerField("tahun", primary_key=True)
    k = models.PositiveSmallIntegerField("batas pengungkapan", validators=[MinValueValidator(LEAST_K), MaxValueValidator(MOST_K)])
    seed = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "pembulatan tahunan"
        verbose_name_plural = "pembulatan tahunan"
        constraints = [models.CheckConstraint(condition=Q(k__gte=LEAST_K, k__lte=MOST_K), name="rounding_k_in_range")]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def rounding(self) -> Rounding:
        """The rounding itself."""
        return Rounding(self.k, self.seed)


class Release(models.Model):
    """One frozen month: {table: {kabupaten: {category: number since 1 January}}}, rounded. Nothing else of it is kept.

    The database refuses every change of it (migration `frozen_releases`).
    """

    month = models.DateField("bulan", primary_key=True)
    year = models.ForeignKey(RoundingYear, models.PROTECT, related_name="releases", verbose_name="tahun")
    frozen_at = models.DateTimeField("dibekukan pada")
    numbers = models.JSONField("angka terbit")

    class Meta:
        verbose_name = "terbitan statistik"
        verbose_name_plural = "terbitan statistik"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
