"""Freezing a month: rounding its counts once and for all."""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from konflik.statistics.models import Release, RoundingYear
from konflik.statistics.selectors.months import counts_until, covered, due_months
from konflik.statistics.tables.published import KNOWN, PUBLISHED

SEED_BYTES = 32
Numbers = dict[str, dict[str, dict[str, int]]]


def freeze_months(*, now: datetime) -> int:
    """Freeze every month that is due and was not yet, and say how many; after a gap as many as were missed.

    Twice at once, or again, changes nothing: a month is frozen once.
    """
    months = list(due_months(at=now))
    for month in months:
        _freeze(month, now)
    return len(months)


@transaction.atomic
def _freeze(month: date, now: datetime) -> None:
    year, _ = RoundingYear.objects.get_or_create(
        pk=month.year, defaults={"k": settings.STATISTICS_K, "seed": secrets.token_hex(SEED_BYTES)}
    )
    Release.objects.get_or_create(pk=month, defaults={"year": year, "frozen_at": now, "numbers": lambda: _numbers(month, year)})


def _numbers(month: date, year: RoundingYear) -> Numbers:
    """Rounded numbers since 1 January, never below those of the month before: what was corrected downwards is not announced."""
    counts, rounding, before, kabupaten = counts_until(month), year.rounding, _before(month), covered()
    # A year that began with other tables keeps them: two tables of one count would tell more than one.
    tables = [table for table in KNOWN if table.code in before] or PUBLISHED

    def number(*leaf: str) -> int:
        table, code, category = leaf
        old = before.get(table, {}).get(code, {}).get(category, 0)
        return max(rounding.rounded("|".join(leaf), counts[table, code, category]), old)

    return {
        table.code: {code: {category: number(table.code, code, category) for category in table.categories} for code in kabupaten}
        for table in tables
    }


def _before(month: date) -> Numbers:
    release = Release.objects.filter(month__year=month.year, month__lt=month).order_by("-month").first()
    return release.numbers if release is not None else {}
