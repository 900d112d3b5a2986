"""How one kind of activity is written."""

from dataclasses import dataclass

from konflik.law.grammar.basis import Article, Law


@dataclass(frozen=True)
class ActivityKind:
    """One activity the law lists: its stored code, the literal words, the article."""

    code: str
    stage: str
    text: str
    basis: Article
    group: str


def listed(*, stage: str, group: str, prefix: str, law: Law, pasal: int, ayat: str = "", texts: tuple[str, ...]) -> list[ActivityKind]:
    """The letters a, b, c … of one article as activity kinds, in the order of the law."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        ActivityKind(f"{prefix}-{letter}", stage, text, law.pasal(pasal, ayat, letter), group)
        for letter, text in zip(letters, texts, strict=False)
    ]
