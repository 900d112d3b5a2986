"""So many times within so many seconds, counted exactly however many ask at once (S20).

One atomic step decides and counts: a script in Redis where there is one, else one statement on a small file of this installation
(without Redis every process stands on one machine). The file is apart from the database, so that neither waits for the
other, and written without waiting for the disk: a power cut may forget a minute of counting, nothing else.
"""

import logging
import sqlite3
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.2
PAUSE_SECONDS = 30
"""So long nobody asks a Redis that did not answer; meanwhile each machine counts for itself."""

SCRIPT = """
local used = redis.call('INCR', KEYS[1])
if used == 1 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
if used <= tonumber(ARGV[1]) then return 0 end
return math.max(1, redis.call('TTL', KEYS[1]))
"""
TABLE = "CREATE TABLE IF NOT EXISTS counted (name TEXT PRIMARY KEY, until INTEGER NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"
COUNT = """
INSERT INTO counted (name, until, used) VALUES (:name, :now + :seconds, 1)
ON CONFLICT (name) DO UPDATE SET
  used = CASE WHEN until <= :now THEN 1 ELSE used + 1 END,
  until = CASE WHEN until <= :now THEN excluded.until ELSE until END
WHERE until <= :now OR used < :most
"""
FORGET_EVERY_SECONDS = 3600
OPENINGS, OPENING_PAUSE_SECONDS = 100, 0.02

_away = {"until": 0.0}
_mine = threading.local()
_forgotten = {"at": 0}


@dataclass(frozen=True)
class Limit:
    """At most `most` times within `seconds`, counted from the first."""

    most: int
    seconds: int = 60


def take(name: str, limit: Limit, *, now: int) -> int:
    """Count one more use of `name` at `now` (seconds since 1970): 0 where it is within `limit`, else the seconds to wait."""
    if settings.REDIS_URL and time.monotonic() >= _away["until"]:
        try:
            return int(_script(settings.REDIS_URL)(keys=[f"konflik:limit:{name}"], args=[limit.most, limit.seconds]))
        except (redis.RedisError, OSError) as away:
            _away["until"] = time.monotonic() + PAUSE_SECONDS
            log.warning("redis is away, limits are counted here: %s", type(away).__name__)
    return _take_here(name, limit, now)


@cache
def _script(url: str) -> Any:
    options: dict[str, Any] = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    return redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0), **options).register_script(SCRIPT)


def _take_here(name: str, limit: Limit, now: int) -> int:
    line = _line(settings.LIMITS_FILE)
    if now - _forgotten["at"] > FORGET_EVERY_SECONDS:
        _forgotten["at"] = now
        line.execute("DELETE FROM counted WHERE until <= ?", [now])
    told = {"name": name, "now": now, "seconds": limit.seconds, "most": limit.most}
    if line.execute(COUNT, told).rowcount > 0:
        return 0
    row = line.execute("SELECT until FROM counted WHERE name = ?", [name]).fetchone()
    return max(1, row[0] - now) if row else 1


def _to_wal(line: sqlite3.Connection) -> None:
    """Of a new file only one may do so, and whoever comes second is not made to wait by SQLite's own patience but refused at once."""
    for _ in range(OPENINGS):
        try:
            line.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            time.sleep(OPENING_PAUSE_SECONDS)
        else:
            return
    line.execute("PRAGMA journal_mode=WAL")


def _line(path: Path) -> sqlite3.Connection:
    """The connection of this thread."""
    lines = _mine.__dict__.setdefault("lines", {})
    if path not in lines:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        line = sqlite3.connect(path, timeout=5, isolation_level=None)
        _to_wal(line)
        line.execute("PRAGMA synchronous=OFF")
        line.execute(TABLE)
        lines[path] = line
    return lines[path]
