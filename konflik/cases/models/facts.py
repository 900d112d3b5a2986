"""What is known about a case: parties and their versions, figures per source, dated severity, decided qualification."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from konflik.cases.models.case import Case, CaseRowQuerySet
from konflik.cases.tables import PARTY_KIND_LABELS, PARTY_ROLE_LABELS, PartyKind, PartyRole
from konflik.law.figures import FIGURE_SOURCE_LABELS, MEASURE_LABELS, FigureSource, Measure
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.severity import SEVERITY_LABELS, Severity


class Party(models.Model):
    """One side of the conflict, its role, its claim and its own version of what happened."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties", verbose_name="perkara")
    kind = models.CharField("jenis pihak", max_length=10, choices=[(k.value, v) for k, v in PARTY_KIND_LABELS.items()])
    name = models.CharField("nama pihak", max_length=160, help_text="Nama kelompok, perusahaan, atau instansi, bukan nama orang.")
    role = models.CharField("peran", max_length=12, choices=[(k.value, v) for k, v in PARTY_ROLE_LABELS.items()])
    claim = models.TextField("tuntutan", blank=True)
    account = models.TextField("versi pihak ini", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "pihak"
        verbose_name_plural = "para pihak"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "name"],
                name="party_once_per_case",
                violation_error_message="Pihak dengan nama ini sudah dicatat pada perkara ini.",
            ),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PartyKind]), name="party_kind_known"),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in PartyRole]), name="party_role_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """One count by one source at one moment. Never summed across sources; a correction is a new row naming the old."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="figures", verbose_name="perkara")
    measure = models.CharField("yang dihitung", max_length=20, choices=[(k.value, f"{v[0]} ({v[1]})") for k, v in MEASURE_LABELS.items()])
    value = models.DecimalField("angka", max_digits=16, decimal_places=2)
    source = models.CharField("sumber", max_length=12, choices=[(k.value, v) for k, v in FIGURE_SOURCE_LABELS.items()])
    source_note = models.CharField("keterangan sumber", max_length=200, blank=True, help_text="Misalnya nomor laporan atau nama media.")
    as_of = models.DateTimeField("keadaan pada")
    is_authoritative = models.BooleanField("angka resmi", default=False)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="memperbaiki")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "angka"
        verbose_name_plural = "angka"
        constraints = [
            models.UniqueConstraint(fields=["case", "measure"], condition=Q(is_authoritative=True), name="figure_one_authoritative"),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="figure_not_negative", violation_error_message="Angka tidak boleh kurang dari nol."
            ),
            models.CheckConstraint(condition=Q(measure__in=[m.value for m in Measure]), name="figure_measure_known"),
            models.CheckConstraint(condition=Q(source__in=[s.value for s in FigureSource]), name="figure_source_known"),
            models.CheckConstraint(condition=Q(as_of__lte=F("recorded_at")), name="figure_not_in_future"),
        ]
        indexes = [models.Index(fields=["case", "measure", "-as_of"], name="figure_case_measure")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.value}"


class SeverityEntry(models.Model):
    """How grave the case was from one moment on, with the reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="severities", verbose_name="perkara")
    level = models.PositiveSmallIntegerField("tingkat kerawanan", choices=[(k.value, v) for k, v in SEVERITY_LABELS.items()])
    since = models.DateTimeField("sejak")
    reason = models.TextField("alasan")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "tingkat kerawanan"
        verbose_name_plural = "riwayat tingkat kerawanan"
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[s.value for s in Severity]), name="severity_level_known"),
            models.CheckConstraint(condition=Q(since__lte=F("recorded_at")), name="severity_not_in_future"),
        ]

    def __str__(self) -> str:
        return self.get_level_display()


class QualificationDecision(models.Model):
    """Who decided what a file legally is, and why (UU 7/2012 Pasal 1 angka 1)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="qualifications", verbose_name="perkara")
    qualification = models.CharField("kualifikasi", max_length=12, choices=[(k.value, v) for k, v in QUALIFICATION_LABELS.items()])
    decided_by = models.CharField("diputuskan oleh (jabatan/forum)", max_length=160)
    decided_at = models.DateTimeField("diputuskan pada")
    reason = models.TextField("alasan")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "kualifikasi hukum"
        verbose_name_plural = "riwayat kualifikasi hukum"
        constraints = [
            models.CheckConstraint(condition=Q(qualification__in=[q.value for q in Qualification]), name="qualification_known"),
            models.CheckConstraint(condition=Q(decided_at__lte=F("recorded_at")), name="qualification_not_in_future"),
        ]

    def __str__(self) -> str:
        return self.get_qualification_display()
