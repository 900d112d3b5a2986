"""All tables of the app; wiring only."""

from accounts.access.models import Installation
from accounts.keys.models import ApiKey
from accounts.postings.models import Institution, Posting
from accounts.regions.models import Region, RegionRelease
from accounts.users.models import User

__all__ = ["ApiKey", "Installation", "Institution", "Posting", "Region", "RegionRelease", "User"]
