"""What a case is counted by. The same value before and after an act tells which cells move."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CaseKey:
    """The cell a case stands in."""

    kabupaten_id: str
    stage: str
    source: str
    issue_type: str
    severity: int
    secrecy: int


@dataclass(frozen=True)
class MonthKey:
    """The cell an event is counted in; `month` is the first day of the local month."""

    kabupaten_id: str
    kecamatan_code: str
    month: date
    event: str
    source: str
    secrecy: int
