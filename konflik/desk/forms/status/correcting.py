"""A wrongly entered decree of a status is put right."""

from typing import Any

from django import forms

from accounts.regions.models import Region
from konflik.desk.forms.base import VersionedForm
from konflik.desk.forms.fields import DayField, reason_field
from konflik.desk.forms.status.basis import DECREE, areas_of, decree_fields
from konflik.law.events import Event
from konflik.status.models import ConflictStatus
from konflik.status.services import Decree, correct_status
from konflik.status.services.dates import LAST_MOMENT


class CorrectStatusForm(VersionedForm):
    """Number, dates and area of the decree as they should have been entered."""

    row: ConflictStatus
    submit_label = "Simpan perbaikan"
    tells = (Event.STATUS_CORRECTED,)
    intro = (
        "Hanya untuk salah catat: isi seperti tertulis dalam keputusan. Catatan lama tetap ada dalam riwayat. Tenggat, akhir tindakan "
        "pembatasan, dan akses selama status ikut bergeser; perpanjangan tetap sampai hari terakhirnya sendiri."
    )

    number = forms.CharField(label="Nomor keputusan", max_length=120)
    decided_on = DayField(label="Tanggal keputusan")
    decided_by = forms.CharField(label="Ditetapkan oleh (jabatan)", max_length=160)

    def build(self) -> None:
        self.areas = self._areas()
        decree_fields(self, self.areas, since=self.row.effective_on)
        self.fields["reason"] = reason_field("Apa yang keliru dan dasar perbaikannya")

    def state(self, row: Any) -> dict[str, object]:
        return {
            "number": row.number,
            "decided_on": row.decided_on,
            "decided_by": row.decided_by,
            "effective_at": row.effective_at,
            "ends_on": (row.decreed_until - LAST_MOMENT).astimezone(row.zone).date(),
            "areas": [area.region_id for area in row.areas.all()],
            "note": row.note,
        }

    def save(self) -> str:
        data = self.cleaned_data
        decree = Decree(areas=areas_of(self, self.areas), **{name: data[name] for name in DECREE})
        told = {"reason": data["reason"], "seen_version": data["seen_version"]}
        status = correct_status(status=self.row, decree=decree, actor=self.user, now=self.now, **told)
        return f"Tersimpan. Catatan penetapan diperbaiki: {status.days} hari."

    def _areas(self) -> list[Region]:
        """The places of the case and those of the decree, each once."""
        known = [place.region for place in self.case.places.all()] + [area.region for area in self.row.areas.select_related("region")]
        return list({region.pk: region for region in known}.values())
