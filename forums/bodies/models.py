"""The bodies that meet: Forkopimda, Tim Terpadu, Satgas, FKUB, FKDM …"""

from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.law.bodies import BODY_RULES, BodyKind
from konflik.periods import LastingQuerySet


class BodyQuerySet(LastingQuerySet["Body"]):
    def visible_to(self, user: User, *, at: datetime, act: Act = Act.SEE_FORUMS) -> "BodyQuerySet":
        """Bodies of the regions in which a posting of `user` permits `act`."""
        return self.filter(area(user, act, via="region__", at=at))

    def with_succession(self) -> "BodyQuerySet":
        """With `has_successor`: a later SK of the same kind in the same region; of a Satgas only under the same name."""
        later = Body.objects.filter(region=OuterRef("region"), kind=OuterRef("kind"), valid_from__gt=OuterRef("valid_from"))
        return self.annotate(has_successor=Exists(later.filter(~Q(kind=BodyKind.SATGAS.value) | Q(name=OuterRef("name")))))  # type: ignore[no-redef]  # declared on the model too


class Body(models.Model):
    """One body of one region for the period of its SK."""

    kind = models.CharField("jenis forum", max_length=24, choices=[(k.value, r.label) for k, r in BODY_RULES.items()])
    name = models.CharField("nama forum", max_length=160)
    region = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="wilayah")
    secretariat = models.ForeignKey(
        "accounts.Institution", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sekretariat"
    )
    legal_basis = models.CharField("dasar hukum", max_length=200)
    decree_number = models.CharField("nomor SK", max_length=80, blank=True)
    decree_on = models.DateField("tanggal SK", null=True, blank=True)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    religions_present = models.JSONField("agama yang ada di daerah", default=list, blank=True)
    note = models.TextField("keterangan", blank=True)

    has_successor: bool
    """Filled in by `with_succession()` only."""

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = "forum"
        verbose_name_plural = "forum"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in BodyKind]), name="body_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="body_ends_after_start",
                violation_error_message="Tanggal berakhir tidak boleh sebelum tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["region", "name", "valid_from"],
                name="body_once_per_period",
                violation_error_message="Forum dengan nama dan masa berlaku ini sudah dicatat.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
