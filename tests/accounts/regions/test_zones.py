"""Rows by the local day of their own place, asked once as long as it is one day everywhere."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Q

from accounts.regions.models import Region
from accounts.regions.selectors import by_local_day

ENDED = {"15.04": date(2026, 11, 22), "64.01": date(2026, 11, 22)}


def late(at: datetime) -> set[str]:
    """Which of two kabupaten, one in WIB and one in WITA, is past the same last day."""
    rule = by_local_day("", lambda day: Q(pk__in=[code for code, last in ENDED.items() if last < day]), at=at)
    return set(Region.objects.filter(rule, pk__in=ENDED).values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), set()),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), {"64.01"}),
        (datetime(2026, 11, 22, 16, 59, tzinfo=UTC), {"64.01"}),
        (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), {"15.04", "64.01"}),
    ],
)
def test_a_day_ends_in_wita_an_hour_before_it_does_in_wib(at: datetime, expected: set[str]) -> None:
    assert late(at) == expected


def test_one_day_everywhere_is_one_question() -> None:
    asked: list[date] = []
    by_local_day("", lambda day: Q(pk=asked.append(day)), at=datetime(2026, 11, 22, 3, tzinfo=UTC))
    assert asked == [date(2026, 11, 22)]
