"""Duties that recur by the calendar: one deadline for each period, of a body or of the kabupaten."""

from konflik.law.grammar.deadlines import Chapter, DeadlineRule
from konflik.law.periodic.forums import FORUM_RULES
from konflik.law.periodic.plans import PLAN_RULES
from konflik.law.periodic.yearly import YEARLY_RULES

PERIODIC_CHAPTERS: tuple[Chapter, ...] = (
    Chapter("Rencana Aksi Terpadu dan Tim Terpadu", PLAN_RULES),
    Chapter("Laporan forum", FORUM_RULES),
    Chapter("Laporan menurut tahun anggaran", YEARLY_RULES),
)

PERIODIC: tuple[DeadlineRule, ...] = tuple(rule for chapter in PERIODIC_CHAPTERS for rule in chapter.rules)
