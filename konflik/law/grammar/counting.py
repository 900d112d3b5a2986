"""How days are counted: the one place of our convention (ADR 0014), which Bagian Hukum can overrule.

validity   the day of effect is day 1; ends 24:00 local on day N
duty       the day of the trigger does not count; a month is the same date or the month's last day; ends 24:00 local
hours      exact instants
backwards  at the latest on the last day minus N, 24:00 local; the other reading stands beside it
period     so long after the last day of the period

"Hari" alone is a calendar day and never rolls over a holiday. "Hari kerja" is Monday to Friday without days off.
A day on which the clock stood still from beginning to end does not count; a day on which it ran for a while does.
24:00 is given as 00:00 of the next day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from konflik.law.grammar.clocks import AT_ONCE, Clock, Counting, Period
from konflik.law.grammar.durations import MONTHS_IN_YEAR, Span, Unit
from konflik.law.grammar.rhythms import period_of, shifted

__all__ = ["DaysOff", "Outcome", "Pause", "Step", "back_from", "count", "end_of", "merged", "period_of", "working_days"]

ONE_DAY = timedelta(days=1)
WEEKEND = {5: "hari Sabtu", 6: "hari Minggu"}
STOOD_STILL = "waktu ditangguhkan"


@dataclass(frozen=True)
class DaysOff:
    """Days that are no working days, each with the reason; `covered_until` is the last day somebody has decided on.

    `covered_from` is the first such day; None where nobody asks for it.
    """

    reasons: Mapping[date, str] = field(default_factory=dict)
    covered_until: date | None = None
    covered_from: date | None = None

    def why_off(self, day: date) -> str:
        """Why `day` is no working day; empty where it is one."""
        return WEEKEND.get(day.weekday()) or self.reasons.get(day, "")

    def covers(self, day: date) -> bool:
        """Whether the calendar of that day is decided."""
        begins = self.covered_from is None or self.covered_from <= day
        return begins and self.covered_until is not None and day <= self.covered_until


@dataclass(frozen=True)
class Pause:
    """The clock stood still from `begins` until `ends`; `ends` None: it still does."""

    begins: datetime
    ends: datetime | None = None


@dataclass(frozen=True)
class Step:
    """One day of the walk: its number where it counts, the reason where it does not."""

    day: date
    number: int | None
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """When a limit ends and how it was reached. `due_at` (UTC) and `last_day` are None while the clock stands still."""

    due_at: datetime | None
    last_day: date | None
    steps: tuple[Step, ...] = ()
    is_provisional: bool = False
    other_reading: str = ""
    period: Period | None = None


def count(
    clock: Clock,
    *,
    start: datetime,
    zone: ZoneInfo,
    off: DaysOff,
    pauses: Sequence[Pause] = (),
    base: Clock | None = None,
) -> Outcome:
    """Walk `clock` from the aware instant `start` in the local time of `zone`.

    `base` is the clock that a backward rule is counted from. Raises ValueError for a clock without a figure, a fixed
    one, a backward one without `base`, or a figure in a unit that this way of counting does not know.
    """
    if clock.span is None:
        raise ValueError("the clock has no figure")
    if not clock.accepts(clock.span):
        raise ValueError(f"a {clock.counting} clock is not counted in {clock.span.unit}")
    pauses = merged(pauses)
    if clock.counting is Counting.INSTANT:
        return _instants(clock.span, start, pauses)
    if clock.counting is Counting.BACKWARDS:
        return _backwards(clock.span, start, zone, off, pauses, base)
    if clock.counting is Counting.PERIOD:
        return _after_period(clock, start, zone, off, pauses)
    if clock.counting is Counting.VALIDITY:
        return _ends(_walk(clock.span, _local_day(start, zone) - ONE_DAY, zone, off, pauses, is_validity=True), zone, off, clock.span)
    if clock.counting is Counting.DUTY:
        trigger = _local_day(start - timedelta(microseconds=1) if clock.continues else start, zone)
        return _ends(_walk(clock.span, trigger, zone, off, pauses), zone, off, clock.span)
    raise ValueError(f"a {clock.counting} clock is not counted")


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """24:00 local of `day` as an instant: 00:00 of the next."""
    return datetime.combine(day + ONE_DAY, time(), zone).astimezone(UTC)


def back_from(last_day: date, span: Span, *, first_day: date) -> date:
    """The day `span` days before `last_day`, at the earliest `first_day`: before it there was nothing to do."""
    return min(last_day, max(last_day - timedelta(days=span.number), first_day))


def working_days(first: date, last: date, off: DaysOff) -> int:
    """Working days from `first` to `last`, both counted; 0 where `last` is before `first`."""
    return sum(1 for day in _days(first, last) if not off.why_off(day))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def merged(pauses: Sequence[Pause]) -> list[Pause]:
    """The same pauses in their order, those that touch or overlap as one: no hour stands still twice."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.begins):
        last = joined[-1] if joined else None
        if last is None or (last.ends is not None and last.ends < pause.begins):
            joined.append(pause)
        elif last.ends is not None and (pause.ends is None or pause.ends > last.ends):
            joined[-1] = Pause(last.begins, pause.ends)
    return joined


def _instants(span: Span, start: datetime, pauses: Sequence[Pause]) -> Outcome:
    """A pause lengthens the way by as long as it took, if it began before the end."""
    # In UTC: adding hours to a local time would jump with its clock.
    start = start.astimezone(UTC)
    due = start + timedelta(hours=span.number)
    for pause in pauses:
        if pause.begins >= due:
            break
        if pause.ends is None:
            return Outcome(None, None)
        due += max(pause.ends - max(pause.begins, start), timedelta())
    return Outcome(due.astimezone(UTC), None)


def _walk(
    span: Span, trigger: date, zone: ZoneInfo, off: DaysOff, pauses: Sequence[Pause], *, is_validity: bool = False
) -> tuple[Step, ...] | None:
    """The days from the one after `trigger` to the last; None while the clock stands still without an end.

    A span of nothing ends on `trigger` itself, or on the first day after it on which the clock runs.
    """
    wanted = _last_of_months(span, trigger, is_validity=is_validity)
    total = (wanted - trigger).days if wanted else span.number
    is_working = span.unit is Unit.WORKING_DAYS and total > 0
    steps: list[Step] = []
    day, counted = (trigger, 0) if total else (trigger - ONE_DAY, -1)
    while counted < total:
        day += ONE_DAY
        pause = _pause_of(day, zone, pauses)
        if pause is not None and pause.ends is None:
            return None
        reason = STOOD_STILL if pause is not None else (off.why_off(day) if is_working else "")
        counted += not reason
        steps.append(Step(day, None if reason else counted, reason))
    return tuple(steps)


def _last_of_months(span: Span, trigger: date, *, is_validity: bool) -> date | None:
    """The last day of a span of months or years; None for spans of days."""
    if span.unit not in {Unit.MONTHS, Unit.YEARS}:
        return None
    number = span.number * (MONTHS_IN_YEAR if span.unit is Unit.YEARS else 1)
    if not is_validity:
        return shifted(trigger, number)
    # In force from the day of effect (the day after `trigger`) until the day before the same date.
    effect = trigger + ONE_DAY
    same = shifted(effect, number)
    return same - ONE_DAY if same.day == effect.day else same


def _pause_of(day: date, zone: ZoneInfo, pauses: Sequence[Pause]) -> Pause | None:
    """The pause during which the clock stood still all of `day`."""
    begins, ends = datetime.combine(day, time(), zone), end_of(day, zone)
    return next((one for one in pauses if one.begins <= begins and (one.ends is None or one.ends >= ends)), None)


def _ends(steps: tuple[Step, ...] | None, zone: ZoneInfo, off: DaysOff, span: Span) -> Outcome:
    if steps is None:
        return Outcome(None, None)
    last = steps[-1].day
    is_decided = off.covers(steps[0].day) and off.covers(last)
    return Outcome(end_of(last, zone), last, steps, is_provisional=span.unit is Unit.WORKING_DAYS and not is_decided)


def _backwards(span: Span, start: datetime, zone: ZoneInfo, off: DaysOff, pauses: Sequence[Pause], base: Clock | None) -> Outcome:
    """From the last day of `base` back, at the earliest to the day of the trigger: before it there was nothing to do."""
    if base is None:
        raise ValueError("a backward clock needs the clock it is counted from")
    whole = count(base, start=start, zone=zone, off=off, pauses=pauses)
    if whole.last_day is None:
        return Outcome(None, None)
    last = back_from(whole.last_day, span, first_day=_local_day(start, zone))
    steps = tuple(Step(whole.last_day - timedelta(days=number), number) for number in range((whole.last_day - last).days + 1))
    other = f"{last.isoformat()}/{whole.last_day.isoformat()}"
    return Outcome(end_of(last, zone), last, steps, whole.is_provisional, other_reading=other)


def _after_period(clock: Clock, start: datetime, zone: ZoneInfo, off: DaysOff, pauses: Sequence[Pause]) -> Outcome:
    if clock.rhythm is None or clock.span is None:
        raise ValueError("a recurring clock needs a rhythm")
    period = period_of(clock.rhythm, _local_day(start, zone))
    after = AT_ONCE if clock.names_rhythm else clock.span
    outcome = _ends(_walk(after, period.last_day, zone, off, pauses), zone, off, after)
    return Outcome(outcome.due_at, outcome.last_day, outcome.steps, outcome.is_provisional, period=period)
