"""One page for the bupati: of everything in the file, only what is needed to decide today."""

from dataclasses import dataclass
from datetime import datetime

from konflik.desk.selectors.case_page import ActivityRow, CaseSheet, FigureRow
from konflik.desk.selectors.today import due_on
from konflik.desk.tables.words import lower_first
from konflik.law.stages import STAGE_MOVES
from konflik.stages.models import Agreement, AgreementTerm
from konflik.stages.selectors import facts_on_file
from konflik.stages.tables import ActivityStatus, TermStatus

FIGURES = 7
ACTIVITIES, ACTIVITIES_BESIDE_AGREEMENT = 5, 3
ASKED = 5
TERMS = 6
LONGEST = 160
LONGEST_RESULT = 600
OUTCOMES = ("recovery_result", "settlement")
"""The facts of a closing move that say how the case ended."""


@dataclass(frozen=True)
class AgreedSheet:
    """One agreement on the sheet, with its first terms."""

    agreement: Agreement
    terms: list[tuple[AgreementTerm, str]]
    more_terms: int


@dataclass(frozen=True)
class Briefing:
    """What the sheet shows, and how much more the file holds."""

    figures: list[FigureRow]
    more_figures: int
    under_way: list[ActivityRow]
    more_under_way: int
    asked: list[str]
    more_asked: int
    outcome: str
    agreed: list[AgreedSheet]
    more_agreed: int
    parties: str


def briefing(sheet: CaseSheet, *, at: datetime) -> Briefing:
    """The sheet of a case. One figure per measure: the authoritative one, else the newest; its source stands beside it."""
    figures = [group.rows[0] for group in sheet.figures]
    asked = [*_held_up(sheet), *_overdue(sheet), *_terms(sheet, at), *_next_step(sheet)]
    shown = ACTIVITIES_BESIDE_AGREEMENT if sheet.agreements else ACTIVITIES
    rows = sorted(sheet.open_rows, key=lambda row: (row.due is None, row.due.days if row.due else 0))
    return Briefing(
        figures=figures[:FIGURES],
        more_figures=max(len(figures) - FIGURES, 0),
        under_way=rows[:shown],
        more_under_way=max(len(rows) - shown, 0),
        asked=asked[:ASKED],
        more_asked=max(len(asked) - ASKED, 0),
        outcome=_outcome(sheet),
        agreed=[_agreed(agreement) for agreement in sheet.agreements[:1]],
        more_agreed=max(len(sheet.agreements) - 1, 0),
        parties=_short("; ".join(f"{party.name} ({party.get_role_display().lower()})" for party in sheet.parties), LONGEST * 2),
    )


def _outcome(sheet: CaseSheet) -> str:
    """How a closed case ended, as the last move says."""
    if not sheet.case.closed_at or not sheet.moves:
        return ""
    facts = sheet.moves[-1].facts
    return next((_short(str(facts[code]), LONGEST_RESULT) for code in OUTCOMES if facts.get(code)), "")


def _agreed(agreement: Agreement) -> AgreedSheet:
    terms = list(agreement.terms.all())
    return AgreedSheet(agreement, [(term, _short(term.text)) for term in terms[:TERMS]], max(len(terms) - TERMS, 0))


def _held_up(sheet: CaseSheet) -> list[str]:
    return [
        f"Arahan atas kegiatan tertunda: {_short(one.title)} ({one.institution}). Kendala: {_short(one.obstacles)}."
        for one in (row.activity for row in sheet.open_rows)
        if one.status == ActivityStatus.TERTUNDA
    ]


def _overdue(sheet: CaseSheet) -> list[str]:
    return [
        f"Percepatan kegiatan {_short(row.activity.title)} ({row.activity.institution}), {row.due.away} dari batas {row.due.exact}."
        for row in sheet.open_rows
        if row.due and row.due.days < 0 and row.activity.status != ActivityStatus.TERTUNDA
    ]


def _terms(sheet: CaseSheet, at: datetime) -> list[str]:
    found: list[str] = []
    if sheet.case.closed_at:
        return found
    for agreement in sheet.agreements:
        for term in agreement.terms.all():
            due = due_on(term.due_on, sheet.case, at=at)
            if term.status == TermStatus.DILANGGAR:
                found.append(f"Tindak lanjut butir {term.position} yang dilanggar: {_short(term.text)}.")
            elif term.status == TermStatus.BELUM and due and due.days < 0:
                found.append(f"Tindak lanjut butir {term.position} yang {due.away}: {_short(term.text)}.")
    return found


def _next_step(sheet: CaseSheet) -> list[str]:
    """What the law asks for before the case can go on; the first lawful move is the way forward."""
    move = next(iter(STAGE_MOVES.moves_from(sheet.case.stage)), None)
    if move is None or sheet.case.closed_at:
        return []
    there = facts_on_file(sheet.case)
    missing = [code for code in move.needs if not there.get(code)]
    facts = "; ".join(lower_first(STAGE_MOVES.facts[code].label) for code in missing)
    return [f"Bila keadaan berubah: {lower_first(move.label)} memerlukan {facts} ({move.basis})."]


def _short(text: str, longest: int = LONGEST) -> str:
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= longest else f"{line[:longest]}…"
