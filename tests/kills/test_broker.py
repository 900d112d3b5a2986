"""Redis stands still, is emptied, or hangs while somebody works: no request fails and nothing is lost (S31)."""

import os
import signal
import statistics
import time

import pytest

from tests.kills.house import House
from tests.kills.reckoning import reckon
from tests.kills.test_kills import everything_is_sent
from tests.kills.visitor import Visitor
from tests.profiles import BROKER_AWAY_SECONDS, NOTICES

pytestmark = [pytest.mark.race, pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="says something about Redis only")]


def stopped(house: House) -> None:
    """Nobody listens."""
    redis = house.part("redis")
    redis.is_wanted = False
    redis.kill()


def hanging(house: House) -> None:
    """Connections are taken and never answered: the worse way to be away."""
    os.killpg(house.part("redis").process.pid, signal.SIGSTOP)


def back(house: House) -> None:
    """As it was."""
    redis = house.part("redis")
    redis.is_wanted = True
    if redis.process is not None:
        os.killpg(redis.process.pid, signal.SIGCONT)


def work(house: House, seconds: float) -> None:
    """Tends the house for so long."""
    end = time.monotonic() + seconds
    house.tend(until=lambda: time.monotonic() >= end, seconds=seconds + 60, what="time passes")


@pytest.mark.parametrize("goes_away", [stopped, hanging])
def test_redis_away_fails_no_request_and_loses_nothing(house: House, visitor: Visitor, goes_away: object) -> None:
    work(house, BROKER_AWAY_SECONDS / 2)
    house.hand.ask("open_deadlines", number=NOTICES // 2, within=BROKER_AWAY_SECONDS * 1.5, seed=1)
    before = len(visitor.seconds)
    goes_away(house)
    work(house, BROKER_AWAY_SECONDS)
    during = len(visitor.seconds)
    back(house)
    came_back = time.monotonic()
    work(house, BROKER_AWAY_SECONDS / 2)
    visitor.leave()
    everything_is_sent(house)
    assert during > before, "somebody worked meanwhile"
    assert visitor.failed == []
    assert visitor.unreachable == 0
    print(f"latency ms, there and away: {told(visitor.seconds[:before])} and {told(visitor.seconds[before:during])}")
    print(f"drained {time.monotonic() - came_back:.0f} s after its return: {reckon(house, visitor.opened)}")


def test_redis_emptied_loses_nothing(house: House, visitor: Visitor) -> None:
    house.hand.ask("open_deadlines", number=NOTICES // 2, within=BROKER_AWAY_SECONDS, seed=2)
    for _ in range(5):
        work(house, BROKER_AWAY_SECONDS / 5)
        house.broker().flushall()
    visitor.leave()
    everything_is_sent(house)
    assert visitor.failed == []
    assert visitor.unreachable == 0
    print(reckon(house, visitor.opened))


def told(seconds: list[float]) -> str:
    """Median and slowest of a hundred."""
    if len(seconds) < 2:
        return "too few"
    cuts = statistics.quantiles(seconds, n=100)
    return f"p50 {cuts[49] * 1000:.0f}, p99 {cuts[98] * 1000:.0f} ({len(seconds)} requests)"
