"""The money from belanja tidak terduga: decision, plan, payment, notice to the DPRD, account (PP 2/2015 Pasal 80, 88)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.cases.services.base import refuse_future, swap_row
from konflik.clocks.services.following import Clocked
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.basis import PP_2_2015, Article
from konflik.status.models import BttUse, ConflictStatus
from konflik.status.services.base import held, require_all, told
from konflik.status.tables import Accounting

EARLIER = "Waktu ini sebelum langkah yang mendahuluinya. Periksa tanggal dan jamnya."
DONE = "Langkah ini sudah dicatat."


@transaction.atomic
def decide_btt(*, status: ConflictStatus, number: str, decided_at: datetime, activities: str, actor: User, now: datetime) -> BttUse:
    """Record which activities are paid from belanja tidak terduga: plan, payment and notice to the DPRD become due.

    Raises ValidationError by field; never before the status was declared (Pasal 80 ayat (2) huruf a).
    """
    require_all(number=number, activities=activities)
    refuse_future("decided_at", decided_at, now=now)
    status = held(status, now=now)
    if decided_at.astimezone(status.zone).date() < status.decided_on:
        basis = PP_2_2015.pasal(80, "2", "a")
        raise ValidationError({"decided_at": f"Kegiatan ditetapkan setelah status ditetapkan. Periksa tanggalnya. Dasar: {basis}."})
    use = BttUse.objects.create(
        status=status, number=number.strip(), decided_at=decided_at, activities=activities.strip(), recorded_by=actor, recorded_at=now
    )
    detail = {"number": number.strip(), "activities": activities.strip()}
    _tell(use, Event.BTT_DECIDED, PP_2_2015.pasal(88, "2", "a"), decided_at, actor, now, detail)
    return use


@transaction.atomic
def submit_btt_plan(
    *, use: BttUse, number: str, submitted_at: datetime, amount: Decimal, seen_version: int, actor: User, now: datetime
) -> BttUse:
    """Record that the PPKD has received the plan of needs (Pasal 80 ayat (2) huruf a)."""
    require_all(plan_number=number)
    _refuse_amount("amount", amount)
    _check_step(use, "submitted_at", submitted_at, use.decided_at, use.submitted_at, now)
    row = _moved(use, seen_version, {"plan_number": number.strip(), "submitted_at": submitted_at, "amount": amount})
    _tell(row, Event.BTT_PLAN_SUBMITTED, PP_2_2015.pasal(80, "2", "a"), submitted_at, actor, now, {"number": number.strip()}, amount)
    return row


@transaction.atomic
def pay_btt(*, use: BttUse, number: str, paid_at: datetime, amount: Decimal, seen_version: int, actor: User, now: datetime) -> BttUse:
    """Record that the money was paid out to the treasurer of Kesbangpol (Pasal 80 ayat (2) huruf b, c)."""
    require_all(payment=number)
    _refuse_amount("paid_amount", amount)
    if use.submitted_at is None:
        raise ValidationError(f"Catat dahulu rencana kebutuhan belanja. Dasar: {PP_2_2015.pasal(80, '2', 'a')}.")
    _check_step(use, "paid_at", paid_at, use.submitted_at, use.paid_at, now)
    row = _moved(use, seen_version, {"payment": number.strip(), "paid_at": paid_at, "paid_amount": amount})
    _tell(row, Event.BTT_PAID, PP_2_2015.pasal(80, "2", "b"), paid_at, actor, now, {"number": number.strip()}, amount)
    return row


@transaction.atomic
def tell_dprd_of_btt(*, use: BttUse, number: str, told_at: datetime, seen_version: int, actor: User, now: datetime) -> BttUse:
    """Record that the DPRD was told of the decision (Pasal 88 ayat (2) huruf a)."""
    require_all(dprd_letter=number)
    _check_step(use, "told_at", told_at, use.decided_at, use.told_at, now)
    row = _moved(use, seen_version, {"dprd_letter": number.strip(), "told_at": told_at})
    _tell(row, Event.BTT_DPRD_TOLD, PP_2_2015.pasal(88, "2", "a"), told_at, actor, now, {"number": number.strip()})
    return row


@transaction.atomic
def account_btt(
    *, use: BttUse, kind: Accounting, number: str, accounted_at: datetime, seen_version: int, actor: User, now: datetime
) -> BttUse:
    """Record that the use was accounted for to the PPKD (Pasal 80 ayat (2) huruf e)."""
    require_all(account_number=number)
    if use.paid_at is None:
        raise ValidationError(f"Catat dahulu pencairan dana. Dasar: {PP_2_2015.pasal(80, '2', 'b')}.")
    _check_step(use, "accounted_at", accounted_at, use.paid_at, use.accounted_at, now)
    row = _moved(use, seen_version, {"account_kind": kind.value, "account_number": number.strip(), "accounted_at": accounted_at})
    _tell(row, Event.BTT_ACCOUNTED, PP_2_2015.pasal(80, "2", "e"), accounted_at, actor, now, {"number": number.strip()})
    return row


def _refuse_amount(field: str, amount: Decimal) -> None:
    if amount <= 0:
        raise ValidationError({field: "Isi jumlah yang lebih besar dari nol."})


def _check_step(use: BttUse, field: str, at: datetime, after: datetime, done: datetime | None, now: datetime) -> None:
    refuse_future(field, at, now=now)
    use.status = held(use.status, now=now)
    if done is not None:
        raise ValidationError(DONE)
    if at < after:
        raise ValidationError({field: EARLIER})


def _moved(use: BttUse, seen_version: int, changes: Mapping[str, object]) -> BttUse:
    return swap_row(use, seen_version=seen_version, changes=changes, related=("status__case__kabupaten",))


def _tell(
    use: BttUse,
    event: Event,
    basis: Article,
    occurred_at: datetime,
    actor: User,
    now: datetime,
    detail: Mapping[str, object],
    amount: Decimal | None = None,
) -> JournalLine:
    case = use.status.case
    payload: dict[str, object] = {"status": use.status_id, "btt": use.pk}
    if amount is not None:
        payload["amount"] = amount
    return told(
        case,
        event,
        actor=actor,
        now=now,
        occurred_at=occurred_at,
        basis=basis,
        clocked=Clocked(thread=use.thread),
        payload=payload,
        detail=detail,
    )
