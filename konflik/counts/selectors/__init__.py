"""Reading the numbers: which cells count a case, what they hold, what the journal says they should."""

from konflik.counts.selectors.holding import Held, Tile, Wanted, both, standing, stepped
from konflik.counts.selectors.keys import key_of, leading_kecamatan, month_of
from konflik.counts.selectors.reach import tiles_of
from konflik.counts.selectors.recounting import Deviation, deviations, local_day, recount, spread
from konflik.counts.selectors.replaying import History, happenings, histories

__all__ = [
    "Deviation",
    "Held",
    "History",
    "Tile",
    "Wanted",
    "both",
    "deviations",
    "happenings",
    "histories",
    "key_of",
    "leading_kecamatan",
    "local_day",
    "month_of",
    "recount",
    "spread",
    "standing",
    "stepped",
    "tiles_of",
]
