"""Which days are off where, as the applied decrees say together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from konflik.clocks.models import CalendarDecree
from konflik.law.grammar.counting import DaysOff


@dataclass(frozen=True)
class Calendars:
    """The decrees in the order in which they were applied, asked for many kabupaten."""

    decrees: tuple[CalendarDecree, ...]
    known: dict[str | None, DaysOff] = field(default_factory=dict, compare=False)

    def of(self, kabupaten_id: str | None) -> DaysOff:
        """The days off that hold in a kabupaten, each with its name and decree; None: the national ones."""
        if kabupaten_id not in self.known:
            self.known[kabupaten_id] = merged(one for one in self.decrees if one.kabupaten_id in {None, kabupaten_id})
        return self.known[kabupaten_id]


def calendars(*, also: CalendarDecree | None = None) -> Calendars:
    """All applied decrees; with `also` as if that one were applied last."""
    applied = CalendarDecree.objects.filter(applied_at__isnull=False).order_by("applied_at", "pk").prefetch_related("days")
    decrees = [one for one in applied if also is None or one.pk != also.pk]
    return Calendars((*decrees, also) if also is not None else tuple(decrees))


def days_off(kabupaten_id: str | None, *, at: datetime | None = None) -> DaysOff:
    """The days off that hold in a kabupaten, each with its name and decree; None: the national ones.

    `at`: as the decrees stood that had been applied by then.
    """
    reach = Q(kabupaten_id=kabupaten_id) | Q(kabupaten__isnull=True)
    by_then = Q(applied_at__lte=at) if at is not None else Q(applied_at__isnull=False)
    return merged(CalendarDecree.objects.filter(reach, by_then).order_by("applied_at", "pk").prefetch_related("days"))


def merged(decrees: Iterable[CalendarDecree]) -> DaysOff:
    """What decrees say together, in the order in which they were applied: a later one speaks for all days it covers."""
    national: dict[date, str] = {}
    regional: dict[date, str] = {}
    first: date | None = None
    last: date | None = None
    for decree in decrees:
        reasons = national if decree.kabupaten_id is None else regional
        for day in [one for one in reasons if decree.covers_from <= one <= decree.covers_until]:
            del reasons[day]
        reasons.update({one.day: f"{one.name} ({decree.number})" for one in decree.days.all()})
        if decree.kabupaten_id is None:
            first = min(first or decree.covers_from, decree.covers_from)
            last = max(last or decree.covers_until, decree.covers_until)
    return DaysOff({**regional, **national}, last, first)
