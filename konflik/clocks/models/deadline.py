"""One running deadline: what started it, the rule as it was then, when it ends. Recomputed, never counted down."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.access.selectors import area, scope
from accounts.access.tables import Act
from accounts.regions.models import TimeZone
from accounts.users.models import User
from konflik.clocks.tables import FIRST_DATE, OPEN_STATES, STATE_LABELS, State
from konflik.law.grammar.durations import UNIT_LABELS, Unit
from konflik.law.offices import OFFICE_LABELS
from konflik.law.secrecy import SECRECY_LABELS, Secrecy


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Deadlines of the cases that `user` may see, and those without a case where a posting permits to see clocks, up to its class."""
        of_cases = Q(case__isnull=False) & scope(user, via="case__", at=at)
        return self.filter(of_cases | (Q(case__isnull=True) & area(user, Act.SEE_CLOCKS, via="kabupaten__", at=at, classed="secrecy")))

    def open(self) -> Self:
        """Deadlines that still wait for somebody."""
        return self.filter(state__in=OPEN_STATES)


class Deadline(models.Model):
    """`thread` says what it is about ("perkara:7", "status:3", "kegiatan:12"); by rule and thread it is met and cancelled.

    `secrecy` is that of the duty it hangs on; a deadline of a case is read by the class of the case.
    `basis`, `text`, `span_*` are kept as they were when it opened. `first_*` say the date it was opened with, a `DeadlineFace` each
    later one; `due_version` grows with each move of the date, so that a moved date reminds anew. `closed_line` is the happening that
    met or ended it; None where a person closed it as such. `next_notice_at` is when the sweep has to look at it again; None: never.
    """

    rule = models.CharField("kode aturan", max_length=40)
    title = models.CharField("yang harus dilakukan", max_length=200)
    basis = models.CharField("dasar", max_length=200)
    text = models.TextField("bunyi aturan")
    span_number = models.PositiveSmallIntegerField("angka", null=True)
    span_unit = models.CharField("satuan", max_length=12, choices=[(u.value, v) for u, v in UNIT_LABELS.items()], blank=True)
    policy = models.ForeignKey("konflik.Policy", models.PROTECT, null=True, related_name="+", verbose_name="kebijakan")
    duty_of = models.CharField("kewajiban", max_length=32, choices=[(o.value, v) for o, v in OFFICE_LABELS.items()])
    institution = models.ForeignKey(
        "accounts.Institution", models.PROTECT, null=True, related_name="+", verbose_name="instansi penanggung jawab"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="orang")
    case = models.ForeignKey("konflik.Case", models.PROTECT, null=True, related_name="deadlines", verbose_name="perkara")
    secrecy = models.PositiveSmallIntegerField(
        "kelas keamanan", choices=[(k.value, v) for k, v in SECRECY_LABELS.items()], default=Secrecy.BIASA.value
    )
    body = models.ForeignKey("forums.Body", models.PROTECT, null=True, related_name="deadlines", verbose_name="forum")
    kabupaten = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    zone = models.CharField("zona waktu", max_length=20, choices=TimeZone.choices)
    thread = models.CharField(max_length=60)
    period = models.CharField("masa laporan", max_length=12, blank=True)
    trigger = models.ForeignKey(
        "konflik.JournalLine", models.DO_NOTHING, db_constraint=False, related_name="deadlines", verbose_name="pemicu"
    )
    starts_at = models.DateTimeField("dihitung sejak")
    fixed_on = models.DateField("tanggal yang ditetapkan", null=True)
    due_at = models.DateTimeField("jatuh tempo", null=True)
    last_day = models.DateField("hari terakhir", null=True)
    first_due_at = models.DateTimeField("jatuh tempo semula", null=True, editable=False)
    first_last_day = models.DateField("hari terakhir semula", null=True, editable=False)
    due_version = models.PositiveSmallIntegerField(default=FIRST_DATE)
    is_provisional = models.BooleanField("sementara", default=False)
    is_late_entry = models.BooleanField("dicatat susulan", default=False)
    state = models.CharField("keadaan", max_length=12, choices=[(s.value, v) for s, v in STATE_LABELS.items()], default=State.RUNNING.value)
    opened_at = models.DateTimeField("dibuka pada")
    closed_at = models.DateTimeField("ditutup pada", null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ditutup oleh")
    closed_line = models.ForeignKey(
        "konflik.JournalLine",
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name="ditutup oleh kejadian",
    )
    evidence = models.TextField("bukti atau alasan", blank=True)
    next_notice_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "tenggat"
        verbose_name_plural = "tenggat"
        constraints = [
            models.UniqueConstraint(fields=["rule", "trigger", "thread"], name="deadline_once_per_trigger"),
            models.UniqueConstraint(
                fields=["rule", "body", "period"], condition=Q(body__isnull=False) & ~Q(period=""), name="deadline_once_per_body_period"
            ),
            models.UniqueConstraint(
                fields=["rule", "kabupaten", "period"],
                condition=Q(body__isnull=True) & ~Q(period=""),
                name="deadline_once_per_region_period",
            ),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="deadline_state_known"),
            models.CheckConstraint(condition=Q(secrecy__in=[s.value for s in Secrecy]), name="deadline_secrecy_known"),
            models.CheckConstraint(condition=~Q(state=State.RUNNING.value) | Q(due_at__isnull=False), name="deadline_running_has_due"),
            models.CheckConstraint(condition=~Q(state=State.SUSPENDED.value) | Q(due_at__isnull=True), name="deadline_suspended_has_none"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.MET.value, State.CANCELLED.value]) | ~Q(evidence=""), name="deadline_closed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, closed_at__isnull=True) | (~Q(state__in=OPEN_STATES) & Q(closed_at__isnull=False)),
                name="deadline_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING.value) | Q(next_notice_at__isnull=True), name="deadline_quiet_when_not_running"
            ),
        ]
        indexes = [
            models.Index(fields=["next_notice_at", "id"], condition=Q(next_notice_at__isnull=False), name="deadline_to_look_at"),
            models.Index(fields=["kabupaten", "state", "due_at", "id"], name="deadline_kabupaten_due"),
            models.Index(fields=["case", "state", "due_at"], name="deadline_case_due"),
            models.Index(fields=["thread", "rule"], name="deadline_thread"),
            models.Index(fields=["closed_line"], condition=Q(closed_line__isnull=False), name="deadline_closed_by_line"),
            models.Index(
                fields=["span_unit", "id"],
                condition=Q(state=State.RUNNING.value, span_unit=Unit.WORKING_DAYS.value),
                name="deadline_on_calendar",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeadlineFaceQuerySet(models.QuerySet["DeadlineFace"]):
    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Faces of the deadlines that `user` may see."""
        return self.filter(deadline__in=Deadline.objects.visible_to(user, at=at))


class DeadlineFace(models.Model):
    """What a deadline showed from the moment a change of it was recorded until the next: only ever added.

    Without one it shows what it was opened with. `closed_at` is when that happened which closed it, `recorded_at` when it was written.
    """

    deadline = models.ForeignKey(Deadline, models.PROTECT, db_index=False, related_name="faces", verbose_name="tenggat")
    recorded_at = models.DateTimeField("dicatat pada")
    state = models.CharField("keadaan", max_length=12, choices=[(s.value, v) for s, v in STATE_LABELS.items()])
    due_at = models.DateTimeField("jatuh tempo", null=True)
    last_day = models.DateField("hari terakhir", null=True)
    closed_at = models.DateTimeField("ditutup pada", null=True)

    objects = DeadlineFaceQuerySet.as_manager()

    class Meta:
        verbose_name = "keadaan tenggat"
        verbose_name_plural = "keadaan tenggat"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="deadline_face_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, closed_at__isnull=True) | (~Q(state__in=OPEN_STATES) & Q(closed_at__isnull=False)),
                name="deadline_face_closed_at",
            ),
        ]
        indexes = [models.Index(fields=["deadline", "recorded_at"], name="deadline_face_order")]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.state}"


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Suspensions of the deadlines that `user` may see."""
        return self.filter(deadline__in=Deadline.objects.visible_to(user, at=at))


class Suspension(models.Model):
    """The clock stood still from `begins` until `ends`: a ledger of intervals, never overwritten but by its end."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="suspensions", verbose_name="tenggat")
    begins = models.DateTimeField("ditangguhkan sejak")
    ends = models.DateTimeField("berjalan kembali sejak", null=True)
    basis = models.CharField("dasar", max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = "penangguhan"
        verbose_name_plural = "penangguhan"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("begins")),
                name="suspension_ends_after_start",
                violation_error_message="Penangguhan tidak boleh berakhir sebelum dimulai.",
            ),
            models.UniqueConstraint(fields=["deadline"], condition=Q(ends__isnull=True), name="suspension_one_open"),
        ]

    def __str__(self) -> str:
        return self.basis
