"""Opening a case."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms

from accounts.access.selectors import acts_on, clearance_in
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.regions.selectors import zone_name, zone_of
from accounts.users.models import User
from konflik.cases.models import Case, IssueType
from konflik.cases.services.base import ABOVE_CLEARANCE, above_clearance
from konflik.cases.services.opening import MAY_NOT_OPEN, Opening, may_open, open_case, undated
from konflik.cases.tables import CHRONOLOGY_MAX
from konflik.desk.forms.amending import MORE_PLACES, NO_REGION, SOURCE_CHOICES
from konflik.desk.forms.base import ErrorTaking
from konflik.desk.forms.fields import LongTextField, RegionalInstantField, RowField, SearchField, WordField
from konflik.desk.forms.telling import TellingForm
from konflik.desk.selectors.finding import regions_like
from konflik.desk.selectors.telling import Audience, audience_of
from konflik.law.events import Event
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.law.severity import SEVERITY_LABELS, Severity
from konflik.law.sources import Source
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.notices.tables import Concerned


class OpenCaseForm(TellingForm, ErrorTaking):
    """A new case; one that runs already is entered with the stage it is in and the date of that."""

    use_required_attribute = False
    tells = (Event.CASE_OPENED,)
    told_by = ("places",)
    folded = ("severity", "qualification", "stage", "stage_since", "other_1", "other_2", "other_3")
    folded_label = "Perkara lama atau yang sudah berjalan, wilayah lain, penilaian"

    title = forms.CharField(label="Judul perkara", max_length=200, help_text="Singkat: apa dan di mana. Tanpa nama orang.")
    chronology = LongTextField(
        label="Kronologi", rows=8, max_length=CHRONOLOGY_MAX, help_text="Apa yang terjadi, kapan, di mana, dan dari siapa diketahui."
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
        self.part("secrecy").error_messages["invalid_choice"] = ABOVE_CLEARANCE
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

    @property
    def told_in(self) -> Region:
        """The kabupaten of the place that was chosen, until then that of who writes."""
        chosen = getattr(self, "cleaned_data", {}).get("places")
        return chosen.kabupaten if chosen else self.home

    @property
    def happens_at(self) -> datetime:
        """Since when the case is known."""
        return self.chosen("opened_at") or self.now

    @cached_property
    def audience(self) -> Audience | None:
        """Those of the offices who will be able to read the case; there is none yet to ask."""
        told: dict[str, Any] = {"kabupaten": self.told_in, "case": None, "concerned": Concerned()}
        found = audience_of(self.events(), **told, happens_at=self.happens_at, at=self.now)
        return found.only(self._will_read) if found else None

    def _will_read(self, user: User) -> bool:
        data = getattr(self, "cleaned_data", {})
        regions = [data["places"]] if data.get("places") else [self.home]
        secrecy = data.get("secrecy") or Secrecy.TERBATAS
        return Act.SEE_CASES in acts_on(user, leading=self.told_in.pk, regions=regions, secrecy=secrecy, at=self.now)

    def clean_places(self) -> Region:
        region = self.cleaned_data["places"]
        if region.level < Level.KABUPATEN:
            raise forms.ValidationError("Pilih kabupaten/kota, kecamatan, atau desa, bukan provinsi.")
        if not may_open(self.user, region, at=self.now):
            raise forms.ValidationError(MAY_NOT_OPEN)
        return region

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("places") and data.get("secrecy"):
            reach = clearance_in(self.user, regions=[data["places"]], at=self.now)
            for fault in above_clearance(data["secrecy"], reach=reach):
                self.add_error("secrecy", fault)
        if "stage_since" not in self.errors:
            for fault in undated(data.get("stage"), data.get("stage_since")):
                self.add_error("stage_since", fault)
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
