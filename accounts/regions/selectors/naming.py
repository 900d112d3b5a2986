"""What a law leaves open between kabupaten and kota, said as it is said in one region."""

from accounts.regions.models import Kind, Level, Region
from konflik.law.offices import OFFICE_LABELS, Office, said_in


def said_at(text: str, region: Region | None) -> str:
    """`text` with "Bupati/Wali Kota" as it is called in `region`; unchanged where a region has several, or none is named."""
    if region is None or region.level < Level.KABUPATEN:
        return text
    own = region if region.level == Level.KABUPATEN else region.kabupaten or region
    return said_in(text, is_kota=own.kind == Kind.KOTA)


def office_at(office: str, region: Region | None) -> str:
    """The office (Office) as it is called in `region`."""
    return said_at(OFFICE_LABELS[Office(office)], region)
