"""Loading the demo through the services; what stands already is left as it is."""

from dataclasses import dataclass
from datetime import datetime

from konflik.demo.loading.cases import open_reports
from konflik.demo.loading.forums import record_forums
from konflik.demo.loading.logins import write_logins
from konflik.demo.loading.people import Cast, gather


@dataclass(frozen=True)
class Loaded:
    """How much was new."""

    people: int
    forums: int
    cases: int
    left_out: tuple[str, ...]


def load(*, now: datetime, password: str = "") -> Loaded:
    """Bring the demo to where it should stand. A kabupaten whose regions are not loaded is left out, by name.

    Raises ValidationError where a service refuses, which only happens when somebody changed what the demo rests on.
    """
    cast: Cast = gather(now=now)
    forums = record_forums(cast, now=now)
    cases = open_reports(cast, now=now)
    write_logins(cast, password=password)
    return Loaded(cast.added, forums, cases, cast.left_out)
