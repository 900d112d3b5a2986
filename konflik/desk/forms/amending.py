"""Changing what a case says of itself."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.postings.models import Institution
from forums.bodies.models import Body
from konflik.cases.models import Case, IssueType
from konflik.cases.services.amending import (
    amend_case,
    assign_handler,
    classify_case,
    correct_opening,
    link_cases,
    qualify_case,
    set_places,
    set_severity,
)
from konflik.cases.tables import LINK_KIND_LABELS, LinkKind
from konflik.desk.forms.activities import institutions_for
from konflik.desk.forms.base import ActionForm, VersionedForm
from konflik.desk.forms.fields import LongTextField, RowField, SearchField, WordField
from konflik.desk.selectors.finding import cases_like, label_of_person, people_like, people_offered, regions_like
from konflik.desk.selectors.permitted import clearance_on
from konflik.law.bodies import BodyKind
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.law.severity import SEVERITY_LABELS, Severity
from konflik.law.sources import SOURCE_TEXTS, Source, article_of

SOURCE_CHOICES = {source: f"{text} ({article_of(source)})" for source, text in SOURCE_TEXTS.items()}
NO_REGION = "Tidak ada wilayah dengan nama itu. Periksa ejaannya, atau tulis seperti: Bungku, Bajubang."
NO_PERSON = "Tidak ada pengguna dengan nama itu di kabupaten/kota ini."
NO_CASE = "Tidak ada perkara dengan nomor atau judul itu."
MORE_PLACES = ("other_1", "other_2", "other_3")


def reason(label: str = "Alasan", **kwargs: Any) -> forms.CharField:
    """A reason that goes into the history."""
    return LongTextField(label=label, rows=3, max_length=2000, **kwargs)


class AmendForm(VersionedForm):
    """Change title, chronology, source, issue type, parent or Satgas."""

    submit_label = "Simpan perubahan"
    NAMES = ("title", "chronology", "source", "issue_type", "parent", "satgas")

    title = forms.CharField(label="Judul perkara", max_length=200)
    chronology = LongTextField(label="Kronologi", rows=10, max_length=20000)
    source = WordField(kind=Source, labels=SOURCE_CHOICES, short=True, label="Sumber konflik")
    issue_type = RowField(IssueType.objects.none(), label="Jenis isu")
    satgas = RowField(Body.objects.none(), label="Satuan Tugas yang menangani", required=False)

    def build(self) -> None:
        current = self.case.issue_type_id
        self.part("issue_type").queryset = (IssueType.objects.filter(is_active=True) | IssueType.objects.filter(pk=current)).order_by(
            "label"
        )
        day = timezone.localdate(self.now)
        local = Body.objects.filter(kind=BodyKind.SATGAS, region__kabupaten=self.case.kabupaten_id)
        self.part("satgas").queryset = (local.valid_at(day) | local.filter(pk=self.case.satgas_id or 0)).order_by("name")
        self.fields["parent"] = SearchField(
            finder=lambda text: cases_like(text, user=self.user, but=self.case, at=self.now),
            nothing=NO_CASE,
            label="Perkara induk",
            required=False,
            help_text="Nomor atau judul perkara yang menaungi perkara ini.",
        )

    def state(self, row: Any) -> dict[str, object]:
        parent = row.parent if row.parent_id and Case.objects.visible_to(self.user, at=self.now).filter(pk=row.parent_id).exists() else None
        return {
            "title": row.title,
            "chronology": row.chronology,
            "source": row.source,
            "issue_type": row.issue_type_id,
            "satgas": row.satgas_id,
            "parent": str(parent) if parent else "",
        }

    def save(self) -> str:
        data = self.cleaned_data
        changes = {name: data[name] for name in self.NAMES} | {"source": data["source"].value}
        # A parent that this person may not see is neither shown nor lost.
        if data["parent"] is None and not self.initial["parent"]:
            changes.pop("parent")
        amend_case(case=self.case, seen_version=data["seen_version"], changes=changes, actor=self.user, now=self.now)
        return "Tersimpan. Data perkara diubah."


class CorrectOpeningForm(VersionedForm):
    """Put a wrong opening time right."""

    submit_label = "Simpan perbaikan"
    intro = "Waktu yang lama tetap ada dalam riwayat. Nomor perkara tidak berubah."

    def build(self) -> None:
        self.fields["opened_at"] = self.instant(label="Diketahui sejak")
        self.fields["reason"] = reason("Alasan perbaikan")

    def state(self, row: Any) -> dict[str, object]:
        return {"opened_at": row.opened_at}

    def save(self) -> str:
        correct_opening(case=self.case, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Waktu pembukaan diperbaiki."


class PlacesForm(VersionedForm):
    """Replace the places of a case."""

    submit_label = "Simpan lokasi"
    intro = "Sengketa batas dapat terletak di dua kabupaten. Wilayah utama tetap di kabupaten yang memberi nomor perkara."

    def build(self) -> None:
        places = [place.region for place in self.case.places.select_related("region").order_by("-is_leading", "region_id")]
        self.leading, self.others = places[0], places[1:]
        self.fields["places"] = self._search(label="Wilayah utama", required=True)
        if self.others:
            self.fields["kept"] = forms.MultipleChoiceField(
                label="Wilayah lain yang tetap dicatat",
                choices=[(region.code, region.label) for region in self.others],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        for index, name in enumerate(MORE_PLACES, start=1):
            self.fields[name] = self._search(label=f"Tambah wilayah {index}", required=False)

    def _search(self, **kwargs: Any) -> SearchField:
        finder = lambda text: regions_like(text, at=self.now)  # noqa: E731
        return SearchField(
            finder=finder, nothing=NO_REGION, address="desk:regions", help_text="Nama desa, kecamatan, atau kode wilayah.", **kwargs
        )

    def state(self, row: Any) -> dict[str, object]:
        places = [place.region for place in row.places.select_related("region").order_by("-is_leading", "region_id")]
        state: dict[str, object] = {"places": places[0].label}
        if "kept" in self.fields:
            state["kept"] = [region.code for region in places[1:]]
        return state

    def save(self) -> str:
        data = self.cleaned_data
        kept = [region for region in self.others if region.code in data.get("kept", [])]
        added = [data[name] for name in MORE_PLACES if data[name]]
        places = list(dict.fromkeys([data["places"], *kept, *added]))
        set_places(case=self.case, seen_version=data["seen_version"], places=places, actor=self.user, now=self.now)
        return "Tersimpan. Lokasi perkara diubah."


class QualifyForm(VersionedForm):
    """Record who decided what the file legally is, and why."""

    submit_label = "Simpan kualifikasi"

    qualification = WordField(kind=Qualification, labels=QUALIFICATION_LABELS, short=True, label="Kualifikasi hukum")
    decided_by = forms.CharField(label="Diputuskan oleh (jabatan atau forum)", max_length=160)

    def build(self) -> None:
        self.fields["decided_at"] = self.instant(label="Diputuskan pada")
        self.fields["reason"] = reason()

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
        self.fields["reason"] = reason()

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
        self.fields["reason"] = reason()

    def state(self, row: Any) -> dict[str, object]:
        return {"secrecy": row.secrecy}

    def save(self) -> str:
        classify_case(case=self.case, actor=self.user, now=self.now, **self.cleaned_data)
        return f"Tersimpan. Kelas perkara sekarang: {SECRECY_LABELS[self.cleaned_data['secrecy']]}."


class HandlerForm(VersionedForm):
    """Hand the case over."""

    submit_label = "Serahkan penanganan"

    institution = RowField(Institution.objects.none(), label="Instansi penanggung jawab")

    def build(self) -> None:
        self.part("institution").queryset = institutions_for(self)
        self.fields["handler"] = SearchField(
            finder=lambda text: people_like(text, within=self.case.kabupaten, at=self.now),
            nothing=NO_PERSON,
            offers=people_offered(self.case.kabupaten, at=self.now),
            exact=True,
            label="Orang yang menangani",
            required=False,
            help_text="Nama atau nama pengguna.",
        )
        self.fields["reason"] = reason("Alasan penyerahan")

    def state(self, row: Any) -> dict[str, object]:
        return {"institution": row.handler_institution_id, "handler": label_of_person(row.handler) if row.handler else ""}

    def save(self) -> str:
        data = self.cleaned_data
        assign_handler(case=self.case, actor=self.user, now=self.now, **data)
        return f"Tersimpan. Perkara ditangani oleh {data['institution']}."


class LinkForm(ActionForm):
    """Say that two cases belong together."""

    submit_label = "Hubungkan perkara"

    kind = WordField(kind=LinkKind, labels=LINK_KIND_LABELS, short=True, label="Hubungan")

    def build(self) -> None:
        self.fields["other"] = SearchField(
            finder=lambda text: cases_like(text, user=self.user, but=self.case, at=self.now),
            nothing=NO_CASE,
            label="Perkara lain",
            help_text="Nomor atau judul perkara.",
        )
        self.fields["reason"] = forms.CharField(label="Keterangan", max_length=200, required=False)

    def save(self) -> str:
        link_cases(case=self.case, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Perkara dihubungkan."
