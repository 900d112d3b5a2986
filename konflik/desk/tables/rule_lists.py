"""The rules of the law as lists to choose from: by subject, and by what somebody is looking for."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.regions.models import Region
from accounts.regions.selectors import office_at
from konflik.law.grammar.deadlines import Chapter, DeadlineRule
from konflik.law.rulebook import ALL_CHAPTERS


@dataclass(frozen=True)
class RuleLine:
    """One rule: what is due, how long there is, on which ground, whose duty."""

    code: str
    title: str
    figure: str
    basis: str
    who: str


@dataclass(frozen=True)
class RuleGroup:
    """The rules of one subject."""

    title: str
    lines: list[RuleLine]


def rule_groups(rules: Iterable[DeadlineRule], *, words: str = "", home: Region | None = None) -> list[RuleGroup]:
    """`rules` by subject; with `words` only those whose subject, title, text, article or office contains every one of them."""
    wanted = {rule.code for rule in rules}
    asked = words.casefold().split()
    groups = [
        RuleGroup(chapter.title, [line for rule in chapter.rules if rule.code in wanted and (line := _line(rule, chapter, asked, home))])
        for chapter in ALL_CHAPTERS
    ]
    return [group for group in groups if group.lines]


def _line(rule: DeadlineRule, chapter: Chapter, asked: list[str], home: Region | None) -> RuleLine | None:
    span = rule.clock.span
    line = RuleLine(rule.code, rule.title, str(span) if span and span.number else "", str(rule.basis), office_at(rule.duty_of, home))
    text = f"{chapter.title} {rule.title} {rule.text} {line.basis} {line.who}".casefold()
    return line if all(word in text for word in asked) else None
