"""Opening a case to somebody for a time, and ending that."""

from typing import Any

from konflik.cases.models import AccessGrant
from konflik.cases.services.access import concerned_by, grant_access, revoke_access
from konflik.desk.forms.base import ActionForm
from konflik.desk.forms.fields import SearchField, reason_field
from konflik.desk.selectors.finding import anyone_like, forums_like, forums_offered, people_offered
from konflik.desk.tables.words import moment
from konflik.law.events import Event
from konflik.notices.tables import Concerned


class GrantForm(ActionForm):
    """Open the case to one person or one body."""

    submit_label = "Berikan akses"
    tells = (Event.ACCESS_GRANTED,)
    told_by = ("user", "body")
    opens_case = True
    intro = "Akses hanya membuka perkara ini untuk dibaca, paling lama satu tahun. Pilih satu: pengguna atau forum."

    def build(self) -> None:
        self.fields["user"] = SearchField(
            finder=lambda text: anyone_like(text, at=self.now),
            nothing="Tidak ada pengguna dengan nama itu yang sedang bertugas.",
            offers=people_offered(self.case.kabupaten, at=self.now),
            exact=True,
            label="Pengguna",
            required=False,
            help_text="Nama atau nama pengguna.",
        )
        self.fields["body"] = SearchField(
            finder=lambda text: forums_like(text, case=self.case, at=self.now),
            nothing="Tidak ada forum yang masih berlaku dengan nama itu di wilayah perkara ini.",
            offers=forums_offered(self.case, at=self.now),
            exact=True,
            label="Forum",
            required=False,
            help_text="Nama forum. Akses terbuka bagi setiap orang yang bertugas di forum itu.",
        )
        self.fields["valid_from"] = self.instant(label="Berlaku sejak")
        self.fields["valid_until"] = self.instant(label="Berlaku sampai")
        self.fields["reason"] = reason_field("Alasan pemberian akses")

    def concerned(self) -> Concerned:
        return concerned_by(user=self.chosen("user"), body=self.chosen("body"), at=self.now)

    def state(self, row: Any) -> dict[str, object]:
        return {"valid_from": self.now}

    def save(self) -> str:
        grant = grant_access(case=self.case, actor=self.user, now=self.now, **self.cleaned_data)
        return f"Tersimpan. {grant.user or grant.body} dapat membaca perkara ini sampai {moment(grant.valid_until, self.case.kabupaten)}."


class RevokeForm(ActionForm):
    """End a grant at once."""

    row: AccessGrant
    submit_label = "Cabut akses"
    is_danger = True

    def build(self) -> None:
        self.intro = f"Akses {self.row.user or self.row.body} berakhir seketika. Catatannya tetap ada."
        self.fields["reason"] = reason_field("Alasan pencabutan")

    def save(self) -> str:
        revoke_access(grant=self.row, reason=self.cleaned_data["reason"], actor=self.user, now=self.now)
        return "Tersimpan. Akses dicabut."
