"""Which cells a reader may read: the regions a posting covers whole, each up to its class."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.access.selectors import regions_led
from accounts.regions.models import Region
from accounts.regions.tables import depth_of, lies_within
from accounts.users.models import User
from konflik.counts.selectors.holding import Tile
from konflik.law.regions import Depth
from konflik.rest.prepared import run


def tiles_of(user: User, *, region: str = "", at: datetime) -> list[Tile]:
    """The tiles of `region` (a code, "" for the country) that `user` reads whole; together each case is in one at most.

    What a reader sees beyond them (places of other kabupaten, kecamatan, grants) is counted case by case.
    """
    led = regions_led(user, at=at)
    found = [tile for code, upto in sorted(led.items()) if (tile := _within(code, region, upto, led))]
    return _as_country(found, at) if not region else _once(found)


def _within(code: str, region: str, upto: int, led: dict[str, int]) -> Tile | None:
    """What of the region `code` lies in `region`. A class that a larger region of the reader reaches is counted there."""
    wider = [reach for other, reach in led.items() if other != code and lies_within(code, other)]
    above = max(wider, default=0)
    if upto <= above:
        return None
    if lies_within(region, code):
        return Tile(region, above, upto)
    return Tile(code, above, upto) if lies_within(code, region) else None


def _once(tiles: list[Tile]) -> list[Tile]:
    return list(dict.fromkeys(tiles))


def _as_country(tiles: list[Tile], at: datetime) -> list[Tile]:
    """Whoever reads every province up to one class reads the country: one small set of cells in place of many."""
    provinces = {tile.code: tile.upto for tile in tiles if tile.level == Depth.PROVINCE}
    if len(set(provinces.values())) != 1 or len(provinces) < len(run("provinces", _provinces, {}, at=at)):
        return tiles
    upto = next(iter(provinces.values()))
    return [Tile("", 0, upto), *(tile for tile in tiles if depth_of(tile.code) > Depth.PROVINCE)]


def _provinces() -> list[QuerySet]:
    return [Region.objects.filter(parent=None).values_list("pk")]
