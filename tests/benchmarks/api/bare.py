"""The physical limit: the same answers from a WSGI function, a connection and SQL written by hand. 60 lines, nothing checked twice.

It does what ours does for each request: looks the key up with its owner's postings, reads the scope from them, filters, pages by key.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import orjson
import psycopg

KEY = """SELECT k.id, k.clearance, k.revoked_at, k.made_at + make_interval(days => k.days), u.is_active, p.role, r.level,
r.code, kr.region_id
FROM accounts_apikey k JOIN accounts_user u ON u.id = k.owner_id JOIN accounts_posting p ON p.user_id = u.id
JOIN accounts_region r ON r.code = p.region_id JOIN accounts_apikey_regions kr ON kr.apikey_id = k.id
WHERE k.digest = %s AND p.valid_from <= CURRENT_DATE AND (p.valid_until IS NULL OR p.valid_until >= CURRENT_DATE)"""
COLUMNS = """id, number, title, province_id, kabupaten_id, stage, stage_since, source, issue_type_id, qualification, severity, secrecy,
opened_at, closed_at, is_late_entry, updated_at, version"""
NAMES = [name.strip().removesuffix("_id") for name in COLUMNS.split(",")]
LIST = f"SELECT {COLUMNS} FROM konflik_case WHERE kabupaten_id = %s AND secrecy <= %s AND stage = %s"
AFTER = " AND opened_at <= %s AND (opened_at < %s OR id < %s)"
ORDER = " ORDER BY opened_at DESC, id DESC LIMIT 51"
ONE = f"SELECT {COLUMNS}, chronology, handler_id, recorded_at FROM konflik_case WHERE id = %s AND kabupaten_id = %s AND secrecy <= %s"
PLACES = """SELECT p.region_id, r.label, p.is_leading FROM konflik_caseplace p JOIN accounts_region r ON r.code = p.region_id
WHERE p.case_id = %s ORDER BY p.is_leading DESC, p.region_id"""

held = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0)
held.execute("SET TIME ZONE 'Asia/Jakarta'")
held.adapters.register_loader("timestamptz", psycopg.types.string.TextLoader)


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One request."""
    digest = hashlib.sha256(environ["HTTP_AUTHORIZATION"].removeprefix("Bearer ").encode()).hexdigest()
    rights = held.execute(KEY, (digest,)).fetchall()
    kabupaten, clearance = rights[0][7], rights[0][1]
    path = environ["PATH_INFO"].strip("/").split("/")
    body = one(int(path[-1]), kabupaten, clearance) if path[-1].isdigit() else page(environ, kabupaten, clearance)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def page(environ: dict[str, Any], kabupaten: str, clearance: int) -> bytes:
    """50 rows."""
    asked = dict(parse_qsl(environ["QUERY_STRING"]))
    told: list[Any] = [kabupaten, clearance, asked["stage"]]
    text = LIST
    if cursor := asked.get("cursor"):
        at, _, key = cursor.rpartition("|")
        text, told = text + AFTER, [*told, at, at, int(key)]
    found = held.execute(text + ORDER, told).fetchall()
    rows = [dict(zip(NAMES, row, strict=True)) for row in found[:50]]
    following = f"{found[49][12]}|{found[49][0]}" if len(found) > 50 else None
    return orjson.dumps({"results": rows, "next": following})


def one(key: int, kabupaten: str, clearance: int) -> bytes:
    """A case with its places."""
    [row] = held.execute(ONE, (key, kabupaten, clearance)).fetchall()
    places = held.execute(PLACES, (key,)).fetchall()
    return orjson.dumps({**dict(zip([*NAMES, "chronology", "handler", "recorded_at"], row, strict=True)), "places": places})
