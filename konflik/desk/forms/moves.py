"""Moving a case, and putting a wrong move right. The table of the law says which facts a form asks for."""

from datetime import datetime
from typing import Any

from django import forms

from konflik.cases.models import Case
from konflik.cases.tables import TEXT_MAX
from konflik.desk.forms.base import VersionedForm
from konflik.desk.forms.fields import LongTextField, reason_field
from konflik.desk.tables.cockpit import Needed, Offer
from konflik.law.events import Event
from konflik.law.grammar.transitions import Fact, FactKind, Transition
from konflik.law.stages import STAGE_LABELS, STAGE_MOVES, Stage
from konflik.stages.models import StageMove
from konflik.stages.selectors import facts_on_file, undone_activities, unkept_terms
from konflik.stages.services.moves import Move, began_by, correct_move, move_case, reverse_move

BRINGS = {"agreement_on_file": Offer("agreement-record", "Catat kesepakatan")}
"""The act that brings a fact on file."""


class _FactsForm(VersionedForm):
    """One field per fact that the move asks for, each with its article. A move changes the case, so its version counts."""

    def subject(self) -> Case:
        return self.case

    def add_facts(self, rule: Transition) -> None:
        for fact in (STAGE_MOVES.facts[code] for code in rule.needs):
            if fact.kind is not FactKind.ON_FILE:
                # Not required here: the service refuses, and says which article asks for the fact.
                self.fields[fact.code] = self._fact_field(fact)
                self.part(fact.code).is_needed = True

    def _fact_field(self, fact: Fact) -> forms.Field:
        words: dict[str, Any] = {"label": fact.label, "help_text": f"{fact.help} {fact.basis}.", "required": False}
        return self.instant(**words) if fact.kind is FactKind.INSTANT else LongTextField(max_length=TEXT_MAX, **words)

    def facts(self) -> dict[str, object]:
        return {code: value for code, value in self.cleaned_data.items() if code in STAGE_MOVES.facts and value}


class MoveForm(_FactsForm):
    """Move the case to `target`."""

    def __init__(self, *args: Any, target: Stage, **kwargs: Any) -> None:
        self.target = target
        super().__init__(*args, **kwargs)

    def events(self) -> tuple[Event, ...]:
        return (Event(self.rule.event),) if self.rule else ()

    @property
    def happens_at(self) -> datetime:
        """Since when the case is in its new stage."""
        code = began_by(self.rule) if self.rule else ""
        return (self.chosen(code) if code in self.fields else None) or self.now

    def build(self) -> None:
        self.rule = STAGE_MOVES.find(self.case.stage, self.target)
        here, there = STAGE_LABELS[Stage(self.case.stage)], STAGE_LABELS[self.target]
        if self.rule is None:
            self.refusal = f"Undang-undang tidak mengenal perpindahan dari {here} ke {there}."
            return
        self.add_facts(self.rule)
        self.heading = self.submit_label = self.rule.label
        self.is_danger = self.target is Stage.SELESAI
        self.intro = f"Dari tahap {here} ke tahap {there}. Dasar: {self.rule.basis}."
        self.on_file = [self._needed(code, is_there) for code, is_there in facts_on_file(self.case).items() if code in self.rule.needs]
        self.left_undone = self._left_undone() if self.target is Stage.SELESAI else []

    def _needed(self, code: str, is_there: bool) -> Needed:  # noqa: FBT001 - a fact and whether it holds
        fact = STAGE_MOVES.facts[code]
        return Needed(fact.label, str(fact.basis), is_there, BRINGS[code])

    def _left_undone(self) -> list[str]:
        """What closing leaves behind: it is not forbidden, but nobody should close without having seen it."""
        activities = [
            f"Kegiatan {row.title} ({row.institution}): {row.get_status_display().lower()}" for row in undone_activities(self.case)
        ]
        terms = [f"Butir {row.position} kesepakatan {row.agreement}: {row.get_status_display().lower()}" for row in unkept_terms(self.case)]
        return activities + terms

    def state(self, row: Any) -> dict[str, object]:
        return {}

    def save(self) -> str:
        move_case(
            case=self.case,
            move=Move(target=self.target, facts=self.facts()),
            seen_version=self.cleaned_data["seen_version"],
            actor=self.user,
            now=self.now,
        )
        return f"Tersimpan. Tahap perkara sekarang: {STAGE_LABELS[self.target]}."


class CorrectMoveForm(_FactsForm):
    """Put the facts of a recorded move right; the old record stays."""

    row: StageMove
    submit_label = "Simpan perbaikan"
    intro = "Catatan yang lama tetap ada dalam riwayat. Perbaikan menjadi catatan baru yang menunjuk catatan lama."

    def build(self) -> None:
        if rule := STAGE_MOVES.find(self.row.source, self.row.target):
            self.add_facts(rule)
        self.fields["reason"] = reason_field("Alasan perbaikan")

    def state(self, row: Any) -> dict[str, object]:
        move = row if isinstance(row, StageMove) else self.row
        return {code: self.fields[code].to_python(value) for code, value in move.facts.items() if code in self.fields}

    def save(self) -> str:
        correct_move(
            move=self.row,
            facts=self.facts(),
            reason=self.cleaned_data["reason"],
            seen_version=self.cleaned_data["seen_version"],
            actor=self.user,
            now=self.now,
        )
        return "Tersimpan. Catatan perpindahan tahap diperbaiki."


class ReverseMoveForm(_FactsForm):
    """Take back a move that was recorded by mistake."""

    row: StageMove
    submit_label = "Batalkan perpindahan"
    is_danger = True

    def build(self) -> None:
        here, there = STAGE_LABELS[Stage(self.row.target)], STAGE_LABELS[Stage(self.row.source)]
        self.intro = f"Hanya untuk salah catat. Tahap kembali dari {here} ke {there}. Bila kekerasan terulang, pindahkan tahapnya."
        self.fields["reason"] = reason_field("Alasan pembatalan")

    def save(self) -> str:
        data = self.cleaned_data
        move = reverse_move(move=self.row, reason=data["reason"], seen_version=data["seen_version"], actor=self.user, now=self.now)
        return f"Tersimpan. Perpindahan dibatalkan. Tahap perkara sekarang: {STAGE_LABELS[Stage(move.target)]}."
