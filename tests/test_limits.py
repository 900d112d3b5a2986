"""Limits hold exactly however many ask at once, with Redis and without (S20)."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_django import Settings

from konflik import limits
from konflik.limits import Limit, take

REDIS = os.environ.get("REDIS_URL", "")
NOW = 1_800_000_000


@pytest.fixture(params=["file", pytest.param("redis", marks=pytest.mark.skipif(not REDIS, reason="REDIS_URL names no Redis"))])
def name(request: pytest.FixtureRequest, settings: Settings) -> Iterator[str]:
    settings.REDIS_URL = REDIS if request.param == "redis" else ""
    return f"uji-{request.param}-{os.getpid()}-{threading.get_ident()}-{id(request)}"


def test_of_two_hundred_at_once_exactly_so_many_pass(name: str) -> None:
    with ThreadPoolExecutor(32) as pool:
        waits = list(pool.map(lambda _: take(name, Limit(37), now=NOW), range(200)))
    assert waits.count(0) == 37
    assert all(1 <= wait <= 60 for wait in waits if wait)


def test_who_waited_long_enough_goes_on(settings: Settings) -> None:
    settings.REDIS_URL = ""
    limit, name = Limit(2, seconds=60), "uji-lanjut"
    assert [take(name, limit, now=NOW + after) for after in (0, 10, 20, 59, 60, 61, 62, 121)] == [0, 0, 40, 1, 0, 0, 58, 0]


def test_names_do_not_share(name: str) -> None:
    assert [take(f"{name}-{one}", Limit(1), now=NOW) for one in (1, 2, 1, 2)][:2] == [0, 0]


def test_without_an_answer_of_redis_it_is_counted_here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setitem(limits._away, "until", 0.0)
    assert [take("uji-tanpa-redis", Limit(2), now=NOW) for _ in range(3)][:2] == [0, 0]
    assert take("uji-tanpa-redis", Limit(2), now=NOW) > 0
    monkeypatch.setitem(limits._away, "until", 0.0)
