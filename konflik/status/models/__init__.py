"""Status Keadaan Konflik: what it rests on, how long it lasts, what is done under it."""

from konflik.status.models.criteria import Consultation, CriteriaAssessment, SignFound
from konflik.status.models.money import BttUse
from konflik.status.models.powers import ProgressReport, StatusGrant, StatusMeasure
from konflik.status.models.status import ConflictStatus, StatusArea, StatusExtension
from konflik.status.models.tni import TniEndNotice, TniRequest

__all__ = [
    "BttUse",
    "ConflictStatus",
    "Consultation",
    "CriteriaAssessment",
    "ProgressReport",
    "SignFound",
    "StatusArea",
    "StatusExtension",
    "StatusGrant",
    "StatusMeasure",
    "TniEndNotice",
    "TniRequest",
]
