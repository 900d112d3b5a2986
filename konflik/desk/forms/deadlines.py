"""The acts on one deadline, as data: when each is lawful, its form, its one service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from accounts.regions.selectors import ABBREVIATION
from accounts.users.models import User
from konflik.acts.services import (
    cancel_deadline,
    extend_deadline,
    meet_deadline,
    resume_deadline,
    suspend_deadline,
    why_not_cancelled,
    why_not_met,
    why_not_suspended,
)
from konflik.clocks.models import Deadline
from konflik.clocks.tables import STATE_LABELS, State
from konflik.desk.forms.base import ErrorTaking
from konflik.desk.forms.fields import DayField, LongTextField, RegionalInstantField
from konflik.desk.selectors.deadlines import due_of
from konflik.desk.tables.deadlines import ELSEWHERE
from konflik.law.rulebook import RULES


def ask_plainly(form: forms.Form) -> None:
    """Our own words where a field was left empty."""
    for field in form.fields.values():
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = "Bagian ini harus diisi."


class DeadlineForm(ErrorTaking):
    """One act on one deadline. `save()` calls one service and returns the sentence shown afterwards."""

    use_required_attribute = False
    submit_label = "Simpan"
    intro = ""
    is_danger = False

    seen_version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages={"required": "Muat ulang halaman ini, lalu ulangi."}
    )

    def __init__(self, *args: Any, deadline: Deadline, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadline, self.user, self.now = deadline, user, now
        self.build()
        ask_plainly(self)
        self.initial.setdefault("seen_version", deadline.version)
        self.was_overtaken = False

    def build(self) -> None:
        """Add the fields that depend on the deadline."""

    def save(self) -> str:
        """Call the service. Raises what the service raises."""
        raise NotImplementedError

    def instant(self, **kwargs: Any) -> RegionalInstantField:
        """A field for date and hour in the legal time of the deadline."""
        return RegionalInstantField(zone=ZoneInfo(self.deadline.zone), zone_name=ABBREVIATION[self.deadline.zone], **kwargs)

    def overtaken(self, current: Any) -> None:
        """Somebody was faster: keep what was typed, and carry the version that stands now."""
        self.was_overtaken = True
        self.deadline = Deadline.objects.get(pk=current.pk)
        data = MultiValueDict(self.data.lists() if isinstance(self.data, MultiValueDict) else {})
        data[self.add_prefix("seen_version")] = str(current.version)
        self.data = data

    def who(self) -> dict[str, Any]:
        """What every service on a deadline takes."""
        version = self.cleaned_data["seen_version"]
        return {"deadline": self.deadline, "seen_version": version, "actor": self.user, "now": self.now}

    def date_now(self, deadline: Deadline) -> str:
        """ "Jatuh tempo sekarang …", after a date was counted anew."""
        due = due_of(deadline, at=self.now)
        return f"Jatuh tempo sekarang {due.exact}." if due else "Selama ditangguhkan tidak ada tanggal jatuh tempo."


class MeetForm(DeadlineForm):
    """The duty was done, and this proves it."""

    submit_label = "Nyatakan dipenuhi"

    evidence = LongTextField(
        label="Bukti pelaksanaan", help_text="Misalnya nomor dan tanggal surat, tanda terima, atau risalah.", rows=3, max_length=2000
    )

    def build(self) -> None:
        self.fields["on"] = self.instant(label="Dilaksanakan pada", initial=self.now.replace(second=0, microsecond=0))

    def save(self) -> str:
        data = self.cleaned_data
        meet_deadline(evidence=data["evidence"], on=data["on"], **self.who())
        return "Tersimpan. Tenggat dipenuhi, pengingat berhenti."


class SuspendForm(DeadlineForm):
    """The clock stands still."""

    submit_label = "Tangguhkan"
    intro = "Selama ditangguhkan waktu tidak berjalan dan tidak ada pengingat. Tanggal baru dihitung setelah berjalan kembali."

    basis = forms.CharField(label="Dasar", help_text="Pasal atau nomor surat yang menghentikan waktu.", max_length=200)

    def build(self) -> None:
        self.fields["begins"] = self.instant(label="Ditangguhkan sejak")

    def save(self) -> str:
        data = self.cleaned_data
        suspend_deadline(begins=data["begins"], basis=data["basis"], **self.who())
        return "Tersimpan. Tenggat ditangguhkan, pengingat berhenti."


class ResumeForm(DeadlineForm):
    """The clock runs again."""

    submit_label = "Jalankan kembali"

    basis = forms.CharField(label="Dasar", help_text="Misalnya nomor surat bahwa berkas sudah lengkap.", max_length=200)

    def build(self) -> None:
        self.fields["ends"] = self.instant(label="Berjalan kembali sejak")

    def save(self) -> str:
        data = self.cleaned_data
        row = resume_deadline(ends=data["ends"], basis=data["basis"], **self.who())
        return f"Tersimpan. Tenggat berjalan kembali. {self.date_now(row)}"


class ExtendForm(DeadlineForm):
    """The one extension that the law names."""

    submit_label = "Perpanjang"

    reason = LongTextField(label="Alasan tertulis", help_text="Beserta nomor dan tanggal suratnya.", rows=3, max_length=2000)

    def build(self) -> None:
        self.fields["on"] = self.instant(label="Diberitahukan pada")
        further = RULES.get(RULES.rules[self.deadline.rule].extended_by) if self.deadline.rule in RULES.rules else None
        self.intro = f"{further.title} ({further.basis}): {further.text}" if further else ""

    def save(self) -> str:
        data = self.cleaned_data
        row = extend_deadline(reason=data["reason"], on=data["on"], **self.who())
        return f"Tersimpan. Tenggat diperpanjang. {self.date_now(row)}"


class CancelForm(DeadlineForm):
    """The duty has lost its object."""

    submit_label = "Batalkan tenggat"
    is_danger = True
    intro = "Pengingat berhenti dan tenggat tidak dihitung lagi. Riwayatnya tetap ada."

    reason = LongTextField(label="Alasan", rows=3, max_length=2000, error_messages={"required": "Tuliskan mengapa tenggat ini dibatalkan."})

    def save(self) -> str:
        cancel_deadline(reason=self.cleaned_data["reason"], **self.who())
        return "Tersimpan. Tenggat dibatalkan, pengingat berhenti."


class KnownForm(forms.Form):
    """ "Seperti diketahui pada tanggal …"."""

    use_required_attribute = False

    diketahui = DayField(
        label="Tanggal", help_text="Menunjukkan apa yang diketahui tentang tenggat ini pada akhir hari itu.", required=False
    )

    def clean_diketahui(self) -> date | None:
        day = self.cleaned_data["diketahui"]
        if day is not None and not 2000 <= day.year < 2100:
            raise ValidationError("Isi tahun antara 2000 dan 2099.")
        return day

    def until(self, zone: ZoneInfo) -> datetime | None:
        """The last instant of the day that was asked for."""
        day = self.cleaned_data.get("diketahui") if self.is_valid() else None
        return datetime.combine(day, time.max, zone) if day else None


@dataclass(frozen=True)
class DeadlineAction:
    """One thing that can be done to a deadline: its name and address, its words, its form, when it is lawful."""

    name: str
    route: str
    label: str
    form: type[DeadlineForm]
    is_lawful: Callable[[Deadline], bool]


def is_followed(deadline: Deadline) -> bool:
    """Whether it is done and dropped on a page of its own."""
    return deadline.thread.partition(":")[0] in ELSEWHERE


def _may_be_met(deadline: Deadline) -> bool:
    return deadline.closed_at is None and not why_not_met(deadline)


def _may_be_cancelled(deadline: Deadline) -> bool:
    return deadline.closed_at is None and not why_not_cancelled(deadline)


def _may_stand_still(deadline: Deadline) -> bool:
    return deadline.state == State.RUNNING and not why_not_suspended(deadline)


def _may_be_extended(deadline: Deadline) -> bool:
    rule = RULES.get(deadline.rule)
    further = RULES.get(rule.extended_by) if rule else None
    return deadline.state == State.RUNNING and further is not None and not further.clock.since


DEADLINE_ACTIONS: tuple[DeadlineAction, ...] = (
    DeadlineAction("meet", "penuhi/", "Nyatakan dipenuhi", MeetForm, _may_be_met),
    DeadlineAction("extend", "perpanjang/", "Perpanjang", ExtendForm, _may_be_extended),
    DeadlineAction("suspend", "tangguhkan/", "Tangguhkan", SuspendForm, _may_stand_still),
    DeadlineAction("resume", "jalankan/", "Jalankan kembali", ResumeForm, lambda deadline: deadline.state == State.SUSPENDED),
    DeadlineAction("cancel", "batalkan/", "Batalkan", CancelForm, _may_be_cancelled),
)


WHY_NOT: dict[str, Callable[[Deadline], str]] = {"meet": why_not_met, "suspend": why_not_suspended, "cancel": why_not_cancelled}
"""What the services say of an act that another act governs."""


def lawful_actions(deadline: Deadline) -> list[DeadlineAction]:
    """The acts that are lawful on `deadline` as it stands."""
    return [action for action in DEADLINE_ACTIONS if action.is_lawful(deadline)]


def why_unlawful(action: DeadlineAction, deadline: Deadline) -> str:
    """Why `action` is not open, for who came by an old link."""
    if is_followed(deadline):
        return f"Tenggat ini diperbarui pada halaman asalnya: {ELSEWHERE[deadline.thread.partition(':')[0]][1]}."
    if deadline.closed_at is None and (why := WHY_NOT[action.name](deadline) if action.name in WHY_NOT else ""):
        return why
    return f"Tindakan {action.label} tidak terbuka: tenggat ini {STATE_LABELS[State(deadline.state)].lower()}."
