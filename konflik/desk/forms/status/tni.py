"""The help of the TNI: the word, the letter, the answer, the order, the end."""

from typing import Any

from django import forms

from konflik.desk.forms.base import ActionForm
from konflik.desk.forms.fields import LongTextField
from konflik.desk.forms.status.running import copies_field
from konflik.desk.tables.words import moment
from konflik.law.events import Event
from konflik.law.status import TNI_ADVISERS, TNI_COPIES, TNI_LETTER_PARTS
from konflik.status.models import ConflictStatus, TniRequest
from konflik.status.services import (
    Letter,
    record_tni_approval,
    record_tni_order,
    record_tni_refusal,
    request_tni,
    request_tni_orally,
    tell_tni_end,
)

PARTS = {part.code: f"{part.text[0].upper()}{part.text[1:]}" for part in TNI_LETTER_PARTS}
ADVICE = [(one.code, one.text) for one in TNI_ADVISERS]
HEARD = "Pertimbangan yang sudah didengar (penjelasan PP 2/2015 Pasal 45 ayat (1))"


class SpokenForm(ActionForm):
    """That help was asked for by word of mouth: from this instant 24 hours run."""

    row: ConflictStatus
    submit_label = "Catat permintaan lisan"
    tells = (Event.TNI_REQUESTED_ORALLY,)
    intro = "Sejak waktu permintaan lisan, surat harus menyusul paling lambat 1 x 24 jam (PP 2/2015 Pasal 45 ayat (4))."

    spoken_by = forms.CharField(label="Diminta oleh (jabatan)", max_length=160)
    spoken_to = forms.CharField(label="Diterima oleh (jabatan)", max_length=160, help_text="Siapa yang menerima permintaan untuk Presiden.")

    def build(self) -> None:
        self.fields["spoken_at"] = self.instant(label="Diminta pada")
        self.fields["advised_by"] = copies_field(ADVICE, HEARD)
        self.order_fields(["spoken_at", "spoken_by", "spoken_to", "advised_by"])

    def state(self, row: Any) -> dict[str, object]:
        return {"spoken_at": self.now, "spoken_by": self.row.decided_by}

    def save(self) -> str:
        asked = request_tni_orally(status=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        at = moment(asked.spoken_at, self.case.kabupaten) if asked.spoken_at else ""
        return f"Tersimpan. Permintaan lisan {at} dicatat; surat menyusul paling lambat 1 x 24 jam."


class LetterForm(ActionForm):
    """The written request, with what PP 2/2015 Pasal 47 wants in it and the nine copies."""

    row: Any
    submit_label = "Catat surat permintaan"
    tells = (Event.TNI_REQUESTED,)
    intro = "Kepada Presiden. Isi surat menurut PP 2/2015 Pasal 47, tembusan menurut Pasal 45 ayat (5)."

    number = forms.CharField(label="Nomor surat", max_length=120)

    def build(self) -> None:
        self.fields["written_at"] = self.instant(label="Disampaikan pada")
        self.fields["reason"] = LongTextField(label=PARTS["reason"], rows=4, max_length=8000)
        self.fields["area"] = LongTextField(label=PARTS["area"], rows=2, max_length=4000)
        self.fields["help_days"] = forms.IntegerField(
            label=f"{PARTS['duration']} (hari)",
            min_value=1,
            max_value=120,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Isi jumlah hari, 1 sampai 120."),
        )
        self.fields["logistics"] = LongTextField(label=PARTS["logistics"], rows=3, max_length=4000)
        self.fields["copies"] = copies_field([(one.code, f"{one.text} ({one.basis})") for one in TNI_COPIES])
        if self.asked is None:
            self.fields["advised_by"] = copies_field(ADVICE, HEARD)

    @property
    def asked(self) -> TniRequest | None:
        """The spoken request that the letter follows."""
        return self.row if isinstance(self.row, TniRequest) else None

    def save(self) -> str:
        data = dict(self.cleaned_data)
        advised_by = data.pop("advised_by", [])
        status = self.asked.status if self.asked else self.row
        request_tni(status=status, asked=self.asked, letter=Letter(**data), advised_by=advised_by, actor=self.user, now=self.now)
        return "Tersimpan. Permintaan tertulis bantuan TNI dicatat."


class ApproveForm(ActionForm):
    """That the Presiden approved."""

    row: TniRequest
    submit_label = "Catat persetujuan"
    tells = (Event.TNI_APPROVED,)
    intro = "Sejak persetujuan, Panglima TNI mengeluarkan perintah paling lambat 1 x 24 jam (PP 2/2015 Pasal 48 ayat (2))."

    approval = forms.CharField(label="Nomor atau cara persetujuan", max_length=200)

    def build(self) -> None:
        self.fields["approved_at"] = self.instant(label="Disetujui pada")
        self.order_fields(["approved_at", "approval"])

    def save(self) -> str:
        record_tni_approval(asked=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Persetujuan Presiden dicatat."


class DeclineForm(ActionForm):
    """That the request was not approved."""

    row: TniRequest
    submit_label = "Catat penolakan"
    tells = (Event.TNI_DECLINED,)

    def build(self) -> None:
        self.fields["declined_at"] = self.instant(label="Diberitahukan pada")
        self.fields["note"] = LongTextField(label="Keterangan", rows=3, max_length=2000)

    def save(self) -> str:
        record_tni_refusal(asked=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Permintaan tidak disetujui; permintaan baru dapat diajukan."


class OrderForm(ActionForm):
    """That Panglima TNI ordered."""

    row: TniRequest
    submit_label = "Catat perintah"
    tells = (Event.TNI_ORDERED,)

    order = forms.CharField(label="Nomor perintah Panglima TNI", max_length=200)

    def build(self) -> None:
        self.fields["ordered_at"] = self.instant(label="Diperintahkan pada")
        self.order_fields(["ordered_at", "order"])

    def save(self) -> str:
        record_tni_order(asked=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Perintah Panglima TNI dicatat."


class TellEndForm(ActionForm):
    """That the Presiden was told that the help has ended."""

    row: ConflictStatus
    submit_label = "Catat pemberitahuan"
    tells = (Event.TNI_END_TOLD,)
    intro = "Kepada Presiden dengan tembusan Panglima TNI (PP 2/2015 Pasal 53 ayat (2))."

    number = forms.CharField(label="Nomor surat", max_length=120)

    def build(self) -> None:
        self.fields["sent_at"] = self.instant(label="Disampaikan pada")

    def save(self) -> str:
        tell_tni_end(status=self.row, actor=self.user, now=self.now, **self.cleaned_data)
        return "Tersimpan. Berakhirnya bantuan TNI disampaikan."
