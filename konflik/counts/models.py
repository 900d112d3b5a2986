"""Numbers that are never counted at night: every act appends what it gains, and cells of four levels take the gains up.

A gain is written in the transaction of the act and locks nothing. `konflik.counts.services.fold` carries gains into the
cells of country, province, kabupaten and kecamatan; whoever reads adds up cells and gains in one statement, so that the
number is exact whether or not anything was folded yet.
"""

from django.db import models
from django.db.models import Q

from accounts.regions.models import Level

LEVELS = [(0, "Indonesia"), *Level.choices[:3], (10, "Indonesia, semua isu"), (11, "Provinsi, semua isu")]
DIGITS = 40


class Placed(models.Model):
    """Codes of the regions a number belongs to; empty above the level of the cell, and for an unknown kecamatan."""

    province = models.CharField(max_length=2, blank=True)
    kabupaten = models.CharField(max_length=5, blank=True)
    kecamatan = models.CharField(max_length=8, blank=True)

    class Meta:
        abstract = True


class OfCases(Placed):
    """How cases stand: by stage, source, issue type, severity and class."""

    stage = models.CharField(max_length=12)
    source = models.CharField(max_length=1)
    issue_type = models.CharField(max_length=DIGITS)
    severity = models.PositiveSmallIntegerField()
    secrecy = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class OfMonths(Placed):
    """Steps of cases in one month (its first day): by stage left and entered, source, issue type and class."""

    month = models.DateField()
    stage_left = models.CharField(max_length=12, blank=True)
    stage_entered = models.CharField(max_length=12)
    source = models.CharField(max_length=1)
    issue_type = models.CharField(max_length=DIGITS)
    secrecy = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class CaseCell(OfCases):
    """How many cases stand in one combination, in one region."""

    level = models.PositiveSmallIntegerField(choices=LEVELS)
    number = models.IntegerField(default=0)

    class Meta:
        verbose_name = "sel perkara"
        verbose_name_plural = "sel perkara"
        constraints = [
            models.UniqueConstraint(
                fields=["level", "province", "kabupaten", "kecamatan", "stage", "source", "issue_type", "severity", "secrecy"],
                name="case_cell_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="case_cell_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kabupaten or self.province} {self.stage} {self.source}: {self.number}"


class CaseGain(OfCases):
    """What one act adds to the cases of one combination, or takes; not yet in the cells."""

    gain = models.SmallIntegerField()

    class Meta:
        verbose_name = "perubahan sel perkara"
        verbose_name_plural = "perubahan sel perkara"

    def __str__(self) -> str:
        return f"{self.kabupaten} {self.stage} {self.source}: {self.gain:+}"


class MonthCell(OfMonths):
    """How many steps were taken in one month and region."""

    level = models.PositiveSmallIntegerField(choices=LEVELS)
    number = models.IntegerField(default=0)

    class Meta:
        verbose_name = "sel bulan"
        verbose_name_plural = "sel bulan"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "level",
                    "province",
                    "kabupaten",
                    "kecamatan",
                    "month",
                    "stage_left",
                    "stage_entered",
                    "source",
                    "issue_type",
                    "secrecy",
                ],
                name="month_cell_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="month_cell_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kabupaten or self.province} {self.month:%Y-%m} {self.stage_entered}: {self.number}"


class MonthGain(OfMonths):
    """What one act adds to the steps of one month, or takes; not yet in the cells."""

    gain = models.SmallIntegerField()

    class Meta:
        verbose_name = "perubahan sel bulan"
        verbose_name_plural = "perubahan sel bulan"

    def __str__(self) -> str:
        return f"{self.kabupaten} {self.month:%Y-%m} {self.stage_entered}: {self.gain:+}"
