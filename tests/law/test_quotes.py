"""What the code puts in the mouth of a law, the law says: quotations against the articles in statutes.md."""

import re
from pathlib import Path

import pytest

from konflik.law.grammar.basis import Article
from konflik.law.rulebook import RULES
from konflik.law.status import (
    CONDITIONS,
    REQUIREMENTS,
    RESTRICTION_BASES,
    RESTRICTION_TEXTS,
    SCALE_RULES,
    TNI_COORDINATED,
    TNI_COPIES,
    TNI_LETTER_PARTS,
    TNI_PURPOSES,
    TNI_WEIGHED,
)

STATUTES = (Path(__file__).parent / "statutes.md").read_text(encoding="utf-8")
ARTICLES = {
    title.strip(): re.sub(r"\s+", " ", body)
    for title, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", STATUTES, flags=re.MULTILINE | re.DOTALL)
}
QUOTED = [rule for rule in RULES.rules.values() if rule.is_quoted]


def words_of(basis: Article) -> str:
    """The article with its elucidation."""
    name = f"{basis.law} Pasal {basis.pasal}"
    return f"{ARTICLES[name]} {ARTICLES.get(f'Penjelasan {name}', '')}".lower()


def is_said(quotation: str, basis: Article) -> bool:
    pieces = [piece.strip().lower() for piece in quotation.split("…")]
    return all(piece in words_of(basis) for piece in pieces)


@pytest.mark.parametrize("rule", QUOTED, ids=lambda rule: rule.code)
def test_a_rule_quotes_its_article(rule: object) -> None:
    assert is_said(rule.text, rule.basis)


def test_a_changed_word_would_be_found() -> None:
    assert not is_said(RULES.rules["skk-berakhir"].text.replace("90", "60"), RULES.rules["skk-berakhir"].basis)
    assert len(QUOTED) > 15


STATUS_QUOTES = [
    *((condition.text, condition.basis) for condition in CONDITIONS),
    *((sign.text, one.basis) for one in REQUIREMENTS for sign in one.signs),
    *((text, bases[kind]) for bases in RESTRICTION_BASES.values() for kind, text in RESTRICTION_TEXTS.items()),
    *((rule.criterion, rule.criterion_basis) for rule in SCALE_RULES.values()),
    *((rule.consulted, rule.decided_basis) for rule in SCALE_RULES.values()),
    *((rule.overseen_by, rule.overseen_basis) for rule in SCALE_RULES.values()),
    *((part.text, part.basis) for part in (*TNI_LETTER_PARTS, *TNI_WEIGHED, *TNI_PURPOSES, *TNI_COORDINATED)),
    *((copy.text, copy.basis) for copy in TNI_COPIES),
]


@pytest.mark.parametrize(("text", "basis"), STATUS_QUOTES, ids=lambda part: str(part)[:40])
def test_the_lists_of_a_status_are_the_words_of_the_law(text: str, basis: Article) -> None:
    assert is_said(text, basis)


def test_the_letters_of_a_list_are_those_of_the_law() -> None:
    for copy in TNI_COPIES:
        assert f"{copy.basis.huruf}. {copy.text.lower()}" in words_of(copy.basis)
    assert [copy.basis.huruf for copy in TNI_COPIES] == list("abcdefghi")
