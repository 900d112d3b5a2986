"""The money goes its way step by step: decided, planned, paid, told, accounted for."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.postings.tables import Role
from konflik.journal.models import JournalLine
from konflik.status.models import BttUse, ConflictStatus
from konflik.status.services import account_btt, pay_btt, submit_btt_plan, tell_dprd_of_btt
from konflik.status.tables import Accounting
from tests.builders import DAY, HOUR, NOW, a_user
from tests.refusals import WHOLE, overtaken, refused
from tests.status.building import a_btt_use, a_status

pytestmark = pytest.mark.django_db
MONEY = Decimal(750000000)


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def status(clerk: Any) -> ConflictStatus:
    return a_status(actor=clerk)


@pytest.fixture
def use(status: ConflictStatus, clerk: Any) -> BttUse:
    return a_btt_use(status, actor=clerk)


def step(service: Any, use: BttUse, actor: Any, **given: Any) -> BttUse:
    return service(use=use, number=given.pop("number", "900/1"), seen_version=use.version, actor=actor, now=NOW + HOUR, **given)


def test_the_whole_way_leaves_a_line_each(use: BttUse, clerk: Any) -> None:
    use = step(submit_btt_plan, use, clerk, submitted_at=NOW, amount=MONEY)
    use = step(pay_btt, use, clerk, paid_at=NOW, amount=MONEY)
    use = step(tell_dprd_of_btt, use, clerk, told_at=NOW)
    use = step(account_btt, use, clerk, accounted_at=NOW, kind=Accounting.RECEIPTS)
    events = JournalLine.objects.filter(event__startswith="btt_").order_by("pk").values_list("event", "basis")
    assert [(event, basis.removeprefix("PP 2/2015 Pasal ")) for event, basis in events] == [
        ("btt_decided", "88 ayat (2) huruf a"),
        ("btt_plan_submitted", "80 ayat (2) huruf a"),
        ("btt_paid", "80 ayat (2) huruf b"),
        ("btt_dprd_told", "88 ayat (2) huruf a"),
        ("btt_accounted", "80 ayat (2) huruf e"),
    ]


@pytest.mark.parametrize(
    ("service", "field", "says", "given"),
    [
        (submit_btt_plan, "submitted_at", "Waktu ini sebelum langkah", {"submitted_at": NOW - DAY, "amount": MONEY}),
        (submit_btt_plan, "submitted_at", "Waktu ini belum terjadi.", {"submitted_at": NOW + DAY, "amount": MONEY}),
        (submit_btt_plan, "amount", "Isi jumlah yang lebih besar", {"submitted_at": NOW, "amount": Decimal(0)}),
        (submit_btt_plan, "plan_number", "Bagian ini harus diisi.", {"submitted_at": NOW, "amount": MONEY, "number": ""}),
        (pay_btt, WHOLE, "Catat dahulu rencana kebutuhan", {"paid_at": NOW, "amount": MONEY}),
        (account_btt, WHOLE, "Catat dahulu pencairan dana.", {"accounted_at": NOW, "kind": Accounting.STATEMENT}),
        (tell_dprd_of_btt, "told_at", "Waktu ini sebelum langkah", {"told_at": NOW - DAY}),
    ],
)
def test_no_step_before_the_one_it_rests_on(use: BttUse, clerk: Any, service: Any, field: str, says: str, given: dict) -> None:
    with refused(field, says):
        step(service, use, clerk, **given)


def test_each_step_once(use: BttUse, clerk: Any) -> None:
    told = step(tell_dprd_of_btt, use, clerk, told_at=NOW)
    with refused(WHOLE, "Langkah ini sudah dicatat."):
        step(tell_dprd_of_btt, told, clerk, told_at=NOW)
    with overtaken(told, version=told.version):
        step(submit_btt_plan, use, clerk, submitted_at=NOW, amount=MONEY)


def test_never_before_the_status(status: ConflictStatus, clerk: Any) -> None:
    with refused("decided_at", "Kegiatan ditetapkan setelah status ditetapkan."):
        a_btt_use(status, actor=clerk, decided_at=NOW - DAY)


@pytest.mark.parametrize(
    "columns",
    [{"paid_at": NOW, "paid_amount": 1, "payment": "1"}, {"told_at": NOW}, {"submitted_at": NOW, "plan_number": "1", "amount": 0}],
)
def test_the_database_knows_the_order(use: BttUse, columns: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BttUse.objects.filter(pk=use.pk).update(**columns)
