"""The shared cache where Redis serves; while it is away, the memory of this process, so that no request fails or waits for it."""

import logging
import time
from typing import Any

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

PAUSE_SECONDS = 30
"""So long nobody asks a Redis that did not answer. Limits of login attempts are then counted by each process for itself."""

# Django makes one cache object for each thread; that Redis is away is known to all of them.
_away = {"until": 0.0}


class PatientRedisCache(RedisCache):
    """Every question goes to Redis, or without it to a cache of this process."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"retry": Retry(NoBackoff(), 0), **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._own = LocMemCache("without-redis", {key: value for key, value in params.items() if key != "OPTIONS"})

    def _ask(self, name: str, *args: Any, **named: Any) -> Any:
        if time.monotonic() >= _away["until"]:
            try:
                return getattr(super(), name)(*args, **named)
            except (redis.RedisError, OSError) as away:
                _away["until"] = time.monotonic() + PAUSE_SECONDS
                log.warning("cache is away: %s", type(away).__name__)
        return getattr(self._own, name)(*args, **named)

    def add(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("add", *args, **named)

    def get(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("get", *args, **named)

    def set(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("set", *args, **named)

    def touch(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("touch", *args, **named)

    def delete(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("delete", *args, **named)

    def get_many(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("get_many", *args, **named)

    def has_key(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("has_key", *args, **named)

    def incr(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("incr", *args, **named)

    def set_many(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("set_many", *args, **named)

    def delete_many(self, *args: Any, **named: Any) -> Any:
        """As Django's."""
        return self._ask("delete_many", *args, **named)

    def clear(self) -> Any:
        """As Django's."""
        return self._ask("clear")
