"""Loading the demo through the services; what stands already is left as it is."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from konflik.cases.services.reference import load_issue_types
from konflik.demo.loading.cases import open_reports
from konflik.demo.loading.forums import fill_seats, record_forums
from konflik.demo.loading.logins import write_logins
from konflik.demo.loading.people import Cast, assemble, enter, enter_others, found_agencies, recall, stands
from konflik.demo.tables.homes import Home


@dataclass(frozen=True)
class Loaded:
    """How much was new."""

    people: int
    forums: int
    cases: int
    left_out: tuple[str, ...]


def load(*, now: datetime, password: str = "") -> Loaded:
    """Load every kabupaten of the demo that does not stand yet, each whole or not at all.

    Whatever was changed or renamed since stays so. A kabupaten whose regions are not loaded is left out, by name. Raises
    ValidationError where a service refuses, as where an installation in use already has what the demo would record.
    """
    load_issue_types()
    cast = assemble()
    forums = cases = 0
    for home in cast.homes:
        if stands(home):
            recall(cast, home)
        else:
            recorded, opened = _load_home(cast, home, now)
            forums, cases = forums + recorded, cases + opened
    enter_others(cast, now=now)
    write_logins(cast, password=password)
    return Loaded(cast.added, forums, cases, cast.left_out)


@transaction.atomic
def _load_home(cast: Cast, home: Home, now: datetime) -> tuple[int, int]:
    found_agencies(cast, home, now=now)
    forums = record_forums(cast, home, now=now)
    enter(cast, home, now=now)
    fill_seats(cast, home, now=now)
    return forums, open_reports(cast, home, now=now)
