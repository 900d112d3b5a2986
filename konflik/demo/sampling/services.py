"""Generated cases in bulk, for work under load: the same tables, chains and counts that the services leave."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, transaction

from accounts.regions.models import Region
from accounts.users.models import User
from konflik.bulk import insert
from konflik.cases.models import NumberSeries
from konflik.cases.services.reference import load_issue_types
from konflik.clocks.services.facing import faces_of
from konflik.counts.services import pour
from konflik.demo.sampling.dates import deadlines_of, planned_lines
from konflik.demo.sampling.grounds import author, ground_of, shares
from konflik.demo.sampling.lines import lines_of
from konflik.demo.sampling.rows import Numbered, Rows, series_of
from konflik.demo.sampling.stories import Ground, Story, Teller
from konflik.demo.tables.sample import YEARS_BACK
from konflik.journal.services import begin_streams

CHUNK = 1000

Progress = Callable[[int, int], None]


def make_sample(*, cases: int, seed: int, now: datetime, province: str = "", progress: Progress | None = None) -> int:
    """Add `cases` generated cases to the kabupaten of `province`, or of the whole country; says how many lines were written.

    Each chunk is one transaction, so that a broken run leaves whole cases only. Raises NoRegionError.
    """
    _widen_cache()
    rng = random.Random(seed)  # noqa: S311 - a repeatable sample, not a secret
    falling = shares(cases=cases, province=province, rng=rng, today=now.date())
    load_issue_types()
    actor = author(next(iter(falling)), now=now)
    done = lines = 0
    for kabupaten, number in falling.items():
        own = random.Random(f"{seed}:{kabupaten.code}")  # noqa: S311
        for written, some in _fill(kabupaten, number, actor, own, now):
            lines += some
            done += written
            if progress is not None:
                progress(done, cases)
    return lines


def _fill(kabupaten: Region, number: int, actor: User, rng: random.Random, now: datetime) -> Iterator[tuple[int, int]]:
    """Write `number` cases chunk by chunk; says of each how many cases and lines. The agencies come with the first chunk."""
    stories: Iterator[Story] = iter(())
    for begin in range(0, number, CHUNK):
        with transaction.atomic():
            if not begin:
                ground = ground_of(kabupaten, rng=rng, now=now)
                stories = _stories(Teller(rng, ground, now), number)
            chunk = list(islice(stories, CHUNK))
            lines = _write(chunk, ground, actor, now)
        yield len(chunk), lines


def _stories(teller: Teller, number: int) -> Iterator[Story]:
    """In the order in which the cases began; more of them lately."""
    span = timedelta(days=365 * YEARS_BACK)
    ages = sorted((teller.rng.random() ** 1.4 for _ in range(number)), reverse=True)
    return (teller.tell(teller.now - span * age - timedelta(minutes=20)) for age in ages)


def _write(stories: list[Story], ground: Ground, actor: User, now: datetime) -> int:
    rows = [Rows(story, ground, number, actor) for story, number in zip(stories, _numbers(stories, ground), strict=True)]
    insert(one.case for one in rows)
    for group in ("places", "severities", "qualifications", "parties", "moves", "activities", "figures", "agreements"):
        insert(_all(getattr(one, group) for one in rows))
    insert(_all(one.signatures() for one in rows))
    insert(_all(one.terms() for one in rows))
    pour(Counter(one.cell() for one in rows), Counter(_all(one.months() for one in rows)))
    written = begin_streams(_all(lines_of(one) for one in rows))
    lines = planned_lines(rows)
    deadlines = list(_all(deadlines_of(one, lines, now) for one in rows))
    insert(deadlines)
    insert(_all(faces_of([row], now=row.closed_at) for row in deadlines if row.closed_at is not None))
    return written


def _numbers(stories: list[Story], ground: Ground) -> Iterator[Numbered]:
    """The next numbers of each series, which goes on where it stood."""
    wanted = [(story.opened_at.astimezone(ground.zone).year, series_of(story).value) for story in stories]
    held = NumberSeries.objects.select_for_update().filter(kabupaten=ground.kabupaten)
    last = Counter({(row.year, row.series): row.last for row in held})
    numbers = []
    for key in wanted:
        last[key] += 1
        numbers.append(Numbered(key[0], last[key]))
    NumberSeries.objects.bulk_create(
        [NumberSeries(kabupaten=ground.kabupaten, year=year, series=series, last=last[year, series]) for year, series in set(wanted)],
        update_conflicts=True,
        unique_fields=["kabupaten", "year", "series"],
        update_fields=["last"],
    )
    return iter(numbers)


def _widen_cache() -> None:
    """SQLite's own 2 MB would be read and written over and over by the indexes of the journal."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")


def _all(groups: Iterable[Iterable]) -> Iterator:
    return (row for group in groups for row in group)
