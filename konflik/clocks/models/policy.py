"""Figures that the law leaves open or that are known from practice: dated rows, each with what it rests on."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from konflik.law.grammar.durations import UNIT_LABELS, Unit
from konflik.periods import LastingQuerySet


class PolicyQuerySet(LastingQuerySet["Policy"]):
    """Figures of rules, each for its period."""


class Policy(models.Model):
    """The figure of one rule for one period. `number` empty: the rule is off until somebody enters it.

    A row of a kabupaten goes before one for all; of two in force the later `valid_from` speaks.
    """

    code = models.CharField("kode aturan", max_length=40)
    kabupaten = models.ForeignKey(
        "accounts.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kabupaten/kota",
        help_text="Kosong: berlaku untuk semua.",
    )
    number = models.PositiveSmallIntegerField("angka", null=True, blank=True, help_text="Kosong: belum ada angkanya, tenggat tidak dibuka.")
    unit = models.CharField("satuan", max_length=12, choices=[(u.value, v) for u, v in UNIT_LABELS.items()], default=Unit.DAYS.value)
    basis = models.CharField("keputusan/surat yang mendasari", max_length=200)
    is_confirmed = models.BooleanField("sudah dikonfirmasi Bagian Hukum", default=False)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="dicatat oleh"
    )
    recorded_at = models.DateTimeField("dicatat pada", editable=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "kebijakan tenggat"
        verbose_name_plural = "kebijakan tenggat"
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=[u.value for u in Unit]), name="policy_unit_known"),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__lte=3650), name="policy_number_sane"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="policy_ends_after_start",
                violation_error_message="Tanggal berakhir tidak boleh sebelum tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["code", "kabupaten", "valid_from"],
                name="policy_once_per_start",
                violation_error_message="Kebijakan untuk aturan ini dengan tanggal mulai yang sama sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.number} {UNIT_LABELS[Unit(self.unit)]}" if self.number is not None else f"{self.code}: belum ada angka"

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on `day`; both ends count."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
