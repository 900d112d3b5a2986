"""Cells and gains together hold what the journal says, on every level, and a cell that does not is named."""

from collections import Counter
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.postings.tables import Role
from accounts.regions.models import Region
from konflik.counts import services
from konflik.counts.models import CaseCell, CaseGain, MonthCell, MonthGain
from konflik.counts.selectors import Deviation, Tile, Wanted, both, deviations, happenings, recount, standing, stepped, tiles_of
from konflik.counts.tables import CaseKey, Happening, MonthKey
from konflik.law.secrecy import Secrecy
from konflik.law.stages import Stage
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, DAY, JAMBI, KALTIM, NOW, PASER, a_case, a_case_in, a_user, an_issue, moved
from tests.stages.test_moves import correct, reverse

pytestmark = pytest.mark.django_db

KEY = CaseKey(BATANGHARI, "", "pencegahan", "d", "lahan", 1, 2)
MONTH = MonthKey(BATANGHARI, "", date(2026, 11, 1), "", "pencegahan", "d", "lahan", 2)
COUNTRY = [Tile("")]


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


def stages(*tiles: Tile) -> dict[str, int]:
    return {held.stage_entered: held.number for held in standing(tiles, Wanted())}


def steps(*tiles: Tile) -> dict[tuple[str, str], int]:
    return {(held.stage_left, held.stage_entered): held.number for held in stepped(tiles, Wanted())}


@pytest.mark.parametrize("is_folded", [False, True])
@pytest.mark.parametrize("code", ["", JAMBI, BATANGHARI, BAJUBANG])
def test_a_case_counts_on_every_level_folded_or_not(clerk: Any, code: str, is_folded: bool) -> None:
    case = a_case(actor=clerk)
    if is_folded:
        services.fold()
    moved(case, Stage.PENGHENTIAN, actor=clerk)
    assert stages(Tile(code)) == {"penghentian": 1}
    assert steps(Tile(code)) == {("", "pencegahan"): 1, ("pencegahan", "penghentian"): 1}
    assert stages(Tile(KALTIM)) == stages(Tile(code, above=2)) == stages(Tile(code, upto=1)) == {}


def test_a_fold_takes_every_gain_once(clerk: Any) -> None:
    case = a_case(actor=clerk)
    moved(case, Stage.PENGHENTIAN, actor=clerk)
    assert services.fold() == 5
    assert services.fold() == 0
    assert not CaseGain.objects.exists()
    assert not MonthGain.objects.exists()
    assert {(cell.level, cell.stage): cell.number for cell in CaseCell.objects.filter(number__gt=0)} == {
        (level, "penghentian"): 1 for level in (0, 1, 2, 3, 10, 11)
    }
    assert deviations() == []


def test_what_does_not_move_is_not_written(clerk: Any) -> None:
    services.gain(before=KEY, after=KEY)
    services.gain(months=[(MONTH, 1), (MONTH, -1)])
    assert not CaseGain.objects.exists()
    assert not MonthGain.objects.exists()


def test_no_cell_falls_below_nothing() -> None:
    services.pour(Counter([KEY]), Counter([MONTH]))
    for take in (lambda: services.gain(before=KEY, after=None), lambda: services.gain(months=[(MONTH, -1)])):
        take()
        services.fold()
        take()
        with pytest.raises(IntegrityError), transaction.atomic():
            services.fold()
        CaseGain.objects.all().delete()
        MonthGain.objects.all().delete()


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
    assert [held.month for held in stepped(COUNTRY, Wanted())] == [month]
    assert deviations() == []


def test_the_recount_knows_every_way_of_a_case(clerk: Any) -> None:
    a_case_in(Stage.SELESAI, actor=clerk)
    a_case(actor=a_user(at=PASER), at=(PASER,), stage=Stage.PEMULIHAN, opened_at=NOW - 90 * DAY)
    case = a_case(actor=clerk, opened_at=NOW - 60 * DAY)
    first = moved(case, Stage.PENGHENTIAN, actor=clerk, at=NOW - 50 * DAY)
    correct(first, clerk, at=NOW - 20 * DAY)
    reverse(moved(case, Stage.PEMULIHAN, actor=clerk, at=NOW - DAY), clerk)
    assert happenings(case.pk) == [
        Happening("", "pencegahan", NOW - 60 * DAY),
        Happening("pencegahan", "penghentian", NOW - 20 * DAY),
    ]
    cases, months = recount()
    assert sum(cases.values()) == 3
    assert sum(months.values()) == 5
    assert {key.stage for key in cases} == {"selesai", "pemulihan", "penghentian"}
    assert deviations() == []


def test_before_it_was_entered_mid_way_a_case_stood_in_no_recorded_stage(clerk: Any) -> None:
    case = a_case(actor=clerk, opened_at=NOW - 60 * DAY, stage=Stage.SELESAI, stage_since=NOW - DAY)
    assert happenings(case.pk) == [Happening("", "unrecorded", NOW - 60 * DAY), Happening("unrecorded", "selesai", NOW - DAY)]
    assert deviations() == []


@pytest.mark.parametrize("folded", [False, True])
def test_country_and_province_are_kept_once_more_with_all_issues_together(clerk: Any, folded: bool) -> None:
    """Read in place of their own cells where no issue is asked for: the same numbers, of fewer rows."""
    for issue in ("lahan", "ormas"):
        moved(a_case(actor=clerk, opened_at=NOW - 60 * DAY, issue_type=an_issue(issue)), Stage.SELESAI, actor=clerk, at=NOW - DAY)
    if folded:
        services.fold()
        assert MonthCell.objects.filter(level=10).count() * 2 == MonthCell.objects.filter(level=0).count() == 4
    for tile in (Tile(""), Tile(JAMBI), Tile(BATANGHARI)):
        apart = Counter[Any]()
        for one in both([tile], Wanted(by=("issue_type", "source"))):
            apart[one.key[1:], one.month, one.stage_left, one.stage_entered] += one.number
        together = both([tile], Wanted(by=("source",)))
        assert {(one.key, one.month, one.stage_left, one.stage_entered): one.number for one in together} == apart
        assert len(together) == 3


def test_steps_of_a_span_are_told_together_under_its_first_day(clerk: Any) -> None:
    for back in (100, 70, 40, 10):
        a_case(actor=clerk, opened_at=NOW - back * DAY)
    services.fold()
    spans = (date(2026, 8, 1), date(2026, 10, 1), date(2026, 11, 1))
    found = stepped([Tile("")], Wanted(since=date(2026, 8, 1), spans=spans))
    assert {one.month: one.number for one in found} == {spans[0]: 2, spans[1]: 1, spans[2]: 1}
    assert [one.number for one in stepped([Tile("")], Wanted(spans=spans[:1]))] == [4]


# Who may read which cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "at", "region", "tiles"),
    [
        (Role.STAF_SEKRETARIAT, BATANGHARI, "", [Tile(BATANGHARI, upto=Secrecy.RAHASIA)]),
        (Role.STAF_SEKRETARIAT, BATANGHARI, JAMBI, [Tile(BATANGHARI, upto=Secrecy.RAHASIA)]),
        (Role.STAF_SEKRETARIAT, BATANGHARI, BAJUBANG, [Tile(BAJUBANG, upto=Secrecy.RAHASIA)]),
        (Role.STAF_SEKRETARIAT, BATANGHARI, PASER, []),
        (Role.PENGAMAT_PROVINSI, JAMBI, BATANGHARI, [Tile(BATANGHARI, upto=Secrecy.TERBATAS)]),
        (Role.CAMAT, BAJUBANG, BATANGHARI, []),
        (Role.ADMINISTRATOR_SISTEM, BATANGHARI, BATANGHARI, []),
    ],
)
def test_a_reader_reads_the_cells_of_whole_regions_up_to_a_class(role: Role, at: str, region: str, tiles: list[Tile]) -> None:
    assert tiles_of(a_user(role, at), region=region, at=NOW) == tiles


def test_two_postings_never_count_a_case_twice() -> None:
    user = a_user(Role.PENGAMAT_PROVINSI, JAMBI)
    a_second_posting(user, Role.STAF_SEKRETARIAT, BATANGHARI)
    province, kabupaten = Tile(JAMBI, upto=Secrecy.TERBATAS), Tile(BATANGHARI, above=Secrecy.TERBATAS, upto=Secrecy.RAHASIA)
    assert tiles_of(user, at=NOW) == tiles_of(user, region=JAMBI, at=NOW) == [province, kabupaten]
    parts = [Tile(BATANGHARI, upto=Secrecy.TERBATAS), Tile(BATANGHARI, above=Secrecy.TERBATAS, upto=Secrecy.RAHASIA)]
    assert tiles_of(user, region=BATANGHARI, at=NOW) == parts


def test_who_reads_every_province_reads_the_country() -> None:
    first, *others = Region.objects.filter(parent__isnull=True).order_by("pk").values_list("pk", flat=True)
    user = a_user(Role.PENGAMAT_PROVINSI, first)
    for code in others:
        a_second_posting(user, Role.PENGAMAT_PROVINSI, code)
    assert tiles_of(user, at=NOW) == [Tile("", upto=Secrecy.TERBATAS)]


def a_second_posting(user: Any, role: Role, at: str) -> None:
    user.postings.create(role=role.value, region_id=at, valid_from=date(2020, 1, 1), decree="SK")


# What differs is named -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [CaseCell, MonthCell])
def test_a_cell_that_says_otherwise_is_named(clerk: Any, table: Any) -> None:
    a_case(actor=clerk, at=(BUNGKU,))
    services.fold()
    table.objects.filter(level=2).update(number=5)
    [found] = deviations()
    assert (found.held, found.counted) == (5, 1)
    assert found.cell[:4] == (2, JAMBI, BATANGHARI, "")
    table.objects.filter(level=2).delete()
    [found] = deviations()
    assert isinstance(found, Deviation)
    assert (found.held, found.counted) == (0, 1)
    services.rebuild()
    assert deviations() == []


def test_the_command_says_that_all_cells_are_right(clerk: Any) -> None:
    a_case(actor=clerk)
    out = StringIO()
    call_command("rebuild_statistics", "--check", stdout=out)
    assert out.getvalue() == "Semua sel benar: 1 perkara dihitung ulang.\n"


def test_the_command_names_the_wrong_cells_and_mends_them(clerk: Any) -> None:
    a_case(actor=clerk)
    services.fold()
    CaseCell.objects.filter(level=2).update(number=3)
    out = StringIO()
    with pytest.raises(CommandError, match="1 sel tidak sama dengan hitungan ulang"):
        call_command("rebuild_statistics", "--check", stderr=out)
    assert out.getvalue() == "SALAH 2 15 15.04 pencegahan d lahan 1 2: tersimpan 3, seharusnya 1\n"
    call_command("rebuild_statistics", stdout=out)
    assert deviations() == []
