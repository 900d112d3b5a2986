"""Parts are killed while notices are written and sent: none is lost, none is silently doubled (S30)."""

import time
from collections import Counter
from random import Random

import pytest

from konflik.notices.tables import MOST_SENDS, State
from tests.kills.house import House
from tests.kills.reckoning import reckon, wrong_with
from tests.kills.sink import AIMED
from tests.kills.visitor import Visitor
from tests.profiles import AIMED_NOTICES, KILLS, NOTICES
from tests.seeds import seeded

pytestmark = pytest.mark.race

SECONDS_A_NOTICE = 0.03
LONGEST_DELAY = 1.0


def everything_is_sent(house: House, *, seconds: float = 600 + NOTICES / 2) -> None:
    """Tends the house until the ledger has nothing left to do by itself."""
    next_look = [0.0]

    def is_done() -> bool:
        if time.monotonic() < next_look[0]:
            return False
        next_look[0] = time.monotonic() + 1
        left = house.hand.ask("waiting")
        return left["due"] == left["mails"] == 0

    house.tend(until=is_done, seconds=seconds, what="all is sent")


def kill_at_random(house: House, chance: Random, kills: int) -> None:
    """kill -9 of one part after another at random points of the work; each is started again as the supervisor does.

    Points of the work, not of time: on a busy machine a part that has just been started would be killed before it did anything.
    """
    before = house.number_taken()
    for point in sorted(chance.randrange(NOTICES * 9 // 10) for _ in range(kills)):
        house.tend(until=lambda: house.number_taken() >= before + point, seconds=1200, what=f"mail {point}")  # noqa: B023
        end = time.monotonic() + chance.uniform(0, LONGEST_DELAY)
        house.tend(until=lambda: time.monotonic() >= end and house.kill(chance.choice(house.parts).name), seconds=300, what="a kill")  # noqa: B023


def test_killed_at_random_nothing_is_lost_and_every_double_is_flagged(house: House, visitor: Visitor) -> None:
    chance = seeded("kills")
    house.hand.ask("open_deadlines", number=NOTICES, within=NOTICES * SECONDS_A_NOTICE, seed=chance.getrandbits(32))
    kill_at_random(house, chance, KILLS)
    visitor.leave()
    everything_is_sent(house)
    assert visitor.failed == []
    assert visitor.opened, "somebody worked"
    figures = reckon(house, visitor.opened)
    print(f"{NOTICES} deadlines, {len(visitor.opened)} cases opened by hand, {visitor.unreachable} requests found no web: {figures}")


def test_a_notice_killed_on_both_its_sends_is_parked(house: House) -> None:
    """Killed after the final dot and before it is recorded: the mail is out and nobody can know."""
    house.hand.ask("open_deadlines", number=AIMED_NOTICES, within=1, seed=0, aimed=AIMED_NOTICES)
    house.tend(until=lambda: sum(mail["killed"] for mail in house.taken()) >= AIMED_NOTICES * 2, seconds=3600, what="both kills of each")
    everything_is_sent(house)
    rows = [row for row in house.hand.ask("ledger") if row["to"].startswith(AIMED) and row["state"] != State.SUPERSEDED.value]
    assert [(row["state"], row["sends"]) for row in rows] == [(State.PARKED.value, MOST_SENDS)] * AIMED_NOTICES
    print(reckon(house, []))


SENT, PARKED = State.SENT.value, State.PARKED.value


@pytest.mark.parametrize(
    ("state", "sends", "times", "word"),
    [
        (SENT, 1, 1, ""),
        (SENT, 2, 2, ""),
        (PARKED, 2, 0, ""),
        (PARKED, 2, 2, ""),
        (State.SUPERSEDED.value, 0, 0, ""),
        (SENT, 1, 0, "lost"),
        (SENT, 1, 2, "not flagged"),
        (SENT, 2, 3, "too often"),
        (PARKED, 1, 1, "too early"),
        (State.UNCERTAIN.value, 1, 1, "not settled"),
        (State.PENDING.value, 0, 0, "not settled"),
        (State.CANCELLED.value, 0, 1, "against its state"),
    ],
)
def test_the_reckoning_itself_sees_what_is_wrong(state: str, sends: int, times: int, word: str) -> None:
    found = wrong_with([{"key": "a", "state": state, "sends": sends}], Counter({"a": times}))
    assert [word in fault for fault in found] == ([True] if word else [])


def test_the_reckoning_itself_sees_strangers_and_twins() -> None:
    row = {"key": "a", "state": SENT, "sends": 1}
    assert "in no row" in wrong_with([row], Counter({"a": 1, "b": 1}))[0]
    assert "share a Message-ID" in wrong_with([row, row], Counter({"a": 1}))[0]
