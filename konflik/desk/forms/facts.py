"""Figures, notes, documents and parties."""

from typing import Any

from django import forms

from konflik.cases.models import Figure, Party
from konflik.cases.services.documents import KNOWN, attach
from konflik.cases.services.facts import Count, add_figure, add_note, add_party, amend_party, correct_figure, declare_figure
from konflik.cases.tables import ACCOUNT_MAX, NOTE_MAX, PARTY_KIND_LABELS, PARTY_ROLE_LABELS, REASON_MAX, PartyKind, PartyRole
from konflik.desk.forms.base import ActionForm, VersionedForm
from konflik.desk.forms.fields import AmountField, LongTextField, WordField, reason_field
from konflik.desk.tables.words import moment, number
from konflik.law.figures import FIGURE_SOURCE_LABELS, MEASURE_LABELS, FigureSource, Measure


class FigureForm(ActionForm):
    """One count by one source. Counts of several sources are never added up."""

    submit_label = "Simpan angka"
    intro = "Satu angka dari satu sumber pada satu waktu. Angka dari sumber yang berbeda tidak dijumlahkan."

    measure = WordField(kind=Measure, labels={m: f"{name} ({unit})" for m, (name, unit) in MEASURE_LABELS.items()}, label="Yang dihitung")
    value = AmountField(
        label="Angka",
        max_digits=16,
        decimal_places=2,
        error_messages={
            "invalid": "Isi dengan angka, misalnya 41, 1.200, atau 1,5.",
            "max_digits": "Angka ini terlalu panjang.",
            "max_whole_digits": "Angka ini terlalu panjang.",
            "max_decimal_places": "Paling banyak dua angka di belakang koma.",
        },
    )
    source = WordField(kind=FigureSource, labels=FIGURE_SOURCE_LABELS, label="Sumber")
    source_note = forms.CharField(
        label="Keterangan sumber", max_length=200, required=False, help_text="Misalnya nomor laporan atau nama media."
    )

    def build(self) -> None:
        self.fields["as_of"] = self.instant(label="Keadaan pada")

    def count(self) -> Count:
        data = self.cleaned_data
        return Count(
            measure=data["measure"], value=data["value"], source=data["source"], as_of=data["as_of"], source_note=data["source_note"]
        )

    def save(self) -> str:
        add_figure(case=self.case, count=self.count(), actor=self.user, now=self.now)
        return "Tersimpan. Angka dicatat dengan sumber dan waktunya."


class CorrectFigureForm(FigureForm):
    """A new count that names the wrong one; the wrong one stays."""

    row: Figure
    submit_label = "Simpan perbaikan"
    intro = "Angka yang lama tetap ada dalam riwayat. Perbaikan menjadi angka baru yang menunjuk angka lama."

    def build(self) -> None:
        super().build()
        self.fields["reason"] = reason_field("Alasan perbaikan")

    def state(self, row: Any) -> dict[str, object]:
        return {name: getattr(row, name) for name in ("measure", "value", "source", "source_note", "as_of")}

    def save(self) -> str:
        correct_figure(figure=self.row, count=self.count(), reason=self.cleaned_data["reason"], actor=self.user, now=self.now)
        return "Tersimpan. Angka diperbaiki."


class DeclareFigureForm(ActionForm):
    """Make one count the authoritative one."""

    row: Figure
    submit_label = "Tetapkan sebagai angka resmi"

    reason = LongTextField(
        label="Dasar penetapan", rows=3, max_length=REASON_MAX, help_text="Misalnya hasil verifikasi bersama atau nomor surat."
    )

    def build(self) -> None:
        figure = self.row
        name, unit = MEASURE_LABELS[Measure(figure.measure)]
        self.intro = f"{name}: {number(figure.value)} {unit} · {figure.get_source_display()}, {moment(figure.as_of, self.case.kabupaten)}"

    def save(self) -> str:
        declare_figure(figure=self.row, reason=self.cleaned_data["reason"], actor=self.user, now=self.now)
        return "Tersimpan. Angka resmi ditetapkan."


class NoteForm(ActionForm):
    """A note in the history."""

    submit_label = "Simpan catatan"
    intro = "Catatan masuk ke riwayat perkara dan tidak dapat dihapus."

    text = LongTextField(label="Catatan", rows=6, max_length=NOTE_MAX)

    def save(self) -> str:
        add_note(case=self.case, text=self.cleaned_data["text"], actor=self.user, now=self.now)
        return "Tersimpan. Catatan masuk ke riwayat."


class DocumentForm(ActionForm):
    """A file of the case."""

    submit_label = "Lampirkan dokumen"

    title = forms.CharField(label="Judul dokumen", max_length=160)
    file = forms.FileField(
        label="Berkas",
        help_text=f"Jenis berkas yang boleh: {KNOWN}.",
        error_messages={
            "required": "Pilih berkasnya.",
            "empty": "Berkas ini kosong. Pilih berkas lain.",
            "invalid": "Berkas tidak terkirim. Pilih berkasnya sekali lagi.",
            "missing": "Berkas tidak terkirim. Pilih berkasnya sekali lagi.",
        },
    )

    def save(self) -> str:
        file = self.cleaned_data["file"]
        attach(
            case=self.case, name=file.name, content=file, size=file.size, title=self.cleaned_data["title"], actor=self.user, now=self.now
        )
        return "Tersimpan. Dokumen dilampirkan."


class PartyFields(forms.Form):
    """What is known of a party."""

    kind = WordField(kind=PartyKind, labels=PARTY_KIND_LABELS, short=True, label="Jenis pihak")
    name = forms.CharField(label="Nama pihak", max_length=160, help_text="Nama kelompok, perusahaan, atau instansi, bukan nama orang.")
    role = WordField(kind=PartyRole, labels=PARTY_ROLE_LABELS, label="Peran")
    claim = LongTextField(label="Tuntutan", max_length=ACCOUNT_MAX, required=False)
    account = LongTextField(
        label="Versi pihak ini", rows=6, max_length=ACCOUNT_MAX, required=False, help_text="Apa yang terjadi menurut pihak ini sendiri."
    )


class AddPartyForm(PartyFields, ActionForm):
    """Add a party."""

    submit_label = "Simpan pihak"

    def save(self) -> str:
        party = add_party(
            case=self.case, actor=self.user, now=self.now, **{name: self.cleaned_data[name] for name in PartyFields.base_fields}
        )
        return f"Tersimpan. {party.name} dicatat sebagai {party.get_role_display().lower()}."


class AmendPartyForm(PartyFields, VersionedForm):
    """Change what is known of a party."""

    row: Party
    submit_label = "Simpan perubahan"

    def state(self, row: Any) -> dict[str, object]:
        return {name: getattr(row, name) for name in PartyFields.base_fields}

    def save(self) -> str:
        changes = {name: getattr(self.cleaned_data[name], "value", self.cleaned_data[name]) for name in PartyFields.base_fields}
        amend_party(party=self.row, seen_version=self.cleaned_data["seen_version"], changes=changes, actor=self.user, now=self.now)
        return "Tersimpan. Data pihak diubah."
