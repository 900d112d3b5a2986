"""What a status rests on: the conditions of the law with evidence for each, and the consultation with the leaders of the DPRD."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from konflik.cases.models.case import CaseRowQuerySet
from konflik.law.status import REQUIREMENTS, SCALE_LABELS, Scale
from konflik.status.tables import PURPOSE_LABELS, Purpose

SIGN_CHOICES = [(sign.code, sign.text) for requirement in REQUIREMENTS for sign in requirement.signs]
SCALE_CHOICES = [(scale.value, label) for scale, label in SCALE_LABELS.items()]


class SignQuerySet(CaseRowQuerySet):
    case = "assessment__case__"


class CriteriaAssessment(models.Model):
    """Both conditions of UU 7/2012 Pasal 14 looked at once: by whom, when, for which scale. A newer one takes its place."""

    case = models.ForeignKey("konflik.Case", models.PROTECT, related_name="criteria_assessments", verbose_name="perkara")
    scale = models.CharField("skala", max_length=10, choices=SCALE_CHOICES, default=Scale.KABUPATEN.value)
    assessed_by = models.CharField("dinilai oleh (jabatan atau forum)", max_length=160)
    assessed_at = models.DateTimeField("dinilai pada")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "penilaian syarat status"
        verbose_name_plural = "penilaian syarat status"
        constraints = [
            models.CheckConstraint(condition=Q(scale__in=[s.value for s in Scale]), name="assessment_scale_known"),
            models.CheckConstraint(condition=~Q(assessed_by=""), name="assessment_says_by_whom"),
        ]
        indexes = [models.Index(fields=["case", "-assessed_at", "-id"], name="assessment_newest")]

    def __str__(self) -> str:
        return f"penilaian {self.assessed_by}"


class SignFound(models.Model):
    """One sign of PP 2/2015 Pasal 43 that was found, with what proves it."""

    assessment = models.ForeignKey(CriteriaAssessment, models.PROTECT, related_name="signs", verbose_name="penilaian")
    sign = models.CharField("tanda", max_length=24, choices=SIGN_CHOICES)
    evidence = models.TextField("bukti")

    objects = SignQuerySet.as_manager()

    class Meta:
        verbose_name = "tanda yang terbukti"
        verbose_name_plural = "tanda yang terbukti"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "sign"], name="sign_once_per_assessment"),
            models.CheckConstraint(condition=Q(sign__in=[code for code, _ in SIGN_CHOICES]), name="sign_in_law"),
            models.CheckConstraint(condition=~Q(evidence=""), name="sign_has_evidence"),
        ]

    def __str__(self) -> str:
        return self.get_sign_display()


class Consultation(models.Model):
    """The leaders of the DPRD were consulted, before a status was declared or extended. Not their consent: the law asks for none."""

    case = models.ForeignKey("konflik.Case", models.PROTECT, related_name="consultations", verbose_name="perkara")
    purpose = models.CharField("tentang", max_length=12, choices=[(p.value, label) for p, label in PURPOSE_LABELS.items()])
    status = models.ForeignKey(
        "konflik.ConflictStatus", models.PROTECT, null=True, related_name="consultations", verbose_name="status yang diperpanjang"
    )
    held_on = models.DateField("tanggal konsultasi")
    counterpart = models.CharField("dengan siapa (jabatan)", max_length=200)
    minutes = models.CharField("nomor berita acara", max_length=120, blank=True)
    notes = models.TextField("pokok pembicaraan", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = "konsultasi pimpinan DPRD"
        verbose_name_plural = "konsultasi pimpinan DPRD"
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=Purpose.DECLARATION.value, status__isnull=True)
                | Q(purpose=Purpose.EXTENSION.value, status__isnull=False),
                name="consultation_names_what_it_extends",
            ),
            models.CheckConstraint(condition=~Q(counterpart=""), name="consultation_says_with_whom"),
            models.CheckConstraint(condition=~Q(minutes="") | ~Q(notes=""), name="consultation_has_evidence"),
        ]
        indexes = [models.Index(fields=["case", "purpose", "-held_on"], name="consultation_newest")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.held_on}"
