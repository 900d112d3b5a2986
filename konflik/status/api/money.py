"""The money from belanja tidak terduga, step by step (PP 2/2015 Pasal 80, 88)."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from konflik.cases.api.base import CasePartDetail
from konflik.cases.api.inputs import LongText, Text
from konflik.cases.tables import NOTE_MAX
from konflik.rest.shapes import AmountField, Input, InstantField
from konflik.rest.writing import Done
from konflik.status.api.running import StatusAdds, StatusPartAct
from konflik.status.api.shapes import ACCOUNTINGS, RUPIAH, BttRow
from konflik.status.models import BttUse, ConflictStatus
from konflik.status.services import account_btt, decide_btt, pay_btt, submit_btt_plan, tell_dprd_of_btt
from konflik.status.tables import Accounting


class BttDetail(CasePartDetail):
    """Satu penggunaan belanja tidak terduga dengan langkah-langkahnya."""

    model = BttUse
    shape = BttRow
    of = "status__case"


class BttInput(Input):
    """Which activities are paid from it."""

    number = Text(max_length=120)
    decided_at = InstantField()
    activities = LongText(max_length=NOTE_MAX)


class DecideBtt(StatusAdds):
    """Mencatat keputusan kepala daerah tentang kegiatan yang didanai belanja tidak terduga."""

    does = "btt-decide"
    takes = BttInput
    gives = BttRow

    def act(self, data: dict[str, Any], *, target: ConflictStatus, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `decide_btt`."""
        use = decide_btt(status=target, actor=reader, now=now, **data)
        return Done(BttDetail().show(reader, now, use.pk), location=reverse("api:btt-use", args=[use.pk]))


class _Step(StatusPartAct):
    """One step of a use that is on file."""

    gives = BttRow
    detail = BttDetail


class BttPlanInput(Input):
    """The plan of needs that the PPKD has received."""

    plan_number = Text(max_length=120)
    submitted_at = InstantField()
    amount = AmountField(**RUPIAH)


class SubmitPlan(_Step):
    """Mencatat rencana kebutuhan belanja yang diterima PPKD."""

    does = "btt-plan"
    takes = BttPlanInput

    def act(self, data: dict[str, Any], *, target: BttUse, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `submit_btt_plan`."""
        number = data.pop("plan_number")
        use = submit_btt_plan(use=target, number=number, seen_version=target.version, actor=reader, now=now, **data)
        return self.done(use, reader, now)


class BttPaymentInput(Input):
    """The money paid out."""

    payment = Text(max_length=120, help_text="Nomor pencairan.")
    paid_at = InstantField()
    paid_amount = AmountField(**RUPIAH)


class Pay(_Step):
    """Mencatat pencairan dana kepada bendahara pengeluaran."""

    does = "btt-pay"
    takes = BttPaymentInput

    def act(self, data: dict[str, Any], *, target: BttUse, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `pay_btt`."""
        told = {"number": data["payment"], "paid_at": data["paid_at"], "amount": data["paid_amount"]}
        return self.done(pay_btt(use=target, seen_version=target.version, actor=reader, now=now, **told), reader, now)


class BttDprdInput(Input):
    """The letter to the DPRD."""

    dprd_letter = Text(max_length=120)
    told_at = InstantField()


class TellDprd(_Step):
    """Mencatat pemberitahuan kepada DPRD."""

    does = "btt-dprd"
    takes = BttDprdInput

    def act(self, data: dict[str, Any], *, target: BttUse, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `tell_dprd_of_btt`."""
        told = {"number": data["dprd_letter"], "told_at": data["told_at"]}
        return self.done(tell_dprd_of_btt(use=target, seen_version=target.version, actor=reader, now=now, **told), reader, now)


class BttAccountInput(Input):
    """How the use was accounted for to the PPKD."""

    kind = serializers.ChoiceField(ACCOUNTINGS)
    account_number = Text(max_length=120)
    accounted_at = InstantField()


class Account(_Step):
    """Mencatat pertanggungjawaban kepada PPKD."""

    does = "btt-account"
    takes = BttAccountInput

    def act(self, data: dict[str, Any], *, target: BttUse, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `account_btt`."""
        told = {"kind": Accounting(data["kind"]), "number": data["account_number"], "accounted_at": data["accounted_at"]}
        return self.done(account_btt(use=target, seen_version=target.version, actor=reader, now=now, **told), reader, now)
