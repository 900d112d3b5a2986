"""Reading regions: by what a person types, their legal time, and what their offices are called."""

from accounts.regions.selectors.naming import office_at, said_at
from accounts.regions.selectors.searching import LIKELIEST_FIRST, search
from accounts.regions.selectors.zones import ABBREVIATION, by_local_day, zone_name, zone_of

__all__ = ["ABBREVIATION", "LIKELIEST_FIRST", "by_local_day", "office_at", "said_at", "search", "zone_name", "zone_of"]
