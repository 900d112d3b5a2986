"""Many processes want the same thing at once: one gets it, the others are told, nothing is counted twice (S21, S27, S29)."""

from collections import Counter, defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.profiles import CREATIONS_EACH, LINES_EACH, RACES
from tests.races.conftest import RACERS, Track

pytestmark = pytest.mark.race

ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}


def test_one_move_has_one_winner(track: Track) -> None:
    cases = track.ask("cases", number=RACES)
    results: Counter[str] = Counter()
    for case in cases:
        answers = track.race("move", case=case)
        assert answers.count("won") == 1, answers
        assert set(answers) <= {"won", "StaleVersion", "UnlawfulMove"}, answers
        results.update(answers)
    print(dict(results))
    after = track.ask("check", cases=cases)
    assert after["versions"] == [2] * RACES
    assert after["moves"] == cases, "one move each"
    assert after["move_lines"] == RACES
    assert after["breaks"] == after["deviations"] == []


def test_cases_opened_at_once_over_new_year_never_share_a_number(track: Track) -> None:
    answers = track.race("create", number=CREATIONS_EACH)
    assert [answer for answer in answers if isinstance(answer, str)] == [], "no fault, nothing locked"
    series: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for zone, at, year, kind, sequence, number in (made for answer in answers for made in answer):
        assert year == datetime.fromisoformat(at).astimezone(ZONES[zone]).year
        prefix = "R-300" if kind == "tertutup" else "300"
        assert number == f"{prefix}/{sequence:03d}/TIMDU/{year}"
        series[zone, year, kind].append(sequence)
    assert sum(map(len, series.values())) == RACERS * CREATIONS_EACH
    for given in series.values():
        assert sorted(given) == list(range(min(given), min(given) + len(given))), "without gap and without double"
    assert {(zone, year) for zone, year, _ in series} == {(zone, year) for zone in ZONES for year in (2026, 2027)}
    after = track.ask("check", cases=[])
    assert after["breaks"] == after["deviations"] == []


def test_writers_of_one_stream_never_fork_it(track: Track) -> None:
    cases = track.ask("cases", number=1)
    assert track.race("write", case=cases[0], number=LINES_EACH) == [LINES_EACH] * RACERS
    after = track.ask("check", cases=cases)
    assert (after["notes"], after["breaks"]) == (RACERS * LINES_EACH, [])


def test_figures_declared_at_once_leave_one_authoritative(track: Track) -> None:
    cases = track.ask("cases", number=10)
    for case in cases:
        assert set(track.race("declare", case=case)) == {"declared"}
    after = track.ask("check", cases=cases)
    assert after["authoritative"] == cases
    assert after["breaks"] == []
