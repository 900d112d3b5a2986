"""Every page of the admin and of the team under a large installation: how often and how long it asks the database.

Run by hand: `python -m tests.benchmarks.pages --cases 100000 [--folder var/benchmark] [--database postgresql://…]`.
Builds a scratch installation with all regions and a sample once, keeps it in the folder for the next run, prints one line
per page, and ends with status 1 where a page asks more than thirty times. With `--database` the database must be empty.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BUDGET = 30
ROUNDS = 3
ADMIN_PER_VIEW = 1
LINK = re.compile(r'href="([^"#]+)"')
NOT_PAGES = ("/unduh/", "/dokumen/", "/jsi18n/", "/logout/", "/password_change/", "/cetak/")
SEARCHED = "/admin/konflik/case/?q=tambang"
LISTS = ("?stage=pemulihan", "?attention=macet", "?attention=tanpa-penanggung-jawab", "?p=20", "?o=-6", "?q=300%2F012")
TEAM = ("/", "/perkara/", "/perkara/{pk}/", "/perkara/{pk}/riwayat/", "/perkara/{pk}/cetak/", "/perkara/baru/", "/forum/", "/saya/")
PEOPLE = (
    ("sekretaris", "sekretaris_tim", "full"),
    ("staf", "staf_sekretariat", "quiet"),
    ("anggota", "anggota_tim", "full"),
    ("pdp", "petugas_pdp", "full"),
)


def main() -> int:
    """Build what is missing, walk the pages, print the table."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--cases", type=int, default=100_000)
    told.add_argument("--folder", type=Path, default=Path("var/benchmark"))
    told.add_argument("--database", default="")
    told.add_argument("--province", default="", help="put every case into this province, so that single kabupaten are full")
    chosen = told.parse_args()
    folder = chosen.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "konflik.settings", "KONFLIK_DATA_DIR": str(folder), "KONFLIK_DEBUG": "0"}
    if chosen.database:
        os.environ["DATABASE_URL"] = chosen.database
    else:
        os.environ.pop("DATABASE_URL", None)
    import django  # noqa: PLC0415 - the settings are chosen above

    django.setup()
    _build(chosen.cases, chosen.province)
    worst = 0
    print(f"{'who':11} {'page':62} {'queries':>7} {'SQL ms':>8} {'all ms':>8}")
    for who, page, queries, sql, whole in _measured():
        worst = max(worst, queries)
        print(f"{who:11} {page[:62]:62} {queries:7} {sql:8.1f} {whole:8.1f}{'  TOO MANY' * (queries > BUDGET)}", flush=True)
    print(f"Most queries on one page: {worst}; allowed: {BUDGET}.")
    return int(worst > BUDGET)


def _build(cases: int, province: str) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    from accounts.regions.models import Region  # noqa: PLC0415
    from konflik.cases.models import Case  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Region.objects.exists():
        call_command("load_regions")
    missing = cases - Case.objects.count()
    if missing > 0:
        begun = time.monotonic()
        call_command("make_sample", cases=missing, seed=1 + Case.objects.count(), province=province)
        print(f"Sample of {missing} cases built in {time.monotonic() - begun:.0f} s.")


def _people() -> Iterator[tuple[Any, Any]]:
    """Somebody of each kind, with a case to look at: in the kabupaten with the most cases, or in a quiet one."""
    from datetime import date  # noqa: PLC0415

    from django.db.models import Count  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.postings.models import Institution  # noqa: PLC0415
    from accounts.postings.services import PostingFacts  # noqa: PLC0415
    from accounts.regions.models import Region  # noqa: PLC0415
    from accounts.users.models import User  # noqa: PLC0415
    from accounts.users.services import UserFacts  # noqa: PLC0415
    from konflik.cases.models import Case  # noqa: PLC0415
    from konflik.registry import services as registry  # noqa: PLC0415

    now = timezone.now()
    counted = list(Case.objects.order_by().values_list("kabupaten").annotate(Count("pk")).order_by("-pk__count"))
    places = {"full": counted[0][0], "quiet": counted[-1][0]}
    print(f"Cases: {sum(number for _, number in counted)}, in the fullest kabupaten {counted[0][1]}, in the quietest {counted[-1][1]}.")
    for name, role, where in PEOPLE:
        region = Region.objects.get(pk=places[where])
        user = User.objects.filter(username=name).first()
        if user is None:
            posting = PostingFacts(
                role=role, region=region, valid_from=date(2020, 1, 1), institution=Institution.objects.filter(region=region).first()
            )
            user = registry.invite_user(facts=UserFacts(username=name, name=name.title()), posting=posting, actor=None, now=now).user
        yield user, Case.objects.visible_to(user, at=now).order_by("-opened_at", "-pk").first()


def _measured() -> Iterator[tuple[str, str, int, float, float]]:
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    for user, case in list(_people()):
        client = Client()
        client.force_login(user)
        pages = [page.format(pk=case.pk) for page in TEAM] if case else []
        if client.get("/admin/").status_code == 200:
            pages += _admin_pages(client)
        for page in pages:
            line = _asked(client, page)
            if line:
                yield (user.username, page, *line)


def _admin_pages(client: Any) -> list[str]:
    """Every page that links lead to, one of each view, and the list of cases in each of its ways."""
    from django.urls import Resolver404, resolve  # noqa: PLC0415

    found: list[str] = []
    seen: dict[str, int] = {}
    waiting = ["/admin/", SEARCHED, *(f"/admin/konflik/case/{more}" for more in LISTS)]
    forced = set(waiting)
    while waiting:
        path = waiting.pop(0)
        if path in found or any(part in path for part in NOT_PAGES):
            continue
        try:
            view = resolve(path.partition("?")[0]).view_name
        except Resolver404:
            continue
        seen[view] = seen.get(view, 0) + (path not in forced)
        if path not in forced and seen[view] > ADMIN_PER_VIEW:
            continue
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        found.append(path)
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(answer.text) if link.startswith("/admin/")]
    return found


def _asked(client: Any, page: str) -> tuple[int, float, float] | None:
    """Queries, the best SQL time and the best whole time of some rounds; nothing for what is no page of this person."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    best: tuple[int, float, float] | None = None
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        whole = (time.perf_counter() - begun) * 1000
        if answer.status_code != 200:
            return None
        if best is None or whole < best[2]:
            best = len(queries), _replayed([query["sql"] for query in queries.captured_queries]), whole
    return best


def _replayed(statements: list[str]) -> float:
    """What the reading of a page costs the database, rows fetched: SQLite finds them only while they are fetched."""
    from django.db import connection  # noqa: PLC0415

    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for statement in statements:
            if statement.startswith("SELECT"):
                cursor.execute(statement)
                cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main())
