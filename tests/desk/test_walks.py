"""The walk of a limit as it is drawn: every counted day numbered, every skipped one with its reason."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from konflik.desk.tables.due import DueAt
from konflik.desk.tables.walks import Walk, walk_of
from konflik.desk.tables.words import hours_away
from konflik.law.grammar.clocks import before, valid_for, within
from konflik.law.grammar.counting import DaysOff, Pause, count
from konflik.law.grammar.durations import days, hours, working_days
from konflik.law.grammar.reading import span_of_days

WIB = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 3, 19, 9, tzinfo=WIB)
NYEPI = DaysOff({date(2026, 3, 20): "Libur contoh (SKB 1)"}, date(2026, 12, 31))


def cells(walk: Walk) -> dict[date, tuple[str, str]]:
    return {cell.day: (cell.kind, cell.mark) for month in walk.months for week in month.weeks for cell in week if cell.day and cell.kind}


def test_working_days_are_numbered_and_the_others_say_why() -> None:
    walk = walk_of(count(within(working_days(2)), start=START, zone=WIB, off=NYEPI).steps, start=date(2026, 3, 19))
    assert cells(walk) == {
        date(2026, 3, 19): ("start", "mulai"),
        date(2026, 3, 20): ("off", "libur"),
        date(2026, 3, 21): ("weekend", ""),
        date(2026, 3, 22): ("weekend", ""),
        date(2026, 3, 23): ("counted", "1"),
        date(2026, 3, 24): ("counted", "2"),
    }
    assert walk.months[0].reasons == [("20", "Libur contoh (SKB 1)")]
    assert [(row.days, row.told) for row in walk.stretches] == [
        ("20 Maret 2026", "tidak dihitung: Libur contoh (SKB 1)"),
        ("21–22 Maret 2026", "tidak dihitung: akhir pekan"),
        ("23–24 Maret 2026", "hari ke-1 sampai hari ke-2"),
    ]
    assert (walk.counted, walk.skipped) == (2, 3)


def test_the_last_day_is_marked_once() -> None:
    walk = walk_of(count(valid_for(days(90)), start=START, zone=WIB, off=NYEPI).steps)
    last = [cell.day for month in walk.months for week in month.weeks for cell in week if cell.is_last]
    assert last == [date(2026, 6, 16)]
    assert [month.label for month in walk.months] == ["Maret 2026", "April 2026", "Mei 2026", "Juni 2026"]


def test_a_backward_limit_counts_down_to_its_day() -> None:
    outcome = count(before("x", days(10)), start=START, zone=WIB, off=NYEPI, base=valid_for(days(30)))
    walk = walk_of(outcome.steps, start=date(2026, 3, 19))
    assert cells(walk)[date(2026, 4, 17)] == ("counted", "0")
    assert cells(walk)[date(2026, 4, 7)] == ("counted", "−10")
    assert "start" not in walk.kinds


def test_a_suspension_is_one_stretch() -> None:
    pause = Pause(datetime(2026, 3, 21, tzinfo=WIB), datetime(2026, 3, 24, tzinfo=WIB))
    walk = walk_of(count(within(days(3)), start=START, zone=WIB, off=NYEPI, pauses=[pause]).steps)
    assert walk.months[0].reasons == [("21–23", "Waktu ditangguhkan")]
    assert "tidak dihitung: waktu ditangguhkan" in {row.told for row in walk.stretches}


def test_long_walks_fold_what_lies_between() -> None:
    walk = walk_of(count(valid_for(days(365)), start=START, zone=WIB, off=NYEPI).steps)
    assert len(walk.months) == 13
    assert (len(walk.first_months), len(walk.middle_months), len(walk.last_months)) == (2, 9, 2)
    short = walk_of(count(valid_for(days(90)), start=START, zone=WIB, off=NYEPI).steps)
    assert (len(short.first_months), short.middle_months, short.last_months) == (4, [], [])


def test_hours_have_no_days_to_walk() -> None:
    assert walk_of(count(within(hours(24)), start=START, zone=WIB, off=NYEPI).steps) == Walk()


@pytest.mark.parametrize(
    ("now", "tone", "away"),
    [
        ("2026-03-19 00:00", "calm", "4 hari lagi"),
        ("2026-03-20 00:00", "soon", "3 hari lagi"),
        ("2026-03-23 23:59", "soon", "hari ini"),
        ("2026-03-24 00:00", "late", "lewat 1 hari"),
    ],
)
def test_a_day_ends_with_its_last_hour(now: str, tone: str, away: str) -> None:
    due = DueAt(datetime(2026, 3, 23, 17, tzinfo=UTC), date(2026, 3, 23), WIB, datetime.fromisoformat(now).replace(tzinfo=WIB))
    assert (due.tone, due.away, due.exact) == (tone, away, "23 Maret 2026, 24.00 WIB")


def test_a_limit_of_hours_ends_at_its_minute() -> None:
    due = DueAt(datetime(2026, 3, 23, 2, 30, tzinfo=UTC), None, ZoneInfo("Asia/Jayapura"), datetime(2026, 3, 22, 21, 10, tzinfo=UTC))
    assert (due.tone, due.away, due.exact) == ("soon", "5 jam 20 menit lagi", "23 Maret 2026, 11.30 WIT")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (3185, "2 hari 5 jam lagi"),
        (2880, "2 hari lagi"),
        (65, "1 jam 5 menit lagi"),
        (0, "lewat kurang dari satu menit"),
        (-95, "lewat 1 jam 35 menit"),
    ],
)
def test_hours_are_told_in_their_two_largest_units(minutes: int, words: str) -> None:
    assert hours_away(timedelta(minutes=minutes)) == words


def test_two_days_are_told_without_saying_anything_twice() -> None:
    assert span_of_days(date(2026, 5, 20), date(2026, 5, 30)) == "20–30 Mei 2026"
    assert span_of_days(date(2026, 5, 28), date(2026, 6, 3)) == "28 Mei – 3 Juni 2026"
    assert span_of_days(date(2026, 12, 28), date(2027, 1, 3)) == "28 Desember 2026 – 3 Januari 2027"
