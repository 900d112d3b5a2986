"""How a case was judged over time: how grave it was from when on, and what it legally is by whose decision."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from konflik.cases.models import Case
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.severity import SEVERITY_LABELS, Severity


@dataclass(frozen=True)
class Judgement:
    """One of them: from when on, what, decided by whom ("" where nobody is named), and why."""

    at: datetime
    label: str
    decided_by: str
    reason: str


def judgements_of(case: Case) -> list[Judgement]:
    """All of them, the newest first, in one query."""
    grave = case.severities.values_list("since", Cast("level", CharField()), Value(""), "reason", Value(value=True))
    legal = case.qualifications.values_list("decided_at", F("qualification"), F("decided_by"), "reason", Value(value=False))
    found = [Judgement(at, _label(word, is_severity=is_severity), by, why) for at, word, by, why, is_severity in grave.union(legal)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _label(word: str, *, is_severity: bool) -> str:
    if is_severity:
        return f"Kerawanan {SEVERITY_LABELS[Severity(int(word))].lower()}"
    return f"Kualifikasi: {QUALIFICATION_LABELS[Qualification(word)]}"
