"""Ninety days of an office, played twice: once with a sweep at each turn, once with outages in which nothing runs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from zlib import crc32

from django.core.exceptions import ValidationError

from accounts.postings.tables import InstitutionKind, Role
from accounts.users.models import User
from konflik.acts.services import Clocked, confirm_notice, meet_deadline, open_duty, record, resume_deadline, suspend_deadline
from konflik.acts.services.duties import DutyFacts, entered_rules
from konflik.clocks.models import Deadline
from konflik.clocks.services.following import Fixed
from konflik.clocks.tables import State as Clock
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.grammar.clocks import Counting
from konflik.law.rulebook import RULES
from konflik.notices.models import Notice
from konflik.notices.selectors.watch import is_stale
from konflik.notices.services.channels.outcomes import Outcome, Result
from konflik.notices.tables import Channel, State
from konflik.watch.services import sweep
from tests.builders import DAY, HOUR, a_user, region
from tests.notices.making import MINUTE, an_agency, reachable

PLACES = {"15.04": "WIB", "64.01": "WITA", "91.03": "WIT"}
BEGINS = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
AGENCIES = (InstitutionKind.PEMDA, InstitutionKind.POLRI, InstitutionKind.TNI, InstitutionKind.KEJAKSAAN, InstitutionKind.DPRD)
ROLES = (Role.KEPALA_DAERAH, Role.SEKRETARIS_TIM, Role.STAF_SEKRETARIAT, Role.PETUGAS_PDP)
ANSWERS = 0.2
"""This part of the notices is answered within twelve hours, the others never: there the ladder has to be climbed."""


class Post:
    """A mail server that takes everything at once."""

    is_silent = False

    def hand_over(self, _notice: Notice, *, now: datetime) -> Result:
        """Taken."""
        return Result(Outcome.TAKEN, receipt=now.isoformat(), digest="0")


def people() -> None:
    """Somebody in every office that has a login, in a kabupaten of each zone."""
    for place in PLACES:
        for role in ROLES:
            reachable(a_user(role, place))
        for kind in AGENCIES:
            reachable(a_user(Role.ANGGOTA_TIM, place, of=an_agency(kind, place)))


@dataclass(frozen=True)
class Act:
    """Something that somebody does at an instant; `what` gets that instant."""

    at: datetime
    what: Callable[[datetime], object]


@dataclass
class Plan:
    """What happens in so many days, and when nothing runs. Nobody acts while nothing runs: the pages are away too."""

    chance: Random
    days: int
    every: timedelta
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outages = list(self._outages())
        self.acts = sorted(self._acts(), key=lambda act: act.at)

    def turns(self) -> list[datetime]:
        """The instants at which the scheduler would start a sweep; the end of each outage is one."""
        steps = self.days * DAY // self.every
        return sorted({BEGINS + self.every * turn for turn in range(1, steps + 1)} | {end for _, end in self.outages})

    def is_out(self, at: datetime) -> bool:
        """Whether nothing runs at this instant."""
        return any(begin <= at < end for begin, end in self.outages)

    def _outages(self) -> Iterator[tuple[datetime, datetime]]:
        """Three hours a day, and a whole day in each ten."""
        for day in range(self.days):
            begin = BEGINS + DAY * day + timedelta(minutes=self.chance.randrange(60, 20 * 60))
            yield begin, begin + 3 * HOUR
        for day in range(5, self.days, 10):
            begin = BEGINS + DAY * day + timedelta(minutes=self.chance.randrange(0, 60))
            yield begin, begin + DAY

    def _free(self) -> datetime:
        """A second at which the office works."""
        while True:
            at = BEGINS + timedelta(seconds=self.chance.randrange(60, self.days * 86400 - 60))
            if not self.is_out(at):
                return at

    def _acts(self) -> Iterator[Act]:
        turn = 0
        for place in PLACES:
            for code in (rule.code for rule in entered_rules()):
                yield Act(self._free(), lambda at, code=code, place=place: enter(code, place, at))
            for event in sorted({event for rule in RULES.rules.values() for event in rule.clock.since}):
                turn += 1
                yield Act(self._free(), lambda at, event=event, place=place, turn=turn: happen(event, place, turn, at))
            for code in (rule.code for rule in RULES.rules.values() if rule.clock.counting is Counting.FIXED):
                turn += 1
                first, second = sorted((self._free(), self._free()))
                days = (self.chance.randrange(0, 40), self.chance.randrange(0, 40))
                yield Act(first, lambda at, code=code, place=place, turn=turn, on=days[0]: set_date(code, place, turn, on, at))
                yield Act(second, lambda at, code=code, place=place, turn=turn, on=days[1]: set_date(code, place, turn, on, at))
        for _ in range(self.days):
            number = self.chance.random()
            yield Act(self._free(), lambda at, number=number: meet_one(number, at))
            yield Act(self._free(), lambda at, number=number: hold_or_release_one(number, at))


def actor(place: str, role: Role = Role.SEKRETARIS_TIM) -> User:
    """Who holds that role there."""
    return User.objects.filter(postings__role=role, postings__region_id=place).order_by("pk")[0]


def enter(code: str, place: str, at: datetime) -> None:
    """A letter comes in; without a figure there is no clock."""
    facts = DutyFacts(kabupaten=region(place), title=f"Surat {code}", received_at=at - 2 * HOUR, reference="Agenda 1")
    try:
        open_duty(rule=code, facts=facts, actor=actor(place), now=at)
    except ValidationError as refused:
        if "rule" not in refused.message_dict:
            raise


def happen(event: Event, place: str, turn: int, at: datetime) -> None:
    """An event that starts clocks, and ends those of its thread."""
    entry = Entry(event=event.value, occurred_at=at - MINUTE, actor=actor(place), kabupaten_id=place)
    record(entry, now=at, clocked=Clocked(thread=f"uji:{turn}"))


def set_date(code: str, place: str, turn: int, on: int, at: datetime) -> None:
    """A date is set, and later moved."""
    thread, day = f"uji:{turn}", (at + on * DAY).date()
    entry = Entry(event=Event.ACTIVITY_UPDATED.value, occurred_at=at, actor=actor(place), kabupaten_id=place)
    record(entry, now=at, clocked=Clocked(thread=thread, fixed=(Fixed(code, thread, day, person_id=actor(place).pk),)))


OF_A_DECREE = [rule.code for rule in RULES.rules.values() if rule.clock.counting in {Counting.VALIDITY, Counting.BACKWARDS}]
"""What nobody meets or holds by hand."""


def _one(number: float, **told: object) -> Deadline | None:
    """One of the open deadlines, the same in both runs: by what it is, not by its key."""
    rows = list(
        Deadline.objects.filter(fixed_on__isnull=True, **told).exclude(rule__in=OF_A_DECREE).order_by("rule", "kabupaten", "starts_at")
    )
    return rows[int(number * len(rows))] if rows else None


def meet_one(number: float, at: datetime) -> None:
    """A duty is done."""
    found = _one(number, state=Clock.RUNNING.value, opened_at__lt=at - HOUR, period="")
    if found is not None:
        meet_deadline(
            deadline=found, evidence="Surat 1", on=at - MINUTE, seen_version=found.version, actor=actor(found.kabupaten_id), now=at
        )


def hold_or_release_one(number: float, at: datetime) -> None:
    """What stands still goes on; else something that has not ended yet is held."""
    held = _one(number, state=Clock.SUSPENDED.value, suspensions__begins__lt=at - MINUTE)
    if held is not None:
        resume_deadline(
            deadline=held, ends=at - MINUTE / 2, basis="Surat 3", seen_version=held.version, actor=actor(held.kabupaten_id), now=at
        )
        return
    found = _one(number, state=Clock.RUNNING.value, due_at__gt=at, opened_at__lt=at - HOUR, period="", suspensions__isnull=True)
    if found is not None:
        begins, by = at - MINUTE, actor(found.kabupaten_id)
        suspend_deadline(deadline=found, begins=begins, basis="Surat 2", seen_version=found.version, actor=by, now=at)


def answer(at: datetime) -> None:
    """People answer what they have read in the bell; what has lain there longer than any outage and twelve hours, they never do."""
    rows = Notice.objects.filter(
        channel=Channel.BELL.value, state=State.SENT.value, must_confirm=True, confirmed_at__isnull=True, created_at__gt=at - 3 * DAY
    )
    for notice in rows.select_related("recipient").order_by("pk"):
        luck = Random(crc32(f"{notice.recipient.username} {notice.milestone} {notice.created_at}".encode()))
        if luck.random() < ANSWERS and notice.created_at + luck.uniform(0, 12) * HOUR <= at:
            confirm_notice(notice=notice, action_text="Saya terima.", actor=notice.recipient, now=at)


def play(plan: Plan, *, has_outages: bool) -> list[datetime]:
    """Lets it happen; gives the instants of the sweeps."""
    acts, swept = list(plan.acts), [BEGINS]
    sweep(now=BEGINS)
    for turn in plan.turns():
        while acts and acts[0].at <= turn:
            act = acts.pop(0)
            act.what(act.at)
        if has_outages and plan.is_out(turn):
            continue
        if has_outages:
            gap = turn - swept[-1]
            # A sweep may last some moments longer than the instant it is told.
            assert not is_stale(at=swept[-1] + min(gap, 14 * MINUTE))
            assert is_stale(at=swept[-1] + 17 * MINUTE), "a watch that stands still is seen"
        tally = sweep(now=turn)
        assert tally.is_complete, tally.faults
        assert not is_stale(at=turn + MINUTE)
        swept.append(turn)
        answer(turn)
    return swept
