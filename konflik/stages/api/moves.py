"""Moves between stages. The table of the law says which facts each asks for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rest_framework import serializers

from konflik.cases.api.base import CaseAct, CasePartDetail, CasePartList, PartAct, show_case
from konflik.cases.api.inputs import LongText, Reasoned
from konflik.cases.api.shapes import CaseFull
from konflik.cases.models import Case
from konflik.cases.tables import TEXT_MAX
from konflik.law.grammar.transitions import FactKind
from konflik.law.stages import STAGE_LABELS, STAGE_MOVES, Stage
from konflik.rest.shapes import Input, InstantField, Shape
from konflik.rest.writing import Done
from konflik.stages.models import StageMove
from konflik.stages.services.moves import Move, correct_move, move_case, reverse_move

ZONE = "case.kabupaten.time_zone"
STAGES = [(k.value, v) for k, v in STAGE_LABELS.items()]


class MoveRow(Shape):
    """One move, with the facts it rests on."""

    id = serializers.IntegerField(source="pk")
    case = serializers.IntegerField(source="case_id")
    position = serializers.IntegerField()
    source = serializers.ChoiceField(STAGES)  # type: ignore[assignment]
    target = serializers.ChoiceField(STAGES)
    moved_at = InstantField(zone=ZONE)
    facts = serializers.DictField()
    basis = serializers.CharField()
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    corrected_by = serializers.IntegerField(source="corrected_by.pk", allow_null=True)
    correction_reason = serializers.CharField(allow_blank=True)
    is_reversal = serializers.BooleanField()
    is_late_entry = serializers.BooleanField()
    recorded_by = serializers.IntegerField(source="recorded_by_id")
    recorded_at = InstantField(zone=ZONE)


class FactsInput(Input):
    """The facts of a move; which of them are needed follows from the two stages."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One field for each fact that somebody gives."""
        found = super().get_fields()
        for fact in STAGE_MOVES.facts.values():
            if fact.kind is FactKind.INSTANT:
                found[fact.code] = InstantField(required=False, help_text=fact.label)
            elif fact.kind is FactKind.TEXT:
                found[fact.code] = LongText(max_length=TEXT_MAX, required=False, help_text=fact.label)
        return found


def refuse_idle(source: str, target: str, given: Mapping[str, object]) -> None:
    """Raise REST framework's ValidationError for facts that this move does not rest on: nothing that was sent is dropped in silence."""
    rule = STAGE_MOVES.find(source, target)
    if rule is not None and (idle := sorted(set(given) - set(rule.needs))):
        raise serializers.ValidationError({"facts": {code: ["Perpindahan ini tidak memuat fakta ini. Hapus isian ini."] for code in idle}})


class MoveInput(Input):
    """Where to, and the facts."""

    target = serializers.ChoiceField(STAGES)
    facts = FactsInput()


class Moves(CasePartList, CaseAct):
    """Perpindahan tahap satu perkara; POST memindahkan tahap, dengan If-Match perkara itu."""

    http_method_names = ["get", "head", "post", "options"]
    model = StageMove
    shape = MoveRow
    orderings = ("pk", "-pk", "moved_at", "-moved_at")
    does = "move"
    takes = MoveInput
    gives = CaseFull
    answers_with = 201
    demands_version = True

    def act(self, data: dict[str, Any], *, target: Case, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `move_case`."""
        refuse_idle(target.stage, data["target"], data["facts"])
        move = Move(Stage(data["target"]), dict(data["facts"]))
        move_case(case=target, move=move, seen_version=target.version, actor=reader, now=now)
        return Done(show_case(target.pk, reader, now=now))


class MoveDetail(CasePartDetail):
    """Satu perpindahan tahap."""

    model = StageMove
    shape = MoveRow


class _MoveAct(PartAct):
    """An act on a recorded move changes the case: If-Match names the version of the case."""

    detail = MoveDetail
    gives = CaseFull

    def versioned(self, target: StageMove) -> Case:
        """The case."""
        return target.case

    def stands(self, target: StageMove, reader: Any, now: datetime) -> Any:
        """The case as it stands."""
        return show_case(target.case_id, reader, now=now)


class MoveCorrection(Reasoned):
    """The right facts, and why the old ones were wrong."""

    facts = FactsInput()


class CorrectMove(_MoveAct):
    """Memperbaiki fakta sebuah perpindahan: catatan baru yang menunjuk catatan lama. If-Match menyebut versi perkara."""

    does = "move-correct"
    takes = MoveCorrection

    def act(self, data: dict[str, Any], *, target: StageMove, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `correct_move`."""
        refuse_idle(target.source, target.target, data["facts"])
        told = {"facts": dict(data["facts"]), "reason": data["reason"]}
        correct_move(move=target, seen_version=target.case.version, actor=reader, now=now, **told)
        return Done(show_case(target.case_id, reader, now=now))


class ReverseMove(_MoveAct):
    """Membatalkan perpindahan terakhir yang salah catat. If-Match menyebut versi perkara."""

    does = "move-reverse"
    takes = Reasoned

    def act(self, data: dict[str, Any], *, target: StageMove, seen_version: int | None, reader: Any, now: datetime) -> Done:
        """By `reverse_move`."""
        reverse_move(move=target, reason=data["reason"], seen_version=target.case.version, actor=reader, now=now)
        return Done(show_case(target.case_id, reader, now=now))
