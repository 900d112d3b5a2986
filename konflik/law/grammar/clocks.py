"""How a time limit is written: what starts it, how long it runs, how its days are counted.

The law does not say how days are counted. Our convention stands in `konflik.law.grammar.counting`, ADR 0014.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from konflik.law.events import Event
from konflik.law.grammar.durations import MONTHS_IN_YEAR, Span, Unit, days


class Counting(StrEnum):
    VALIDITY = "validity"
    """ "berlaku paling lama 90 hari": the day of effect is day 1."""
    DUTY = "duty"
    """ "paling lambat 1 hari kerja": the day of the trigger does not count."""
    INSTANT = "instant"
    """ "1 x 24 jam": exact instants."""
    BACKWARDS = "backwards"
    """ "dalam waktu 10 hari sebelum berakhirnya": at the latest on the last day minus N."""
    PERIOD = "period"
    """ "setiap 1 bulan": so long after the end of the running period."""
    FIXED = "fixed"
    """A date that somebody has set: a plan, a term of an agreement, the end of a decree."""


@dataclass(frozen=True)
class Rhythm:
    """Periods of `length` months; the first of a year begins in `first_month`. `only` of them a year, 0 for all."""

    length: int
    first_month: int = 1
    only: int = 0


@dataclass(frozen=True)
class Clock:
    """One way to count. `span` None: the law names no figure, a dated policy row does.

    `of` names the rule whose period is counted from (backwards, continuation).
    """

    counting: Counting
    span: Span | None = None
    since: tuple[Event, ...] = ()
    of: str = ""
    continues: bool = False
    rhythm: Rhythm | None = None
    names_rhythm: bool = False
    """Its figure is the rhythm itself: each period is due on its last day."""

    def accepts(self, span: Span) -> bool:
        """Whether `span` can be its figure: hours are counted from an instant only, backwards only days, a year has whole rhythms."""
        if self.names_rhythm:
            length = _in_months(span)
            return length > 0 and MONTHS_IN_YEAR % length == 0
        if self.counting is Counting.BACKWARDS:
            return span.unit is Unit.DAYS
        if self.counting is Counting.VALIDITY:
            return span.number > 0 and span.unit is not Unit.HOURS
        if span.unit is Unit.HOURS:
            return span.number > 0 and self.counting in {Counting.DUTY, Counting.INSTANT}
        return True

    def lasting(self, span: Span) -> "Clock":
        """The same clock with the figure of a policy; hours turn a duty into instants, days turn it back.

        Raises ValueError where `accepts` says no.
        """
        if not self.accepts(span):
            raise ValueError(f"a {self.counting} clock is not counted in {span}")
        if self.names_rhythm:
            return replace(self, span=span, rhythm=Rhythm(_in_months(span)))
        if self.counting in {Counting.DUTY, Counting.INSTANT}:
            return replace(self, span=span, counting=_counting_of(span))
        return replace(self, span=span)


def valid_for(span: Span | None, *, since: Event | None = None, of: str = "") -> Clock:
    """Something is in force for `span`; the day of effect is day 1."""
    return Clock(Counting.VALIDITY, span, _events(since), of)


def within(span: Span | None, *, since: Event | tuple[Event, ...] | None = None) -> Clock:
    """Something must be done within `span` after the trigger."""
    return Clock(_counting_of(span), span, since if isinstance(since, tuple) else _events(since))


def further(span: Span, *, after: str, since: Event | None = None) -> Clock:
    """`span` more, beginning where the period of the rule `after` ends."""
    return Clock(_counting_of(span), span, _events(since), after, continues=True)


def before(rule: str, span: Span, *, since: Event | None = None) -> Clock:
    """Something must be done at the latest `span` before the last day of the rule named."""
    return Clock(Counting.BACKWARDS, span, _events(since), rule)


AT_ONCE = days(0)


def every(length: int, *, first_month: int = 1, only: int = 0, then: Span | None = AT_ONCE) -> Clock:
    """Each period of `length` months, `then` after its end; `then` None where only a policy names the day."""
    return Clock(Counting.PERIOD, then, rhythm=Rhythm(length, first_month, only))


def recurring() -> Clock:
    """Something recurs in a rhythm that only a policy names: each period is due on its last day."""
    return Clock(Counting.PERIOD, names_rhythm=True)


def on_date() -> Clock:
    """A date that is given, not counted."""
    return Clock(Counting.FIXED)


def _in_months(span: Span) -> int:
    """The length of a rhythm; 0 for what is not counted in months or years."""
    return {Unit.MONTHS: span.number, Unit.YEARS: span.number * MONTHS_IN_YEAR}.get(span.unit, 0)


def _counting_of(span: Span | None) -> Counting:
    return Counting.INSTANT if span is not None and span.unit is Unit.HOURS else Counting.DUTY


def _events(event: Event | None) -> tuple[Event, ...]:
    return (event,) if event is not None else ()


@dataclass(frozen=True)
class Period:
    """One period of a rhythm; both ends count. `code` is unique within its rule: "2026-03", "2026-S1", "2026-B04", "2026"."""

    code: str
    first_day: date
    last_day: date
