"""Moving a case: what the law allows is done, what it forbids or a missing fact is refused; mistakes are put right by new rows."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.counts.selectors import Tile, Wanted, deviations, standing, stepped
from konflik.journal.models import JournalLine
from konflik.law.grammar.transitions import FactKind, Transition
from konflik.law.stages import STAGE_LABELS, STAGE_MOVES, Stage
from konflik.stages.models import StageMove
from konflik.stages.selectors import lawful_moves, moves_in_force
from konflik.stages.services.moves import Move, UnlawfulMove, correct_move, move_case, reverse_move
from tests.builders import DAY, HOUR, NOW, a_case, a_case_in, a_user, an_agreement, facts_for, moved
from tests.refusals import WHOLE, overtaken, refused

pytestmark = pytest.mark.django_db

LATER = NOW + HOUR
SECOND = timedelta(seconds=1)
UNLAWFUL = [pair for pair in product(Stage, Stage) if STAGE_MOVES.find(*pair) is None]


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


def name(rule: Transition) -> str:
    return f"{rule.source}→{rule.target}"


def go(case: Case, clerk: Any, target: Stage, facts: dict[str, Any] | None = None, **told: Any) -> StageMove:
    facts = facts_for(case.stage, target, at=NOW) if facts is None else facts
    return move_case(case=case, move=Move(target, facts), **{"seen_version": case.version, "actor": clerk, "now": LATER, **told})


def correct(move: StageMove, clerk: Any, *, at: datetime, **told: Any) -> StageMove:
    move.case.refresh_from_db()
    plain = {"facts": facts_for(move.source, move.target, at=at), "reason": "Salah tanggal.", "seen_version": move.case.version}
    return correct_move(**{"move": move, "actor": clerk, "now": LATER, **plain, **told})


def reverse(move: StageMove, clerk: Any, **told: Any) -> StageMove:
    move.case.refresh_from_db()
    plain = {"reason": "Salah perkara.", "seen_version": move.case.version}
    return reverse_move(**{"move": move, "actor": clerk, "now": LATER, **plain, **told})


# move_case ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", STAGE_MOVES.rows, ids=name)
def test_a_lawful_move_is_made_with_all_its_facts(clerk: Any, rule: Transition) -> None:
    case = a_case_in(Stage(rule.source), actor=clerk)
    if "agreement_on_file" in rule.needs:
        an_agreement(case, actor=clerk)
        case.refresh_from_db()
    facts = facts_for(rule.source, rule.target, at=NOW)
    move = go(case, clerk, Stage(rule.target), {**facts, "stray": "x", "agreement_on_file": False})
    current = Case.objects.get(pk=case.pk)
    assert (current.stage, current.stage_since, current.version) == (rule.target, NOW, case.version + 1)
    assert current.closed_at == (NOW if rule.target == Stage.SELESAI else None)
    assert (move.moved_at, move.basis, move.recorded_at, move.is_late_entry) == (NOW, str(rule.basis), LATER, False)
    assert set(move.facts) == set(facts), "what the law does not ask for is not kept"
    line = JournalLine.objects.filter(case=case).order_by("-position").first()
    assert (line.event, line.basis, line.occurred_at) == (rule.event, str(rule.basis), NOW)
    assert line.payload["stage"] == [rule.source, rule.target]
    texts = {code for code in rule.needs if STAGE_MOVES.facts[code].kind is FactKind.TEXT}
    assert set(line.detail.data) == texts, "free text stands beside the chain"
    assert deviations() == []


@pytest.mark.parametrize(("source", "target"), UNLAWFUL, ids=[f"{source}→{target}" for source, target in UNLAWFUL])
def test_a_move_that_the_law_does_not_know_is_refused(clerk: Any, source: Stage, target: Stage) -> None:
    case = a_case_in(source, actor=clerk)
    an_agreement(case, actor=clerk)
    case.refresh_from_db()
    everything = {fact.code: NOW if fact.kind is FactKind.INSTANT else "Isi" for fact in STAGE_MOVES.facts.values()}
    says = f"Undang-undang tidak mengenal perpindahan dari {STAGE_LABELS[source]} ke {STAGE_LABELS[target]}."
    with refused(WHOLE, says, UnlawfulMove):
        go(case, clerk, target, everything)


@pytest.mark.parametrize(("source", "target"), UNLAWFUL, ids=[f"{source}→{target}" for source, target in UNLAWFUL])
def test_the_database_knows_the_law_too(clerk: Any, source: Stage, target: Stage) -> None:
    move = moved(a_case(actor=clerk), Stage.PENGHENTIAN, actor=clerk)
    with pytest.raises(IntegrityError, match="move_known_to_law"), transaction.atomic():
        StageMove.objects.filter(pk=move.pk).update(source=source, target=target)


@pytest.mark.parametrize(
    ("rule", "code"),
    [(rule, code) for rule in STAGE_MOVES.rows for code in rule.needs],
    ids=lambda part: part if isinstance(part, str) else name(part),
)
def test_a_missing_fact_is_named_at_its_field_with_its_article(clerk: Any, rule: Transition, code: str) -> None:
    case = a_case_in(Stage(rule.source), actor=clerk)
    fact = STAGE_MOVES.facts[code]
    if "agreement_on_file" in rule.needs and code != "agreement_on_file":
        an_agreement(case, actor=clerk)
        case.refresh_from_db()
    facts = facts_for(rule.source, rule.target, at=NOW)
    facts.pop(code, None)
    with refused(code, f"{fact.label} belum ada. {fact.help} Dasar: {fact.basis}.", UnlawfulMove):
        go(case, clerk, Stage(rule.target), facts)


def test_an_agreement_cannot_be_claimed_only_recorded(clerk: Any) -> None:
    case = a_case_in(Stage.PEMULIHAN, actor=clerk)
    with refused("agreement_on_file", "Kesepakatan para pihak atau putusan pengadilan belum ada.", UnlawfulMove):
        go(case, clerk, Stage.SELESAI, {**facts_for("pemulihan", "selesai", at=NOW), "agreement_on_file": True})


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (LATER + SECOND, "Waktu ini belum terjadi."),
        (NOW - 2 * HOUR - SECOND, "Waktu ini sebelum tahap yang sekarang dimulai."),
        ("2026-11-22", "Isi tanggal dan jam yang lengkap."),
        (datetime(2026, 11, 22, 3, 0), "Isi tanggal dan jam yang lengkap."),  # noqa: DTZ001
    ],
    ids=["future", "before the stage", "text", "without a zone"],
)
def test_the_instant_of_a_move_is_checked(clerk: Any, at: Any, says: str) -> None:
    case = a_case(actor=clerk)
    with refused("violence_occurred_at", says):
        go(case, clerk, Stage.PENGHENTIAN, facts_for("pencegahan", "penghentian", at=at))


def test_a_move_may_begin_at_the_instant_its_stage_began(clerk: Any) -> None:
    case = a_case(actor=clerk)
    assert go(case, clerk, Stage.PENGHENTIAN, facts_for("pencegahan", "penghentian", at=case.opened_at)).moved_at == case.opened_at


@pytest.mark.parametrize(("ago", "late"), [(24 * HOUR, False), (24 * HOUR + SECOND, True)])
def test_a_move_entered_a_day_later_is_marked_dicatat_susulan(clerk: Any, ago: timedelta, late: bool) -> None:
    case = a_case(actor=clerk, opened_at=NOW - 30 * DAY)
    move = go(case, clerk, Stage.PENGHENTIAN, facts_for("pencegahan", "penghentian", at=LATER - ago))
    assert move.is_late_entry is late
    assert JournalLine.objects.get(case=case, event="violence_reported").payload["late"] is late


def test_who_comes_too_late_learns_what_stands_not_that_the_law_forbids_it(clerk: Any) -> None:
    case = a_case(actor=clerk)
    seen = Case.objects.get(pk=case.pk)
    moved(case, Stage.PENGHENTIAN, actor=clerk)
    with overtaken(case, stage="penghentian"):
        go(seen, clerk, Stage.PENGHENTIAN)
    with overtaken(case, stage="penghentian"):
        go(Case.objects.get(pk=case.pk), clerk, Stage.PENGHENTIAN, seen_version=seen.version)


def test_a_case_goes_the_whole_way_and_comes_back(clerk: Any) -> None:
    case = a_case(actor=clerk)
    way = [Stage.PENGHENTIAN, Stage.PEMULIHAN, Stage.PENGHENTIAN, Stage.PEMULIHAN, Stage.SELESAI, Stage.PEMULIHAN, Stage.SELESAI]
    for step, target in enumerate(way):
        moved(case, target, actor=clerk, at=NOW + step * timedelta(minutes=1), now=LATER)
    assert [move.target for move in moves_in_force(case)] == [stage.value for stage in way]
    assert [move.position for move in moves_in_force(case)] == list(range(1, 8))
    assert {rule.target for rule in lawful_moves(case)} == {"pencegahan", "penghentian", "pemulihan"}
    assert deviations() == []


# correct_move -------------------------------------------------------------------------------------------------------------


def test_a_correction_is_a_new_row_that_names_the_old_one(clerk: Any) -> None:
    case = a_case(actor=clerk, opened_at=NOW - 60 * DAY)
    wrong = moved(case, Stage.PENGHENTIAN, actor=clerk, at=NOW - 5 * DAY)
    right = correct(wrong, clerk, at=NOW - 40 * DAY)
    case.refresh_from_db()
    wrong.refresh_from_db()
    assert (right.corrects, right.position, right.correction_reason) == (wrong, wrong.position, "Salah tanggal.")
    assert wrong.moved_at == NOW - 5 * DAY, "nothing is overwritten"
    assert (case.stage, case.stage_since) == ("penghentian", NOW - 40 * DAY)
    line = JournalLine.objects.get(case=case, event="move_corrected")
    assert line.corrects == JournalLine.objects.get(case=case, event="violence_reported")
    assert {held.month.month: held.number for held in stepped([Tile("")], Wanted()) if held.stage_entered == "penghentian"} == {10: 1}
    assert deviations() == []
    again = correct(right, clerk, at=NOW - 50 * DAY)
    assert list(moves_in_force(case)) == [again]
    assert deviations() == []


@pytest.mark.parametrize(("recorded_late", "at", "late"), [(False, NOW - 2 * DAY, True), (True, NOW, False)])
def test_a_corrected_time_decides_anew_whether_it_was_entered_late(clerk: Any, recorded_late: bool, at: datetime, late: bool) -> None:
    case = a_case(actor=clerk, opened_at=NOW - 60 * DAY)
    wrong = moved(case, Stage.PENGHENTIAN, actor=clerk, at=NOW - 50 * DAY if recorded_late else NOW)
    assert wrong.is_late_entry is recorded_late
    assert correct(wrong, clerk, at=at).is_late_entry is late


def test_a_closing_that_is_corrected_closes_the_case_then(clerk: Any) -> None:
    case = a_case_in(Stage.SELESAI, actor=clerk, opened_at=NOW - 3 * DAY)
    correct(case.moves.get(), clerk, at=NOW - DAY)
    case.refresh_from_db()
    assert case.closed_at == case.stage_since == NOW - DAY


@pytest.fixture
def travelled(clerk: Any) -> list[StageMove]:
    """penghentian ten days ago, pemulihan eight days ago, penghentian again six days ago."""
    case = a_case(actor=clerk, opened_at=NOW - 12 * DAY)
    stages = [Stage.PENGHENTIAN, Stage.PEMULIHAN, Stage.PENGHENTIAN]
    return [moved(case, stage, actor=clerk, at=NOW - days * DAY) for stage, days in zip(stages, (10, 8, 6), strict=True)]


@pytest.mark.parametrize(
    ("which", "at", "fits"),
    [
        (0, NOW - 12 * DAY, True),
        (0, NOW - 12 * DAY - SECOND, False),
        (0, NOW - 8 * DAY, True),
        (0, NOW - 8 * DAY + SECOND, False),
        (1, NOW - 10 * DAY, True),
        (1, NOW - 10 * DAY - SECOND, False),
        (1, NOW - 6 * DAY, True),
        (1, NOW - 6 * DAY + SECOND, False),
        (2, NOW - 8 * DAY, True),
        (2, NOW - 8 * DAY - SECOND, False),
        (2, LATER, True),
    ],
)
def test_a_corrected_time_keeps_the_order_of_the_stages(
    clerk: Any, travelled: list[StageMove], which: int, at: datetime, fits: bool
) -> None:
    case = travelled[0].case
    code = {0: "violence_occurred_at", 1: "violence_stopped_at", 2: "violence_occurred_at"}[which]
    if not fits:
        with refused(code, "Waktu ini tidak sesuai dengan urutan tahap."):
            correct(travelled[which], clerk, at=at)
        return
    corrected = correct(travelled[which], clerk, at=at)
    case.refresh_from_db()
    assert case.stage_since == (at if which == 2 else NOW - 6 * DAY), "only the latest move says since when the case stands where it stands"
    assert [move.pk for move in moves_in_force(case)] == [
        corrected.pk if index == which else move.pk for index, move in enumerate(travelled)
    ]
    assert deviations() == []


def test_a_correction_of_a_correction_still_knows_what_came_after(clerk: Any, travelled: list[StageMove]) -> None:
    """The corrected row is younger than the moves that follow it."""
    first = correct(travelled[0], clerk, at=NOW - 9 * DAY)
    with refused("violence_occurred_at", "Waktu ini tidak sesuai dengan urutan tahap."):
        correct(first, clerk, at=NOW - 7 * DAY)
    correct(first, clerk, at=NOW - 8 * DAY)
    case = Case.objects.get(pk=first.case_id)
    assert (case.stage, case.stage_since) == ("penghentian", NOW - 6 * DAY)
    assert [move.target for move in moves_in_force(case)] == ["penghentian", "pemulihan", "penghentian"]


def test_a_correction_is_refused(clerk: Any, travelled: list[StageMove]) -> None:
    move = travelled[-1]
    with refused("reason", "Tuliskan mengapa catatan ini diperbaiki."):
        correct(move, clerk, at=NOW, reason=" ")
    with refused("violence_summary", "Uraian kekerasan belum ada.", UnlawfulMove):
        correct(move, clerk, at=NOW, facts={"violence_occurred_at": NOW})
    with refused("violence_occurred_at", "Waktu terjadinya kekerasan belum ada.", UnlawfulMove):
        correct(move, clerk, at=NOW, facts={"violence_summary": "Ada"})
    with refused("violence_occurred_at", "Waktu ini belum terjadi."):
        correct(move, clerk, at=LATER + SECOND)
    correct(move, clerk, at=NOW)
    with refused(WHOLE, "Catatan ini sudah pernah diperbaiki."):
        correct(move, clerk, at=NOW)


def test_a_closing_can_be_corrected_though_its_agreement_is_already_there(clerk: Any) -> None:
    case = a_case_in(Stage.PEMULIHAN, actor=clerk, opened_at=NOW - 3 * DAY)
    closing = moved(case, Stage.SELESAI, actor=clerk, at=NOW)
    assert correct(closing, clerk, at=NOW - DAY).moved_at == NOW - DAY


@pytest.mark.parametrize("act", [lambda move, clerk, **told: correct(move, clerk, at=NOW, **told), reverse], ids=["correct", "reverse"])
def test_putting_right_names_the_version_it_saw(clerk: Any, travelled: list[StageMove], act: Any) -> None:
    case = travelled[-1].case
    case.refresh_from_db()
    with overtaken(case):
        act(travelled[-1], clerk, seen_version=case.version - 1)


# reverse_move -------------------------------------------------------------------------------------------------------------


def test_a_move_made_by_mistake_is_taken_back_and_both_stay_in_the_history(clerk: Any) -> None:
    case = a_case(actor=clerk)
    move = moved(case, Stage.PENGHENTIAN, actor=clerk, at=NOW - HOUR)
    row = reverse(move, clerk)
    case.refresh_from_db()
    assert (case.stage, case.stage_since) == ("pencegahan", case.opened_at)
    assert (row.corrects, row.is_reversal, row.source, row.target) == (move, True, "penghentian", "pencegahan")
    assert list(moves_in_force(case)) == []
    assert [held.stage_entered for held in stepped([Tile("")], Wanted())] == ["pencegahan"]
    assert {held.stage_entered: held.number for held in standing([Tile("")], Wanted())} == {"pencegahan": 1}
    assert deviations() == []
    again = moved(case, Stage.PENGHENTIAN, actor=clerk)
    assert again.position == 2
    assert list(moves_in_force(case)) == [again]


def test_a_closing_taken_back_opens_the_case_where_it_stood(clerk: Any) -> None:
    case = a_case_in(Stage.PEMULIHAN, actor=clerk, opened_at=NOW - 3 * DAY)
    since = case.stage_since
    closing = moved(case, Stage.SELESAI, actor=clerk, at=NOW)
    reverse(closing, clerk)
    case.refresh_from_db()
    assert (case.stage, case.stage_since, case.closed_at) == ("pemulihan", since, None)


def test_a_reopening_taken_back_closes_the_case_as_it_was_closed(clerk: Any) -> None:
    case = a_case_in(Stage.SELESAI, actor=clerk)
    closed_at = case.closed_at
    reverse(moved(case, Stage.PENCEGAHAN, actor=clerk, at=NOW), clerk)
    case.refresh_from_db()
    assert (case.stage, case.closed_at, case.stage_since) == ("selesai", closed_at, closed_at)


def test_a_case_entered_mid_way_falls_back_to_where_it_was_entered(clerk: Any) -> None:
    case = a_case(actor=clerk, opened_at=NOW - 9 * DAY, stage=Stage.PENGHENTIAN, stage_since=NOW - 4 * DAY)
    reverse(moved(case, Stage.PEMULIHAN, actor=clerk, at=NOW - DAY), clerk)
    case.refresh_from_db()
    assert (case.stage, case.stage_since) == ("penghentian", NOW - 4 * DAY)


def test_moves_are_taken_back_one_by_one_from_the_last(clerk: Any, travelled: list[StageMove]) -> None:
    case = travelled[0].case
    for move in travelled[:-1]:
        with refused(WHOLE, "Hanya perpindahan tahap yang terakhir dapat dibatalkan."):
            reverse(move, clerk)
    corrected = correct(travelled[0], clerk, at=NOW - 9 * DAY)
    for move in (travelled[2], travelled[1], corrected):
        row = reverse(move, clerk)
        with refused(WHOLE, "Hanya perpindahan tahap yang terakhir dapat dibatalkan."):
            reverse(move, clerk)
        with refused(WHOLE, "Catatan ini sudah pernah diperbaiki."):
            correct(row, clerk, at=NOW)
    case.refresh_from_db()
    assert (case.stage, case.stage_since) == ("pencegahan", NOW - 12 * DAY)
    assert deviations() == []


def test_taking_back_asks_for_a_reason(clerk: Any, travelled: list[StageMove]) -> None:
    with refused("reason", "Tuliskan mengapa perpindahan ini dibatalkan."):
        reverse(travelled[-1], clerk, reason="")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"position": 1}, "move_position_once|UNIQUE"),
        ({"is_reversal": True}, "move_reversal_names_its_move"),
        ({"moved_at": LATER + DAY}, "move_not_in_future"),
    ],
)
def test_the_database_guards_the_way(clerk: Any, travelled: list[StageMove], change: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        StageMove.objects.filter(pk=travelled[1].pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "damai"},
        {"stage": "selesai"},
        {"closed_at": NOW},
        {"stage_since": NOW - 30 * DAY},
        {"opened_at": NOW + 30 * DAY},
        {"secrecy": 5},
        {"source": "f"},
        {"qualification": "perang"},
        {"severity": 0},
        {"series": "x"},
    ],
    ids=str,
)
def test_the_database_guards_the_case(clerk: Any, change: dict[str, Any]) -> None:
    case = a_case(actor=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)
