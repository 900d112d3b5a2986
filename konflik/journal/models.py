"""The journal: lines that are only ever appended, each chained to the one before in its stream.

One stream per case, one per kabupaten for everything else. Database triggers refuse update and delete
(migration `journal_triggers`). What may one day have to be erased stands beside the line in `JournalDetail`
and enters the chain only as a salted digest.
"""

from datetime import datetime
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case as IfSo
from django.db.models import Exists, OuterRef, Q, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from accounts.access.selectors import scope
from accounts.users.models import User
from konflik.law.events import Event

GENESIS = "0" * 64
NAMES_A_CASE: tuple[tuple[Event, tuple[str | int, ...]], ...] = (
    (Event.CASES_LINKED, ("other",)),
    (Event.CASE_AMENDED, ("parent", 0)),
    (Event.CASE_AMENDED, ("parent", 1)),
)
"""Where a payload names another case than that of its line."""


class JournalLineQuerySet(models.QuerySet):
    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Lines of the cases that `user` may see; what belongs to no case is read under another right."""
        return self.filter(scope(user, via="case__", at=at)).naming_seen(user, at=at)

    def naming_seen(self, user: User, *, at: datetime) -> Self:
        """Without the lines that name a case that `user` may not see: a link, a parent before or after (S14).

        The line is written all the same, whole for whoever may see both. Every reading of lines goes through here.
        """
        # Only the payload of the right event is taken for a key: PostgreSQL refuses to make a number of anything else.
        named = {f"named_{index}": IfSo(When(event=event.value, then=_key_in(path))) for index, (event, path) in enumerate(NAMES_A_CASE)}
        hidden = apps.get_model("konflik", "Case").objects.exclude(scope(user, at=at))
        # One question for all of them: three would make the database think a walk along the newest lines too dear.
        return self.alias(**named).exclude(Exists(hidden.filter(pk__in=[OuterRef(name) for name in named])))


def _key_in(path: tuple[str | int, ...]) -> Cast:
    found: models.expressions.Combinable = models.F("payload")
    for step in path:
        found = KeyTextTransform(step, found)
    return Cast(found, models.BigIntegerField())


class JournalDetailQuerySet(models.QuerySet):
    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Details of the lines that `user` may read."""
        return self.filter(line__in=JournalLine.objects.visible_to(user, at=at))


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

    objects = JournalLineQuerySet.as_manager()

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
