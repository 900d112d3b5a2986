"""Handing a case over, and linking it with another."""

from typing import Any

from django import forms

from accounts.postings.models import Institution
from konflik.cases.selectors.choices import institutions_for
from konflik.cases.services.assigning import assign_handler, concerned_by, link_cases
from konflik.cases.services.base import NO_CASE
from konflik.cases.tables import LINK_KIND_LABELS, LinkKind
from konflik.desk.forms.base import ActionForm, VersionedForm
from konflik.desk.forms.fields import RowField, SearchField, WordField, reason_field
from konflik.desk.selectors.finding import cases_like, label_of_person, people_like, people_offered
from konflik.law.events import Event
from konflik.notices.tables import Concerned

NO_PERSON = "Tidak ada pengguna dengan nama itu di kabupaten/kota ini."


class HandlerForm(VersionedForm):
    """Hand the case over."""

    submit_label = "Serahkan penanganan"
    tells = (Event.HANDLER_ASSIGNED,)
    told_by = ("institution", "handler")

    institution = RowField(Institution.objects.none(), label="Instansi penanggung jawab")

    def build(self) -> None:
        self.part("institution").queryset = institutions_for(self.case)
        self.fields["handler"] = SearchField(
            finder=lambda text: people_like(text, within=self.case.kabupaten, at=self.now),
            nothing=NO_PERSON,
            offers=people_offered(self.case.kabupaten, at=self.now),
            exact=True,
            label="Orang yang menangani",
            required=False,
            help_text="Nama atau nama pengguna.",
        )
        self.fields["reason"] = reason_field("Alasan penyerahan")

    def concerned(self) -> Concerned:
        return concerned_by(handler=self.chosen("handler"), institution=self.chosen("institution"))

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
