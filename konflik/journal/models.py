"""The journal: lines that are only ever appended, each chained to the one before in its stream.

One stream per case, one per kabupaten for everything else. Database triggers refuse update and delete
(migration `journal_triggers`). What may one day have to be erased stands beside the line in `JournalDetail`
and enters the chain only as a salted digest.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.access.selectors import scope
from accounts.users.models import User

GENESIS = "0" * 64


class JournalQuerySet(models.QuerySet):
    """Lines, or what hangs on a line; `case` says by which path the case is reached."""

    case = "case__"

    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Rows of the cases that `user` may see; what belongs to no case is read under another right."""
        return self.filter(scope(user, via=self.case, at=at))


class JournalDetailQuerySet(JournalQuerySet):
    case = "line__case__"


class JournalLine(models.Model):
    """One thing that happened. Points to its case without a database constraint: it outlives it."""

    stream = models.CharField("aliran", max_length=40)
    position = models.PositiveIntegerField("nomor urut")
    event = models.CharField("kejadian", max_length=40)
    occurred_at = models.DateTimeField("waktu kejadian")
    recorded_at = models.DateTimeField("waktu dicatat")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, null=True, related_name="+", verbose_name="dicatat oleh"
    )
    case = models.ForeignKey(
        "konflik.Case",
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,  # the indexes below begin with it, and with the kabupaten
        null=True,
        related_name="journal",
        verbose_name="perkara",
    )
    kabupaten = models.ForeignKey(
        "accounts.Region",
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name="kabupaten/kota",
    )
    basis = models.CharField("dasar", max_length=120, blank=True)
    payload = models.JSONField("isi", default=dict)
    corrects = models.ForeignKey(
        "self", models.DO_NOTHING, db_constraint=False, null=True, related_name="corrections", verbose_name="memperbaiki"
    )
    detail_digest = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = "baris riwayat"
        verbose_name_plural = "riwayat"
        constraints = [
            models.UniqueConstraint(fields=["stream", "position"], name="journal_position_once"),
            models.UniqueConstraint(fields=["stream", "previous_hash"], name="journal_never_forks"),
            models.CheckConstraint(condition=Q(position__gte=1), name="journal_starts_at_one"),
        ]
        indexes = [
            models.Index(fields=["case", "-occurred_at", "-id"], name="journal_case_recent"),
            models.Index(fields=["kabupaten", "-id"], name="journal_kabupaten_recent"),
            models.Index(fields=["case", "event"], name="journal_case_event"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} #{self.position}"


class JournalDetail(models.Model):
    """The erasable part of a line: free text and names. Its salted digest stays in the chain when it is erased."""

    line = models.OneToOneField(JournalLine, models.DO_NOTHING, primary_key=True, related_name="detail")
    salt = models.CharField(max_length=32)
    data = models.JSONField(default=dict)

    objects = JournalDetailQuerySet.as_manager()

    class Meta:
        verbose_name = "rincian riwayat"
        verbose_name_plural = "rincian riwayat"

    def __str__(self) -> str:
        return f"rincian {self.pk}"


class JournalHead(models.Model):
    """The last position and hash of each stream; the row that writers lock."""

    stream = models.CharField(max_length=40, primary_key=True)
    position = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = "kepala aliran"
        verbose_name_plural = "kepala aliran"

    def __str__(self) -> str:
        return self.stream


class JournalAnchor(models.Model):
    """All heads of one day under one hash. Kept off the host it shows a cut tail, which a plain chain misses."""

    day = models.DateField("tanggal", unique=True)
    made_at = models.DateTimeField("dibuat pada")
    heads = models.JSONField("kepala aliran")
    root = models.CharField("sidik", max_length=64)

    class Meta:
        verbose_name = "jangkar riwayat"
        verbose_name_plural = "jangkar riwayat"

    def __str__(self) -> str:
        return f"jangkar {self.day:%Y-%m-%d}"
