"""Moving a case between stages, and putting a wrong move right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from accounts.regions.selectors import zone_name, zone_of
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.selectors import first_stage_since
from konflik.cases.services.base import note, refuse_future, refuse_stale, require, restaged, swap
from konflik.counts.tables import Happening
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.transitions import FactKind, Transition
from konflik.law.notices import LATE_AFTER
from konflik.law.stages import MOVED_AT_FACTS, STAGE_LABELS, STAGE_MOVES, Stage
from konflik.stages.models import StageMove
from konflik.stages.selectors import facts_on_file, moves_in_force
from konflik.stages.services.dates import dates_at_move


class UnlawfulMove(ValidationError):
    """The law knows no such move, or a fact it asks for is missing."""


@dataclass(frozen=True)
class Move:
    """What somebody asks for: the stage to go to and the facts given for it."""

    target: Stage
    facts: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def move_case(*, case: Case, move: Move, seen_version: int, actor: User, now: datetime) -> StageMove:
    """Move `case` to another stage as the table in `konflik.law.stages` allows.

    Raises StaleVersion when somebody was faster, UnlawfulMove (by field, naming the missing fact and its article).
    """
    refuse_stale(case, seen_version=seen_version)
    rule = STAGE_MOVES.find(case.stage, move.target)
    if rule is None:
        here, there = STAGE_LABELS[Stage(case.stage)], STAGE_LABELS[move.target]
        raise UnlawfulMove(f"Undang-undang tidak mengenal perpindahan dari {here} ke {there}.")
    moved_at = _checked_facts(case, rule, move.facts, now)
    current = swap(
        case,
        seen_version=seen_version,
        now=now,
        stage=move.target.value,
        stage_since=moved_at,
        closed_at=moved_at if move.target is Stage.SELESAI else None,
    )
    row = StageMove.objects.create(
        case=current,
        position=_next_position(current),
        source=rule.source,
        target=rule.target,
        moved_at=moved_at,
        facts=_stored(rule, move.facts),
        basis=str(rule.basis),
        is_late_entry=now - moved_at > LATE_AFTER,
        recorded_by=actor,
        recorded_at=now,
    )
    event = Event(rule.event)
    note(
        current,
        event,
        actor=actor,
        now=now,
        occurred_at=moved_at,
        basis=str(rule.basis),
        payload={"move": row.pk, "stage": [rule.source, rule.target], "late": row.is_late_entry, **_instants(rule, move.facts)},
        detail=_texts(rule, move.facts),
        counted=restaged(case, current, more=[Happening(rule.source, rule.target, moved_at)]),
        clocked=dates_at_move(current, rule.source, rule.target),
    )
    return row


def _next_position(case: Case) -> int:
    return (case.moves.aggregate(last=Max("position"))["last"] or 0) + 1


def _checked_facts(case: Case, rule: Transition, given: Mapping[str, object], now: datetime) -> datetime:
    known = {**given, **facts_on_file(case)}
    missing = STAGE_MOVES.missing(rule, known)
    if missing:
        raise UnlawfulMove({refusal.fact.code: refusal.message for refusal in missing})
    code, moved_at = _began(rule, given, now)
    if moved_at < case.stage_since:
        began = date_format(timezone.localtime(case.stage_since, zone_of(case.kabupaten)), "j F Y, H.i")
        stage = f"Tahap {STAGE_LABELS[Stage(case.stage)]} mulai {began} {zone_name(case.kabupaten)}"
        raise UnlawfulMove({code: f"Waktu ini sebelum tahap yang sekarang dimulai. {stage}. Periksa, atau perbaiki dahulu awal tahap itu."})
    return moved_at


def began_by(rule: Transition) -> str:
    """The code of the fact that says when the new stage began."""
    return next(code for code in rule.needs if code in MOVED_AT_FACTS)


def _began(rule: Transition, facts: Mapping[str, object], now: datetime) -> tuple[str, datetime]:
    """The fact that says when the new stage began, and its instant."""
    code = began_by(rule)
    moved_at = facts[code]
    if not isinstance(moved_at, datetime) or timezone.is_naive(moved_at):
        raise UnlawfulMove({code: "Isi tanggal dan jam yang lengkap."})
    refuse_future(code, moved_at, now=now)
    return code, moved_at


def _stored(rule: Transition, facts: Mapping[str, object]) -> dict[str, object]:
    given = {**_instants(rule, facts), **_texts(rule, facts)}
    return {code: value.isoformat() if isinstance(value, datetime) else value for code, value in given.items()}


def _instants(rule: Transition, facts: Mapping[str, object]) -> dict[str, object]:
    return {code: facts[code] for code in rule.needs if STAGE_MOVES.facts[code].kind is FactKind.INSTANT}


def _texts(rule: Transition, facts: Mapping[str, object]) -> dict[str, object]:
    return {code: facts[code] for code in rule.needs if STAGE_MOVES.facts[code].kind is FactKind.TEXT}


@transaction.atomic
def correct_move(*, move: StageMove, facts: Mapping[str, object], reason: str, seen_version: int, actor: User, now: datetime) -> StageMove:
    """Put the facts of a wrong move right by a new row that names the old one; the stage itself moves by `move_case`.

    Only the latest move of a case can change when its stage began. Raises ValidationError without a reason, for a move
    corrected already, or for a time outside the order of the moves; StaleVersion when somebody was faster.
    """
    refuse_stale(move.case, seen_version=seen_version)
    require("reason", reason, "Tuliskan mengapa catatan ini diperbaiki.")
    if move.is_reversal or StageMove.objects.filter(corrects=move).exists():
        raise ValidationError("Catatan ini sudah pernah diperbaiki. Perbaiki catatan yang terbaru.")
    rule = STAGE_MOVES.find(move.source, move.target)
    if rule is None:
        raise UnlawfulMove("Undang-undang tidak lagi mengenal perpindahan ini.")
    known = {code: facts.get(code) for code in rule.needs if STAGE_MOVES.facts[code].kind is not FactKind.ON_FILE}
    missing = [
        refusal for refusal in STAGE_MOVES.missing(rule, {**facts, **facts_on_file(move.case)}) if refusal.fact.kind is not FactKind.ON_FILE
    ]
    if missing:
        raise UnlawfulMove({refusal.fact.code: refusal.message for refusal in missing})
    code, moved_at = _began(rule, known, now)
    current = _restage(move, moved_at, code, seen_version, now)
    row = StageMove.objects.create(
        case=current,
        position=move.position,
        source=move.source,
        target=move.target,
        moved_at=moved_at,
        facts=_stored(rule, known),
        basis=move.basis,
        corrects=move,
        correction_reason=reason,
        is_late_entry=move.recorded_at - moved_at > LATE_AFTER,
        recorded_by=actor,
        recorded_at=now,
    )
    note(
        current,
        Event.MOVE_CORRECTED,
        actor=actor,
        now=now,
        occurred_at=moved_at,
        basis=move.basis,
        payload={"move": row.pk, "corrects": move.pk, "stage": [move.source, move.target], "moved_at": [move.moved_at, moved_at]},
        detail={"reason": reason, **_texts(rule, known)},
        corrects=_line_of(move),
        counted=restaged(current, current, less=[_step(move)], more=[_step(row)]),
    )
    return row


def _restage(move: StageMove, moved_at: datetime, code: str, seen_version: int, now: datetime) -> Case:
    case = move.case
    later = moves_in_force(case).filter(position__gt=move.position).first()
    if moved_at < _since_before(move) or (later and moved_at > later.moved_at):
        raise ValidationError({code: "Waktu ini tidak sesuai dengan urutan tahap. Periksa tanggal dan jamnya."})
    if later is not None:
        return swap(case, seen_version=seen_version, now=now)
    closed = {"closed_at": moved_at} if case.stage == Stage.SELESAI else {}
    return swap(case, seen_version=seen_version, now=now, stage_since=moved_at, **closed)


@transaction.atomic
def reverse_move(*, move: StageMove, reason: str, seen_version: int, actor: User, now: datetime) -> StageMove:
    """Take back a move that was recorded by mistake: a new row names it and the case stands where it stood before.

    Only the latest move in force. Raises ValidationError without a reason or for an older move; StaleVersion when
    somebody was faster.
    """
    refuse_stale(move.case, seen_version=seen_version)
    require("reason", reason, "Tuliskan mengapa perpindahan ini dibatalkan.")
    latest = moves_in_force(move.case).last()
    if latest is None or latest.pk != move.pk:
        raise ValidationError("Hanya perpindahan tahap yang terakhir dapat dibatalkan.")
    since = _since_before(move)
    closed_at = since if move.source == Stage.SELESAI else None
    current = swap(move.case, seen_version=seen_version, now=now, stage=move.source, stage_since=since, closed_at=closed_at)
    row = StageMove.objects.create(
        case=current,
        position=move.position,
        source=move.target,
        target=move.source,
        moved_at=move.moved_at,
        basis=move.basis,
        corrects=move,
        correction_reason=reason,
        is_reversal=True,
        is_late_entry=move.is_late_entry,
        recorded_by=actor,
        recorded_at=now,
    )
    note(
        current,
        Event.MOVE_REVERSED,
        actor=actor,
        now=now,
        basis=move.basis,
        payload={"move": row.pk, "corrects": move.pk, "stage": [move.target, move.source]},
        detail={"reason": reason},
        corrects=_line_of(move),
        counted=restaged(move.case, current, less=[_step(move)]),
        clocked=dates_at_move(current, move.target, move.source),
    )
    return row


def _step(move: StageMove) -> Happening:
    return Happening(move.source, move.target, move.moved_at)


def _since_before(move: StageMove) -> datetime:
    earlier = moves_in_force(move.case).filter(position__lt=move.position).last()
    return earlier.moved_at if earlier else first_stage_since(move.case)


def _line_of(move: StageMove) -> JournalLine | None:
    return JournalLine.objects.filter(case_id=move.case_id, payload__move=move.pk).first()
