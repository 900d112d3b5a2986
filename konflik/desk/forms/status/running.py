"""What is done while a status runs: extend and revoke it, measures, reports, special access."""

from typing import Any

from django import forms

from konflik.desk.forms.access import GrantForm
from konflik.desk.forms.base import ActionForm, VersionedForm
from konflik.desk.forms.fields import DayField, HourField, LongTextField, WordField, reason_field
from konflik.desk.tables.cockpit import Needed, Offer
from konflik.desk.tables.words import end_moment, long_date
from konflik.law.events import Event
from konflik.law.status import (
    LONGEST_EXTENSION,
    RESTRICTION_BASES,
    RESTRICTION_LABELS,
    SCALE_RULES,
    Restriction,
    Scale,
    extension_warnings,
    last_lawful_day_of_extension,
)
from konflik.status.models import ConflictStatus, StatusMeasure
from konflik.status.selectors.lawful import open_consultation, why_not_extend
from konflik.status.services import MeasureOrder, end_measure, extend, grant_for_status, order_measure, report_progress, revoke
from konflik.status.tables import Purpose


class ExtendForm(VersionedForm):
    """The decree that extends a status, once."""

    row: ConflictStatus
    submit_label = "Simpan perpanjangan"
    tells = (Event.STATUS_EXTENDED,)

    number = forms.CharField(label="Nomor keputusan perpanjangan", max_length=120)
    decided_on = DayField(label="Tanggal keputusan")
    evaluation = LongTextField(
        label="Hasil evaluasi laporan pengendalian keadaan konflik",
        rows=4,
        max_length=8000,
        help_text="Nomor laporan dan kesimpulannya (UU 7/2012 Pasal 29 ayat (1)).",
    )

    def build(self) -> None:
        last = last_lawful_day_of_extension(effective_on=self.row.effective_on, ends_on=self.row.ends_on)
        self.fields["new_ends_on"] = DayField(
            label="Hari terakhir yang baru", help_text=f"Paling lama {LONGEST_EXTENSION}, yaitu {long_date(last)}, pukul 24.00."
        )
        self.order_fields(["number", "decided_on", "new_ends_on", "evaluation"])
        consultation = open_consultation(self.case, Purpose.EXTENSION, self.row)
        rule = SCALE_RULES[Scale(self.row.scale)]
        label = f"Konsultasi dengan {rule.consulted} tentang perpanjangan"
        bring = Offer("status-consult", "Catat konsultasi perpanjangan")
        self.on_file = [Needed(label, str(rule.consulted_basis), consultation is not None, bring)]
        hindered = [one for one in why_not_extend(self.row, at=self.now) if one.field != "consulted_on"]
        self.refusal = " ".join(str(one) for one in hindered)
        if consultation is not None:
            warnings = extension_warnings(
                scale=Scale(self.row.scale),
                effective_on=self.row.effective_on,
                ends_on=self.row.ends_on,
                consulted_on=consultation.held_on,
            )
            known = f"Berdasarkan konsultasi {long_date(consultation.held_on)} dengan {consultation.counterpart}."
            self.intro = "\n".join([known, *(str(one) for one in warnings)])

    def save(self) -> str:
        extension = extend(status=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return f"Tersimpan. Status diperpanjang {extension.days} hari."


class RevokeStatusForm(VersionedForm):
    """The decree that revokes a status."""

    row: ConflictStatus
    submit_label = "Cabut status"
    tells = (Event.STATUS_ENDED,)
    is_danger = True
    intro = (
        "Sejak saat pencabutan semua tindakan pembatasan, bantuan TNI, dan akses khusus selama status berakhir "
        "(UU 7/2012 Pasal 30 ayat (4), 31, 35)."
    )

    number = forms.CharField(label="Nomor keputusan pencabutan", max_length=120)

    def build(self) -> None:
        self.fields["revoked_at"] = self.instant(label="Dicabut pada")
        self.fields["reason"] = reason_field("Alasan pencabutan")

    def events(self) -> tuple[Event, ...]:
        was_helped = self.row.tni_requests.filter(ordered_at__isnull=False).exists()
        return (*self.tells, Event.TNI_ENDED) if was_helped else self.tells

    def save(self) -> str:
        revoke(status=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Status dicabut dan semua kewenangannya berakhir."


class MeasureForm(ActionForm):
    """Order one of the four temporary measures."""

    row: ConflictStatus
    submit_label = "Berlakukan tindakan"
    tells = (Event.MEASURE_ORDERED,)

    number = forms.CharField(label="Nomor keputusan atau perintah", max_length=120)
    area = LongTextField(label="Kawasan", rows=3, max_length=4000, help_text="Batasnya sejelas mungkin: jalan, dusun, atau desa.")
    daily_from = HourField(label="Jam mulai tiap hari", required=False, help_text="Kosongkan keduanya bila berlaku sepanjang hari.")
    daily_until = HourField(label="Jam berakhir tiap hari", required=False)

    def build(self) -> None:
        bases = RESTRICTION_BASES[Scale(self.row.scale)]
        labels = {kind: f"{label} ({bases[kind]})" for kind, label in RESTRICTION_LABELS.items()}
        self.fields["kind"] = WordField(kind=Restriction, labels=labels, short=True, label="Tindakan")
        self.fields["starts_at"] = self.instant(label="Berlaku sejak")
        end = f"Paling lambat {end_moment(self.row.ends_at, self.case.kabupaten)}, bersama akhir status."
        self.fields["until_at"] = self.instant(label="Berlaku sampai", help_text=end)
        self.order_fields(["kind", "number", "area", "starts_at", "until_at", "daily_from", "daily_until"])

    def save(self) -> str:
        measure = order_measure(status=self.row, order=MeasureOrder(**self.cleaned_data), actor=self.user, now=self.now)
        return f"Tersimpan. {measure} diberlakukan."


class EndMeasureForm(ActionForm):
    """End a measure before its time."""

    row: StatusMeasure
    submit_label = "Akhiri tindakan"
    tells = (Event.MEASURE_ENDED,)
    is_danger = True

    def build(self) -> None:
        self.intro = f"{self.row}: {self.row.area}"
        self.fields["ended_at"] = self.instant(label="Diakhiri pada")
        self.fields["reason"] = reason_field("Alasan")

    def state(self, row: Any) -> dict[str, object]:
        return {"ended_at": self.now}

    def save(self) -> str:
        end_measure(measure=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Tindakan diakhiri."


class ReportForm(ActionForm):
    """A report on the handling of the conflict during the status."""

    row: ConflictStatus
    submit_label = "Simpan laporan"
    tells = (Event.PROGRESS_REPORTED,)

    number = forms.CharField(label="Nomor surat", max_length=120)

    def build(self) -> None:
        rule = SCALE_RULES[Scale(self.row.scale)]
        self.intro = f"Kepada {rule.reports_to} ({rule.reports_basis})."
        self.fields["reported_at"] = self.instant(label="Dilaporkan pada")
        self.fields["summary"] = LongTextField(label="Pokok perkembangan", rows=5, max_length=8000)
        self.fields["copies"] = copies_field([(name, name) for name in rule.copied])

    def state(self, row: Any) -> dict[str, object]:
        return {"reported_at": self.now, "copies": list(SCALE_RULES[Scale(self.row.scale)].copied)}

    def save(self) -> str:
        report = report_progress(status=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return f"Tersimpan. Perkembangan dilaporkan kepada {report.addressee}."


class StatusGrantForm(GrantForm):
    """Open the case to one person or one body for as long as the status lasts."""

    row: ConflictStatus

    def build(self) -> None:
        super().build()
        del self.fields["valid_from"], self.fields["valid_until"]
        end = end_moment(self.row.ends_at, self.case.kabupaten)
        self.intro = f"Akses membuka perkara ini untuk dibaca sampai status berakhir, sekarang {end}. Pilih satu: pengguna atau forum."

    def state(self, row: Any) -> dict[str, object]:
        return {}

    def save(self) -> str:
        grant = grant_for_status(status=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return f"Tersimpan. {grant.user or grant.body} dapat membaca perkara ini selama status berlaku."


def copies_field(choices: list[tuple[str, str]], label: str = "Tembusan") -> forms.MultipleChoiceField:
    """Whom a letter is copied to; each must be ticked, the service says with which article."""
    field = forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Pilih dari daftar."},
    )
    field.is_needed = True  # type: ignore[attr-defined]  # drawn without "boleh kosong"
    return field
