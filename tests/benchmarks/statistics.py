"""The statistics against the raw statement over their cells, against GROUP BY over cases, and what their upkeep costs (G5, G6, G13).

Run by hand: `python -m tests.benchmarks.statistics --database postgresql://… [--rounds 40]`. The database is a scratch one that has been
migrated, with regions and as many cases as shall be measured; cells that it has not are made of its cases, one opening each. HTTP is one
client on one kept connection to granian with one worker, by key; sides are asked in turn, medians and ratios are printed.
"""

import argparse
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

ONE_MONTH_EACH = "date_trunc('month', opened_at AT TIME ZONE 'Asia/Jakarta')::date"
GROUP_BY = f"SELECT stage, source, {ONE_MONTH_EACH} AS month, count(*) FROM konflik_case{{where}} GROUP BY stage, source, month"
"""What has to be read for the same answer: the months of this period and of the one before, and what stands."""
COLUMNS = "level, province, kabupaten, kecamatan, source, issue_type, secrecy"
MORE = {
    "case": ("stage, severity", "stage, severity"),
    "month": ("month, stage_left, stage_entered", f"{ONE_MONTH_EACH} AS month, '' AS stage_left, stage AS stage_entered"),
}
"""Columns of each kind of cell besides, and what they are of a case."""
LEVELS = (
    (0, "''", "''", False),
    (1, "province_id", "''", False),
    (2, "province_id", "kabupaten_id", False),
    (10, "''", "''", True),
    (11, "province_id", "''", True),
)
"""Level, province, kabupaten, and whether issue types and severities are kept together."""


def main() -> None:
    """Fill the cells, measure, print."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--database", required=True)
    told.add_argument("--rounds", type=int, default=40)
    told.add_argument("--port", type=int, default=8397)
    chosen = told.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "konflik.settings", "DATABASE_URL": chosen.database, "KONFLIK_DEBUG": "0", "KONFLIK_DEMO": "1"}
    import django  # noqa: PLC0415 - the settings are chosen above

    django.setup()
    fill()
    readers()
    upkeep(chosen.rounds)


def fill() -> None:
    """Cells of country, province and kabupaten from the cases as they stand; those of an earlier run are kept."""
    from django.db import connection  # noqa: PLC0415

    from konflik.counts.models import CaseCell  # noqa: PLC0415

    if CaseCell.objects.exists():
        return

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE konflik_casecell, konflik_casegain, konflik_monthcell, konflik_monthgain")
        for level, province, kabupaten, together in LEVELS:
            place = f"{level} AS level, {province} AS province, {kabupaten} AS kabupaten, '' AS kecamatan"
            for table, (columns, more) in MORE.items():
                names = f"{COLUMNS}, {columns}"
                issue, rest = ("''", more.replace("severity", "0 AS severity")) if together else ("issue_type_id", more)
                told = f"SELECT {place}, source, {issue} AS issue_type, secrecy, {rest} FROM konflik_case"
                counted = f"SELECT {names}, count(*) FROM ({told}) AS told GROUP BY {names}"
                cursor.execute(f"INSERT INTO konflik_{table}cell ({names}, number) {counted}")
        cursor.execute("ANALYZE konflik_casecell, konflik_monthcell")
        cursor.execute("SELECT count(*) FROM konflik_case")
        cases = cursor.fetchone()[0]
        cursor.execute("SELECT (SELECT count(*) FROM konflik_casecell), (SELECT count(*) FROM konflik_monthcell)")
        print(f"{cases} cases; cells of cases and months: {cursor.fetchone()}")


def readers() -> None:
    """Somebody who reads every province, and the clerk of the fullest kabupaten: raw statement, selector, GROUP BY."""
    from django.db import connection  # noqa: PLC0415
    from django.db.models import Count  # noqa: PLC0415

    from accounts.regions.models import Region  # noqa: PLC0415
    from konflik.cases.models import Case  # noqa: PLC0415
    from konflik.counts.selectors import Tile, Wanted, both  # noqa: PLC0415
    from konflik.law.secrecy import Secrecy  # noqa: PLC0415
    from konflik.statistics.tables.questions import month_ahead  # noqa: PLC0415

    fullest = Case.objects.values("kabupaten").annotate(number=Count("pk")).order_by("-number")[0]["kabupaten"]
    provinces = list(Region.objects.filter(parent__isnull=True).order_by("pk"))
    people = (
        ("country", "", [("pengamat_provinsi", one.pk) for one in provinces], Tile("", upto=Secrecy.TERBATAS), ""),
        (fullest, fullest, [("staf_sekretariat", fullest)], Tile(fullest, upto=Secrecy.TERBATAS), f" WHERE kabupaten_id = '{fullest}'"),
    )
    for name, region, postings, tile, where in people:
        user = somebody(f"bench-{name}", postings)
        today = datetime.now(UTC).date()
        since = month_ahead(today, -23)
        wanted = Wanted(by=("source",), since=since)

        def raw(tile: Tile = tile, wanted: Wanted = wanted) -> Any:
            return both([tile], wanted)

        def grouped(where: str = where) -> Any:
            with connection.cursor() as cursor:
                cursor.execute(GROUP_BY.format(where=where))
                return cursor.fetchall()

        with served() as ask:
            ask_it = ask(user, f"/api/v1/statistics/cases/?by=stage,source{f'&region={region}' if region else ''}")
            ask_it()
            sides = {"raw rollup SQL": raw, "HTTP": ask_it}
            taken = interleaved(sides, rounds=40)
            slow = interleaved({"GROUP BY over cases": grouped}, rounds=3)
        told = {side: statistics.median(times) for side, times in (taken | slow).items()}
        print(f"\n{name}")
        for side, seconds in told.items():
            ratios = seconds / told["raw rollup SQL"], told["GROUP BY over cases"] / seconds
            print(f"  {side:22} {seconds * 1000:9.2f} ms   × raw {ratios[0]:8.2f}   GROUP BY / this {ratios[1]:8.1f}")


def interleaved(sides: dict[str, Callable[[], Any]], *, rounds: int) -> dict[str, list[float]]:
    """Seconds of each side, asked in turn."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            begun = time.perf_counter()
            side()
            taken[name].append(time.perf_counter() - begun)
    return taken


def somebody(name: str, postings: list[tuple[str, str]]) -> Any:
    """A login with these postings."""
    from accounts.users.models import User  # noqa: PLC0415

    user, is_new = User.objects.get_or_create(username=name, defaults={"name": name, "joined_at": datetime.now(UTC)})
    for role, region in postings if is_new else ():
        user.postings.create(role=role, region_id=region, valid_from=date(2020, 1, 1), decree="SK")
    return user


@contextmanager
def served() -> Iterator[Callable[[Any, str], Callable[[], bytes]]]:
    """A granian of one worker, and what asks it as somebody."""
    port = free_port()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    granian = ["granian", "--interface", "wsgi", "--workers", "1", "--no-ws", "--port", str(port)]
    words = [sys.executable, "-m", *granian, "konflik.wsgi:application"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(words, start_new_session=True, env={**os.environ, "KONFLIK_ALLOWED_HOSTS": "127.0.0.1"}, **quiet)
    try:
        for _ in range(1800):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield lambda user, url: asker(connection, user, url)
    finally:
        # A kept connection would keep the server, too.
        connection.close()
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            # A worker whose own threads look out goes on: this is a benchmark, nothing is lost with it.
            os.killpg(server.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asker(connection: http.client.HTTPConnection, user: Any, url: str) -> Callable[[], bytes]:
    """What asks `url` once over a kept connection."""
    from accounts.keys.services import KeyFacts, make_key  # noqa: PLC0415
    from accounts.keys.tables import HIGHEST_RATE, Scope  # noqa: PLC0415

    places = [posting.region for posting in user.postings.select_related("region")]
    facts = KeyFacts(
        owner=user, name="bench", scopes=(Scope.CASES_READ,), regions=tuple(place.pk for place in places), clearance=2, rate=HIGHEST_RATE
    )
    secret = make_key(facts=facts, regions=places, actor=user, now=datetime.now(UTC)).secret

    def ask() -> bytes:
        connection.request("GET", url, headers={"Authorization": f"Bearer {secret}", "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:300])
        return body

    return ask


def upkeep(rounds: int) -> None:
    """Transactions of a plain insert, and the same with its two gains: four clients, blocks of each in turn."""
    from django.db import connection, transaction  # noqa: PLC0415

    from konflik.counts.services import fold, gain  # noqa: PLC0415
    from konflik.counts.tables import CaseKey, MonthKey  # noqa: PLC0415

    key = CaseKey("15.04", "15.04.07", "pencegahan", "d", "agraria", 1, 2)
    month = MonthKey("15.04", "15.04.07", date(2026, 11, 1), "", "pencegahan", "d", "agraria", 2)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_plain AS SELECT * FROM konflik_case LIMIT 0")
        cursor.execute("SELECT * FROM konflik_case LIMIT 1")
        row = cursor.fetchone()
    insert = f"INSERT INTO bench_plain VALUES ({', '.join(['%s'] * len(row))})"

    def plain() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, row)

    def kept() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, row)
            gain(after=key, months=[(month, 1)])

    pace: dict[str, list[float]] = {"plain insert": [], "with its gains": []}
    for _ in range(max(3, rounds // 8)):
        for name, act in (("plain insert", plain), ("with its gains", kept)):
            pace[name].append(per_second(act))
    plainly, with_gains = (statistics.median(paces) for paces in pace.values())
    print(f"\nupkeep, four clients: plain {plainly:.0f}/s, with gains {with_gains:.0f}/s, ratio {with_gains / plainly:.2f}")
    begun = time.perf_counter()
    print(f"folded {fold()} gains in {time.perf_counter() - begun:.2f} s")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_plain")


def per_second(act: Callable[[], None], *, seconds: float = 2.0, clients: int = 4) -> float:
    """How often four clients do it in a second."""
    done = [0] * clients

    def work(index: int) -> None:
        from django.db import connection  # noqa: PLC0415

        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            act()
            done[index] += 1
        connection.close()

    threads = [threading.Thread(target=work, args=(index,)) for index in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


if __name__ == "__main__":
    main()
