"""Which kabupaten somebody is offered on a form of the admin."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.users.models import User


def own_kabupaten(user: User, act: Act) -> QuerySet[Region]:
    """Those inside a posting of `user` that permits `act`."""
    return Region.objects.filter(area(user, act, via="", at=timezone.now()), level=Level.KABUPATEN).order_by("name")
