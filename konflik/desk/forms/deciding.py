"""Deciding what a case legally is, how grave and how secret."""

from typing import Any

from django import forms

from konflik.cases.selectors import clearance_on
from konflik.cases.services.deciding import classify_case, qualify_case, set_severity
from konflik.desk.forms.base import VersionedForm
from konflik.desk.forms.fields import WordField, reason_field
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.law.severity import SEVERITY_LABELS, Severity


class QualifyForm(VersionedForm):
    """Record who decided what the file legally is, and why."""

    submit_label = "Simpan kualifikasi"

    qualification = WordField(kind=Qualification, labels=QUALIFICATION_LABELS, short=True, label="Kualifikasi hukum")
    decided_by = forms.CharField(label="Diputuskan oleh (jabatan atau forum)", max_length=160)

    def build(self) -> None:
        self.fields["decided_at"] = self.instant(label="Diputuskan pada")
        self.fields["reason"] = reason_field()

    def state(self, row: Any) -> dict[str, object]:
        return {"qualification": row.qualification}

    def save(self) -> str:
        data = self.cleaned_data
        qualify_case(case=self.case, actor=self.user, now=self.now, **data)
        return "Tersimpan. Kualifikasi hukum ditetapkan."


class SeverityForm(VersionedForm):
    """Add a dated severity."""

    submit_label = "Simpan tingkat kerawanan"

    level = WordField(kind=Severity, labels=SEVERITY_LABELS, short=True, label="Tingkat kerawanan")

    def build(self) -> None:
        self.fields["since"] = self.instant(label="Berlaku sejak")
        self.fields["reason"] = reason_field()

    def state(self, row: Any) -> dict[str, object]:
        return {"level": row.severity}

    def save(self) -> str:
        set_severity(case=self.case, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Tingkat kerawanan ditetapkan."


class ClassifyForm(VersionedForm):
    """Change the security class, up to one's own clearance."""

    submit_label = "Ubah kelas"
    is_danger = True
    intro = "Kelas menentukan siapa yang dapat melihat perkara ini. Nomor perkara tidak berubah."

    secrecy = WordField(kind=Secrecy, labels=SECRECY_LABELS, short=True, label="Kelas keamanan")

    def build(self) -> None:
        reach = clearance_on(self.case, self.user, at=self.now)
        self.part("secrecy").choices = [(value, label) for value, label in self.part("secrecy").choices if value <= reach]
        self.fields["secrecy"].error_messages["invalid_choice"] = "Kelas ini di atas kewenangan Anda. Pilih kelas dari daftar."
        self.fields["reason"] = reason_field()

    def state(self, row: Any) -> dict[str, object]:
        return {"secrecy": row.secrecy}

    def save(self) -> str:
        classify_case(case=self.case, actor=self.user, now=self.now, **self.cleaned_data)
        return f"Tersimpan. Kelas perkara sekarang: {SECRECY_LABELS[self.cleaned_data['secrecy']]}."
