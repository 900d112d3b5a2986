"""All tables of the app; wiring only."""

from konflik.cases.models import (
    AccessGrant,
    Attachment,
    Case,
    CaseLink,
    CasePlace,
    Figure,
    IssueType,
    NumberSeries,
    Party,
    QualificationDecision,
    SeverityEntry,
)
from konflik.counts.models import CaseCell, MonthCell
from konflik.journal.models import JournalAnchor, JournalDetail, JournalHead, JournalLine
from konflik.stages.models import Activity, Agreement, AgreementTerm, StageMove

__all__ = [
    "AccessGrant",
    "Activity",
    "Agreement",
    "AgreementTerm",
    "Attachment",
    "Case",
    "CaseCell",
    "CaseLink",
    "CasePlace",
    "Figure",
    "IssueType",
    "JournalAnchor",
    "JournalDetail",
    "JournalHead",
    "JournalLine",
    "MonthCell",
    "NumberSeries",
    "Party",
    "QualificationDecision",
    "SeverityEntry",
    "StageMove",
]
