"""Every time limit that something starts, by subject. What recurs by the calendar stands in `konflik.law.periodic`."""

from konflik.law.deadlines.data import DATA_RULES
from konflik.law.deadlines.field import FIELD_RULES
from konflik.law.deadlines.money import MONEY_RULES
from konflik.law.deadlines.own import OWN_RULES
from konflik.law.deadlines.parties import PARTY_RULES
from konflik.law.deadlines.society import SOCIETY_RULES
from konflik.law.deadlines.status import STATUS_RULES
from konflik.law.deadlines.tni import TNI_RULES
from konflik.law.grammar.deadlines import Chapter, DeadlineRule

CHAPTERS: tuple[Chapter, ...] = (
    Chapter("Status Keadaan Konflik", STATUS_RULES),
    Chapter("Bantuan TNI", TNI_RULES),
    Chapter("Belanja tidak terduga", MONEY_RULES),
    Chapter("Korban, Satgas, dan pemetaan", FIELD_RULES),
    Chapter("Rumah ibadat dan organisasi kemasyarakatan", SOCIETY_RULES),
    Chapter("Bantuan keuangan partai politik", PARTY_RULES),
    Chapter("Data pribadi dan informasi publik", DATA_RULES),
    Chapter("Rencana, kesepakatan, SK, dan penugasan", OWN_RULES),
)

DEADLINES: tuple[DeadlineRule, ...] = tuple(rule for chapter in CHAPTERS for rule in chapter.rules)
