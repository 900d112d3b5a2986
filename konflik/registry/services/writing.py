"""What every service of this room does besides its own: asks for the right in the region, writes the line."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.access.selectors import may
from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.acts.services import NO_CLOCKS, Clocked, record
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.registry.tables import Facts, changes, sides

OUTSIDE = "Wilayah ini di luar penugasan Anda."


def refuse_outside(actor: User | None, act: Act, region: Region, *, now: datetime, field: str = "region") -> None:
    """Raises ValidationError at `field` unless a posting of `actor` permits `act` in `region`. None is the installation itself."""
    if actor is not None and not may(actor, act, at=now, region=region):
        raise ValidationError({field: OUTSIDE})


def write_new(
    event: Event,
    facts: Facts,
    *,
    key: Mapping[str, object],
    region: Region | None,
    actor: User | None,
    now: datetime,
    clocked: Clocked = NO_CLOCKS,
) -> None:
    """The line of something that is new; `key` names it by ids."""
    new = sides(facts)
    _write(event, {**key, **new.codes}, new.words, region=region, actor=actor, now=now, clocked=clocked)


def write_change(
    event: Event,
    before: Facts,
    after: Facts,
    *,
    key: Mapping[str, object],
    region: Region | None,
    actor: User | None,
    now: datetime,
    clocked: Clocked = NO_CLOCKS,
) -> None:
    """The line of something that changed, with the values before and after; none where nothing did."""
    if before == after:
        return
    old, new = changes(before, after)
    detail = {"before": old.words, "after": new.words} if new.words else {}
    _write(event, {**key, "before": old.codes, "after": new.codes}, detail, region=region, actor=actor, now=now, clocked=clocked)


def _write(
    event: Event,
    payload: Mapping[str, object],
    detail: Mapping[str, object],
    *,
    region: Region | None,
    actor: User | None,
    now: datetime,
    clocked: Clocked,
) -> None:
    kabupaten = region.kabupaten_id if region is not None else None
    entry = Entry(event=event, occurred_at=now, actor=actor, kabupaten_id=kabupaten, payload=payload, detail=detail)
    record(entry, now=now, clocked=clocked)
