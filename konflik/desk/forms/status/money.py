"""The money from belanja tidak terduga, step by step."""

from typing import Any

from django import forms

from konflik.desk.forms.base import ActionForm, VersionedForm
from konflik.desk.forms.fields import AmountField, LongTextField, WordField
from konflik.law.events import Event
from konflik.status.models import BttUse, ConflictStatus
from konflik.status.services import account_btt, decide_btt, pay_btt, submit_btt_plan, tell_dprd_of_btt
from konflik.status.tables import ACCOUNTING_LABELS, Accounting

NO_NUMBER = ("invalid", "max_digits", "max_decimal_places", "max_whole_digits")
MONEY: dict[str, Any] = {
    "max_digits": 15,
    "decimal_places": 2,
    "error_messages": dict.fromkeys(NO_NUMBER, "Isi angka, misalnya 750.000.000."),
}


class DecideForm(ActionForm):
    """The decision that names what is paid from belanja tidak terduga."""

    row: ConflictStatus
    submit_label = "Simpan keputusan"
    tells = (Event.BTT_DECIDED,)
    intro = (
        "Sesudah keputusan: rencana kebutuhan belanja paling lambat 1 hari kerja (PP 2/2015 Pasal 80 ayat (2) huruf a), "
        "pemberitahuan kepada DPRD paling lama 1 bulan (Pasal 88 ayat (2) huruf a)."
    )

    number = forms.CharField(label="Nomor keputusan kepala daerah", max_length=120)

    def build(self) -> None:
        self.fields["decided_at"] = self.instant(label="Ditetapkan pada")
        self.fields["activities"] = LongTextField(
            label="Kegiatan yang didanai", rows=5, max_length=8000, help_text="Satu kegiatan satu baris."
        )

    def save(self) -> str:
        decide_btt(status=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Kegiatan yang didanai BTT ditetapkan."


class PlanBttForm(VersionedForm):
    """The plan of needs that the PPKD has received."""

    row: BttUse
    submit_label = "Simpan rencana"
    tells = (Event.BTT_PLAN_SUBMITTED,)
    intro = "Sejak diterima PPKD, dana dicairkan paling lambat 1 hari kerja (PP 2/2015 Pasal 80 ayat (2) huruf b)."

    plan_number = forms.CharField(label="Nomor rencana kebutuhan belanja", max_length=120)
    amount = AmountField(label="Jumlah yang diajukan (rupiah)", **MONEY)

    def build(self) -> None:
        self.fields["submitted_at"] = self.instant(label="Diterima PPKD pada")

    def save(self) -> str:
        data = self.cleaned_data
        submit_btt_plan(use=self.row, number=data.pop("plan_number"), actor=self.user, now=self.now, **data)
        return "Tersimpan. Rencana kebutuhan belanja diajukan."


class PayForm(VersionedForm):
    """The money paid out."""

    row: BttUse
    submit_label = "Simpan pencairan"
    tells = (Event.BTT_PAID,)

    payment = forms.CharField(label="Nomor pencairan", max_length=120)
    paid_amount = AmountField(label="Jumlah yang dicairkan (rupiah)", **MONEY)

    def build(self) -> None:
        self.fields["paid_at"] = self.instant(label="Dicairkan pada")

    def save(self) -> str:
        data = self.cleaned_data
        number, amount = data.pop("payment"), data.pop("paid_amount")
        pay_btt(use=self.row, number=number, amount=amount, actor=self.user, now=self.now, **data)
        return "Tersimpan. Dana BTT dicairkan."


class TellDprdForm(VersionedForm):
    """The DPRD told of the decision."""

    row: BttUse
    submit_label = "Simpan pemberitahuan"
    tells = (Event.BTT_DPRD_TOLD,)

    dprd_letter = forms.CharField(label="Nomor surat kepada DPRD", max_length=120)

    def build(self) -> None:
        self.fields["told_at"] = self.instant(label="Disampaikan pada")

    def save(self) -> str:
        data = self.cleaned_data
        tell_dprd_of_btt(use=self.row, number=data.pop("dprd_letter"), actor=self.user, now=self.now, **data)
        return "Tersimpan. Penggunaan BTT diberitahukan kepada DPRD."


class AccountForm(VersionedForm):
    """The use accounted for to the PPKD."""

    row: BttUse
    submit_label = "Simpan pertanggungjawaban"
    tells = (Event.BTT_ACCOUNTED,)

    kind = WordField(kind=Accounting, labels=ACCOUNTING_LABELS, short=True, label="Lampiran")
    account_number = forms.CharField(label="Nomor pertanggungjawaban", max_length=120)

    def build(self) -> None:
        self.fields["accounted_at"] = self.instant(label="Disampaikan pada")

    def save(self) -> str:
        data = self.cleaned_data
        account_btt(use=self.row, number=data.pop("account_number"), actor=self.user, now=self.now, **data)
        return "Tersimpan. Penggunaan BTT dipertanggungjawabkan."
