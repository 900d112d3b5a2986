"""Status Keadaan Konflik as data: who may decide what, when, for how long (UU 7/2012 Pasal 14-35; PP 2/2015 Pasal 40-53)."""

from konflik.law.status.criteria import CONDITIONS, REQUIREMENTS, Condition, Requirement, Sign, signs_of, unmet
from konflik.law.status.decree import DECREE_PARTS, EXTENSION_DECREE_PARTS, REVOCATION_DECREE_PARTS
from konflik.law.status.lengths import (
    CONSULT_BEFORE,
    LONGEST,
    LONGEST_EXTENSION,
    LONGEST_IN_ALL,
    consult_by,
    last_lawful_day,
    last_lawful_day_of_extension,
)
from konflik.law.status.refusals import Refused, extension_warnings, may_ask_for_tni, may_declare, may_extend, may_restrict
from konflik.law.status.restrictions import RESTRICTION_BASES, RESTRICTION_LABELS, RESTRICTION_TEXTS, Restriction
from konflik.law.status.scales import SCALE_LABELS, SCALE_RULES, Scale, ScaleRule, has_own_limits
from konflik.law.status.tni import (
    TNI_ADVISERS,
    TNI_COORDINATED,
    TNI_COPIES,
    TNI_LETTER_PARTS,
    TNI_PURPOSES,
    TNI_WEIGHED,
    Addressee,
)
from konflik.law.status.wording import Part

__all__ = [
    "CONDITIONS",
    "CONSULT_BEFORE",
    "DECREE_PARTS",
    "EXTENSION_DECREE_PARTS",
    "LONGEST",
    "LONGEST_EXTENSION",
    "LONGEST_IN_ALL",
    "REQUIREMENTS",
    "RESTRICTION_BASES",
    "RESTRICTION_LABELS",
    "RESTRICTION_TEXTS",
    "REVOCATION_DECREE_PARTS",
    "SCALE_LABELS",
    "SCALE_RULES",
    "TNI_ADVISERS",
    "TNI_COORDINATED",
    "TNI_COPIES",
    "TNI_LETTER_PARTS",
    "TNI_PURPOSES",
    "TNI_WEIGHED",
    "Addressee",
    "Condition",
    "Part",
    "Refused",
    "Requirement",
    "Restriction",
    "Scale",
    "ScaleRule",
    "Sign",
    "consult_by",
    "extension_warnings",
    "has_own_limits",
    "last_lawful_day",
    "last_lawful_day_of_extension",
    "may_ask_for_tni",
    "may_declare",
    "may_extend",
    "may_restrict",
    "signs_of",
    "unmet",
]
