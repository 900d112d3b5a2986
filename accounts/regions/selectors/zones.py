"""The legal time of a region."""

from collections.abc import Callable
from datetime import date, datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from accounts.regions.models import Region, TimeZone

ABBREVIATION = {zone.value: zone.label for zone in TimeZone}


def zone_of(region: Region) -> ZoneInfo:
    """The legal time of `region`: that of its kabupaten, for a province its own."""
    # Provinces and kabupaten state it themselves: asked of them, it costs no query.
    stated = region if region.time_zone else region.kabupaten or region
    return ZoneInfo(stated.time_zone)


def zone_name(region: Region) -> str:
    """WIB, WITA or WIT."""
    return ABBREVIATION[zone_of(region).key]


def by_local_day(via: str, rule: Callable[[date], Q], *, at: datetime) -> Q:
    """The filter that `rule` makes of a day, for rows in every legal time by their own day; `via` leads to the region that states it.

    Most of the day it is the same day everywhere, and the filter is asked once.
    """
    days: dict[date, list[str]] = {}
    for zone in TimeZone:
        days.setdefault(timezone.localdate(at, ZoneInfo(zone.value)), []).append(zone.value)
    if len(days) == 1:
        return rule(next(iter(days)))
    return reduce(or_, (Q(**{f"{via}time_zone__in": zones}) & rule(day) for day, zones in days.items()))
