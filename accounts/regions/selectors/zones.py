"""The legal time of a region."""

from zoneinfo import ZoneInfo

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
