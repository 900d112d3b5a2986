"""Sentences about stages, activities and agreements."""

from konflik.desk.tables.facts import Told
from konflik.desk.tables.sentences.words import FIELD_WORDS, Sentence, label_of, stage_of
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.events import Event
from konflik.stages.tables import (
    ACTIVITY_STATUS_LABELS,
    AGREEMENT_KIND_LABELS,
    TERM_STATUS_LABELS,
    ActivityStatus,
    AgreementKind,
    TermStatus,
)


def _moved(told: Told) -> str:
    return f"Tahap menjadi {stage_of(told.after('stage'))}, sebelumnya {stage_of(told.before('stage'))}."


def _prevented(told: Told) -> str:
    return "Perkara dinyatakan selesai pada tahap Pencegahan."


def _recovered(told: Told) -> str:
    return "Pemulihan selesai dan perkara ditutup."


def _recurred(told: Told) -> str:
    return f"Kekerasan terulang. Tahap kembali menjadi {stage_of(told.after('stage'))}, sebelumnya {stage_of(told.before('stage'))}."


def _reopened(told: Told) -> str:
    return f"Perkara dibuka kembali pada tahap {stage_of(told.after('stage'))}."


def _move_corrected(told: Told) -> str:
    before, after = told.names.moment(told.before("moved_at")), told.names.moment(told.after("moved_at"))
    stage = stage_of(told.after("stage"))
    when = f" Awal tahap: {before} menjadi {after}." if before != after else ""
    return f"Catatan perpindahan ke tahap {stage} diperbaiki.{when}"


def _move_reversed(told: Told) -> str:
    wrong, right = stage_of(told.before("stage")), stage_of(told.after("stage"))
    return f"Perpindahan ke tahap {wrong} dibatalkan karena salah catat. Tahap kembali menjadi {right}."


def _planned(told: Told) -> str:
    kind = ACTIVITY_KINDS.get(str(told.get("kind")))
    institution = told.names.of("institution", told.get("institution"))
    words = f" ({kind.text})" if kind else ""
    end = told.names.day(told.get("planned_end"))
    return f"Kegiatan direncanakan: {told.word('title')}{words}, pelaksana {institution}, rencana selesai {end}."


def _updated(told: Told) -> str:
    parts = []
    if "status" in (told.get("fields") or []):
        parts.append(f"status menjadi {label_of(ACTIVITY_STATUS_LABELS, ActivityStatus, told.after('status'))}")
    if "progress" in (told.get("fields") or []):
        parts.append(f"kemajuan {told.after('progress')} persen")
    others = [FIELD_WORDS.get(name, name) for name in told.get("fields") or [] if name not in ("status", "progress")]
    if others:
        parts.append(f"{', '.join(others)} diperbarui")
    return f"Kegiatan {told.word('title')}: {'; '.join(parts)}."


def _activity_corrected(told: Told) -> str:
    changed = ", ".join(FIELD_WORDS.get(name, name) for name in told.get("fields") or [] if name != "stage")
    return f"Catatan kegiatan {told.word('title')} diperbaiki: {changed}."


def _agreed(told: Told) -> str:
    kind = label_of(AGREEMENT_KIND_LABELS, AgreementKind, told.get("kind"))
    return f"Kesepakatan {told.names.day(told.get('agreed_on'))} dicatat: {told.word('title')}. Cara tercapai: {kind}."


def _agreement_corrected(told: Told) -> str:
    return f"Catatan kesepakatan diperbaiki: {told.word('title')}, {told.names.day(told.get('agreed_on'))}."


def _term(told: Told) -> str:
    agreement = told.names.of("agreement", told.get("agreement"))
    return f"Butir {told.get('term')} kesepakatan {agreement}: {label_of(TERM_STATUS_LABELS, TermStatus, told.after('status'))}."


STAGES: dict[Event, Sentence] = {
    Event.VIOLENCE_REPORTED: _moved,
    Event.VIOLENCE_STOPPED: _moved,
    Event.VIOLENCE_RECURRED: _recurred,
    Event.CONFLICT_PREVENTED: _prevented,
    Event.RECOVERY_COMPLETED: _recovered,
    Event.CASE_REOPENED: _reopened,
    Event.MOVE_CORRECTED: _move_corrected,
    Event.MOVE_REVERSED: _move_reversed,
    Event.ACTIVITY_PLANNED: _planned,
    Event.ACTIVITY_UPDATED: _updated,
    Event.ACTIVITY_CORRECTED: _activity_corrected,
    Event.AGREEMENT_RECORDED: _agreed,
    Event.AGREEMENT_CORRECTED: _agreement_corrected,
    Event.TERM_UPDATED: _term,
}
