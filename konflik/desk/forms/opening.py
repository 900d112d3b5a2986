"""Opening a case."""

from datetime import datetime
from typing import Any

from django import forms

from accounts.access.selectors import acts_on, clearance_in
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.regions.selectors import zone_name, zone_of
from accounts.users.models import User
from konflik.cases.models import Case, IssueType
from konflik.cases.services.opening import Opening, open_case
from konflik.desk.forms.amending import MORE_PLACES, NO_REGION, SOURCE_CHOICES
from konflik.desk.forms.base import ErrorTaking
from konflik.desk.forms.fields import LongTextField, RegionalInstantField, RowField, SearchField, WordField
from konflik.desk.selectors.finding import regions_like
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.law.severity import SEVERITY_LABELS, Severity
from konflik.law.sources import Source
from konflik.law.stages import STAGE_LABELS, Stage

ABOVE = "Kelas ini di atas kewenangan Anda. Pilih kelas yang lebih rendah."


class OpenCaseForm(ErrorTaking):
    """A new case; one that runs already is entered with the stage it is in and the date of that."""

    use_required_attribute = False
    folded = ("severity", "qualification", "stage", "stage_since", "other_1", "other_2", "other_3")
    folded_label = "Perkara lama atau yang sudah berjalan, wilayah lain, penilaian"

    title = forms.CharField(label="Judul perkara", max_length=200, help_text="Singkat: apa dan di mana. Tanpa nama orang.")
    chronology = LongTextField(
        label="Kronologi", rows=8, max_length=20000, help_text="Apa yang terjadi, kapan, di mana, dan dari siapa diketahui."
    )
    source = WordField(kind=Source, labels=SOURCE_CHOICES, short=True, label="Sumber konflik")
    issue_type = RowField(IssueType.objects.filter(is_active=True).order_by("label"), label="Jenis isu")
    secrecy = WordField(kind=Secrecy, labels=SECRECY_LABELS, short=True, label="Kelas keamanan", initial=Secrecy.TERBATAS.value)
    severity = WordField(kind=Severity, labels=SEVERITY_LABELS, short=True, label="Tingkat kerawanan", initial=Severity.LOW.value)
    qualification = WordField(
        kind=Qualification, labels=QUALIFICATION_LABELS, short=True, label="Kualifikasi hukum", initial=Qualification.POTENSI.value
    )
    stage = WordField(kind=Stage, labels=STAGE_LABELS, short=True, label="Tahap saat ini", initial=Stage.PENCEGAHAN.value)

    def __init__(self, *args: Any, user: User, home: Region, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.home, self.now = user, home, now
        reach = clearance_in(user, regions=[home], at=now)
        self.part("secrecy").choices = [(value, label) for value, label in self.part("secrecy").choices if value <= reach]
        self.part("secrecy").error_messages["invalid_choice"] = ABOVE
        zone: dict[str, Any] = {"zone": zone_of(home), "zone_name": zone_name(home)}
        found: dict[str, Any] = {"finder": lambda text: regions_like(text, at=now), "nothing": NO_REGION, "address": "desk:regions"}
        self.fields["places"] = SearchField(label="Wilayah utama", help_text="Nama desa, kecamatan, atau kode wilayah.", **found)
        self.fields["opened_at"] = RegionalInstantField(label="Diketahui sejak", **zone)
        self.fields["stage_since"] = RegionalInstantField(
            label="Tahap itu sejak", required=False, help_text="Hanya untuk perkara yang sudah berjalan.", **zone
        )
        for index, name in enumerate(MORE_PLACES, start=1):
            self.fields[name] = SearchField(label=f"Wilayah lain {index}", required=False, **found)
        self.order_fields(["title", "places", "opened_at", "source", "issue_type", "chronology", "secrecy"])

    def clean_places(self) -> Region:
        region = self.cleaned_data["places"]
        if region.level < Level.KABUPATEN:
            raise forms.ValidationError("Pilih kabupaten/kota, kecamatan, atau desa, bukan provinsi.")
        if Act.OPEN_CASE not in acts_on(self.user, leading=region.kabupaten_id, regions=[region], secrecy=Secrecy.BIASA, at=self.now):
            raise forms.ValidationError("Penugasan Anda tidak memberi wewenang membuka perkara di wilayah ini.")
        return region

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("places") and data.get("secrecy") and data["secrecy"] > clearance_in(self.user, regions=[data["places"]], at=self.now):
            self.add_error("secrecy", ABOVE)
        if data.get("stage") not in (None, Stage.PENCEGAHAN) and not data.get("stage_since") and "stage_since" not in self.errors:
            self.add_error("stage_since", f"Isi sejak kapan perkara ini berada pada tahap {STAGE_LABELS[data['stage']]}.")
        return data

    def save(self) -> Case:
        """Open the case. Raises ValidationError by field."""
        data = self.cleaned_data
        others = [data[name] for name in MORE_PLACES if data[name]]
        named = {
            name: data[name] for name in ("title", "chronology", "source", "issue_type", "secrecy", "severity", "qualification", "stage")
        }
        opening = Opening(
            places=list(dict.fromkeys([data["places"], *others])), opened_at=data["opened_at"], stage_since=data["stage_since"], **named
        )
        return open_case(opening=opening, actor=self.user, now=self.now)
