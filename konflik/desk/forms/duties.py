"""Entering and correcting a duty without a case. Entering shows first when it will end and whom it will remind."""

import hashlib
from datetime import datetime
from typing import Any

from django import forms

from accounts.access.selectors import may
from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.regions.selectors import zone_name, zone_of
from accounts.users.models import User
from konflik.acts.services import ABOVE, DutyFacts, correct_duty, entered_rules, open_duty
from konflik.clocks.models import Duty
from konflik.clocks.tables.counting import chapters_of
from konflik.desk.forms.base import ErrorTaking
from konflik.desk.forms.deadlines import ask_plainly
from konflik.desk.forms.fields import CHOOSE, LongTextField, RegionalInstantField, reason_field
from konflik.desk.selectors.duties import Start, start_of
from konflik.law.rulebook import RULES
from konflik.law.secrecy import SECRECY_LABELS, Secrecy

NOBODY = "Tidak seorang pun akan diingatkan. Catat penugasannya dahulu, atau tandai bahwa Anda menyampaikannya sendiri."


def instant_in(region: Region, **kwargs: Any) -> RegionalInstantField:
    """A field for date and hour in the legal time of `region`."""
    return RegionalInstantField(zone=zone_of(region), zone_name=zone_name(region), **kwargs)


def class_field(help_text: str = "") -> forms.TypedChoiceField:
    """The security class; its choices follow from who looks at the form."""
    return forms.TypedChoiceField(
        label="Kelas keamanan", required=False, coerce=lambda value: Secrecy(int(value)), empty_value=None, help_text=help_text
    )


def classes_for(user: User, region: Region, now: datetime) -> list[tuple[str, str]]:
    """The classes that a posting of `user` in `region` reaches, as choices."""
    reach = [one for one in Secrecy if may(user, Act.MANAGE_CLOCKS, at=now, region=region, secrecy=one)]
    return [(str(one.value), SECRECY_LABELS[one]) for one in reach]


class DutyFilterForm(forms.Form):
    """What narrows the list of duties."""

    use_required_attribute = False

    q = forms.CharField(label="Cari", required=False, max_length=100, help_text="Perihal, pemohon, atau nomor surat.")
    aturan = forms.ChoiceField(label="Jenis", required=False)

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["aturan"].choices = [("", "Semua"), *chapters_of(entered_rules())]  # type: ignore[attr-defined]

    def is_narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in self.fields)


class DutyForm(ErrorTaking):
    """What came in, when, by which letter. Saved only after the page has shown what that starts."""

    use_required_attribute = False

    rule = forms.ChoiceField(
        label="Jenis kewajiban", error_messages={"required": "Pilih jenisnya.", "invalid_choice": "Pilih jenis dari daftar."}
    )
    title = forms.CharField(label="Perihal", max_length=160, error_messages={"required": "Tuliskan perihalnya."})
    applicant = forms.CharField(label="Pemohon atau pelapor", max_length=160, required=False)
    reference = forms.CharField(
        label="Bukti penerimaan",
        help_text="Nomor dan tanggal surat, atau nomor agenda.",
        max_length=200,
        error_messages={"required": "Tuliskan bukti penerimaan: nomor dan tanggal surat, atau nomor agenda."},
    )
    note = LongTextField(label="Keterangan", rows=3, max_length=2000, required=False)
    secrecy = class_field(help_text="Menurut jenisnya: rahasia untuk permintaan dan kegagalan data pribadi, selain itu terbatas.")
    seen_start = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    by_hand = forms.BooleanField(label="Saya sendiri yang menyampaikannya kepada pejabat yang berwenang", required=False)

    def __init__(self, *args: Any, homes: list[Region], user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes, self.user, self.now = homes, user, now
        self.part("rule").choices = [CHOOSE, *chapters_of(entered_rules())]
        if len(homes) > 1:
            self.fields["kabupaten"] = forms.ChoiceField(
                label="Kabupaten/kota",
                choices=[CHOOSE, *((one.pk, one.name) for one in homes)],
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih kabupaten atau kota."),
            )
        self.fields["received_at"] = instant_in(self.region, label="Diterima atau diketahui pada")
        self.part("secrecy").choices = [("", "Menurut jenisnya"), *classes_for(user, self.region, now)]
        self.order_fields(
            ["rule", "kabupaten", "title", "applicant", "received_at", "reference", "secrecy", "note", "by_hand", "seen_start"]
        )
        ask_plainly(self)
        self.start: Start | None = None

    @property
    def region(self) -> Region:
        """The kabupaten that was chosen, or the only one."""
        asked = str(self.data.get("kabupaten", "")) if self.is_bound else ""
        return next((one for one in self.homes if one.pk == asked), self.homes[0])

    def clean(self) -> dict[str, Any]:
        """Look first: what would start, and whom it would reach."""
        data = super().clean() or {}
        if self.errors:
            return data
        rule = RULES.rules[data["rule"]]
        secrecy = data.get("secrecy") or rule.secrecy
        if not may(self.user, Act.MANAGE_CLOCKS, at=self.now, region=self.region, secrecy=secrecy):
            self.add_error("secrecy", ABOVE)
            return data
        self.start = start_of(rule, region=self.region, received_at=data["received_at"], secrecy=secrecy, now=self.now)
        if self.start.answer.why_none:
            self.add_error("rule", self.start.answer.why_none)
        elif not self.start.reach.recipients and not data.get("by_hand"):
            self.add_error("by_hand", NOBODY)
        return data

    @property
    def mark(self) -> str:
        """What tells this start from another, for the form to say which one it has shown."""
        if self.start is None or self.start.answer.due is None:
            return ""
        people = sorted(one.user.pk for one in self.start.reach.recipients)
        words = f"{self.start.answer.rule.code} {self.start.answer.due.due_at} {people}"
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def is_seen(self) -> bool:
        """Whether whoever sent the form was shown what it starts, as it stands now."""
        return self.is_valid() and self.data.get("seen_start") == self.mark

    @property
    def reaches_nobody(self) -> bool:
        """Whether nobody would be reminded."""
        return self.start is not None and not self.start.reach.recipients

    @property
    def may_fill_posting(self) -> bool:
        """Whether who looks at the form can enter the posting that is missing."""
        return may(self.user, Act.MANAGE_PEOPLE, at=self.now, region=self.region)

    def shown_fields(self) -> list[forms.BoundField]:
        """The fields of the page; the promise to tell by hand only where nobody would be reminded."""
        return [field for field in self.visible_fields() if field.name != "by_hand"]

    def save(self) -> Duty:
        """Call the service. Raises ValidationError by field."""
        data = self.cleaned_data
        words = {name: data[name] for name in ("title", "applicant", "reference", "note", "received_at", "secrecy")}
        return open_duty(rule=data["rule"], facts=DutyFacts(kabupaten=self.region, **words), actor=self.user, now=self.now)


class CorrectDutyForm(ErrorTaking):
    """Put right when it was received and by what that is proved; its clock is counted anew."""

    use_required_attribute = False

    reference = forms.CharField(label="Bukti penerimaan", max_length=200)
    secrecy = class_field()

    def __init__(self, *args: Any, duty: Duty, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duty, self.user, self.now = duty, user, now
        self.fields["received_at"] = instant_in(duty.kabupaten, label="Diterima atau diketahui pada")
        self.fields["reason"] = reason_field("Alasan perbaikan")
        self.part("secrecy").choices = classes_for(user, duty.kabupaten, now)
        self.initial.update(reference=duty.reference, received_at=duty.received_at, secrecy=duty.secrecy)
        self.order_fields(["received_at", "reference", "secrecy", "reason"])
        ask_plainly(self)

    def save(self) -> str:
        """Call the service. Raises ValidationError by field."""
        correct_duty(duty=self.duty, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Catatan diperbaiki dan tenggatnya dihitung ulang."
