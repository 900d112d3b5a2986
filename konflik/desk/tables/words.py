"""How dates, hours, numbers and time spans are written for a person."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from accounts.regions.models import Region
from accounts.regions.selectors import zone_name, zone_of
from konflik.law.grammar.reading import MONTHS
from konflik.law.grammar.reading import in_words as long_date

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SHORT = 3
NOTHING = "–"


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


def clock(at: datetime, region: Region) -> str:
    """ "09.10 WIB", in the legal time of `region`."""
    return f"{local(at, region):%H.%M} {zone_name(region)}"


def end_moment(at: datetime, region: Region) -> str:
    """ "22 November 2026, 24.00 WIB": the same for the end of something, which belongs to the day it closes."""
    here = local(at, region)
    if here.time() != time():
        return moment(at, region)
    return f"{long_date(here.date() - timedelta(days=1))}, 24.00 {zone_name(region)}"


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


def hours_away(left: timedelta) -> str:
    """ "2 hari 5 jam lagi", "5 jam 20 menit lagi", "lewat 35 menit": the two largest units, for limits counted in hours."""
    minutes = int(abs(left).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "hari"), (hours, "jam"), (rest, "menit")]
    shown = (
        [f"{number} {unit}" for number, unit in parts if number][:2] if not days else [f"{days} hari", *([f"{hours} jam"] if hours else [])]
    )
    words = " ".join(shown) or "kurang dari satu menit"
    return f"{words} lagi" if left > timedelta() else f"lewat {words}"


def sentence(text: str) -> str:
    """The same words with a capital first."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The same words to stand inside a sentence; names further on keep their capitals."""
    return text[:1].lower() + text[1:]


def listed(words: Iterable[str]) -> str:
    """ "Bupati, Kapolres, dan Dandim"."""
    *most, last = [*words] or [""]
    if len(most) < 2:
        return " dan ".join([*most, last])
    return f"{', '.join(most)}, dan {last}"
