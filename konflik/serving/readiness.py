"""Is this start up? Asked of the web server itself, and proved by fresh signs of life of worker and beat."""

import http.client
import json
from dataclasses import dataclass

from konflik import environment, pulse

HEALTH_PATH = "/health/"
# What /health/ calls its parts, and what the operator calls them.
PARTS = {"basis_data": "basis data", "migrasi": "migrasi basis data", "pekerja": "pekerja latar", "penjadwal": "penjadwal"}


@dataclass(frozen=True)
class Answer:
    """What was heard of an installation; `missing` names what is not ready, in Indonesian."""

    missing: tuple[str, ...]
    is_other: bool = False

    @property
    def is_ready(self) -> bool:
        """Nothing is missing."""
        return not self.missing


def ask(host: str, port: int, instance: str = "") -> Answer:
    """One question. With `instance`, an answer by somebody else's web server does not count."""
    content = _fetch(host, port)
    if content is None:
        return Answer(("server web",))
    if instance and content.get("penanda") != instance:
        return Answer(("server web",), is_other=True)
    missing = [label for key, label in PARTS.items() if content.get(key) == "terganggu"]
    missing += [PARTS[key] for key, name in (("pekerja", pulse.WORKER), ("penjadwal", pulse.BEAT)) if pulse.age_seconds(name) is None]
    return Answer(tuple(missing))


def _fetch(host: str, port: int) -> dict[str, object] | None:
    connection = http.client.HTTPConnection(reachable(host), port, timeout=10)
    try:
        connection.request("GET", HEALTH_PATH, headers={"Host": known_host()})
        content = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return content if isinstance(content, dict) else None


def reachable(host: str) -> str:
    """Where a server that listens on every address is found from here."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104


def known_host() -> str:
    """A name that ALLOWED_HOSTS lets in; a pattern like .example.id stands for its own name."""
    return environment.items("KONFLIK_ALLOWED_HOSTS", "localhost")[0].lstrip(".")
