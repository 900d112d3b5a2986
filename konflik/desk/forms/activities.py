"""Planning and updating activities."""

from typing import Any

from django import forms

from accounts.postings.models import Institution
from konflik.cases.selectors.choices import institutions_for
from konflik.cases.tables import TEXT_MAX
from konflik.desk.forms.base import ActionForm, VersionedForm
from konflik.desk.forms.fields import DayField, LongTextField, PercentInput, RowField, WordField, grouped, reason_field
from konflik.desk.services import OvertakenWithFault, update_with_photo
from konflik.law.activities import kinds_of
from konflik.law.events import Event
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.notices.tables import Concerned
from konflik.stages.models import Activity
from konflik.stages.selectors import stages_stood_in
from konflik.stages.services.activities import CASE_CLOSED, Plan, plan_activity, takes_updates
from konflik.stages.services.correcting import CORRECTABLE, correct_activity
from konflik.stages.tables import ACTIVITY_STATUS_LABELS, ActivityStatus


class PlanForm(ActionForm):
    """Choose an activity from the law's list for the stage the case stands in."""

    submit_label = "Simpan rencana kegiatan"
    tells = (Event.ACTIVITY_PLANNED,)
    told_by = ("institution",)

    kind = forms.ChoiceField(label="Kegiatan menurut undang-undang", error_messages={"invalid_choice": "Pilih satu dari daftar."})
    title = forms.CharField(
        label="Uraian kegiatan", max_length=200, help_text="Apa yang dikerjakan dan di mana. Misalnya: Penyekatan simpang Bajubang."
    )
    institution = RowField(Institution.objects.none(), label="Instansi pelaksana")
    planned_start = DayField(label="Rencana mulai", required=False)
    planned_end = DayField(label="Rencana selesai (batas waktu)", required=False)

    def build(self) -> None:
        stage = Stage(self.case.stage)
        self.intro = f"Daftar kegiatan untuk tahap {STAGE_LABELS[stage]}, menurut bunyi undang-undang."
        self.part("kind").choices = grouped((kind.group, kind.code, f"{kind.text} ({kind.basis})") for kind in kinds_of(stage))
        self.part("institution").queryset = institutions_for(self.case)

    def concerned(self) -> Concerned:
        institution = self.chosen("institution")
        return Concerned(institution_ids=(institution.pk,) if institution else ())

    def save(self) -> str:
        data = self.cleaned_data
        plan = Plan(
            kind=data["kind"],
            title=data["title"],
            institution=data["institution"],
            planned_start=data["planned_start"],
            planned_end=data["planned_end"],
        )
        activity = plan_activity(case=self.case, plan=plan, actor=self.user, now=self.now)
        return f"Tersimpan. Kegiatan ini menunggu {activity.institution}."


class UpdateActivityForm(VersionedForm):
    """Say how an activity stands, with a photograph from the camera where there is one."""

    row: Activity
    submit_label = "Perbarui kegiatan"
    folded = ("started_on", "finished_on", "planned_start", "planned_end")
    folded_label = "Tanggal pelaksanaan"
    CHANGED = ("status", "progress", "result", "obstacles", "planned_start", "planned_end", "started_on", "finished_on")

    status = WordField(kind=ActivityStatus, labels=ACTIVITY_STATUS_LABELS, short=True, label="Status")
    progress = forms.IntegerField(
        label="Kemajuan",
        min_value=0,
        max_value=100,
        help_text="Dalam persen, 0 sampai 100.",
        widget=PercentInput(),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Isi kemajuan dengan angka 0 sampai 100."),
    )
    result = LongTextField(label="Hasil atau perkembangan", max_length=TEXT_MAX, required=False)
    obstacles = LongTextField(label="Kendala", rows=3, max_length=TEXT_MAX, required=False, help_text="Wajib diisi bila kegiatan tertunda.")
    photo = forms.FileField(
        label="Foto",
        required=False,
        help_text="Dari kamera atau galeri. Tempat pengambilan gambar tidak ikut disimpan.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": "Berkas ini kosong. Pilih berkas lain.", "invalid": "Berkas tidak terkirim. Pilih fotonya sekali lagi."},
    )
    started_on = DayField(label="Tanggal mulai", required=False, help_text="Dikosongkan: terisi sendiri saat status menjadi Berjalan.")
    finished_on = DayField(label="Tanggal selesai", required=False, help_text="Dikosongkan: terisi sendiri saat status menjadi Selesai.")
    planned_start = DayField(label="Rencana mulai", required=False)
    planned_end = DayField(label="Rencana selesai (batas waktu)", required=False)

    def build(self) -> None:
        self.intro = f"{self.row.title} · {self.row.institution}"
        self.refusal = "" if takes_updates(self.case.stage) else CASE_CLOSED

    def state(self, row: Any) -> dict[str, object]:
        return {name: getattr(row, name) for name in self.CHANGED}

    def kept_note(self) -> str:
        return "Foto Anda sudah tersimpan sebagai lampiran kegiatan ini." if self.cleaned_data.get("photo") else ""

    def changes(self) -> dict[str, object]:
        """Every field of the activity as the form has it; the service writes down only what differs."""
        return {name: getattr(self.cleaned_data[name], "value", self.cleaned_data[name]) for name in self.CHANGED}

    def save(self) -> str:
        try:
            with_photo = update_with_photo(
                activity=self.row,
                seen_version=self.cleaned_data["seen_version"],
                changes=self.changes(),
                photo=self.cleaned_data["photo"],
                actor=self.user,
                now=self.now,
            )
        except OvertakenWithFault as overtaken:
            # The page shows both sides all the same, with what is wrong with the photograph at its field.
            self.take(overtaken.refusal)
            raise
        return "Tersimpan. Kegiatan diperbarui dan fotonya dilampirkan." if with_photo else "Tersimpan. Kegiatan diperbarui."


class CorrectActivityForm(VersionedForm):
    """Put a wrong record of an activity right: what was never so, which is no progress."""

    row: Activity
    submit_label = "Simpan perbaikan"
    tells = (Event.ACTIVITY_CORRECTED,)

    kind = forms.ChoiceField(label="Kegiatan menurut undang-undang", error_messages={"invalid_choice": "Pilih satu dari daftar."})
    title = forms.CharField(label="Uraian kegiatan", max_length=200)
    institution = RowField(Institution.objects.none(), label="Instansi pelaksana")
    status = WordField(kind=ActivityStatus, labels=ACTIVITY_STATUS_LABELS, short=True, label="Status")
    progress = forms.IntegerField(
        label="Kemajuan",
        min_value=0,
        max_value=100,
        help_text="Dalam persen, 0 sampai 100.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Isi kemajuan dengan angka 0 sampai 100."),
    )
    planned_start = DayField(label="Rencana mulai", required=False)
    planned_end = DayField(label="Rencana selesai (batas waktu)", required=False)
    started_on = DayField(label="Tanggal mulai", required=False)
    finished_on = DayField(label="Tanggal selesai", required=False)
    reason = reason_field("Alasan perbaikan")

    def build(self) -> None:
        self.intro = (
            f"{self.row.title} · {self.row.institution}\nHanya untuk salah catat. Perkembangan dicatat dengan Perbarui kegiatan. "
            "Catatan yang lama tetap ada dalam riwayat; perbaikan menjadi catatan baru yang menunjuk catatan lama."
        )
        self.refusal = "" if takes_updates(self.case.stage) else CASE_CLOSED
        stages = [stage for stage in Stage if stage in {*stages_stood_in(self.case), Stage(self.row.stage)}]
        kinds = [(stage, kind) for stage in stages for kind in kinds_of(stage)]
        self.part("kind").choices = grouped((STAGE_LABELS[stage], kind.code, f"{kind.text} ({kind.basis})") for stage, kind in kinds)
        self.part("institution").queryset = institutions_for(self.case) | Institution.objects.filter(pk=self.row.institution_id)

    def state(self, row: Any) -> dict[str, object]:
        return {name: getattr(row, name) for name in CORRECTABLE}

    def save(self) -> str:
        data = self.cleaned_data
        correct_activity(
            activity=self.row,
            seen_version=data["seen_version"],
            changes={name: getattr(data[name], "value", data[name]) for name in CORRECTABLE},
            reason=data["reason"],
            actor=self.user,
            now=self.now,
        )
        return "Tersimpan. Catatan kegiatan diperbaiki."
