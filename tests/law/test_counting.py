"""Counting against cases done by hand, against a second implementation, and its refusals."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from konflik.clocks.services.reference import first_policies
from konflik.law.grammar import counting
from konflik.law.grammar.clocks import Clock, Counting, before, every, further, on_date, recurring, valid_for, within
from konflik.law.grammar.counting import DaysOff, Pause, Step, count, end_of, merged, working_days
from konflik.law.grammar.durations import Span, Unit, days, hours
from konflik.law.grammar.durations import working_days as working
from konflik.law.rulebook import RULES
from tests.law.duel import duel
from tests.profiles import DUELS_EACH
from tests.seeds import seeded

ROOT = Path(__file__).resolve().parents[2]
HOURS_AHEAD = {"WIB": 7, "WITA": 8, "WIT": 9}
ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}
POLICIES = {row.code: row.span for row in first_policies() if row.span}
DAYS_OFF = DaysOff(
    {
        date(2026, month, day): name
        for month, day, name in (
            (1, 1, "Tahun Baru"),
            (1, 16, "Isra Mikraj"),
            (2, 16, "Cuti bersama Imlek"),
            (2, 17, "Imlek"),
            (3, 18, "Cuti bersama Nyepi"),
            (3, 19, "Nyepi"),
            (3, 20, "Cuti bersama Idul Fitri"),
            (3, 21, "Idul Fitri"),
            (3, 22, "Idul Fitri"),
            (3, 23, "Cuti bersama Idul Fitri"),
            (3, 24, "Cuti bersama Idul Fitri"),
            (4, 3, "Wafat Yesus Kristus"),
            (4, 5, "Paskah"),
            (5, 1, "Hari Buruh"),
            (5, 14, "Kenaikan Yesus Kristus"),
            (5, 15, "Cuti bersama Kenaikan"),
            (12, 24, "Cuti bersama Natal"),
            (12, 25, "Natal"),
        )
    },
    covered_until=date(2026, 12, 31),
)


def rows() -> list[tuple[str, ...]]:
    """The table, without its head."""
    text = (Path(__file__).parent / "hand_checked.md").read_text(encoding="utf-8")
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in text.splitlines() if line.startswith("|")]
    return cells[2:]


def clock_named(limit: str) -> tuple[Clock, Clock | None]:
    """The clock of a row and the one it is counted back from."""
    if rule := RULES.get(limit):
        base = RULES.get(rule.clock.of)
        return rule.clock.lasting(POLICIES[limit]) if limit in POLICIES else rule.clock, base.clock if base else None
    kind, *words = limit.split()
    if kind == "hours":
        return within(hours(int(words[0]))), None
    if kind == "backwards":
        return before("", days(int(words[0]))), valid_for(days(int(words[2])))
    span = Span(int(words[-2]), Unit(words[-1]))
    made = {
        "duty": lambda: within(span),
        "validity": lambda: valid_for(span),
        "further": lambda: further(span, after=""),
        "recurring": lambda: recurring().lasting(span),
        "period": lambda: every(int(words[0]), then=span),
    }
    return made[kind](), None


def noted(text: str, zone: str) -> datetime:
    """A local time as an instant, by plain subtraction."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=HOURS_AHEAD[zone])


def pauses_named(text: str) -> list[Pause]:
    pairs = [re.split(r"\s*\.\.\s*", part.strip()) for part in text.split(";") if part.strip()]
    return [Pause(noted(begins, "WIB"), noted(ends, "WIB") if ends else None) for begins, ends in pairs]


@pytest.mark.parametrize(("limit", "starts", "zone", "pauses", "ends", "why"), rows(), ids=lambda part: part)
def test_a_limit_counted_by_hand(limit: str, starts: str, zone: str, pauses: str, ends: str, why: str) -> None:
    clock, base = clock_named(limit)
    start = noted(*starts.rsplit(" ", 1))
    found = count(clock, start=start, zone=ZONES[zone], off=DAYS_OFF, pauses=pauses_named(pauses), base=base)
    day = ends.removesuffix("?").strip()
    if ends == "–":
        assert (found.due_at, found.last_day) == (None, None)
    elif " " in day:
        assert (found.due_at, found.last_day) == (noted(day, zone), None)
    else:
        midnight = noted(f"{date.fromisoformat(day) + timedelta(days=1)} 00:00", zone)
        assert (found.last_day, found.due_at) == (date.fromisoformat(day), midnight), why
    assert found.is_provisional == ends.endswith("?")


def test_the_table_is_long_and_no_row_stands_in_it_twice() -> None:
    assert len(rows()) >= 60
    questions = [row[:4] for row in rows()]
    assert len(set(questions)) == len(questions)
    assert all(row[5] for row in rows())


@pytest.mark.parametrize("zone", ["UTC", "Asia/Jakarta", "Asia/Jayapura", "America/New_York"])
def test_a_second_implementation_agrees_whatever_the_machine_s_zone(zone: str) -> None:
    seed = seeded(f"duel in {zone}").randrange(2**32)
    done = subprocess.run(
        [sys.executable, "-m", "tests.law.duel", str(seed), str(DUELS_EACH)],
        cwd=ROOT,
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"{DUELS_EACH} agreed"), done.stdout + done.stderr


def test_the_second_implementation_finds_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert duel(1, 500) == ""
    monkeypatch.setattr(counting, "WEEKEND", {6: "hari Minggu"})
    assert "seed 1" in duel(1, 500)
    monkeypatch.undo()
    monkeypatch.setattr(counting, "merged", list)
    assert "seed 2" in duel(2, 3000)


WIB = ZONES["WIB"]
NINE = noted("2026-03-02 09:00", "WIB")


def test_the_walk_names_each_day_and_why_it_does_not_count() -> None:
    pause = Pause(noted("2026-03-26 00:00", "WIB"), noted("2026-03-27 00:00", "WIB"))
    found = count(within(working(2)), start=noted("2026-03-17 14:00", "WIB"), zone=WIB, off=DAYS_OFF, pauses=[pause])
    assert [(step.day.day, step.number, step.reason) for step in found.steps] == [
        (18, None, "Cuti bersama Nyepi"),
        (19, None, "Nyepi"),
        (20, None, "Cuti bersama Idul Fitri"),
        (21, None, "hari Sabtu"),
        (22, None, "hari Minggu"),
        (23, None, "Cuti bersama Idul Fitri"),
        (24, None, "Cuti bersama Idul Fitri"),
        (25, 1, ""),
        (26, None, "waktu ditangguhkan"),
        (27, 2, ""),
    ]


def test_a_backward_limit_shows_the_other_reading_and_its_way() -> None:
    found = count(before("", days(3)), start=NINE, zone=WIB, off=DaysOff(), base=valid_for(days(10)))
    assert found.other_reading == "2026-03-08/2026-03-11"
    assert found.steps == tuple(Step(date(2026, 3, day), number) for day, number in ((11, 0), (10, 1), (9, 2), (8, 3)))


def test_a_period_says_which_it_is() -> None:
    codes = {
        every(1): "2026-03",
        every(3): "2026-TW1",
        every(4, only=1): "2026-B04",
        every(6): "2026-S1",
        every(12): "2026",
        every(2): "2026-P2",
        every(12, first_month=4): "2025",
    }
    for clock, code in codes.items():
        assert count(clock, start=NINE, zone=WIB, off=DaysOff()).period.code == code


def test_working_days_before_or_beyond_the_decrees_are_not_decided() -> None:
    clock = within(working(1))
    decided = DaysOff({}, covered_until=date(2026, 12, 31), covered_from=date(2026, 3, 4))
    assert count(clock, start=NINE, zone=WIB, off=decided).is_provisional
    assert not count(clock, start=NINE + timedelta(days=1), zone=WIB, off=decided).is_provisional
    assert count(clock, start=NINE, zone=WIB, off=DaysOff()).is_provisional
    assert not count(within(days(1)), start=NINE, zone=WIB, off=DaysOff()).is_provisional, "hari needs no decree"


def test_a_fraction_of_a_second_is_kept() -> None:
    start = NINE + timedelta(microseconds=1)
    assert count(within(hours(24)), start=start, zone=WIB, off=DaysOff()).due_at == start + timedelta(hours=24)


@pytest.mark.parametrize("clock", [within(None), on_date(), valid_for(hours(24)), Clock(Counting.PERIOD, days(1))], ids=str)
def test_what_cannot_be_counted_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match=r"no figure|not counted|needs a rhythm"):
        count(clock, start=NINE, zone=WIB, off=DaysOff())


def test_a_backward_limit_without_its_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="counted from"):
        count(before("", days(10)), start=NINE, zone=WIB, off=DaysOff())


def test_pauses_that_touch_or_overlap_are_one() -> None:
    at = [NINE + timedelta(hours=number) for number in range(6)]
    assert merged([Pause(at[3], at[4]), Pause(at[0], at[2]), Pause(at[1], at[3])]) == [Pause(at[0], at[4])]
    assert merged([Pause(at[0], at[1]), Pause(at[2], at[3])]) == [Pause(at[0], at[1]), Pause(at[2], at[3])]
    assert merged([Pause(at[0]), Pause(at[2], at[3])]) == [Pause(at[0])]
    assert merged([Pause(at[0], at[5]), Pause(at[1], at[2])]) == [Pause(at[0], at[5])]


def test_small_change() -> None:
    assert end_of(date(2026, 3, 2), ZONES["WIT"]) == datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert working_days(date(2026, 3, 16), date(2026, 3, 27), DAYS_OFF) == 5
    assert working_days(date(2026, 3, 2), date(2026, 3, 1), DAYS_OFF) == 0
