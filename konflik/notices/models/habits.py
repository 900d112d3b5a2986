"""How somebody wants to be told: channels, quiet hours, digest, calendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from konflik.law.telling import GROUP_LABELS
from konflik.notices.tables import CHANNEL_LABELS, Channel


class DigestScope(models.TextChoices):
    NONE = "", "Tidak dikirim"
    MINE = "mine", "Tugas saya"
    TEAM = "team", "Tugas instansi saya"
    REPORTS = "reports", "Seluruh kabupaten/kota"


class ChannelChoice(models.Model):
    """Whether one person wants one kind of notice by one channel; without a row the default of the channel holds.

    The bell cannot be switched off: it is where a notice can be found and confirmed.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="channel_choices", verbose_name="pengguna")
    group = models.CharField("kelompok", max_length=16, choices=[(g.value, v) for g, v in GROUP_LABELS.items()])
    channel = models.CharField("saluran", max_length=12, choices=[(c.value, v) for c, v in CHANNEL_LABELS.items()])
    is_on = models.BooleanField("dikirim", default=True)

    class Meta:
        verbose_name = "pilihan saluran"
        verbose_name_plural = "pilihan saluran"
        constraints = [
            models.UniqueConstraint(fields=["user", "group", "channel"], name="channel_choice_once"),
            models.CheckConstraint(condition=~Q(channel=Channel.BELL.value), name="channel_choice_never_bell"),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} · {self.get_channel_display()}"


class Habit(models.Model):
    """Quiet hours in the legal time of the person's region (never for status and violence) and the daily digest."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="habit", verbose_name="pengguna")
    quiet_from = models.TimeField("waktu tenang sejak", null=True, blank=True)
    quiet_until = models.TimeField("waktu tenang sampai", null=True, blank=True)
    digest = models.CharField("ringkasan harian", max_length=8, choices=DigestScope.choices, blank=True, default=DigestScope.NONE)

    class Meta:
        verbose_name = "kebiasaan"
        verbose_name_plural = "kebiasaan"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="habit_quiet_hours_whole",
                violation_error_message="Isi kedua jam waktu tenang, atau kosongkan keduanya.",
            ),
            models.CheckConstraint(condition=Q(digest__in=DigestScope.values), name="habit_digest_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class CalendarFeed(models.Model):
    """The secret address of somebody's dates for a calendar program. Only its digest is kept; a new one ends the old."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_feed", verbose_name="pengguna"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("dibuat pada")

    class Meta:
        verbose_name = "alamat kalender"
        verbose_name_plural = "alamat kalender"

    def __str__(self) -> str:
        return str(self.user)
