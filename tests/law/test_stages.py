"""Every pair of stages, walked from the table of the law; and the table itself."""

from collections import Counter
from datetime import UTC, datetime
from itertools import product

import pytest

from konflik.law.events import Event
from konflik.law.grammar.basis import UU_7_2012, Article, Practice
from konflik.law.grammar.transitions import Fact, FactKind, Transition, TransitionTable
from konflik.law.stages import FACTS, STAGE_EVENTS, STAGE_MOVES, Stage

PAIRS = list(product(Stage, Stage))
# Written by hand from UU 7/2012 Pasal 4, 6, 8, 12, 36 and docs/adr/0010; the table of the code must say the same.
LAWFUL = {
    ("pencegahan", "penghentian"),
    ("pencegahan", "selesai"),
    ("penghentian", "pemulihan"),
    ("pemulihan", "selesai"),
    ("pemulihan", "penghentian"),
    ("selesai", "pencegahan"),
    ("selesai", "penghentian"),
    ("selesai", "pemulihan"),
}
AN_INSTANT = datetime(2026, 11, 1, tzinfo=UTC)


def every_fact(move: Transition) -> dict[str, object]:
    values = {FactKind.INSTANT: AN_INSTANT, FactKind.TEXT: "ada", FactKind.ON_FILE: True}
    return {code: values[STAGE_MOVES.facts[code].kind] for code in move.needs}


@pytest.mark.parametrize(("source", "target"), PAIRS, ids=[f"{source}→{target}" for source, target in PAIRS])
def test_a_pair_is_lawful_or_unknown_to_the_law(source: Stage, target: Stage) -> None:
    assert (STAGE_MOVES.find(source, target) is not None) == ((source.value, target.value) in LAWFUL)


@pytest.mark.parametrize("stage", Stage)
def test_the_buttons_of_a_stage_are_its_lawful_moves(stage: Stage) -> None:
    assert {(move.source, move.target) for move in STAGE_MOVES.moves_from(stage)} == {pair for pair in LAWFUL if pair[0] == stage.value}


@pytest.mark.parametrize(
    ("move", "code"), [(move, code) for move in STAGE_MOVES.rows for code in move.needs], ids=lambda part: getattr(part, "label", part)
)
def test_a_missing_fact_is_named_with_its_article(move: Transition, code: str) -> None:
    facts = every_fact(move)
    assert STAGE_MOVES.missing(move, facts) == []
    for nothing in (None, "", "   ", False):
        refusals = STAGE_MOVES.missing(move, {**facts, code: nothing})
        assert [refusal.fact.code for refusal in refusals] == [code]
        fact = STAGE_MOVES.facts[code]
        assert fact.label in refusals[0].message
        assert fact.help in refusals[0].message
        assert refusals[0].message.endswith(f"Dasar: {fact.basis}.")


def test_all_missing_facts_are_named_at_once() -> None:
    for move in STAGE_MOVES.rows:
        assert [refusal.fact.code for refusal in STAGE_MOVES.missing(move, {})] == list(move.needs)


@pytest.mark.parametrize("move", STAGE_MOVES.rows, ids=lambda move: f"{move.source}→{move.target}")
def test_a_move_stands_on_an_article_an_event_and_declared_facts(move: Transition) -> None:
    assert isinstance(move.basis, Article | Practice)
    assert isinstance(move.event, Event)
    assert set(move.needs) <= set(STAGE_MOVES.facts)
    kinds = Counter(STAGE_MOVES.facts[code].kind for code in move.needs)
    assert kinds[FactKind.INSTANT] == 1, "exactly one fact says when the new stage began"
    assert kinds[FactKind.TEXT] == 1
    assert move.label.strip()


def test_every_declared_fact_is_asked_for_somewhere_and_none_twice() -> None:
    assert {code for move in STAGE_MOVES.rows for code in move.needs} == {fact.code for fact in FACTS}
    assert len({fact.code for fact in FACTS}) == len(FACTS)


def test_no_two_buttons_of_one_stage_read_alike() -> None:
    for stage in Stage:
        labels = [move.label for move in STAGE_MOVES.moves_from(stage)]
        assert len(labels) == len(set(labels))


def test_no_pair_stands_in_the_table_twice() -> None:
    pairs = [(move.source, move.target) for move in STAGE_MOVES.rows]
    assert len(pairs) == len(set(pairs))


def test_every_stage_can_be_reached_and_left() -> None:
    assert {move.source for move in STAGE_MOVES.rows} == {move.target for move in STAGE_MOVES.rows} == set(Stage)


def test_stage_events_are_those_of_the_table() -> None:
    assert {move.event for move in STAGE_MOVES.rows} == STAGE_EVENTS


def test_closing_a_recovery_asks_for_an_agreement_or_a_ruling() -> None:
    assert "agreement_on_file" in STAGE_MOVES.find("pemulihan", "selesai").needs
    assert STAGE_MOVES.facts["agreement_on_file"].basis == Practice(UU_7_2012.pasal(43)), "no article orders it"


def test_a_table_knows_only_what_is_written_in_it() -> None:
    fact = Fact("seen_at", "Waktu", FactKind.INSTANT, UU_7_2012.pasal(12), "Isi waktu.")
    table = TransitionTable([Transition("a", "b", "went", UU_7_2012.pasal(12), ("seen_at",), "Pergi")], [fact])
    assert table.find("b", "a") is None
    assert table.find("a", "a") is None
    assert table.moves_from("b") == []
    assert table.find("a", "b").event == "went"


REOPENING = [move for move in STAGE_MOVES.rows if move.event is Event.CASE_REOPENED]


@pytest.mark.parametrize("stands_on", [*(move.basis for move in REOPENING), STAGE_MOVES.facts["reopen_reason"].basis], ids=str)
def test_what_no_article_orders_is_never_dressed_up_as_law(stands_on: Article | Practice) -> None:
    assert str(stands_on).startswith("kebijakan daerah, perlu dikonfirmasi")
