"""Deadlines and decrees for tests, through the services."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from accounts.users.models import User
from konflik.acts.services import Clocked, DutyFacts, draft_decree, open_duty, record
from konflik.cases.models import Case
from konflik.clocks.models import CalendarDecree, DayOff, Deadline, Duty
from konflik.clocks.tables import DayOffKind
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry
from tests.builders import BATANGHARI, NOW, region

LETTER = "Surat 300/12/Kesbangpol/2026"


def started(case: Case, actor: User, event: str = "tni_requested_orally", *, at: datetime = NOW, **told: Any) -> Deadline:
    """The deadline that this event starts on the case; one of hours unless told."""
    entry = Entry(event, at, actor=actor, case_id=case.pk, kabupaten_id=case.kabupaten_id)
    line = record(entry, now=max(at, NOW), clocked=Clocked(**told))
    return Deadline.objects.filter(trigger=line).order_by("pk").first()


def a_duty(actor: User, rule: str = "kip-jawaban", *, at: datetime = NOW, now: datetime | None = None, kabupaten: str = BATANGHARI) -> Duty:
    """An application that came in at `at`."""
    facts = DutyFacts(
        kabupaten=region(kabupaten), title="Data penanganan", received_at=at, reference="Agenda 12/2026", applicant="LSM Damai"
    )
    return open_duty(rule=rule, facts=facts, actor=actor, now=now or at)


def deadline_of(duty: Duty) -> Deadline:
    """The open deadline of a duty."""
    return Deadline.objects.open().get(thread=duty.thread)


def a_decree(
    days: Mapping[date, str], *, number: str = "SKB 1/2026", kabupaten: str | None = None, year: int = 2026, now: datetime = NOW
) -> CalendarDecree:
    """A draft with these days, for a whole year."""
    place = region(kabupaten) if kabupaten else None
    decree = draft_decree(
        number=number,
        decided_on=date(2026, 1, 2),
        kabupaten=place,
        covers_from=date(year, 1, 1),
        covers_until=date(year, 12, 31),
        actor=None,
        now=now,
    )
    kind = DayOffKind.REGIONAL if place else DayOffKind.HOLIDAY
    DayOff.objects.bulk_create(DayOff(decree=decree, day=day, name=name, kind=kind.value) for day, name in days.items())
    return decree


def lines(*events: str) -> list[JournalLine]:
    """Lines of these events, in the order in which they were written."""
    return list(JournalLine.objects.filter(event__in=events).order_by("pk"))


def days(number: int) -> timedelta:
    return timedelta(days=number)
