"""Days that are no working days, as decrees name them: national ones by SKB 3 Menteri, regional ones by the kepala daerah.

A decree speaks for every day from `covers_from` to `covers_until`; of two applied ones of the same reach the later speaks.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from konflik.clocks.tables import DAY_OFF_KIND_LABELS, DayOffKind


class CalendarDecree(models.Model):
    """One decree on days off. A draft changes nothing; an applied one is never edited, a newer one replaces it."""

    number = models.CharField("nomor keputusan", max_length=160)
    decided_on = models.DateField("tanggal keputusan")
    kabupaten = models.ForeignKey(
        "accounts.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kabupaten/kota",
        help_text="Kosong: berlaku di seluruh Indonesia.",
    )
    covers_from = models.DateField("memuat hari libur sejak")
    covers_until = models.DateField("memuat hari libur sampai")
    applied_at = models.DateTimeField("diberlakukan pada", null=True, blank=True, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="diberlakukan oleh"
    )

    class Meta:
        verbose_name = "keputusan hari libur"
        verbose_name_plural = "keputusan hari libur"
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_until__gte=F("covers_from")),
                name="calendar_ends_after_start",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal awal.",
            ),
            models.UniqueConstraint(
                fields=["number", "covers_from"],
                name="calendar_decree_once",
                violation_error_message="Keputusan ini sudah dicatat.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DayOff(models.Model):
    """One day of one decree."""

    decree = models.ForeignKey(CalendarDecree, models.PROTECT, related_name="days", verbose_name="keputusan")
    day = models.DateField("tanggal")
    name = models.CharField("nama hari libur", max_length=160)
    kind = models.CharField("jenis", max_length=12, choices=[(k.value, v) for k, v in DAY_OFF_KIND_LABELS.items()])

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in DayOffKind]), name="day_off_kind_known"),
            models.UniqueConstraint(
                fields=["decree", "day"], name="day_off_once", violation_error_message="Tanggal ini sudah ada dalam keputusan itu."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"
