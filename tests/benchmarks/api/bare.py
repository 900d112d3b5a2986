"""The physical limit: the same answers from a WSGI function, a connection and SQL written by hand, nothing checked twice.

It does what ours does for each request: looks the key up with its owner's postings, reads the scope from them, filters, pages by key.
A new case is one row and its place, in one statement: without number series, journal, counts or notices.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import orjson
import psycopg

KEY = """SELECT k.id, k.clearance, k.revoked_at, k.made_at + make_interval(days => k.days), u.is_active, u.id, p.role, r.level,
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

NEW = f"""WITH made AS (INSERT INTO konflik_case (number, series, year, sequence, title, chronology, province_id, kabupaten_id, source,
issue_type_id, qualification, stage, stage_since, severity, secrecy, opened_at, recorded_at, recorded_by_id, is_late_entry, updated_at,
version) SELECT 'K' || nextval('konflik_case_id_seq'), 'terbuka', 2026, 2000000 + currval('konflik_case_id_seq'), %(title)s,
%(chronology)s, province_id, kabupaten_id, %(source)s, %(issue_type)s, 'potensi', 'pencegahan', %(opened_at)s, 1, 1, %(opened_at)s, now(),
%(owner)s, false, now(), 1 FROM accounts_region WHERE code = %(place)s RETURNING {COLUMNS}),
placed AS (INSERT INTO konflik_caseplace (case_id, region_id, province_id, kabupaten_id, kecamatan_id, is_leading, is_beyond)
SELECT made.id, r.code, r.province_id, r.kabupaten_id, r.kecamatan_id, true, false FROM made JOIN accounts_region r ON r.code = %(place)s)
SELECT * FROM made"""

held = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0)
held.execute("SET TIME ZONE 'Asia/Jakarta'")
held.adapters.register_loader("timestamptz", psycopg.types.string.TextLoader)


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One request."""
    digest = hashlib.sha256(environ["HTTP_AUTHORIZATION"].removeprefix("Bearer ").encode()).hexdigest()
    rights = held.execute(KEY, (digest,)).fetchall()
    kabupaten, clearance = rights[0][8], rights[0][1]
    if environ["REQUEST_METHOD"] == "POST":
        body = new(orjson.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))), rights[0][5])
        start_response("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]
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


def new(told: dict[str, Any], owner: int) -> bytes:
    """A case and its place."""
    [row] = held.execute(NEW, {**told, "place": told["places"][0], "owner": owner}).fetchall()
    return orjson.dumps(dict(zip(NAMES, row, strict=True)))
