"""Rollup cells, kept in the transaction of the act itself, so that nobody recounts at night."""

from django.db import models
from django.db.models import Q


class CaseCell(models.Model):
    """How many cases stand now in one combination of kabupaten, stage, source, issue type, severity and class."""

    kabupaten = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12)
    source = models.CharField(max_length=1)
    issue_type = models.CharField(max_length=40)
    severity = models.PositiveSmallIntegerField()
    secrecy = models.PositiveSmallIntegerField()
    number = models.IntegerField(default=0)

    class Meta:
        verbose_name = "sel perkara"
        verbose_name_plural = "sel perkara"
        constraints = [
            models.UniqueConstraint(fields=["kabupaten", "stage", "source", "issue_type", "severity", "secrecy"], name="case_cell_once"),
            models.CheckConstraint(condition=Q(number__gte=0), name="case_cell_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kabupaten_id} {self.stage} {self.source}: {self.number}"


class MonthCell(models.Model):
    """How many times an event happened in one kabupaten, kecamatan and local month (first day), by source and class."""

    kabupaten = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+")
    kecamatan_code = models.CharField(max_length=13, blank=True)
    month = models.DateField()
    event = models.CharField(max_length=40)
    source = models.CharField(max_length=1)
    secrecy = models.PositiveSmallIntegerField()
    number = models.IntegerField(default=0)

    class Meta:
        verbose_name = "sel bulan"
        verbose_name_plural = "sel bulan"
        constraints = [
            models.UniqueConstraint(fields=["kabupaten", "kecamatan_code", "month", "event", "source", "secrecy"], name="month_cell_once"),
            models.CheckConstraint(condition=Q(number__gte=0), name="month_cell_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kabupaten_id} {self.month:%Y-%m} {self.event}: {self.number}"
