"""What the law does not permit now, with its article: the page greys buttons by it, the services refuse by it.

Each function answers every reason at once; nothing: it is lawful.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from konflik.cases.models import Case
from konflik.law.grammar.basis import PP_2_2015, UU_7_2012
from konflik.law.grammar.reading import in_words
from konflik.law.status import (
    SCALE_RULES,
    Refused,
    Scale,
    last_lawful_day_of_extension,
    may_ask_for_tni,
    may_extend,
    unmet,
)
from konflik.status.models import ConflictStatus, Consultation, CriteriaAssessment, StatusMeasure, TniRequest
from konflik.status.models.tni import UNANSWERED
from konflik.status.tables import Purpose

Refusals = tuple[Refused, ...]
OVER = "Status sudah berakhir."
NOT_YET = "Status belum berlaku."


def standing_assessment(case: Case) -> CriteriaAssessment | None:
    """The newest assessment of `case` on which no status rests yet."""
    return (
        CriteriaAssessment.objects.filter(case=case, status__isnull=True).prefetch_related("signs").order_by("-assessed_at", "-pk").first()
    )


def open_consultation(case: Case, purpose: Purpose, status: ConflictStatus | None = None) -> Consultation | None:
    """The newest consultation on which no decree rests yet; for an extension, that about `status`."""
    rows = Consultation.objects.filter(case=case, purpose=purpose.value, declared__isnull=True, extended__isnull=True)
    return rows.filter(status=status).order_by("-held_on", "-pk").first()


def missing_criteria(assessment: CriteriaAssessment | None) -> Refusals:
    """What a declaration still lacks of the criteria."""
    scale = Scale(assessment.scale) if assessment else Scale.KABUPATEN
    found = [one.sign for one in assessment.signs.all()] if assessment else []
    return tuple(Refused("criteria", f"Belum ada bukti bahwa {one.text}.", one.basis) for one in unmet(scale, found))


def why_not_consult(case: Case, purpose: Purpose, status: ConflictStatus | None, *, held_on: date, at: datetime) -> Refusals:
    """Why a consultation of that day cannot serve: about a status that is over, extended already, or had not begun."""
    if purpose is Purpose.DECLARATION or status is None:
        return ()
    basis = SCALE_RULES[Scale(status.scale)].consulted_basis
    if status.is_over(at):
        return (Refused("purpose", f"{OVER} Tidak ada yang dapat diperpanjang.", basis),)
    if status.extended_until is not None:
        return (Refused("purpose", "Status ini sudah pernah diperpanjang.", basis),)
    if held_on < status.effective_on:
        message = f"Konsultasi perpanjangan dilakukan selama status berlaku, sejak {in_words(status.effective_on)}."
        return (Refused("held_on", message, basis),)
    return ()


def why_not_extend(
    status: ConflictStatus, *, at: datetime, decided_on: date | None = None, new_ends_on: date | None = None, evaluation: str = "?"
) -> Refusals:
    """Why `status` may not be extended. Without a decree at hand: whether any decree of today could do it."""
    consultation = open_consultation(status.case, Purpose.EXTENSION, status)
    effective_on, ends_on = status.effective_on, status.ends_on
    today = timezone.localdate(at, status.zone)
    refusals = may_extend(
        scale=Scale(status.scale),
        effective_on=effective_on,
        ends_on=ends_on,
        new_ends_on=new_ends_on or last_lawful_day_of_extension(effective_on=effective_on, ends_on=ends_on),
        decided_on=decided_on or today,
        consulted_on=consultation.held_on if consultation else None,
        has_evaluation=bool(evaluation.strip()),
        is_extended=status.extended_until is not None,
    )
    basis = SCALE_RULES[Scale(status.scale)].extended_basis
    if status.is_over(at):
        message = f"{OVER} Tetapkan status baru bila syaratnya terpenuhi."
        return (Refused("number", message, basis),)
    if at < status.effective_at:
        return (Refused("number", NOT_YET, basis), *refusals)
    # Once extended, nothing else needs saying: the end that was reached is day 120 already.
    return tuple(one for one in refusals if "sudah pernah" in one.message) or refusals


def why_not_revoke(status: ConflictStatus, *, at: datetime) -> Refusals:
    """Why `status` may not be revoked: only one in force can be (UU 7/2012 Pasal 31)."""
    if status.is_in_force(at):
        return ()
    return (Refused("revoked_at", OVER if status.is_over(at) else NOT_YET, UU_7_2012.pasal(31)),)


def why_not_measure(status: ConflictStatus, *, at: datetime) -> Refusals:
    """Why no temporary measure may be ordered under `status`."""
    basis = UU_7_2012.pasal(26)
    return (Refused("starts_at", f"{OVER} Tindakan pembatasan tidak lagi sah.", basis),) if status.is_over(at) else ()


def why_not_end(measure: StatusMeasure, *, at: datetime) -> Refusals:
    """Why a measure cannot be ended by order: it has not begun or is over."""
    if measure.stops_at <= at:
        return (Refused("ended_at", "Tindakan ini sudah berakhir.", UU_7_2012.pasal(26)),)
    return ()


def why_not_ask_tni(status: ConflictStatus, *, at: datetime, advised_by: Collection[str] | None = None) -> Refusals:
    """Why the help of the TNI may not be asked for. Without `advised_by`: leaving aside whose considerations were heard."""
    if status.scale != Scale.KABUPATEN:
        who = SCALE_RULES[Scale(status.scale)].decided_by
        return (Refused("status", f"Pada skala ini bantuan TNI diminta oleh {who}.", PP_2_2015.pasal(46, "1")),)
    refusals = may_ask_for_tni(is_in_force=status.is_in_force(at), advised_by=advised_by or ())
    if advised_by is None:
        refusals = tuple(one for one in refusals if one.field != "advised_by")
    if status.tni_requests.filter(UNANSWERED).exists() and not refusals:
        refusals = (Refused("status", "Masih ada permintaan bantuan TNI yang berjalan. Selesaikan dahulu.", PP_2_2015.pasal(45)),)
    return refusals


def why_not_go_on(request: TniRequest, *, at: datetime) -> Refusals:
    """Why a request under way cannot go a step further: the status is over, and with it the help (PP 2/2015 Pasal 53)."""
    basis = PP_2_2015.pasal(53, "1")
    return (Refused("status", f"{OVER} Bantuan TNI berakhir bersama status.", basis),) if request.status.is_over(at) else ()


def why_not_tell_tni_end(status: ConflictStatus, *, at: datetime) -> Refusals:
    """Why the end of the help cannot be told to the Presiden: it goes on, there was none, or it was told already."""
    basis = PP_2_2015.pasal(53, "2")
    if not status.is_over(at):
        return (Refused("sent_at", "Bantuan TNI belum berakhir.", basis),)
    if not status.tni_requests.filter(ordered_at__isnull=False).exists():
        return (Refused("sent_at", "Tidak ada bantuan TNI pada status ini.", basis),)
    return (Refused("sent_at", "Sudah disampaikan.", basis),) if hasattr(status, "tni_end") else ()


def why_not_report(status: ConflictStatus, *, at: datetime) -> Refusals:
    """Why no progress can be reported: nothing has begun yet."""
    return (Refused("reported_at", NOT_YET, UU_7_2012.pasal(23, "2")),) if at < status.effective_at else ()
