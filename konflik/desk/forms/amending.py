"""Changing what a case says of itself."""

from typing import Any

from django import forms

from forums.bodies.models import Body
from konflik.cases.models import Case, IssueType
from konflik.cases.selectors.choices import issue_types_for, satgas_for
from konflik.cases.services.amending import amend_case, correct_opening, set_places
from konflik.cases.services.base import NO_CASE
from konflik.cases.tables import CHRONOLOGY_MAX
from konflik.desk.forms.base import VersionedForm
from konflik.desk.forms.fields import LongTextField, RowField, SearchField, WordField, reason_field
from konflik.desk.selectors.finding import cases_like, regions_like
from konflik.law.sources import SOURCE_TEXTS, Source, article_of

SOURCE_CHOICES = {source: f"{text} ({article_of(source)})" for source, text in SOURCE_TEXTS.items()}
NO_REGION = "Tidak ada wilayah dengan nama itu. Periksa ejaannya, atau tulis seperti: Bungku, Bajubang."
MORE_PLACES = ("other_1", "other_2", "other_3")


class AmendForm(VersionedForm):
    """Change title, chronology, source, issue type, parent or Satgas."""

    submit_label = "Simpan perubahan"
    NAMES = ("title", "chronology", "source", "issue_type", "parent", "satgas")

    title = forms.CharField(label="Judul perkara", max_length=200)
    chronology = LongTextField(label="Kronologi", rows=10, max_length=CHRONOLOGY_MAX)
    source = WordField(kind=Source, labels=SOURCE_CHOICES, short=True, label="Sumber konflik")
    issue_type = RowField(IssueType.objects.none(), label="Jenis isu")
    satgas = RowField(Body.objects.none(), label="Satuan Tugas yang menangani", required=False)

    def build(self) -> None:
        self.part("issue_type").queryset = issue_types_for(self.case)
        self.part("satgas").queryset = satgas_for(self.case, at=self.now)
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
        self.fields["reason"] = reason_field("Alasan perbaikan")

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
