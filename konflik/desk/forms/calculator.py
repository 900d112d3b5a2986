"""The calculator's three questions: which limit, when, where."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from accounts.regions.models import Region
from accounts.regions.selectors import zone_name, zone_of
from konflik.clocks.selectors import start_means
from konflik.desk.forms.fields import CHOOSE, RegionalInstantField
from konflik.desk.selectors.calculator import countable_rules, kabupaten_choices
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.rulebook import RULES

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""Outside these years nobody asks, and the calendar knows no holiday."""


class CalculatorForm(forms.Form):
    """Read by GET, so that an answer has an address. Shows nothing but law and regions."""

    use_required_attribute = False

    aturan = forms.ChoiceField(
        label="Tenggat menurut aturan", error_messages={"required": "Pilih aturannya.", "invalid_choice": "Pilih aturan dari daftar."}
    )
    wilayah = forms.ChoiceField(
        label="Kabupaten/kota",
        help_text="Menentukan zona waktu dan libur daerah.",
        error_messages={"required": "Pilih kabupaten atau kota.", "invalid_choice": "Pilih kabupaten atau kota dari daftar."},
    )

    def __init__(self, data: Any = None, *, now: datetime, home: Region | None) -> None:
        super().__init__(data)
        choices = kabupaten_choices(at=now)
        self.part("aturan").choices = [CHOOSE, *countable_rules()]
        self.part("wilayah").choices = [CHOOSE, *choices]
        asked = str(self.data.get("wilayah", "")) if self.is_bound else ""
        known = asked if any(code == asked for _, group in choices for code, _ in group) else ""
        self.region = Region.objects.filter(pk=known).first() if known else home
        zone = zone_of(self.region) if self.region else ZoneInfo("Asia/Jakarta")
        self.fields["waktu"] = RegionalInstantField(
            zone=zone,
            zone_name=zone_name(self.region) if self.region else "WIB",
            label=self._asked_for(),
            help_text="Waktu setempat di kabupaten/kota itu. Kosong: sekarang.",
            required=False,
        )
        self.order_fields(["aturan", "waktu", "wilayah"])
        self.initial = {"waktu": now.replace(second=0, microsecond=0), "wilayah": home.pk if home else ""}
        self.now = now

    def _asked_for(self) -> str:
        """What the instant is: of a rule that was chosen its own words."""
        rule = RULES.get(str(self.data.get("aturan", ""))) if self.is_bound else None
        return start_means(rule) if rule is not None else "Terjadi pada"

    def part(self, name: str) -> Any:
        """A field, for what only its own kind has."""
        return self.fields[name]

    def clean_aturan(self) -> DeadlineRule:
        return RULES.rules[self.cleaned_data["aturan"]]

    def clean_wilayah(self) -> Region | None:
        return self.region

    def clean_waktu(self) -> datetime:
        at = self.cleaned_data["waktu"] or self.now
        if not EARLIEST <= at < LATEST:
            raise ValidationError("Isi tahun antara 2000 dan 2099.")
        return at
