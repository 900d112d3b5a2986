"""What somebody may do and see, read from the postings valid now."""

from accounts.access.selectors.house import house_of, installation, is_fresh, kept_mail_password, mail_server
from accounts.access.selectors.offices import Held, deputies_of, holders_of, holdings_of, holdings_of_all, offices_of
from accounts.access.selectors.postings import hold_postings, lies_in, narrowing_of, postings_of, postings_of_all, rights_of
from accounts.access.selectors.readers import Readers
from accounts.access.selectors.rights import (
    acts_of,
    acts_on,
    clearance_in,
    grants_of,
    institutions_of,
    may,
    may_give,
    needs_second_factor,
    sealed_grants,
)
from accounts.access.selectors.scope import LED, NOTHING, area, led, opened_beyond, parts, reach_of, regions_led, scope, walks

__all__ = [
    "LED",
    "NOTHING",
    "Held",
    "Readers",
    "acts_of",
    "acts_on",
    "area",
    "clearance_in",
    "deputies_of",
    "grants_of",
    "hold_postings",
    "holders_of",
    "holdings_of",
    "holdings_of_all",
    "house_of",
    "installation",
    "institutions_of",
    "is_fresh",
    "kept_mail_password",
    "led",
    "lies_in",
    "mail_server",
    "may",
    "may_give",
    "narrowing_of",
    "needs_second_factor",
    "offices_of",
    "opened_beyond",
    "parts",
    "postings_of",
    "postings_of_all",
    "reach_of",
    "regions_led",
    "rights_of",
    "scope",
    "sealed_grants",
    "walks",
]
