"""The cells hold what the cases and the journal say, and a cell that does not is named."""

from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.postings.tables import Role
from accounts.regions.models import Region
from konflik.counts import services
from konflik.counts.models import CaseCell, MonthCell
from konflik.counts.selectors import Deviation, deviations, happenings, recount
from konflik.counts.tables import CaseKey, MonthKey
from konflik.law.stages import Stage
from tests.builders import BATANGHARI, BUNGKU, DAY, NOW, PASER, a_case, a_case_in, a_user, moved
from tests.stages.test_moves import correct, reverse

pytestmark = pytest.mark.django_db

KEY = CaseKey(BATANGHARI, "pencegahan", "d", "lahan", 1, 2)
MONTH = MonthKey(BATANGHARI, "", date(2026, 11, 1), "case_opened", "d", 2)


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


def test_a_case_goes_from_its_cell_into_the_next(clerk: Any) -> None:
    case = a_case(actor=clerk)
    moved(case, Stage.PENGHENTIAN, actor=clerk)
    assert {cell.stage: cell.number for cell in CaseCell.objects.all()} == {"pencegahan": 0, "penghentian": 1}
    assert {cell.event: cell.number for cell in MonthCell.objects.all()} == {"case_opened": 1, "violence_reported": 1}


def test_what_does_not_move_is_not_written(clerk: Any) -> None:
    services.move(before=KEY, after=KEY)
    services.tally([(MONTH, 1), (MONTH, -1)])
    assert not CaseCell.objects.exists()
    assert not MonthCell.objects.exists()


def test_no_cell_falls_below_nothing() -> None:
    for take in (lambda: services.move(before=KEY, after=None), lambda: services.tally([(MONTH, -1)])):
        with pytest.raises(IntegrityError), transaction.atomic():
            take()


@pytest.mark.parametrize(
    ("zone", "instant", "month"),
    [
        ("Asia/Jakarta", "2026-10-31T23:30:00+07:00", date(2026, 10, 1)),
        ("Asia/Makassar", "2026-10-31T23:30:00+07:00", date(2026, 11, 1)),
        ("Asia/Jayapura", "2026-10-31T22:00:00+07:00", date(2026, 11, 1)),
        ("Asia/Jayapura", "2026-10-31T21:59:59+07:00", date(2026, 10, 1)),
    ],
)
def test_the_month_is_that_of_the_region(clerk: Any, zone: str, instant: str, month: date) -> None:
    Region.objects.filter(pk=BATANGHARI).update(time_zone=zone)
    a_case(actor=clerk, opened_at=datetime.fromisoformat(instant))
    assert MonthCell.objects.get().month == month
    assert deviations() == []


def test_the_recount_knows_every_way_of_a_case(clerk: Any) -> None:
    a_case_in(Stage.SELESAI, actor=clerk)
    a_case(actor=clerk, at=(PASER,), stage=Stage.PEMULIHAN, opened_at=NOW - 90 * DAY)
    case = a_case(actor=clerk, opened_at=NOW - 60 * DAY)
    first = moved(case, Stage.PENGHENTIAN, actor=clerk, at=NOW - 50 * DAY)
    correct(first, clerk, at=NOW - 20 * DAY)
    reverse(moved(case, Stage.PEMULIHAN, actor=clerk, at=NOW - DAY), clerk)
    assert [(told.event, told.at) for told in happenings(case.pk)] == [
        ("case_opened", NOW - 60 * DAY),
        ("violence_reported", NOW - 20 * DAY),
    ]
    cases, months = recount()
    assert sum(cases.values()) == 3
    assert sum(months.values()) == 5
    assert {key.stage for key in cases} == {"selesai", "pemulihan", "penghentian"}
    assert deviations() == []


@pytest.mark.parametrize("table", [CaseCell, MonthCell])
def test_a_cell_that_says_otherwise_is_named(clerk: Any, table: Any) -> None:
    a_case(actor=clerk, at=(BUNGKU,))
    table.objects.update(number=5)
    [found] = deviations()
    assert (found.held, found.counted) == (5, 1)
    assert found.key.kabupaten_id == BATANGHARI
    table.objects.all().delete()
    [found] = deviations()
    assert isinstance(found, Deviation)
    assert (found.held, found.counted) == (0, 1)


def test_the_command_says_that_all_cells_are_right(clerk: Any) -> None:
    a_case(actor=clerk)
    out = StringIO()
    call_command("verify_counts", stdout=out)
    assert out.getvalue() == "Semua sel benar: 1 perkara dihitung ulang.\n"


def test_the_command_names_the_wrong_cells_and_fails(clerk: Any) -> None:
    a_case(actor=clerk)
    CaseCell.objects.update(number=3)
    out = StringIO()
    with pytest.raises(CommandError, match="1 sel tidak sama dengan hitungan ulang"):
        call_command("verify_counts", stderr=out)
    assert out.getvalue() == "SALAH 15.04 pencegahan d lahan 1 2: tersimpan 3, seharusnya 1\n"
