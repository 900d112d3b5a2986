"""Which cells a case is counted in."""

from typing import Any

from django.utils import timezone

from accounts.regions.selectors import zone_of
from konflik.counts.tables import CaseKey, Happening, MonthKey


def leading_kecamatan(case: Any) -> str:
    """The code of the kecamatan that `case` mainly lies in; empty where only its kabupaten is known."""
    return case.places.filter(is_leading=True).values_list("kecamatan_id", flat=True).first() or ""


def key_of(case: Any, kecamatan: str) -> CaseKey:
    """The cell that `case` is counted in."""
    return CaseKey(case.kabupaten_id, kecamatan, case.stage, case.source, case.issue_type_id, case.severity, case.secrecy)


def month_of(case: Any, kecamatan: str, happening: Happening) -> MonthKey:
    """The month cell of a step of `case`: the month is that of the region, not of the server."""
    month = timezone.localtime(happening.at, zone_of(case.kabupaten)).date().replace(day=1)
    return MonthKey(
        case.kabupaten_id,
        kecamatan,
        month,
        happening.stage_left,
        happening.stage_entered,
        case.source,
        case.issue_type_id,
        case.secrecy,
    )
