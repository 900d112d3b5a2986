"""Random limits counted by the law and by the oracle: `python -m tests.law.duel SEED CASES`. No Django, any TZ.

Prints how many agreed; exits 1 with the first limit on which they do not, in plain values.
"""

import random
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from konflik.law.grammar.clocks import AT_ONCE, Clock, Counting, Rhythm, before, further, recurring, valid_for, within
from konflik.law.grammar.counting import DaysOff, Outcome, Pause, count
from konflik.law.grammar.durations import Span, Unit
from konflik.law.rulebook import RULES
from tests.law import oracle

ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
FIRST = datetime(2023, 1, 1, tzinfo=UTC)
SECONDS = 6 * 366 * oracle.DAY
EDGES = (date(2024, 2, 29), date(2026, 3, 20), date(2026, 12, 31), date(2027, 1, 31), date(2028, 2, 29), date(2026, 4, 30))


def draw_clock(chance: random.Random) -> tuple[Clock, Clock | None]:
    """One of the rules of the book with its own or some figure, or a way of counting that no rule uses yet."""
    if chance.random() < 0.6:
        rule = chance.choice([rule for rule in RULES.rules.values() if rule.clock.counting is not Counting.FIXED])
        clock = rule.clock
        if clock.span is None:
            clock = clock.lasting(_accepted(chance, clock))
        base = RULES.get(clock.of)
        return clock, base.clock if base is not None and clock.counting is Counting.BACKWARDS else None
    whole = valid_for(_accepted(chance, valid_for(None)))
    span = _accepted(chance, within(None))
    return chance.choice(
        [
            (within(span), None),
            (whole, None),
            (before("", Span(chance.randrange(0, 40), Unit.DAYS)), whole),
            (further(Span(chance.randrange(1, 20), Unit.WORKING_DAYS), after=""), None),
            (recurring().lasting(_accepted(chance, recurring())), None),
            (Clock(Counting.PERIOD, AT_ONCE, rhythm=Rhythm(6, first_month=chance.choice((1, 4)))), None),
        ]
    )


def _accepted(chance: random.Random, clock: Clock) -> Span:
    most = {Unit.HOURS: 200, Unit.DAYS: 120, Unit.WORKING_DAYS: 40, Unit.MONTHS: 14, Unit.YEARS: 2}
    while True:
        unit = chance.choice(list(Unit))
        span = Span(chance.randrange(most[unit] + 1), unit)
        if clock.accepts(span):
            return span


def draw_start(chance: random.Random, hours: int) -> datetime:
    """Any second of six years; often near midnight of the zone, often near the end of a month."""
    at = FIRST + timedelta(seconds=chance.randrange(SECONDS))
    if chance.random() < 0.3:
        at = datetime.combine(chance.choice(EDGES), datetime.min.time(), UTC) + timedelta(days=chance.randrange(-3, 3))
    if chance.random() < 0.4:
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=hours)
        at = midnight + timedelta(seconds=chance.choice((-1, 0, 1, -60, 3600)))
    return at


def draw_off(chance: random.Random, start: datetime) -> DaysOff:
    """Feasts strewn about, sometimes a whole fortnight; decided for a while, or never."""
    first = start.date()
    days = {first + timedelta(days=chance.randrange(-5, 90)) for _ in range(chance.randrange(12))}
    if chance.random() < 0.2:
        begins = first + timedelta(days=chance.randrange(20))
        days |= {begins + timedelta(days=number) for number in range(chance.randrange(1, 14))}
    until = chance.choice((None, first + timedelta(days=chance.randrange(-3, 60))))
    since = chance.choice((None, first + timedelta(days=chance.randrange(-30, 5))))
    return DaysOff(dict.fromkeys(days, "libur"), until, since)


def draw_pauses(chance: random.Random, start: datetime, hours: int) -> list[Pause]:
    """None, or up to three: over before the start, overlapping, on midnight, without an end."""
    if chance.random() < 0.5:
        return []
    found = []
    for _ in range(chance.randrange(1, 4)):
        begins = start + timedelta(seconds=chance.randrange(-5 * oracle.DAY, 30 * oracle.DAY))
        if chance.random() < 0.4:
            begins = begins.replace(hour=0, minute=0, second=0) - timedelta(hours=hours)
        ends = begins + timedelta(seconds=chance.choice((1, oracle.HOUR, oracle.DAY, 2 * oracle.DAY, chance.randrange(1, 20 * oracle.DAY))))
        found.append(Pause(begins, None if chance.random() < 0.1 else ends))
    return found


def asked(clock: Clock, base: Clock | None, start: datetime, hours: int, off: DaysOff, pauses: list[Pause]) -> oracle.Question:
    """The same limit in the plain values of the oracle."""
    span = AT_ONCE if clock.names_rhythm else clock.span
    rhythm = clock.rhythm
    begins, ends = off.covered_from, off.covered_until
    decided = (oracle.number_of(begins) if begins else 0, oracle.number_of(ends)) if ends else None
    return oracle.Question(
        kind=clock.counting.value,
        number=span.number,
        unit=span.unit.value,
        start=oracle.seconds(start),
        offset=hours * oracle.HOUR,
        off=frozenset(map(oracle.number_of, off.reasons)),
        decided=decided,
        pauses=tuple((oracle.seconds(one.begins), oracle.seconds(one.ends) if one.ends else None) for one in pauses),
        base=(base.span.number, base.span.unit.value) if base else None,
        is_further=clock.continues,
        rhythm=(rhythm.length, rhythm.first_month, rhythm.only) if rhythm else None,
    )


def agrees(found: Outcome, told: oracle.Answer) -> bool:
    """Whether both say the same, and the walk of the law ends where it says."""
    due = oracle.instant(told.due) if told.due is not None else None
    last = oracle.EPOCH + timedelta(days=told.last) if told.last is not None else None
    is_walked = not found.steps or found.last_day == found.steps[-1].day
    return (found.due_at, found.last_day, found.is_provisional) == (due, last, told.is_provisional) and is_walked


def duel(seed: int, cases: int) -> str:
    """The first limit on which the two do not agree, in words; empty where they always do."""
    chance = random.Random(seed)
    for number in range(cases):
        zone, hours = chance.choice(list(ZONES.items()))
        clock, base = draw_clock(chance)
        start = draw_start(chance, hours)
        off, pauses = draw_off(chance, start), draw_pauses(chance, start, hours)
        # The same instant in some other zone: what is handed in must not matter.
        given = start.astimezone(ZoneInfo(chance.choice(("UTC", zone, "America/New_York"))))
        found = count(clock, start=given, zone=ZoneInfo(zone), off=off, pauses=pauses, base=base)
        question = asked(clock, base, start, hours, off, pauses)
        told = oracle.answer(question)
        if not agrees(found, told):
            return f"case {number} of seed {seed}, {zone}, {start}:\n{clock}\n{base}\n{question}\nlaw: {found}\noracle: {told}"
    return ""


if __name__ == "__main__":
    said = duel(int(sys.argv[1]), int(sys.argv[2]))
    print(said or f"{sys.argv[2]} agreed")
    sys.exit(bool(said))
