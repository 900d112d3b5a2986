"""Two schedulers and two workers at once do what one does: every notice once (S32)."""

from collections import Counter

import pytest

from konflik.notices.tables import State
from tests.kills.house import House
from tests.kills.reckoning import reckon
from tests.kills.test_kills import everything_is_sent
from tests.profiles import NOTICES

pytestmark = pytest.mark.race


def test_two_beats_and_two_workers_send_everything_once(house: House) -> None:
    for name in ("worker", "beat"):
        house.parts.append(house.another(name))
    before = len(house.taken())
    house.hand.ask("open_deadlines", number=NOTICES, within=10, seed=3)
    try:
        everything_is_sent(house)
    finally:
        house.dismiss("worker2", "beat2")
    taken = Counter(mail["key"] for mail in house.taken()[before:])
    assert len(taken) >= NOTICES
    assert set(taken.values()) == {1}, "nothing twice"
    mine = [row for row in house.hand.ask("ledger") if row["key"] in taken]
    assert {(row["state"], row["sends"]) for row in mine} == {(State.SENT.value, 1)}
    print(reckon(house, []))
