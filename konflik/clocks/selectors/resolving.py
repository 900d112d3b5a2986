"""Which figure a rule has where and when, and where a deadline ends as its facts stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from konflik.clocks.models import Deadline, Policy
from konflik.clocks.selectors.calendar import days_off
from konflik.law.grammar.clocks import Clock, Counting
from konflik.law.grammar.counting import DaysOff, Outcome, Pause, Step, count, end_of
from konflik.law.grammar.deadlines import DeadlineRule, Strength
from konflik.law.grammar.durations import Span, Unit
from konflik.law.rulebook import RULES


@dataclass(frozen=True)
class Resolved:
    """A rule with the figure that holds in one place on one day. `clock` None: no figure has been entered."""

    rule: DeadlineRule
    clock: Clock | None
    policy: Policy | None = None

    @property
    def base(self) -> Clock | None:
        """The clock that a backward rule is counted from."""
        return base_of(self.rule)


def base_of(rule: DeadlineRule) -> Clock | None:
    """The clock that a backward rule is counted from; None for every other."""
    base = RULES.get(rule.clock.of)
    return base.clock if base is not None else None


def resolve(rule: DeadlineRule, *, kabupaten_id: str | None, day: date) -> Resolved:
    """The figure of `rule` in that kabupaten on that day: the text's own, else the policy row in force."""
    if _is_settled(rule):
        return Resolved(rule, rule.clock)
    return resolve_among(rule, Policy.objects.valid_at(day).filter(code=rule.code), kabupaten_id=kabupaten_id, day=day)


def resolve_among(rule: DeadlineRule, policies: Iterable[Policy], *, kabupaten_id: str | None, day: date) -> Resolved:
    """The same from policy rows read before, which may be of other rules, kabupaten and times too."""
    if _is_settled(rule):
        return Resolved(rule, rule.clock)
    rows = [one for one in policies if one.code == rule.code and one.kabupaten_id in {None, kabupaten_id} and one.holds_on(day)]
    policy = max(rows, key=lambda row: (row.kabupaten_id is not None, row.valid_from), default=None)
    if policy is None or policy.number is None:
        return Resolved(rule, None, policy)
    return Resolved(rule, rule.clock.lasting(Span(policy.number, Unit(policy.unit))), policy)


def _is_settled(rule: DeadlineRule) -> bool:
    return rule.strength is Strength.TEXT or rule.clock.counting is Counting.FIXED


def clock_of(deadline: Deadline) -> Clock | None:
    """The clock of `deadline` with the figure it opened with; None where the law no longer knows the rule."""
    rule = RULES.get(deadline.rule)
    if rule is None or deadline.span_number is None or not deadline.span_unit:
        return rule.clock if rule is not None else None
    return rule.clock.lasting(Span(deadline.span_number, Unit(deadline.span_unit)))


def needs_calendar(*clocks: Clock | None) -> bool:
    """Whether one of these clocks counts working days."""
    return any(clock.span.unit is Unit.WORKING_DAYS for clock in clocks if clock is not None and clock.span is not None)


def outcome_of(deadline: Deadline, clock: Clock, *, base: Clock | None, off: DaysOff) -> Outcome:
    """Where `deadline` ends as its facts stand now."""
    pauses = [Pause(one.begins, one.ends) for one in deadline.suspensions.all()] if deadline.pk else []
    return count(clock, start=deadline.starts_at, zone=ZoneInfo(deadline.zone), off=off, pauses=pauses, base=base)


def recount(deadline: Deadline, off: DaysOff | None = None) -> Outcome:
    """Where a stored deadline ends by its own facts: start, figure, suspensions, and the calendar `off`, else the applied one.

    For a closed deadline that is the calendar as it stood when it was closed.
    """
    clock, zone = clock_of(deadline), ZoneInfo(deadline.zone)
    if deadline.fixed_on is not None and deadline.last_day is None:
        return Outcome(deadline.due_at, None)
    if deadline.fixed_on is not None:
        is_in_force = clock is not None and clock.counting is Counting.VALIDITY
        steps = _numbered(deadline.starts_at.astimezone(zone).date(), deadline.fixed_on) if is_in_force else ()
        return Outcome(end_of(deadline.fixed_on, zone), deadline.fixed_on, steps)
    if clock is None:
        return Outcome(deadline.due_at, deadline.last_day, is_provisional=deadline.is_provisional)
    base = base_of(RULES.rules[deadline.rule])
    if off is None:
        off = days_off(deadline.kabupaten_id, at=deadline.closed_at) if needs_calendar(clock, base) else DaysOff()
    return outcome_of(deadline, clock, base=base, off=off)


def _numbered(first: date, last: date) -> tuple[Step, ...]:
    """The days of a decree that names its own last day: not counted to an end, only numbered."""
    return tuple(Step(first + timedelta(days=number), number + 1) for number in range((last - first).days + 1))


def preview(rule: DeadlineRule, *, start: datetime, zone: ZoneInfo, kabupaten_id: str | None) -> tuple[Resolved, Outcome | None]:
    """ "If it happened at `start` there, when would it end?" None where nobody has entered a figure, and for a set date.

    What `start` is, says `start_means`: of a backward rule the start of the period it is counted back from, of a
    continuation the end of the first period, of a recurring duty any instant within its period.
    """
    found = resolve(rule, kabupaten_id=kabupaten_id, day=start.astimezone(zone).date())
    if found.clock is None or found.clock.counting is Counting.FIXED:
        return found, None
    off = days_off(kabupaten_id) if needs_calendar(found.clock, found.base) else DaysOff()
    return found, count(found.clock, start=start, zone=zone, off=off, base=found.base)


def start_means(rule: DeadlineRule) -> str:
    """What the instant is that `rule` is counted from, as a label of a field."""
    base = RULES.get(rule.clock.of)
    if base is None:
        return "Hari apa pun dalam masa laporan" if rule.clock.counting is Counting.PERIOD else "Waktu kejadian yang memulai tenggat"
    if rule.clock.counting is Counting.BACKWARDS:
        return f"Waktu dimulainya: {base.title}"
    if rule.clock.continues:
        return f"Akhir jangka waktu pertama: {base.title}"
    return "Hari pertama perpanjangan"
