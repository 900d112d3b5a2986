"""Who sits in a body. A seat stands on an SK and gives no rights; only a posting does."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.law.bodies import ELEMENT_LABELS, RELIGION_LABELS, Element
from konflik.periods import LastingQuerySet


class Gender(models.TextChoices):
    WOMAN = "p", "Perempuan"
    MAN = "l", "Laki-laki"


class SeatQuerySet(LastingQuerySet["Seat"]):
    def visible_to(self, user: User, *, at: datetime, act: Act = Act.SEE_FORUMS) -> "SeatQuerySet":
        """Seats of the bodies that `user` may see."""
        return self.filter(area(user, act, via="body__region__", at=at))


class Seat(models.Model):
    """One kedudukan in one body: person, institution, position, period."""

    body = models.ForeignKey("forums.Body", models.PROTECT, related_name="seats", verbose_name="forum")
    person_name = models.CharField("nama", max_length=120, blank=True, help_text="Boleh dikosongkan bila kedudukan melekat pada jabatan.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="pengguna")
    institution = models.ForeignKey(
        "accounts.Institution", models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="instansi"
    )
    office = models.CharField("jabatan", max_length=120, blank=True)
    position = models.CharField("kedudukan dalam tim", max_length=120)
    element = models.CharField(
        "unsur", max_length=12, choices=[(k.value, v) for k, v in ELEMENT_LABELS.items()], default=Element.PEMERINTAH.value
    )
    gender = models.CharField("jenis kelamin", max_length=1, choices=Gender.choices, blank=True)
    religion = models.CharField(
        "mewakili agama",
        max_length=12,
        choices=[(k.value, v) for k, v in RELIGION_LABELS.items()],
        blank=True,
        help_text="Hanya untuk FKUB.",
    )
    deputy_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name="wakil dari")
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "kedudukan"
        verbose_name_plural = "kedudukan"
        constraints = [
            models.CheckConstraint(condition=Q(element__in=[e.value for e in Element]), name="seat_element_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="seat_ends_after_start",
                violation_error_message="Tanggal berakhir tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~Q(person_name="") | ~Q(office="") | Q(user__isnull=False),
                name="seat_names_somebody",
                violation_error_message="Isi nama orang, jabatan, atau pengguna yang menduduki.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} · {self.person_name or self.office}"
