"""Asking for the help of the TNI, step by step (PP 2/2015 Pasal 45-53)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.cases.services.base import refuse_future, require, swap_row
from konflik.clocks.services.following import Clocked, Fixed
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.basis import PP_2_2015, Article
from konflik.law.status import TNI_COPIES, Refused, has_own_limits
from konflik.status.models import ConflictStatus, TniEndNotice, TniRequest
from konflik.status.selectors.lawful import why_not_ask_tni, why_not_go_on, why_not_tell_tni_end
from konflik.status.services.base import created, held, refuse, require_all, told
from konflik.status.services.dates import end_of_help

TAKEN = "Masih ada permintaan bantuan TNI yang berjalan. Muat ulang halaman ini."


@dataclass(frozen=True)
class Letter:
    """The written request: what PP 2/2015 Pasal 47 wants in it, and to whom it was copied (codes of the nine)."""

    number: str
    written_at: datetime
    reason: str
    area: str
    help_days: int
    logistics: str
    copies: Collection[str]


@transaction.atomic
def request_tni_orally(
    *,
    status: ConflictStatus,
    spoken_at: datetime,
    spoken_by: str,
    spoken_to: str,
    advised_by: Collection[str],
    actor: User,
    now: datetime,
) -> TniRequest:
    """Record a spoken request: from its instant the written one is due within 1 x 24 hours (Pasal 45 ayat (3), (4)).

    Raises ValidationError by field: no status in force, nobody's considerations heard, another request under way.
    """
    require_all(spoken_by=spoken_by, spoken_to=spoken_to)
    refuse_future("spoken_at", spoken_at, now=now)
    status = held(status, now=now)
    refuse(why_not_ask_tni(status, at=now, advised_by=advised_by))
    _refuse_outside("spoken_at", spoken_at, status)
    asked = created(
        lambda: TniRequest.objects.create(
            status=status,
            advised_by=sorted(advised_by),
            spoken_at=spoken_at,
            spoken_by=spoken_by.strip(),
            spoken_to=spoken_to.strip(),
            recorded_by=actor,
            recorded_at=now,
        ),
        TAKEN,
    )
    detail = {"spoken_by": spoken_by.strip(), "spoken_to": spoken_to.strip()}
    _tell(asked, Event.TNI_REQUESTED_ORALLY, PP_2_2015.pasal(45, "3"), spoken_at, actor, now, detail)
    return asked


@transaction.atomic
def request_tni(
    *, status: ConflictStatus, asked: TniRequest | None, letter: Letter, advised_by: Collection[str], actor: User, now: datetime
) -> TniRequest:
    """Record the written request: following the spoken one, `asked`, or with None on its own.

    Raises ValidationError by field: a part of Pasal 47 missing, not copied to all nine, before the spoken one.
    """
    require_all(number=letter.number, reason=letter.reason, area=letter.area, help_days=letter.help_days, logistics=letter.logistics)
    refuse_future("written_at", letter.written_at, now=now)
    status = held(status, now=now)
    refuse(_missing_copies(letter))
    _refuse_outside("written_at", letter.written_at, status)
    columns: dict[str, object] = {
        "letter_number": letter.number.strip(),
        "written_at": letter.written_at,
        "reason": letter.reason.strip(),
        "area": letter.area.strip(),
        "help_days": letter.help_days,
        "logistics": letter.logistics.strip(),
        "copies": sorted(letter.copies),
    }
    if asked is None:
        refuse(why_not_ask_tni(status, at=now, advised_by=advised_by))
        row = created(
            lambda: TniRequest.objects.create(status=status, advised_by=sorted(advised_by), recorded_by=actor, recorded_at=now, **columns),
            TAKEN,
        )
    else:
        row = _written(asked, letter, columns, now)
    detail = {"number": letter.number.strip(), "reason": letter.reason.strip(), "area": letter.area.strip()}
    _tell(row, Event.TNI_REQUESTED, PP_2_2015.pasal(45, "4"), letter.written_at, actor, now, detail)
    return row


def _written(asked: TniRequest, letter: Letter, columns: Mapping[str, object], now: datetime) -> TniRequest:
    refuse(why_not_go_on(asked, at=now))
    if asked.written_at is not None:
        raise ValidationError("Permintaan tertulis ini sudah dicatat.")
    if asked.spoken_at is not None and letter.written_at < asked.spoken_at:
        raise ValidationError({"written_at": "Surat menyusul permintaan lisan. Periksa tanggal dan jamnya."})
    return _moved(asked, columns)


@transaction.atomic
def record_tni_approval(*, asked: TniRequest, approved_at: datetime, approval: str, actor: User, now: datetime) -> TniRequest:
    """Record that the Presiden approved: Panglima TNI orders within 1 x 24 hours (Pasal 48 ayat (1), (2))."""
    require_all(approval=approval)
    _check_step(asked, "approved_at", approved_at, asked.spoken_at or asked.written_at, now)
    _refuse_answered(asked)
    row = _moved(asked, {"approved_at": approved_at, "approval": approval.strip()})
    _tell(row, Event.TNI_APPROVED, PP_2_2015.pasal(48, "1"), approved_at, actor, now, {"approval": approval.strip()})
    return row


@transaction.atomic
def record_tni_refusal(*, asked: TniRequest, declined_at: datetime, note: str, actor: User, now: datetime) -> TniRequest:
    """Record that the request was not approved; another may be made then."""
    require("note", note, "Tuliskan bagaimana penolakan itu diterima.")
    _check_step(asked, "declined_at", declined_at, asked.spoken_at or asked.written_at, now)
    _refuse_answered(asked)
    row = _moved(asked, {"declined_at": declined_at, "decline_note": note.strip()})
    _tell(row, Event.TNI_DECLINED, PP_2_2015.pasal(48, "1"), declined_at, actor, now, {"note": note.strip()})
    return row


@transaction.atomic
def record_tni_order(*, asked: TniRequest, ordered_at: datetime, order: str, actor: User, now: datetime) -> TniRequest:
    """Record that Panglima TNI ordered the Pangdam to help; from then on the TNI helps (Pasal 48 ayat (2), 49)."""
    require_all(order=order)
    if asked.approved_at is None:
        raise ValidationError(f"Catat dahulu persetujuan Presiden. Dasar: {PP_2_2015.pasal(48, '1')}.")
    if asked.ordered_at is not None:
        raise ValidationError("Perintah ini sudah dicatat.")
    _check_step(asked, "ordered_at", ordered_at, asked.approved_at, now)
    row = _moved(asked, {"ordered_at": ordered_at, "order": order.strip()})
    ends = end_of_help(row.status, on=row.status.ends_on)
    _tell(row, Event.TNI_ORDERED, PP_2_2015.pasal(48, "2"), ordered_at, actor, now, {"order": order.strip()}, ends)
    return row


@transaction.atomic
def tell_tni_end(*, status: ConflictStatus, number: str, sent_at: datetime, actor: User, now: datetime) -> TniEndNotice:
    """Record the letter to the Presiden that the help has ended, with a copy to Panglima TNI (Pasal 53 ayat (2))."""
    require_all(number=number)
    refuse_future("sent_at", sent_at, now=now)
    status = held(status, now=now)
    refuse(why_not_tell_tni_end(status, at=now))
    if sent_at < status.ends_at:
        raise ValidationError({"sent_at": "Waktu ini sebelum bantuan berakhir. Periksa tanggal dan jamnya."})
    notice = created(
        lambda: TniEndNotice.objects.create(status=status, number=number.strip(), sent_at=sent_at, recorded_by=actor, recorded_at=now),
        "Sudah disampaikan.",
    )
    told(
        status.case,
        Event.TNI_END_TOLD,
        actor=actor,
        now=now,
        occurred_at=sent_at,
        basis=PP_2_2015.pasal(53, "2"),
        clocked=Clocked(thread=status.thread),
        payload={"status": status.pk},
        detail={"number": number.strip()},
    )
    return notice


def _check_step(asked: TniRequest, field: str, at: datetime, after: datetime | None, now: datetime) -> None:
    refuse_future(field, at, now=now)
    asked.status = held(asked.status, now=now)
    refuse(why_not_go_on(asked, at=now))
    if after is not None and at < after:
        raise ValidationError({field: "Waktu ini sebelum langkah yang mendahuluinya. Periksa tanggal dan jamnya."})


def _refuse_answered(asked: TniRequest) -> None:
    if asked.approved_at is not None or asked.declined_at is not None:
        raise ValidationError("Jawaban atas permintaan ini sudah dicatat.")


def _refuse_outside(field: str, at: datetime, status: ConflictStatus) -> None:
    if not status.is_in_force(at):
        raise ValidationError({field: f"Pada waktu ini status tidak berlaku. Dasar: {PP_2_2015.pasal(40, '1')}."})


def _missing_copies(letter: Letter) -> list[Refused]:
    missing = [one for one in TNI_COPIES if one.code not in letter.copies]
    return [Refused("copies", f"Belum ditembuskan kepada {one.text}.", one.basis) for one in missing]


def _moved(asked: TniRequest, changes: Mapping[str, object]) -> TniRequest:
    return swap_row(asked, seen_version=asked.version, changes=changes, related=("status__case__kabupaten",))


def _tell(
    asked: TniRequest,
    event: Event,
    basis: Article,
    occurred_at: datetime,
    actor: User,
    now: datetime,
    detail: Mapping[str, object],
    fixed: tuple[Fixed, ...] = (),
) -> JournalLine:
    status = asked.status
    # The letter after a spoken request of the gubernur is no duty of the kabupaten (Pasal 46).
    starts_none = event is Event.TNI_REQUESTED_ORALLY and not has_own_limits(status.scale)
    return told(
        status.case,
        event,
        actor=actor,
        now=now,
        occurred_at=occurred_at,
        basis=basis,
        clocked=Clocked(thread=status.thread, fixed=fixed, starts_none=starts_none),
        payload={"status": status.pk, "request": asked.pk},
        detail=detail,
    )
