"""Template words: dates, hours, numbers, and addresses inside the shell that draws the page."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.exceptions import ValidationError

from accounts.regions.models import Region
from accounts.regions.selectors import ABBREVIATION, office_at, said_at, zone_name
from konflik.cases.models import Attachment
from konflik.cases.services import previews
from konflik.desk.forms.fields import RegionalInstantField
from konflik.desk.selectors.cockpit import Cockpit
from konflik.desk.tables import words
from konflik.desk.tables.cockpit import Offer
from konflik.notices.models import Notice
from konflik.notices.selectors.faults import fault_words

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
def weekday_of(value: date) -> str:
    """ "Minggu"."""
    return words.DAYS[value.weekday()]


@register.filter
def moment(value: datetime | None, region: Region) -> str:
    """ "22 November 2026, 09.10 WIB", in the legal time of `region`."""
    return words.moment(value, region) if value else words.NOTHING


@register.filter
def clock(value: datetime, region: Region) -> str:
    """ "09.10 WIB", where the day stands above."""
    return words.clock(value, region)


@register.filter
def end_moment(value: datetime | None, region: Region) -> str:
    """ "22 November 2026, 24.00 WIB": the end of something."""
    return words.end_moment(value, region) if value else words.NOTHING


@register.filter
def local_day(value: datetime | None, region: Region) -> str:
    """ "22 Nov 2026", on the calendar of `region`."""
    return words.short_date(words.local(value, region).date()) if value else words.NOTHING


@register.filter
def zone(region: Region) -> str:
    """ "WIB"."""
    return zone_name(region)


@register.filter
def office(value: str, region: Region | None) -> str:
    """ "Bupati": an office that the law names, as it is called in `region`."""
    return office_at(value, region)


@register.filter
def said_in(value: str, region: Region | None) -> str:
    """The words of a law that leaves "bupati/wali kota" open, as they hold in `region`."""
    return said_at(value, region)


@register.filter
def number(value: Decimal | int) -> str:
    """ "1.234,5"."""
    return words.number(value)


@register.filter
def beside(line: Any, labels: dict[str, str]) -> list[tuple[str, Any]]:
    """The cells of a line of a table, each with the heading of its column."""
    return list(zip(labels.values(), line.cells, strict=True))


@register.filter
def file_size(value: int) -> str:
    """ "1,4 MB"."""
    return words.file_size(value)


@register.filter
def has_preview(document: Attachment) -> bool:
    """Whether a small picture of the document may stand beside its name."""
    return previews.has_preview(document)


@register.filter
def fault(notice: Notice) -> str:
    """What hindered a notice, in plain words."""
    return fault_words(notice.fault)


@register.filter
def capital(value: str) -> str:
    """The same words with a capital first."""
    return words.sentence(str(value))


@register.filter
def is_date(field: forms.BoundField) -> bool:
    """Whether a date or an hour is entered there, which browsers show in a language of their own."""
    return isinstance(field.field, forms.DateField | forms.DateTimeField | forms.TimeField)


@register.filter
def understood(field: forms.BoundField) -> str:
    """ "Minggu, 22 November 2026, 09.10 WIB": how the date in `field` was understood; empty where there is none."""
    try:
        found = field.field.to_python(field.value())
    except ValidationError:
        return ""
    if isinstance(found, time):
        return f"pukul {found:%H.%M}"
    if isinstance(field.field, RegionalInstantField) and found:
        here = found.astimezone(field.field.zone)
        return f"{words.weekday_date(here.date())}, {here:%H.%M} {ABBREVIATION[field.field.zone.key]}"
    return words.weekday_date(found) if found else ""


@register.simple_tag(takes_context=True)
def offer_url(context: dict[str, Any], one: Offer) -> str:
    """The address of an act that a page offers."""
    shell, case = context["shell_kind"], context["case"]
    return shell.url(one.name, case.pk) if one.row is None else shell.url(one.name, case.pk, one.row)


@register.simple_tag(takes_context=True)
def part_url(context: dict[str, Any], part: str, case_pk: int | None = None) -> str:
    """Where a part of the case is seen in this shell: of the case of the page, or of another that is named."""
    return context["shell_kind"].part_url(part, case_pk or context["case"].pk)


@register.simple_tag
def offered(cockpit: Cockpit, *names: str) -> list[Offer]:
    """Those of the named acts that this reader is offered, or told why not."""
    return [cockpit.offers[name] for name in names if name in cockpit.offers]


@register.simple_tag
def single(one: Offer) -> list[Offer]:
    """A list of one."""
    return [one]


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], name: str, *args: object) -> str:
    """The address of a page inside the shell that draws this one: the team pages or the admin."""
    return context["shell_kind"].url(name, *args)
