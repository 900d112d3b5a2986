"""Template words: dates, hours, numbers, and addresses inside the shell that draws the page."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template

from accounts.regions.models import Region
from konflik.desk.tables import words

register = template.Library()


@register.filter
def long_date(value: date | None) -> str:
    """ "22 November 2026"."""
    return words.long_date(value) if value else words.NOTHING


@register.filter
def weekday_date(value: date | None) -> str:
    """ "Minggu, 22 November 2026"."""
    return words.weekday_date(value) if value else words.NOTHING


@register.filter
def moment(value: datetime | None, region: Region) -> str:
    """ "22 November 2026, 09.10 WIB", in the legal time of `region`."""
    return words.moment(value, region) if value else words.NOTHING


@register.filter
def local_day(value: datetime | None, region: Region) -> str:
    """ "22 Nov 2026", on the calendar of `region`."""
    return words.short_date(words.local(value, region).date()) if value else words.NOTHING


@register.filter
def number(value: Decimal | int) -> str:
    """ "1.234,5"."""
    return words.number(value)


@register.filter
def file_size(value: int) -> str:
    """ "1,4 MB"."""
    return words.file_size(value)


@register.filter
def capital(value: str) -> str:
    """The same words with a capital first."""
    return words.sentence(str(value))


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], name: str, *args: object) -> str:
    """The address of a page inside the shell that draws this one: the team pages or the admin."""
    return context["shell_kind"].url(name, *args)
