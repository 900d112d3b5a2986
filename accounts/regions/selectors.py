"""Reading regions: by what a person types, and their legal time."""

import re
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.regions.models import ANCESTOR_COLUMN, Level, Region, RegionQuerySet, TimeZone
from accounts.regions.tables import fold

ABBREVIATION = {zone.value: zone.label for zone in TimeZone}
CODE_TEXT = re.compile(r"\d{2}(\.?\d{2}(\.?\d{2}(\.?\d{4})?)?)?")


def search(regions: RegionQuerySet, text: str) -> QuerySet[Region]:
    """`regions` that match what a person typed, the likeliest first, ready for a list of choices.

    "bungku" finds by name, "bungku, bajubang" also by the ancestors after the comma, "15.04" by code with all that
    lies below. Accents, apostrophes and case do not matter.
    """
    code = _as_code(text)
    if code:
        column = ANCESTOR_COLUMN[Level(code.count(".") + 1)]
        return regions.filter(**{column: code}).order_by("code")
    name, *above = [fold(part) for part in text.split(",")]
    found = regions.filter(_all_words("search_name", name))
    for part in filter(None, above):
        lies_in = [_all_words(f"{ancestor}__search_name", part) for ancestor in ("kecamatan", "kabupaten", "province")]
        found = found.filter(lies_in[0] | lies_in[1] | lies_in[2])
    if not name:
        return found.order_by("code")
    likeness = Case(
        When(search_name__in=[name, f"kabupaten {name}", f"kota {name}"], then=Value(0)),
        When(search_name__startswith=name, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(likeness, "level", "search_name", "code")


def zone_of(region: Region) -> ZoneInfo:
    """The legal time of `region`: that of its kabupaten, for a province its own."""
    # Provinces and kabupaten state it themselves: asked of them, it costs no query.
    stated = region if region.time_zone else region.kabupaten or region
    return ZoneInfo(stated.time_zone)


def zone_name(region: Region) -> str:
    """WIB, WITA or WIT."""
    return ABBREVIATION[zone_of(region).key]


def _as_code(text: str) -> str:
    """The dotted code when somebody typed one, with or without its points; else nothing."""
    typed = text.strip().rstrip(".")
    if not CODE_TEXT.fullmatch(typed):
        return ""
    digits = typed.replace(".", "")
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def _all_words(column: str, folded: str) -> Q:
    every = Q()
    for word in folded.split():
        every &= Q(**{f"{column}__contains": word})
    return every
