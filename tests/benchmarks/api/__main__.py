"""What a request of the API costs beside the physical limit and beside a plain REST framework project, on the same data.

Run by hand on PostgreSQL: `python -m tests.benchmarks.api postgresql://…/konflik_bench [larger ones] [--rounds 5]`.
Each database is migrated, has regions and issue types, and the cases of `cases.sql` (a table bench_desa numbers the desa from 0). The
reader is the most restricted one: a key of class biasa in one kabupaten, of a member of the team. Three servers (ours, `bare.py`,
`typical.py`), each granian with one worker and one thread, are asked in turn over one connection. Printed are medians of the rounds:
CPU of server and database backend for each request, wall time, and the ratios. On a shared machine read the ratios of CPU only.
"""

import argparse
import http.client
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import uuid4

import psycopg

STAGES = ("pencegahan", "penghentian", "pemulihan", "selesai")
TICK = os.sysconf("SC_CLK_TCK")
SERVERS = {"ours": "konflik.wsgi:application", "bare": "tests.benchmarks.api.bare:app", "typical": "tests.benchmarks.api.typical:app"}
FIRST_PORT = 8391
TOO_MANY = 429
PLACE = "15.04.07.2001"


@dataclass
class Server:
    """A running server and its database backends."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    database: str
    secret: str
    writer: str
    kept: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.kept = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str, *, tag: str = "", expect: int = 200) -> tuple[bytes, str]:
        """Body and ETag."""
        headers = {"Authorization": f"Bearer {self.secret}", **({"If-None-Match": tag} if tag else {})}
        try:
            self.kept.request("GET", path, headers=headers)
            answer = self.kept.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server closes a connection on which nothing was asked for a while.
            self.kept.close()
            self.kept.request("GET", path, headers=headers)
            answer = self.kept.getresponse()
        body = answer.read()
        if answer.status == TOO_MANY:
            time.sleep(int(answer.headers["Retry-After"]) + 1)
            return self.get(path, tag=tag, expect=expect)
        assert answer.status == expect, (self.name, path, answer.status, body[:300])
        return body, answer.headers.get("ETag", "")

    def post(self, path: str, told: dict[str, object]) -> None:
        """A new row, by the key that writes."""
        headers = {"Authorization": f"Bearer {self.writer}", "Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
        self.kept.request("POST", path, json.dumps(told), headers)
        answer = self.kept.getresponse()
        body = answer.read()
        if answer.status == TOO_MANY:
            time.sleep(int(answer.headers["Retry-After"]) + 1)
            return self.post(path, told)
        assert answer.status == 201, (self.name, path, answer.status, body[:300])
        return None

    def wait(self) -> None:
        """Until it answers; not longer than two minutes."""
        for _ in range(600):
            try:
                self.kept.connect()
            except OSError:
                time.sleep(0.2)
            else:
                return

    def ticks(self) -> int:
        """CPU so far, of the server's processes and of its backends."""
        own = [self.process.pid, *children(self.process.pid)]
        return sum(spent(pid) for pid in [*own, *self.backends()])

    def backends(self) -> set[int]:
        """Processes of PostgreSQL that serve it: those whose client port is one of its sockets."""
        ports = {port for pid in [self.process.pid, *children(self.process.pid)] for port in sockets(pid)}
        with psycopg.connect(self.database) as asked:
            told = asked.execute("SELECT pid, client_port FROM pg_stat_activity WHERE client_port IS NOT NULL").fetchall()
        return {pid for pid, port in told if port in ports}


def children(pid: int) -> list[int]:
    """Processes below."""
    found = [int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]
    return [*found, *(deeper for one in found for deeper in children(one))]


def spent(pid: int) -> int:
    """Ticks of CPU of one process."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(told[11]) + int(told[12])


def sockets(pid: int) -> set[int]:
    """Local ports of the TCP connections of a process."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(entry.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return {int(line.split()[1].split(":")[1], 16) for line in lines if line.split()[9] in inodes}


@contextmanager
def serving(name: str, port: int, database: str, secrets: tuple[str, str], folder: Path) -> Iterator[Server]:
    """The server `name` on `port` until the block ends."""
    environment = {**os.environ, "DATABASE_URL": database, "KONFLIK_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "konflik.settings"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "1", "--no-access-log", "--log-level", "error", SERVERS[name]]
    process = subprocess.Popen(command, env=environment)
    server = Server(name, port, process, database, *secrets)
    try:
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def prepare(database: str, folder: Path) -> tuple[tuple[str, str], int]:
    """The most restricted reader and a clerk; their secrets, and a case that they see."""
    told = {"DATABASE_URL": database, "KONFLIK_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "konflik.settings"}
    script = str(Path(__file__).with_name("reader.py"))
    environment = {**os.environ, **told, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, script], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    reader, writer, key = done.stdout.split()[-3:]
    return (reader, writer), int(key)


Work = Callable[[Server, int], None]


def lists(cursors: dict[str, dict[str, str]]) -> Work:
    """A page of a stage, every other time one further on."""

    def ask(server: Server, index: int) -> None:
        stage = STAGES[index % 4]
        more = cursors[server.name].get(stage, "") if index % 8 > 3 else ""
        server.get(f"/api/v1/cases/?stage={stage}{more}")

    return ask


def create(server: Server, _: int) -> None:
    """A case with a place, a source and a first decision."""
    told = {"title": f"Sengketa uji {uuid4().hex}", "chronology": "Warga memasang portal.", "places": [PLACE], "source": "e"}
    server.post("/api/v1/cases/", {**told, "issue_type": "tapal-batas", "secrecy": "biasa", "opened_at": "2026-11-20T08:00:00+07:00"})


def find_cursors(server: Server) -> dict[str, str]:
    """For each stage what leads to its second page."""
    found = {}
    for stage in STAGES:
        following = json.loads(server.get(f"/api/v1/cases/?stage={stage}")[0])["next"]
        if following and server.name == "typical":
            found[stage] = "&page=2"
        elif following:
            found[stage] = f"&cursor={quote(unquote(following.partition('cursor=')[2] or following), safe='')}"
    return found


def cost(server: Server, work: Work, number: int) -> tuple[float, float]:
    """CPU ms and wall ms for each request."""
    before, began = server.ticks(), time.perf_counter()
    for index in range(number):
        work(server, index)
    wall = (time.perf_counter() - began) * 1000 / number
    return (server.ticks() - before) * 1000 / TICK / number, wall


def measure(servers: list[Server], work: Work, *, rounds: int, number: int) -> dict[str, tuple[float, float]]:
    """Medians of the rounds, the servers in turn."""
    told: dict[str, list[tuple[float, float]]] = {server.name: [] for server in servers}
    for _ in range(rounds):
        for server in servers:
            told[server.name].append(cost(server, work, number))
    return {name: (statistics.median(cpu for cpu, _ in each), statistics.median(wall for _, wall in each)) for name, each in told.items()}


def show(title: str, found: dict[str, tuple[float, float]]) -> None:
    """One line for each server, with its ratio to bare."""
    for name, (cpu, wall) in found.items():
        bare_cpu, bare_wall = found.get("bare", (math.nan, math.nan))
        print(
            f"{title:28} {name:8} CPU {cpu:7.2f} ms  wall {wall:7.2f} ms   x bare: CPU {bare_cpu / cpu:5.2f}  wall {bare_wall / wall:5.2f}",
            flush=True,
        )


def one_database(database: str, folder: Path, *, rounds: int, number: int) -> dict[str, float]:
    """The table of one database; CPU ms of list and detail for the growth."""
    secrets, key = prepare(database, folder)
    with ExitStack() as held:
        servers = [held.enter_context(serving(name, FIRST_PORT + i, database, secrets, folder)) for i, name in enumerate(SERVERS)]
        for server in servers:
            server.wait()
            server.get(f"/api/v1/cases/{key}/")
        cursors = {server.name: find_cursors(server) for server in servers}
        ours = servers[0]
        _, tag = ours.get("/api/v1/cases/?stage=pemulihan")
        page = lists(cursors)
        measure(servers, page, rounds=1, number=number)
        tables = {"list of 50": measure(servers, page, rounds=rounds, number=number)}
        tables["detail"] = measure(servers, lambda server, _: server.get(f"/api/v1/cases/{key}/"), rounds=rounds, number=number)
        again = measure(
            [ours], lambda server, _: server.get("/api/v1/cases/?stage=pemulihan", tag=tag, expect=304), rounds=rounds, number=number
        )
        tables["304 of ours / list of bare"] = {**again, "bare": tables["list of 50"]["bare"]}
        bare = servers[1]
        tables["create"] = measure([ours, bare], create, rounds=rounds, number=number // 4)
        for title, found in tables.items():
            show(title, found)
        first, deep = first_and_deep(ours, rounds=rounds, number=number)
        print(f"{'deep page / first page':28} ours     CPU {deep:7.2f} / {first:.2f} ms = {deep / first:.2f}", flush=True)
    return {title: found["ours"][0] for title, found in tables.items()}


def first_and_deep(ours: Server, *, rounds: int, number: int) -> tuple[float, float]:
    """CPU ms of the first page and of the last full one."""
    url, last = "/api/v1/cases/", ""
    while url:
        last, url = url, json.loads(ours.get(url + ("" if "?" in url else "?limit=200"))[0])["next"] or ""
        url = url.partition("127.0.0.1")[2].partition("/")[2]
        url = f"/{url}" if url else ""
    deep = last.replace("limit=200", "limit=50")
    told = [
        (cost(ours, lambda s, _: s.get("/api/v1/cases/?limit=50"), number)[0], cost(ours, lambda s, _: s.get(deep), number)[0])
        for _ in range(rounds)
    ]
    return statistics.median(a for a, _ in told), statistics.median(b for _, b in told)


def main() -> None:
    """All tables, then the growth from the smallest database to the largest."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("databases", nargs="+")
    told.add_argument("--rounds", type=int, default=5)
    told.add_argument("--requests", type=int, default=200)
    told.add_argument("--folder", type=Path, default=Path("var/benchmark"))
    chosen = told.parse_args()
    sizes, costs = [], []
    for database in chosen.databases:
        with psycopg.connect(database) as asked:
            sizes.append(asked.execute("SELECT count(*) FROM konflik_case").fetchone()[0])  # type: ignore[index]
        print(f"\n{sizes[-1]:,} cases")
        costs.append(one_database(database, chosen.folder.resolve(), rounds=chosen.rounds, number=chosen.requests))
    if len(sizes) > 1:
        for title in costs[0]:
            exponent = math.log(costs[-1][title] / costs[0][title]) / math.log(sizes[-1] / sizes[0])
            print(f"growth of {title}: exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
