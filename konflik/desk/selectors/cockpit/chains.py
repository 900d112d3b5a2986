"""The two chains of a status as steps: help of the TNI, and money from belanja tidak terduga."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from konflik.clocks.models import Deadline
from konflik.clocks.tables import OPEN_STATES
from konflik.desk.selectors.cockpit.offers import offer
from konflik.desk.tables.cockpit import Offer, Step
from konflik.desk.tables.due import DueAt
from konflik.desk.tables.words import number
from konflik.law.grammar.basis import PP_2_2015
from konflik.law.status import TNI_ADVISERS, TNI_COPIES
from konflik.status.models import BttUse, TniRequest
from konflik.status.selectors.lawful import why_not_go_on

COPY_TEXTS = {one.code: one.text for one in TNI_COPIES}
ADVISER_TEXTS = {one.code: one.text for one in TNI_ADVISERS}
Dues = Mapping[tuple[str, str], DueAt]


@dataclass(frozen=True)
class Asked:
    """One request with its steps, whose considerations were heard, and to whom the letter was copied."""

    request: TniRequest
    steps: list[Step]
    advisers: list[str]
    copies: list[str]


@dataclass(frozen=True)
class Spent:
    """One decision on money with its steps."""

    use: BttUse
    steps: list[Step]


def dues_of(deadlines: list[Deadline], *, at: datetime) -> dict[tuple[str, str], DueAt]:
    """The running clock of each thread and rule."""
    return {
        (one.thread, one.rule): DueAt(one.due_at, one.last_day, ZoneInfo(one.zone), at)
        for one in deadlines
        if one.state in OPEN_STATES and one.due_at is not None
    }


def asked(request: TniRequest, dues: Dues, *, may: bool, at: datetime) -> Asked:
    """The way of one request."""
    why_not = [str(one) for one in why_not_go_on(request, at=at)]
    thread = request.status.thread
    # Only the request under way has a clock; the thread is that of the status.
    running = dues if request.ordered_at is None and request.declined_at is None else {}
    is_open = request.declined_at is None and not why_not

    def to_do(name: str, label: str, *, is_main: bool = True) -> Offer:
        return offer(name, label, request.pk, why_not, is_main=is_main)

    written, answered = request.written_at is not None, request.approved_at is not None
    answers = (to_do("tni-approve", "Catat persetujuan Presiden", is_main=written), to_do("tni-decline", "Catat penolakan", is_main=False))
    steps = [
        Step("Permintaan lisan", str(PP_2_2015.pasal(45, "3")), request.spoken_at, _between(request.spoken_by, request.spoken_to)),
        Step(
            "Permintaan tertulis",
            str(PP_2_2015.pasal(45, "4")),
            request.written_at,
            f"Nomor {request.letter_number}, {request.help_days} hari" if written else "",
            running.get((thread, "tni-permintaan-tertulis")),
            (to_do("tni-follow", "Susulkan surat permintaan"),) if may and not written and request.declined_at is None else (),
            is_next=is_open and not written,
        ),
        Step(
            "Tidak disetujui" if request.declined_at else "Persetujuan Presiden",
            str(PP_2_2015.pasal(48, "1")),
            request.declined_at or request.approved_at,
            request.decline_note or request.approval,
            offers=answers if may and not answered and request.declined_at is None else (),
            is_next=is_open and written and not answered,
            is_failed=request.declined_at is not None,
        ),
        Step(
            "Perintah Panglima TNI kepada Pangdam",
            str(PP_2_2015.pasal(48, "2")),
            request.ordered_at,
            request.order,
            running.get((thread, "tni-perintah-panglima")),
            (to_do("tni-order", "Catat perintah Panglima TNI"),) if may and answered and request.ordered_at is None else (),
            is_next=is_open and answered and request.ordered_at is None,
        ),
    ]
    shown = steps[1:] if request.spoken_at is None else steps
    copies = [COPY_TEXTS[one.code] for one in TNI_COPIES if one.code in request.copies]
    return Asked(request, shown, [ADVISER_TEXTS[code] for code in request.advised_by], copies)


def spent(use: BttUse, dues: Dues, *, may: bool) -> Spent:
    """The way of one decision on money."""

    def step(label: str, basis: str, done_at: datetime | None, note: str, rule: str, name: str, button: str, *, is_ready: bool) -> Step:
        is_open = done_at is None and is_ready
        offers = (offer(name, button, use.pk, is_main=name != "btt-dprd"),) if may and is_open else ()
        return Step(label, basis, done_at, note, dues.get((use.thread, rule)) if done_at is None else None, offers, is_next=is_open)

    plan, paid = use.submitted_at is not None, use.paid_at is not None
    return Spent(
        use,
        [
            Step("Keputusan kepala daerah", str(PP_2_2015.pasal(88, "2", "a")), use.decided_at, f"Nomor {use.number}"),
            step(
                "Rencana kebutuhan belanja", str(PP_2_2015.pasal(80, "2", "a")), use.submitted_at, _money(use.plan_number, use.amount),
                "btt-rencana-kebutuhan", "btt-plan", "Catat rencana kebutuhan", is_ready=True,
            ),
            step(
                "Pencairan", str(PP_2_2015.pasal(80, "2", "b")), use.paid_at, _money(use.payment, use.paid_amount),
                "btt-pencairan", "btt-pay", "Catat pencairan", is_ready=plan,
            ),
            step(
                "Pemberitahuan kepada DPRD", str(PP_2_2015.pasal(88, "2", "a")), use.told_at, _money(use.dprd_letter, None),
                "btt-pemberitahuan-dprd", "btt-dprd", "Catat pemberitahuan DPRD", is_ready=True,
            ),
            step(
                "Pertanggungjawaban", str(PP_2_2015.pasal(80, "2", "e")), use.accounted_at, _money(use.account_number, None),
                "btt-pertanggungjawaban", "btt-account", "Catat pertanggungjawaban", is_ready=paid,
            ),
        ],
    )  # fmt: skip


def _between(by: str, to: str) -> str:
    return f"{by} kepada {to}" if by and to else ""


def _money(words: str, amount: object) -> str:
    if not words:
        return ""
    return f"Nomor {words}, Rp{number(amount)}" if amount is not None else f"Nomor {words}"  # type: ignore[arg-type]
