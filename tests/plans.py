"""How the database would answer: its plan, chosen by itself. Nothing is switched off; give it enough rows to have a choice (`crowd`)."""

from collections.abc import Callable

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext


def look_over() -> None:
    """Let PostgreSQL look at its rows, as it does by itself a minute after they were written; SQLite never does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def plan(rows: QuerySet) -> str:
    """The plan of one query, in small letters."""
    return rows.explain().lower()


def plans(asked: Callable[[], object]) -> str:
    """The plans of everything that `asked` reads, in small letters."""
    with CaptureQueriesContext(connection) as queries:
        asked()
    found = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{query['sql']}")
                found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found).lower()
