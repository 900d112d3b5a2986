from konflik.cases.models.access import AccessGrant, Attachment
from konflik.cases.models.case import Case, CaseLink, CasePlace, IssueType, NumberSeries
from konflik.cases.models.facts import Figure, Party, QualificationDecision, SeverityEntry

__all__ = [
    "AccessGrant",
    "Attachment",
    "Case",
    "CaseLink",
    "CasePlace",
    "Figure",
    "IssueType",
    "NumberSeries",
    "Party",
    "QualificationDecision",
    "SeverityEntry",
]
