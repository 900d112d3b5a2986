"""A month is frozen once, in order, from what is not sealed, and stays as it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import product
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.cases.services.deciding import classify_case
from konflik.counts.models import MonthCell
from konflik.law.secrecy import Secrecy
from konflik.law.sources import Source
from konflik.law.stages import Stage
from konflik.statistics.models import Release, RoundingYear
from konflik.statistics.selectors.months import counts_until, due_months, last_due
from konflik.statistics.services import freeze_months
from konflik.statistics.tables.published import MOVED, OPENED, PUBLISHED, READINGS, Step
from tests.builders import BATANGHARI, DAY, NOW, PASER, a_case, a_user, moved

pytestmark = pytest.mark.django_db

DECEMBER = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)


def cell(
    month: date,
    number: int,
    *,
    kabupaten: str = BATANGHARI,
    source: str = "d",
    secrecy: int = 2,
    left: str = "",
    entered: str = "pencegahan",
) -> None:
    """So many steps in the counts, without the cases; an opening unless told."""
    key = {"level": 2, "province": kabupaten[:2], "kabupaten": kabupaten, "issue_type": "lahan", "secrecy": secrecy}
    step = {"month": month, "stage_left": left, "stage_entered": entered, "source": source}
    MonthCell.objects.update_or_create(**key, **step, defaults={"number": number})


def published(month: date, table: str = "cases-opened", kabupaten: str = BATANGHARI) -> dict[str, int]:
    return Release.objects.get(pk=month).numbers[table][kabupaten]


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.SEKRETARIS_TIM)


@pytest.mark.parametrize(
    ("at", "month"),
    [
        ("2026-12-07T23:59:59+07:00", date(2026, 10, 1)),
        ("2026-12-08T00:00:00+07:00", date(2026, 11, 1)),
        ("2027-01-07T12:00:00+07:00", date(2026, 11, 1)),
        ("2027-01-08T12:00:00+07:00", date(2026, 12, 1)),
    ],
)
def test_a_month_is_due_seven_days_after_its_end(at: str, month: date) -> None:
    assert last_due(at=datetime.fromisoformat(at)) == month


def test_nothing_is_frozen_before_there_is_something() -> None:
    assert freeze_months(now=DECEMBER) == 0
    cell(date(2026, 9, 1), 5, secrecy=Secrecy.RAHASIA)
    cell(date(2026, 9, 1), 5, left="selesai")
    cell(date(2026, 9, 1), 5, left="unrecorded", entered="pemulihan")
    assert freeze_months(now=DECEMBER) == 0


def test_after_a_gap_every_month_is_made_up_for_and_none_twice(clerk: Any) -> None:
    cell(date(2026, 8, 1), 3)
    assert freeze_months(now=datetime(2026, 9, 9, tzinfo=UTC)) == 1
    before = list(Release.objects.values())
    assert freeze_months(now=DECEMBER) == 3
    assert [one.month.month for one in Release.objects.order_by("month")] == [8, 9, 10, 11]
    cell(date(2026, 8, 1), 300)
    call_command("freeze_statistics", stdout=StringIO())
    assert list(Release.objects.order_by("month").values())[:1] == before


def test_the_chain_is_never_begun_further_back() -> None:
    cell(date(2015, 1, 1), 9)
    assert next(due_months(at=DECEMBER)) == date(2021, 12, 1)
    assert freeze_months(now=DECEMBER) == 60
    cell(date(2010, 1, 1), 9)
    assert list(due_months(at=DECEMBER)) == []


def test_each_happening_falls_into_its_category(clerk: Any) -> None:
    a_case(actor=clerk, opened_at=NOW - 20 * DAY, source=Source.SARA)
    case = a_case(actor=clerk, opened_at=NOW - 20 * DAY)
    for target in (Stage.PENGHENTIAN, Stage.PEMULIHAN, Stage.PENGHENTIAN):
        moved(case, target, actor=clerk, at=NOW - 10 * DAY)
    assert counts_until(date(2026, 11, 1)) == {
        ("cases-opened", BATANGHARI, "b"): 1,
        ("cases-opened", BATANGHARI, "d"): 1,
        ("stage-moves", BATANGHARI, "penghentian"): 2,
        ("stage-moves", BATANGHARI, "pemulihan"): 1,
        ("moves-by-source", BATANGHARI, "d.penghentian"): 2,
        ("moves-by-source", BATANGHARI, "d.pemulihan"): 1,
    }
    assert counts_until(date(2026, 10, 1)) == {}


def test_the_year_begins_at_nothing() -> None:
    cell(date(2025, 12, 1), 60)
    cell(date(2026, 1, 1), 12)
    assert counts_until(date(2026, 1, 1)) == {("cases-opened", BATANGHARI, "d"): 12}


def test_kabupaten_are_listed_whether_they_have_cases_or_not(clerk: Any) -> None:
    a_user(at=PASER)
    cell(date(2026, 10, 1), 12)
    freeze_months(now=NOW)
    for table in PUBLISHED:
        assert set(Release.objects.get().numbers[table.code]) == {BATANGHARI, PASER}
        assert set(published(date(2026, 10, 1), table.code, PASER).values()) == {0}


def test_published_numbers_are_multiples_and_never_fall(clerk: Any) -> None:
    months = [date(2026, month, 1) for month in (8, 9, 10)]
    for month, number in zip(months, (6, 6, 6), strict=True):
        cell(month, number)
    freeze_months(now=datetime(2026, 10, 9, tzinfo=UTC))
    for month in months[:2]:
        cell(month, 0)
    freeze_months(now=NOW)
    assert [published(month)["d"] for month in months] == [6, 12, 12]


def test_the_setting_waits_for_the_next_year(clerk: Any, settings: Any) -> None:
    cell(date(2026, 10, 1), 8)
    freeze_months(now=NOW)
    settings.STATISTICS_K = 9
    freeze_months(now=datetime(2027, 2, 9, tzinfo=UTC))
    assert list(RoundingYear.objects.order_by("year").values_list("year", "k")) == [(2026, 5), (2027, 9)]
    assert len(set(RoundingYear.objects.values_list("seed", flat=True))) == 2


def test_a_year_keeps_the_tables_that_it_began_with(clerk: Any) -> None:
    """Two roundings of one count would tell more than one does."""
    year = RoundingYear.objects.create(year=2026, k=5, seed="ab" * 32)
    told = {table.code: {BATANGHARI: dict.fromkeys(table.categories, 0)} for table in (OPENED, MOVED)}
    Release.objects.create(month=date(2026, 9, 1), year=year, frozen_at=NOW, numbers=told)
    freeze_months(now=DECEMBER)
    assert [set(one.numbers) for one in Release.objects.order_by("month")] == [{"cases-opened", "stage-moves"}] * 3
    freeze_months(now=datetime(2027, 2, 9, tzinfo=UTC))
    assert (
        set(Release.objects.get(pk=date(2027, 1, 1)).numbers) == {table.code for table in PUBLISHED} == {"cases-opened", "moves-by-source"}
    )


def test_no_two_tables_of_one_release_count_the_same() -> None:
    """An opening is no move; were one step in two leaves, two roundings of it would be published."""
    every = ["", "unrecorded", *Stage]
    for source, left, entered in product(Source, every, Stage):
        step = Step(source.value, str(left), entered.value)
        assert sum(table.category_of(step) in table.categories for table in PUBLISHED) <= 1


def test_what_people_read_holds_each_leaf_of_its_table_once() -> None:
    for reading in READINGS:
        held = [leaf for row in (reading.rows or [""]) for column in reading.categories for leaf in reading.holds(row, column)]
        assert sorted(held) == sorted(reading.table.categories)


def refuse(act: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match="terbitan statistik tidak boleh diubah"), transaction.atomic():
        act()


def test_the_database_refuses_to_change_a_release(clerk: Any) -> None:
    cell(date(2026, 10, 1), 8)
    freeze_months(now=NOW)
    for model, change in ((Release, {"numbers": {}}), (Release, {"frozen_at": NOW + DAY}), (RoundingYear, {"k": 3})):
        refuse(lambda model=model, change=change: model.objects.update(**change))
        refuse(lambda model=model: model.objects.all()._raw_delete(model.objects.db))
    with connection.cursor() as cursor:
        for table in ("konflik_release", "konflik_roundingyear"):
            if connection.vendor == "sqlite":
                refuse(lambda table=table: cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))
            else:
                connection.check_constraints()
                refuse(lambda table=table: cursor.execute(f"TRUNCATE {table} CASCADE"))


def test_k_stays_in_its_range() -> None:
    for k in (2, 21):
        with pytest.raises(DatabaseError), transaction.atomic():
            RoundingYear.objects.create(year=2026, k=k, seed="00" * 32)


def test_one_sealed_case_more_or_less_is_the_same_release(clerk: Any) -> None:
    """S14: sealed from the beginning, or sealed before its month was frozen."""
    months = [date(2026, 10, 1), date(2026, 11, 1)]

    def release(make: Callable[[], Case | None]) -> list[Any]:
        sid = transaction.savepoint()
        RoundingYear.objects.create(year=2026, k=5, seed="ab" * 32)
        cell(months[0], 5)
        make()
        freeze_months(now=DECEMBER)
        found = list(Release.objects.order_by("month").values())
        transaction.savepoint_rollback(sid)
        return found

    def sealed_later() -> Case:
        case = a_case(actor=clerk, opened_at=NOW - 40 * DAY, secrecy=Secrecy.BIASA)
        classify_case(
            case=case, secrecy=Secrecy.RAHASIA, reason="Uji", seen_version=case.version, actor=clerk, now=NOW + timedelta(hours=1)
        )
        return case

    without = release(lambda: None)
    assert len(without) == 2
    assert release(lambda: a_case(actor=clerk, opened_at=NOW - 40 * DAY, secrecy=Secrecy.RAHASIA)) == without
    assert release(lambda: a_case(actor=clerk, opened_at=NOW - 40 * DAY, secrecy=Secrecy.SANGAT_RAHASIA)) == without
    assert release(sealed_later) == without
