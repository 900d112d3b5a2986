"""How a table of moves is written and asked. What is not listed is forbidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from konflik.law.grammar.basis import Article, Practice


class FactKind(StrEnum):
    INSTANT = "instant"
    TEXT = "text"
    ON_FILE = "on_file"


@dataclass(frozen=True)
class Fact:
    """Something that must be known before a move: given in the form, or already on file in the case."""

    code: str
    label: str
    kind: FactKind
    basis: Article | Practice
    help: str


@dataclass(frozen=True)
class Transition:
    """One lawful move, with the event it makes, the article it rests on and the facts it needs."""

    source: str
    target: str
    event: str
    basis: Article | Practice
    needs: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Refusal:
    """Why a move may not be made yet: the fact that is missing, in words that say what to do."""

    message: str
    fact: Fact


class TransitionTable:
    """All moves of one state machine."""

    def __init__(self, rows: Iterable[Transition], facts: Iterable[Fact]) -> None:
        self.rows = tuple(rows)
        self.facts: Mapping[str, Fact] = {fact.code: fact for fact in facts}
        self._by_pair = {(row.source, row.target): row for row in self.rows}

    def find(self, source: str, target: str) -> Transition | None:
        """The move from `source` to `target`, or None where it is forbidden."""
        return self._by_pair.get((source, target))

    def moves_from(self, source: str) -> list[Transition]:
        """The lawful moves from `source`, in the order of the table; the screen draws one button for each."""
        return [row for row in self.rows if row.source == source]

    def missing(self, move: Transition, facts: Mapping[str, object]) -> list[Refusal]:
        """One refusal per needed fact that `facts` lacks, with the article that asks for it."""
        return [
            Refusal(f"{fact.label} belum ada. {fact.help} Dasar: {fact.basis}.", fact)
            for fact in (self.facts[code] for code in move.needs)
            if not _is_known(facts.get(fact.code))
        ]


def _is_known(value: object) -> bool:
    """Blanks say nothing."""
    return bool(value.strip() if isinstance(value, str) else value)
