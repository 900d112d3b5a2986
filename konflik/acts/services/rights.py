"""Who may act on clocks where; the installation itself (no actor) may everywhere."""

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.access.selectors import may
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.users.models import User

OUTSIDE = "Wilayah ini di luar penugasan Anda."


def refuse_outside(actor: User | None, act: Act, region: Region | None, *, now: datetime, field: str = "kabupaten") -> None:
    """Raises ValidationError at `field` unless a posting of `actor` permits `act` in `region`; None: anywhere at all."""
    if actor is not None and not may(actor, act, at=now, region=region):
        raise ValidationError({field: OUTSIDE})


def refuse_no_kabupaten(region: Region | None, *, field: str = "kabupaten") -> None:
    """Raises ValidationError at `field` where `region` is no kabupaten or kota."""
    if region is not None and region.level != Level.KABUPATEN:
        raise ValidationError({field: "Pilih kabupaten atau kota."})
