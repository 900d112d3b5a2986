"""How fast reminders are found, written and handed out, against the plain SQL that does no more than that (G8, G9).

Run by hand: `python -m tests.benchmarks.notices --database postgresql://… --broker redis://… [--open 10000 1000000]`.
The database must be empty or one of an earlier run. Prints one table per number of open deadlines; only ratios within one
line of it mean anything. What is measured takes turns within each round; the median over the rounds is told.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


def main() -> None:
    """Grow the database step by step and measure at each size."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--database", required=True)
    told.add_argument("--broker", default="")
    told.add_argument("--open", type=int, nargs="+", default=[10_000, 1_000_000])
    told.add_argument("--due", type=int, default=10_000, help="reminders that are due in each round")
    told.add_argument("--rounds", type=int, default=5)
    chosen = told.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "konflik.settings", "KONFLIK_DEBUG": "0", "KONFLIK_DEMO": "0"}
    os.environ |= {"DATABASE_URL": chosen.database, "REDIS_URL": chosen.broker}
    import django  # noqa: PLC0415 - the settings are chosen above

    django.setup()
    from tests.benchmarks.ledger import Ledger  # noqa: PLC0415

    ledger = Ledger(due=chosen.due, worker=bool(chosen.broker))
    idle: dict[int, float] = {}
    with worker(chosen.broker):
        for number in sorted(chosen.open):
            ledger.grow(number)
            print(f"\n{number:,} open deadlines, {chosen.due:,} reminders due, median of {chosen.rounds} rounds")
            _print_rates(_rounds(ledger.races(), chosen.rounds, chosen.due))
            idle[number] = _sweeps(ledger, number)
    if len(idle) > 1:
        (small, quick), (large, slow) = min(idle.items()), max(idle.items())
        exponent = math.log(slow / quick) / math.log(large / small)
        print(f"\nGrowth of a sweep with nothing due from {small:,} to {large:,}: exponent {exponent:.3f} (goal: at most 0.05)")


def _rounds(races: dict[str, Callable[[], float]], rounds: int, due: int) -> dict[str, list[float]]:
    """Rows per second of each race in each round; a race says how many seconds it took."""
    rates: dict[str, list[float]] = {name: [] for name in races}
    for _ in range(rounds):
        for name, race in races.items():
            rates[name].append(due / race())
    return rates


def _print_rates(rates: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(told) for name, told in rates.items()}
    for name, told in rates.items():
        limit = rates[LIMITS[name]]
        ratio = statistics.median(own / other for own, other in zip(told, limit, strict=True))
        print(f"  {name:24} {medians[name]:10,.0f} /s   {ratio:6.2f} of {LIMITS[name]}")


def _sweeps(ledger: Any, number: int) -> float:
    """Milliseconds of a sweep with nothing due and with a hundred, and the plan of its question."""
    idle = statistics.median(ledger.sweep(0) for _ in range(21))
    busy = statistics.median(ledger.sweep(100) for _ in range(7))
    print(f"  sweep with nothing due {idle * 1000:8.2f} ms; with 100 due {busy * 1000:8.2f} ms")
    print("\n".join(f"    {line}" for line in ledger.plan()))
    return idle


LIMITS = {
    "sql claim + record": "sql claim + record",
    "scan": "sql claim + record",
    "sql claim + mark": "sql claim + record",
    "claim, mark": "sql claim + mark",
    "row by row": "sql claim + mark",
    "claim, Celery, mark": "sql claim + record",
    "one task per notice": "sql claim + record",
}
WORKER = [
    sys.executable,
    "-m",
    "celery",
    "--quiet",
    "--app",
    "konflik.celery",
    "worker",
    "--include",
    "tests.benchmarks.tasks",
    "--pool",
    "threads",
    "--concurrency",
    "2",
]


@contextmanager
def worker(broker: str) -> Iterator[None]:
    """A worker as it runs in production, where there is a broker."""
    if not broker:
        yield
        return
    from konflik.celery import app  # noqa: PLC0415 - the settings are chosen first

    process = subprocess.Popen([*WORKER, "--without-gossip", "--without-mingle", "--loglevel", "ERROR"])
    try:
        while not app.control.ping(timeout=1):
            pass
        yield
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
