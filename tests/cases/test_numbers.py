"""Numbers: one series per kabupaten, local year and kind; the sealed one apart."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.postings.tables import Role
from accounts.regions.models import Region
from konflik.cases.models import Case, NumberSeries
from konflik.law.secrecy import Secrecy
from tests.builders import BATANGHARI, BUNGKU, NOW, PASER, a_case, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.SEKRETARIS_TIM)


def numbers(cases: list[Case]) -> list[str]:
    return [case.number for case in cases]


def test_each_kabupaten_counts_for_itself(clerk: Any) -> None:
    far_clerk = a_user(Role.SEKRETARIS_TIM, PASER)
    cases = [a_case(actor=far_clerk if code == PASER else clerk, at=(code,)) for code in (BATANGHARI, PASER, BUNGKU, PASER)]
    assert numbers(cases) == ["300/001/TIMDU/2026", "300/001/TIMDU/2026", "300/002/TIMDU/2026", "300/002/TIMDU/2026"]
    assert [case.kabupaten_id for case in cases] == [BATANGHARI, PASER, BATANGHARI, PASER]


@pytest.mark.parametrize("secrecy", Secrecy)
def test_sealed_cases_count_apart_so_that_gaps_tell_nothing(clerk: Any, secrecy: Secrecy) -> None:
    before, between, after = a_case(actor=clerk), a_case(actor=clerk, secrecy=secrecy), a_case(actor=clerk)
    sealed = secrecy >= Secrecy.RAHASIA
    assert numbers([before, between]) == ["300/001/TIMDU/2026", "R-300/001/TIMDU/2026" if sealed else "300/002/TIMDU/2026"]
    assert after.sequence == (2 if sealed else 3)
    assert between.series == ("tertutup" if sealed else "terbuka")


@pytest.mark.parametrize(
    ("zone", "instant", "year"),
    [
        ("Asia/Jakarta", "2026-12-31T23:59:59+07:00", 2026),
        ("Asia/Jakarta", "2027-01-01T00:00:00+07:00", 2027),
        ("Asia/Makassar", "2026-12-31T23:30:00+07:00", 2027),
        ("Asia/Makassar", "2026-12-31T22:59:59+07:00", 2026),
        ("Asia/Jayapura", "2026-12-31T22:00:00+07:00", 2027),
        ("Asia/Jayapura", "2026-12-31T21:59:59+07:00", 2026),
    ],
)
def test_the_year_is_that_of_the_region(clerk: Any, zone: str, instant: str, year: int) -> None:
    Region.objects.filter(pk=BATANGHARI).update(time_zone=zone)
    at = datetime.fromisoformat(instant)
    case = a_case(actor=clerk, at=(BATANGHARI,), opened_at=at, now=at)
    assert (case.year, case.number) == (year, f"300/001/TIMDU/{year}")


def test_an_old_case_takes_its_number_in_its_own_year(clerk: Any) -> None:
    cases = [a_case(actor=clerk, opened_at=NOW.replace(year=year)) for year in (2024, 2025, 2024)]
    assert numbers(cases) == ["300/001/TIMDU/2024", "300/001/TIMDU/2025", "300/002/TIMDU/2024"]


def test_a_thousandth_case_has_its_number_too(clerk: Any) -> None:
    a_case(actor=clerk)
    NumberSeries.objects.update(last=999)
    assert a_case(actor=clerk).number == "300/1000/TIMDU/2026"


@pytest.mark.parametrize("taken", ["sequence", "number"])
def test_the_database_refuses_a_number_given_twice(clerk: Any, taken: str) -> None:
    first, second = a_case(actor=clerk), a_case(actor=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=second.pk).update(**{taken: getattr(first, taken)})


def test_a_number_once_given_stays_whatever_becomes_of_the_case(clerk: Any) -> None:
    Case.objects.filter(pk=a_case(actor=clerk).pk).update(title="Salah catat")
    assert a_case(actor=clerk).sequence == 2
    assert NumberSeries.objects.get().last == 2
