"""The list of cases in the admin beside a plain ModelAdmin over the same table: what both ask the database, and for how long (G11).

Run by hand: `python -m tests.benchmarks.listing --database postgresql://… [--rounds 9]`, on a database of `api/build.sh`. Ours is seen by a
clerk of one kabupaten, the plain one by somebody who may see everything: it knows no other readers. Sides take turns; medians are printed.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.api.__main__ import prepare

ADDRESS = "/admin/konflik/case/"
COLUMNS = ("number", "title", "kabupaten", "stage", "source", "severity", "secrecy", "opened_at")
FILTERS = ("stage", "source", "issue_type", "severity", "secrecy")


def main() -> None:
    """Measure and print."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--database", required=True)
    told.add_argument("--rounds", type=int, default=9)
    told.add_argument("--folder", type=Path, default=Path("var/benchmark"))
    chosen = told.parse_args()
    folder = chosen.folder.resolve()
    prepare(chosen.database, folder)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "konflik.settings", "DATABASE_URL": chosen.database, "KONFLIK_DATA_DIR": str(folder)}
    os.environ |= {"KONFLIK_DEBUG": "0", "KONFLIK_DEMO": "1"}
    import django  # noqa: PLC0415 - the settings are chosen above

    django.setup()
    sides = {"ours": ours(), "plain ModelAdmin": plain()}
    found: dict[str, list[tuple[int, float, float]]] = {name: [] for name in sides}
    for _ in range(chosen.rounds + 1):
        for name, side in sides.items():
            found[name].append(cost(side))
    share = {}
    for name, rounds in found.items():
        queries, sql, wall = (statistics.median(column) for column in zip(*rounds[1:], strict=True))
        share[name] = sql
        print(f"{name:18} {queries:4.0f} queries  SQL {sql:8.2f} ms  whole page {wall:8.2f} ms")
    print(f"plain / ours, SQL: {share['plain ModelAdmin'] / share['ours']:.1f}")


def cost(side: Callable[[], None]) -> tuple[int, float, float]:
    """Queries, and milliseconds in the database and in all."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        begun = time.perf_counter()
        side()
        wall = (time.perf_counter() - begun) * 1000
    return len(asked), sum(float(one["time"]) for one in asked.captured_queries) * 1000, wall


def ours() -> Callable[[], None]:
    """The page as a clerk of one kabupaten opens it."""
    from django.test import Client  # noqa: PLC0415

    from accounts.users.models import User  # noqa: PLC0415

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username="staf"))

    def ask() -> None:
        answer = client.get(ADDRESS)
        assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))

    return ask


def plain() -> Callable[[], None]:
    """The same columns and filters, as a tutorial writes them."""
    from django.contrib.admin import AdminSite, ModelAdmin  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    from konflik.cases.models import Case  # noqa: PLC0415

    class Reader:
        pk = id = 1
        is_active = is_staff = is_superuser = is_authenticated = True

        def has_perm(self, *_: object) -> bool:
            return True

        has_module_perms = has_perm

    class Plain(ModelAdmin):
        list_display, list_filter, search_fields = COLUMNS, FILTERS, ("number", "title")

    shown = Plain(Case, AdminSite())

    def ask() -> None:
        request = RequestFactory().get(ADDRESS)
        request.user = Reader()  # type: ignore[assignment]
        page = shown.get_changelist_instance(request)
        assert len(page.result_list) == shown.list_per_page
        for spec in page.filter_specs:
            list(spec.choices(page))
        [str(getattr(row, name)) for row in page.result_list for name in COLUMNS]

    return ask


if __name__ == "__main__":
    main()
