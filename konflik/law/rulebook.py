"""All limits in one book."""

from konflik.law.deadlines import CHAPTERS, DEADLINES
from konflik.law.grammar.deadlines import Chapter, RuleBook
from konflik.law.periodic import PERIODIC, PERIODIC_CHAPTERS

RULES = RuleBook(DEADLINES, PERIODIC)

ALL_CHAPTERS: tuple[Chapter, ...] = (*CHAPTERS, *PERIODIC_CHAPTERS)
