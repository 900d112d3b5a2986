"""What a government tells its people in its own words, beside the words of the law."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.regions.models import Level
from konflik.public.tables import SECTION_LABELS, Section


class PublicNoteQuerySet(models.QuerySet["PublicNote"]):
    def shown_on(self, day: date) -> Self:
        """Notes that everybody may read on `day`, the newest first."""
        shown = self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day), published_on__lte=day)
        return shown.select_related("kabupaten").order_by("-published_on", "-pk")


class PublicNote(models.Model):
    """One policy, activity, direction or warning of one kabupaten, shown on the public page from its day until it is withdrawn.

    Who wrote it and who changed it last stand here as far as they are known; every change is a line of the journal.
    """

    section = models.CharField("bagian", max_length=12, choices=[(one.value, label) for one, label in SECTION_LABELS.items()])
    kabupaten = models.ForeignKey(
        "accounts.Region", models.PROTECT, related_name="+", verbose_name="kabupaten/kota", limit_choices_to={"level": Level.KABUPATEN}
    )
    title = models.CharField("judul", max_length=160)
    text = models.TextField(
        "isi", max_length=4000, help_text="Dibaca semua orang. Jangan menyebut nama orang, alamat rumah, atau perkara berkelas rahasia."
    )
    source = models.CharField("dasar", max_length=160, help_text="Nomor dan tanggal keputusan, surat, atau dokumen yang menjadi sumbernya.")
    published_on = models.DateField("tampil sejak")
    withdrawn_on = models.DateField("ditarik sejak", null=True, blank=True, help_text="Kosong: tetap tampil.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="dicatat oleh"
    )
    recorded_at = models.DateTimeField("dicatat pada", null=True, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="diubah oleh"
    )
    updated_at = models.DateTimeField("diubah pada", null=True, editable=False)

    objects = PublicNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "pengumuman"
        verbose_name_plural = "pengumuman"
        constraints = [
            models.CheckConstraint(condition=Q(section__in=[one.value for one in Section]), name="public_note_section_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("published_on")),
                name="public_note_ends_after_start",
                violation_error_message="Tanggal penarikan tidak boleh sebelum tanggal tampil.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
