"""The case, its places, its number series and its links."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.access.selectors import scope
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.cases.tables import LINK_KIND_LABELS, LinkKind, Series
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import SEALED_FROM, SECRECY_LABELS, Secrecy
from konflik.law.severity import SEVERITY_LABELS, Severity
from konflik.law.sources import SOURCE_LABELS, Source
from konflik.law.stages import STAGE_LABELS, Stage


class IssueType(models.Model):
    """Local kinds of issue below the five sources of the law; the secretariat edits this list."""

    code = models.SlugField("kode", max_length=40, primary_key=True)
    label = models.CharField("nama isu", max_length=120, unique=True)
    is_active = models.BooleanField("dipakai", default=True)

    class Meta:
        verbose_name = "jenis isu"
        verbose_name_plural = "jenis isu"

    def __str__(self) -> str:
        return self.label


class NumberSeries(models.Model):
    """The last number given in one kabupaten, local year and series."""

    kabupaten = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "deret nomor"
        verbose_name_plural = "deret nomor"
        constraints = [models.UniqueConstraint(fields=["kabupaten", "year", "series"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.kabupaten_id}/{self.year}/{self.series}"


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User, *, at: datetime, act: Act = Act.SEE_CASES) -> "CaseQuerySet":
        """Cases that `user` may see at `at`, or with `act` the ones on which that act is open to the user."""
        return self.filter(scope(user, at=at, act=act))

    def running(self) -> "CaseQuerySet":
        """Cases that are not selesai. Asked by `closed_at`, which says the same and which the indexes of running cases name."""
        return self.filter(closed_at__isnull=True)


class CaseRowQuerySet(models.QuerySet):
    """Rows that hang on a case; `case` says by which path it is reached."""

    case = "case__"

    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Rows of the cases that `user` may see."""
        return self.filter(scope(user, via=self.case, at=at))


class CaseLinkQuerySet(CaseRowQuerySet):
    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Links of which `user` may see both cases."""
        return super().visible_to(user, at=at).filter(scope(user, via="other__", at=at))


class Case(models.Model):
    """One perkara from first sign to recovery. Statutory fields change through services only."""

    number = models.CharField("nomor perkara", max_length=40, editable=False)
    series = models.CharField(max_length=10, editable=False)
    year = models.PositiveSmallIntegerField("tahun", editable=False)
    sequence = models.PositiveIntegerField(editable=False)
    title = models.CharField("judul perkara", max_length=200)
    chronology = models.TextField("kronologi")
    province = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="provinsi", editable=False)
    kabupaten = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="kabupaten/kota", editable=False)
    source = models.CharField(
        "sumber konflik (UU 7/2012 Pasal 5)", max_length=1, choices=[(k.value, f"{k.value}. {v}") for k, v in SOURCE_LABELS.items()]
    )
    issue_type = models.ForeignKey(IssueType, models.PROTECT, related_name="cases", verbose_name="jenis isu")
    qualification = models.CharField(
        "kualifikasi hukum",
        max_length=12,
        choices=[(k.value, v) for k, v in QUALIFICATION_LABELS.items()],
        default=Qualification.POTENSI.value,
    )
    stage = models.CharField(
        "tahap", max_length=12, choices=[(k.value, v) for k, v in STAGE_LABELS.items()], default=Stage.PENCEGAHAN.value
    )
    stage_since = models.DateTimeField("tahap sejak")
    severity = models.PositiveSmallIntegerField(
        "tingkat kerawanan", choices=[(k.value, v) for k, v in SEVERITY_LABELS.items()], default=Severity.LOW.value
    )
    secrecy = models.PositiveSmallIntegerField(
        "kelas keamanan", choices=[(k.value, v) for k, v in SECRECY_LABELS.items()], default=Secrecy.TERBATAS.value
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penanggung jawab"
    )
    handler_institution = models.ForeignKey(
        "accounts.Institution", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="instansi penanggung jawab"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="perkara induk")
    satgas = models.ForeignKey("forums.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Satgas")
    opened_at = models.DateTimeField("dibuka pada")
    recorded_at = models.DateTimeField("dicatat pada")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    closed_at = models.DateTimeField("selesai pada", null=True, blank=True)
    is_late_entry = models.BooleanField("dicatat susulan", default=False)
    updated_at = models.DateTimeField("diperbarui pada")
    version = models.PositiveIntegerField("versi", default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "perkara"
        verbose_name_plural = "perkara"
        constraints = [
            models.UniqueConstraint(fields=["kabupaten", "year", "series", "sequence"], name="case_number_once"),
            models.UniqueConstraint(fields=["kabupaten", "number"], name="case_number_text_once"),
            models.CheckConstraint(condition=Q(stage__in=[s.value for s in Stage]), name="case_stage_known"),
            models.CheckConstraint(condition=Q(source__in=[s.value for s in Source]), name="case_source_known"),
            models.CheckConstraint(condition=Q(qualification__in=[q.value for q in Qualification]), name="case_qualification_known"),
            models.CheckConstraint(condition=Q(severity__in=[s.value for s in Severity]), name="case_severity_known"),
            models.CheckConstraint(condition=Q(secrecy__in=[s.value for s in Secrecy]), name="case_secrecy_known"),
            models.CheckConstraint(condition=Q(series__in=[s.value for s in Series]), name="case_series_known"),
            models.CheckConstraint(condition=Q(stage_since__gte=F("opened_at")), name="case_stage_after_opening"),
            models.CheckConstraint(condition=Q(opened_at__lte=F("recorded_at")), name="case_opened_before_recorded"),
            models.CheckConstraint(
                condition=Q(stage=Stage.SELESAI.value, closed_at__isnull=False)
                | (~Q(stage=Stage.SELESAI.value) & Q(closed_at__isnull=True)),
                name="case_closed_iff_selesai",
            ),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="case_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["kabupaten", "stage", "-opened_at", "-id"], name="case_kab_stage"),
            models.Index(fields=["kabupaten", "-opened_at", "-id", "secrecy"], name="case_kab_recent"),
            models.Index(fields=["province", "-opened_at", "-id"], name="case_prov_recent"),
            models.Index(fields=["-opened_at", "-id"], name="case_recent"),
            # Lembar Harian counts along these without reading a row.
            models.Index(fields=["kabupaten", "stage", "secrecy"], condition=Q(closed_at__isnull=True), name="case_kab_running"),
            models.Index(fields=["kabupaten", "updated_at", "secrecy"], condition=Q(closed_at__isnull=True), name="case_kab_stuck"),
            models.Index(fields=["kabupaten", "closed_at", "secrecy"], condition=Q(closed_at__isnull=False), name="case_kab_closed"),
            models.Index(
                fields=["kabupaten", "-opened_at", "-id", "secrecy"],
                condition=Q(closed_at__isnull=True, handler__isnull=True, handler_institution__isnull=True),
                name="case_kab_unassigned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_sealed(self) -> bool:
        """Whether it is of class rahasia or above."""
        return self.secrecy >= SEALED_FROM


class CasePlace(models.Model):
    """One region a case lies in. Exactly one is leading; a boundary dispute has places in two kabupaten."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="places", verbose_name="perkara")
    region = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", verbose_name="wilayah")
    province = models.ForeignKey("accounts.Region", models.PROTECT, related_name="+", editable=False)
    kabupaten = models.ForeignKey("accounts.Region", models.PROTECT, null=True, related_name="+", editable=False)
    kecamatan = models.ForeignKey("accounts.Region", models.PROTECT, null=True, related_name="+", editable=False)
    is_leading = models.BooleanField("wilayah utama", default=False)
    # Kept here, because it is asked on every page whether any case of another kabupaten reaches into one's own.
    is_beyond = models.BooleanField("di luar kabupaten/kota perkara", default=False, editable=False)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "lokasi perkara"
        verbose_name_plural = "lokasi perkara"
        constraints = [
            models.UniqueConstraint(fields=["case", "region"], name="case_place_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(is_leading=True), name="case_one_leading_place"),
            models.CheckConstraint(condition=~Q(is_leading=True, is_beyond=True), name="case_leading_place_at_home"),
        ]
        indexes = [
            models.Index(fields=["kecamatan", "case"], name="case_place_kecamatan"),
            models.Index(fields=["kabupaten", "is_leading", "case"], name="case_place_kabupaten"),
            models.Index(fields=["case", "kecamatan"], name="case_place_case"),
            models.Index(fields=["kabupaten", "case"], condition=Q(is_beyond=True), name="case_place_beyond"),
            models.Index(fields=["province", "case"], condition=Q(is_beyond=True), name="case_place_beyond_prov"),
        ]

    def __str__(self) -> str:
        return str(self.region)


class CaseLink(models.Model):
    """Two cases that belong together, and how."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="links", verbose_name="perkara")
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked_from", verbose_name="perkara lain")
    kind = models.CharField("hubungan", max_length=10, choices=[(k.value, v) for k, v in LINK_KIND_LABELS.items()])
    reason = models.CharField("keterangan", max_length=200, blank=True)

    objects = CaseLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "hubungan perkara"
        verbose_name_plural = "hubungan perkara"
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="case_link_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="case_link_not_to_itself"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in LinkKind]), name="case_link_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} – {self.other_id}"
