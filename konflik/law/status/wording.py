"""One line of a list in the law: a code for us, the literal words, the article."""

from dataclasses import dataclass

from konflik.law.grammar.basis import Article, Law, Practice


@dataclass(frozen=True)
class Part:
    """One letter of a list."""

    code: str
    text: str
    basis: Article | Practice


def lettered(law: Law, pasal: int, ayat: str, *rows: tuple[str, str]) -> tuple[Part, ...]:
    """The letters a, b, c … of one article, in the order of the law."""
    return tuple(Part(code, text, law.pasal(pasal, ayat, chr(ord("a") + place))) for place, (code, text) in enumerate(rows))
