"""Many processes want the same thing at once: one gets it, the others are told, nothing is counted twice (S21, S27, S29)."""

from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.profiles import CREATIONS_EACH, LINES_EACH, LONG, RACES, REPEATS
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
        assert set(track.race("declare_one", case=case)) == {"declared"}
    after = track.ask("check", cases=cases)
    assert after["authoritative"] == cases
    assert after["breaks"] == []


def test_of_all_who_act_on_one_deadline_one_wins(track: Track) -> None:
    for _ in range(10):
        answers = track.race("meet", deadline=track.ask("deadline"))
        assert answers.count("won") == 1, answers
        assert set(answers) == {"won", "StaleVersion"}, answers
    after = track.ask("clocks")
    assert (after["acts"], after["breaks"]) == (10, [])


def test_sweeps_at_once_begin_each_period_once(track: Track) -> None:
    begun = track.race("begin")
    assert all(isinstance(answer, int) for answer in begun), begun
    after = track.ask("clocks")
    assert sum(begun) == len(after["periods"]) == after["begun"] > 0
    assert len({tuple(row) for row in after["periods"]}) == len(after["periods"])
    assert after["breaks"] == []


def test_one_request_sent_by_all_at_once_is_done_once(track: Track) -> None:
    """Idempotency-Key: whoever comes meanwhile is told to wait, whoever comes later gets the same answer (S23)."""
    [case] = track.ask("cases", number=1)
    secret, other = track.ask("key"), track.ask("key")
    for trial in range(REPEATS):
        asked = {"case": case, "text": f"Catatan {trial}", "once": f"kiriman-{trial:08}"}
        answers = track.race("note", secret=secret, **asked)
        assert {status for status, _ in answers} <= {201, 409}, answers
        done = {body for status, body in answers if status == 201}
        assert len(done) == 1, answers
        assert track.ask("note", secret=secret, **asked) == [201, done.pop()]
        assert track.ask("note", secret=secret, **{**asked, "text": "lain"})[0] == 422
        assert track.ask("notes", case=case) == 2 * trial + 1
        assert track.ask("note", secret=other, **{**asked, "text": "lain"})[0] == 201, "a key of somebody else's is another one"
    assert track.ask("notes", case=case) == 2 * REPEATS


def test_a_refusal_sent_by_all_at_once_leaves_nothing_behind(track: Track) -> None:
    [case] = track.ask("cases", number=1)
    secret = track.ask("key")
    for trial in range(REPEATS):
        asked = {"case": case, "once": f"tolakan-{trial:08}"}
        answers = track.race("note", secret=secret, text="tolak", **asked)
        assert {status for status, _ in answers} <= {422, 409}, answers
        assert track.ask("note", secret=secret, text="baik", **asked)[0] == 201, "put right, it may be sent again"
    assert track.ask("notes", case=case) == REPEATS


def test_a_limit_holds_for_all_processes_together(track: Track) -> None:
    """Exactly so many pass of 200 at once (S20)."""
    for trial in range(3):
        assert sum(track.race("use", name=f"uji-{trial}", most=41, number=25)) == 41
    secret = track.ask("key", rate=30)
    statuses = [status for answers in track.race("ask", secret=secret, number=10) for status in answers]
    assert (statuses.count(429), len(statuses)) == (50, 80)


def test_the_first_to_count_on_a_machine_do_not_fall_over_each_other(track: Track, tmp_path: Path) -> None:
    for trial in range(REPEATS):
        folder = tmp_path / str(trial)
        folder.mkdir()
        assert track.race("count_first", folder=str(folder)) == ["counted"] * RACERS


def test_all_who_begin_one_stream_at_once_write_one_chain(track: Track) -> None:
    for trial in range(REPEATS):
        case = 9_000_000 + trial
        assert sorted(track.race("begin_stream", case=case)) == list(range(1, RACERS + 1))
    assert track.ask("check", cases=[])["breaks"] == []


def test_a_key_that_is_revoked_opens_nothing_to_anybody_from_then_on(track: Track) -> None:
    secret = track.ask("key")
    assert {status for answers in track.race("ask", secret=secret, number=2) for status in answers} == {400}
    track.ask("revoke", secret=secret)
    assert {status for answers in track.race("ask", secret=secret, number=5) for status in answers} == {401}


STATUSES = 20 if "races" in LONG else 3


def test_of_all_who_declare_and_extend_a_status_one_wins_and_nobody_falls(track: Track) -> None:
    cases = [track.ask("troubled") for _ in range(STATUSES)]
    for case in cases:
        answers = track.race("declare_status", case=case)
        assert sorted(answers) == ["refused"] * (RACERS - 1) + ["won"], answers
    for case in cases:
        answers = track.race("extend_status", status=track.ask("consulted", case=case))
        assert sorted(answers) == ["refused"] * (RACERS - 1) + ["won"], answers
    after = track.ask("statuses", cases=cases)
    assert (after["statuses"], after["extended"]) == (cases, STATUSES)
    assert after["lines"] == ["status_declared"] * STATUSES + ["status_extended"] * STATUSES, "nothing of the losers is half written"
    assert after["ends"] == [["skk-berakhir", "extended"]] * STATUSES + [["skk-perpanjangan-berakhir", "running"]] * STATUSES
    assert after["breaks"] == []
