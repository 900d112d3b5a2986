"""How dates, hours, numbers and time spans are written for a person."""

from datetime import date, datetime
from decimal import Decimal

from accounts.regions.models import Region
from accounts.regions.selectors import zone_name, zone_of

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SHORT = 3
NOTHING = "–"


def long_date(day: date) -> str:
    """ "22 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """ "22 Nov 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:SHORT]} {day.year}"


def weekday_date(day: date) -> str:
    """ "Minggu, 22 November 2026"."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def local(at: datetime, region: Region) -> datetime:
    """The instant on the clocks of `region`."""
    return at.astimezone(zone_of(region))


def moment(at: datetime, region: Region) -> str:
    """ "22 November 2026, 09.10 WIB", in the legal time of `region`."""
    here = local(at, region)
    return f"{long_date(here.date())}, {here:%H.%M} {zone_name(region)}"


def number(value: Decimal | int) -> str:
    """ "1.234,5": points between thousands, a comma before what is left, no idle zeros."""
    text = f"{Decimal(value):,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def file_size(octets: int) -> str:
    """ "1,4 MB"."""
    kilobytes = Decimal(octets) / 1024
    if kilobytes < 1000:
        return f"{number(max(round(kilobytes), 1))} KB"
    return f"{number(round(kilobytes / 1024, 1))} MB"


def days_away(days: int) -> str:
    """ "2 hari lagi", "hari ini", "lewat 4 hari"."""
    if days == 0:
        return "hari ini"
    if days == 1:
        return "besok"
    return f"{days} hari lagi" if days > 0 else f"lewat {-days} hari"


def sentence(text: str) -> str:
    """The same words with a capital first."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The same words to stand inside a sentence; names further on keep their capitals."""
    return text[:1].lower() + text[1:]
