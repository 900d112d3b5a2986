"""Which months can be frozen, for which kabupaten, and the true counts they are made of."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.access.selectors import installation
from accounts.postings.models import Posting
from accounts.regions.models import ANCESTOR_COLUMN, Level, Region
from accounts.regions.selectors import zone_of
from konflik.counts.selectors import Tile, Wanted, stepped
from konflik.statistics.models import Release
from konflik.statistics.tables.published import COUNTED_UPTO, KNOWN, MONTHS_BACK, WAIT_DAYS, Step

Leaf = tuple[str, str, str]
"""Table, kabupaten, category."""


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(month: date, back: int = 1) -> date:
    """The first day of the month so many months earlier."""
    number = month.year * 12 + month.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def last_due(*, at: datetime) -> date:
    """The last month that may be frozen: it ended so long ago, in the legal time of this house, that late entries are in."""
    house = installation()
    today = timezone.localdate(at, zone_of(house.region) if house is not None else None)
    return month_before(today - timedelta(days=WAIT_DAYS))


def due_months(*, at: datetime) -> Iterator[date]:
    """Every month that is still to be frozen, in order. The chain has no gap and is never begun anew further back."""
    last = last_due(at=at)
    frozen = Release.objects.order_by("-month").values_list("month", flat=True).first()
    month = next_month(frozen) if frozen is not None else _first(last)
    while month is not None and month <= last:
        yield month
        month = next_month(month)


def counts_until(month: date) -> Counter[Leaf]:
    """The true counts from 1 January to the end of `month`, without sealed cases. Never to be shown."""
    found: Counter[Leaf] = Counter()
    for held_month, leaf, number in _leaves(since=month.replace(month=1)):
        if held_month <= month:
            found[leaf] += number
    return found


def covered() -> list[str]:
    """The kabupaten that work with this system. Whether they have cases plays no part, so a row of the table discloses nothing."""
    house = installation()
    worked_in = Q(code__in=Posting.objects.values("region__kabupaten"))
    if house is not None:
        worked_in |= Q(**{ANCESTOR_COLUMN[Level(house.region.level)]: house.region_id})
    return list(Region.objects.of_level(Level.KABUPATEN).filter(worked_in).order_by("code").values_list("code", flat=True))


def _leaves(*, since: date | None = None) -> Iterator[tuple[date, Leaf, int]]:
    """What the published tables count, by month and leaf."""
    asked = Wanted(by=("region", "source"), level=Level.KABUPATEN, since=since)
    for held in stepped([Tile("", upto=COUNTED_UPTO)], asked):
        kabupaten, source = held.key
        for table in KNOWN:
            category = table.category_of(Step(source, held.stage_left, held.stage_entered))
            if category in table.categories and held.month is not None:
                yield held.month, (table.code, kabupaten, category), held.number


def _first(last: date) -> date | None:
    """Where the first release of all begins; None where there is nothing to count yet."""
    earliest = min((month for month, _, _ in _leaves()), default=None)
    return None if earliest is None else max(earliest, month_before(last, MONTHS_BACK - 1))
