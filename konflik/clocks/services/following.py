"""What an act does to the clocks: it starts, meets and ends them, as the rules declare."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F

from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from konflik.clocks.models import Deadline, DeadlineQuerySet
from konflik.clocks.selectors import Resolved, days_off, needs_calendar, outcome_of, resolve
from konflik.clocks.services.dating import put_date
from konflik.clocks.tables import State
from konflik.journal.models import JournalLine
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.counting import DaysOff, Outcome, end_of
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.notices import LATE_AFTER
from konflik.law.rulebook import RULES
from konflik.law.secrecy import Secrecy


@dataclass(frozen=True)
class Fixed:
    """A date somebody has set, moved or taken away: `on` None ends the deadline of that rule and thread.

    `at` is the instant on the day `on` where it does not last until 24.00; None: the whole day.
    """

    rule: str
    thread: str
    on: date | None
    at: datetime | None = None
    title: str = ""
    why_ended: str = ""
    is_met: bool = False
    institution_id: int | None = None
    person_id: int | None = None
    body_id: int | None = None


@dataclass(frozen=True)
class Clocked:
    """What an act says of the clocks, beside what its event declares. `thread` empty: that of the case.

    `last_days` are (rule, day) of what it opens and what a decree itself ends earlier than the rule would; with
    `starts_none` it only meets and ends: what it tells of is over. `changed` are deadlines that the
    act itself has moved or closed and saved, so that their notices follow too; `moved` the same, before and after, of those
    whose move leaves a line of its own. `secrecy` is the class of what stands behind
    an act without a case: of its deadlines and of who is told.
    """

    thread: str = ""
    starts_at: datetime | None = None
    opens: tuple[str, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    last_days: tuple[tuple[str, date], ...] = ()
    starts_none: bool = False
    evidence: str = ""
    title: str = ""
    period: str = ""
    institution_id: int | None = None
    person_id: int | None = None
    body_id: int | None = None
    kabupaten_id: str | None = None
    secrecy: Secrecy = Secrecy.BIASA
    changed: tuple[Deadline, ...] = ()
    moved: tuple[tuple[Deadline, Deadline], ...] = ()


def follow(line: JournalLine, clocked: Clocked, *, now: datetime) -> list[Deadline]:
    """End, meet and start what `line` declares and `clocked` asks for; returns every deadline opened, moved or closed."""
    thread = clocked.thread or f"perkara:{line.case_id}"
    why = clocked.evidence or why_of(line)
    ended = _close(RULES.cancelled_by(line.event), thread, State.CANCELLED, line, why, now)
    met = _close(RULES.met_by(line.event), thread, State.MET, line, why, now)
    starts = clocked.starts_at or line.occurred_at
    started = [] if clocked.starts_none else _started(line, clocked, starts)
    rules = {rule.code: rule for rule in started} | {code: RULES.rules[code] for code in clocked.opens}
    opened = [deadline for rule in rules.values() if (deadline := open_deadline(rule, line, clocked, thread=thread, now=now))]
    return [*clocked.changed, *(new for _, new in clocked.moved), *ended, *met, *opened, *follow_dates(line, clocked.fixed, now=now)]


def _started(line: JournalLine, clocked: Clocked, starts: datetime) -> list[DeadlineRule]:
    """What the event starts as the law stands on the legal day of the place."""
    known = [rule for rule in RULES.rules.values() if line.event in rule.clock.since]
    place = clocked.kabupaten_id or line.kabupaten_id
    if not known or place is None:
        return []
    zone = zone_of(Region.objects.select_related("kabupaten", "province").get(pk=place))
    return RULES.started_by(line.event, starts.astimezone(zone).date())


def _close(rules: list[DeadlineRule], thread: str, state: State, line: JournalLine, why: str, now: datetime) -> list[Deadline]:
    if not rules:
        return []
    rows = Deadline.objects.filter(rule__in=[rule.code for rule in rules], thread=thread)
    at = line.occurred_at if state is State.MET else now
    return close(rows, state=state, why=why, by=line.actor_id, now=now, at=at, line=line)


def close(
    rows: DeadlineQuerySet,
    *,
    state: State,
    why: str,
    by: int | None,
    now: datetime,
    at: datetime | None = None,
    line: JournalLine | None = None,
) -> list[Deadline]:
    """Close those of `rows` that are open and give them as they stand; `at` is when that happened which closes them, `line` tells it.

    The caller holds their streams, so that nobody closes one in between.
    """
    found = list(rows.open())
    said = {"closed_by_id": by, "closed_line_id": line.pk if line else None, "evidence": why}
    changed = {"state": state.value, "closed_at": at or now, "next_notice_at": None, **said}
    for one in found:
        for column, value in changed.items():
            setattr(one, column, value)
        one.version += 1
    if found:
        rows.model._default_manager.filter(pk__in=[one.pk for one in found]).open().update(**changed, version=F("version") + 1)  # noqa: SLF001
    return found


def open_deadline(rule: DeadlineRule, line: JournalLine, clocked: Clocked, *, thread: str, now: datetime) -> Deadline | None:
    """Open the deadline of `rule` that `line` starts; None where nobody has entered a figure. Once per rule and line."""
    kabupaten = Region.objects.select_related("kabupaten", "province").get(pk=clocked.kabupaten_id or line.kabupaten_id)
    zone = zone_of(kabupaten)
    starts = clocked.starts_at or line.occurred_at
    found = resolve(rule, kabupaten_id=kabupaten.pk, day=starts.astimezone(zone).date())
    if found.clock is None or found.clock.span is None:
        return None
    deadline = _drawn(found, line, clocked, zone.key, kabupaten.pk, thread, starts, now)
    off = days_off(kabupaten.pk) if needs_calendar(found.clock, found.base) else DaysOff()
    outcome = outcome_of(deadline, found.clock, base=found.base, off=off)
    if day := dict(clocked.last_days).get(rule.code):
        deadline.fixed_on, outcome = day, Outcome(end_of(day, zone), day)
    deadline.period = clocked.period or (outcome.period.code if outcome.period else "")
    if rule.clock.counting is Counting.PERIOD:
        deadline.is_late_entry = outcome.due_at is not None and now - outcome.due_at > LATE_AFTER
    put_date(deadline, outcome, rule, now=now)
    deadline.save(force_insert=True)
    return deadline


def _drawn(
    found: Resolved, line: JournalLine, clocked: Clocked, zone: str, kabupaten_id: str, thread: str, starts: datetime, now: datetime
) -> Deadline:
    rule, span = found.rule, found.clock.span if found.clock else None
    return Deadline(
        rule=rule.code,
        title=clocked.title or rule.title,
        basis=found.policy.basis if found.policy else str(rule.basis),
        text=rule.text,
        span_number=span.number if span else None,
        span_unit=span.unit.value if span else "",
        policy=found.policy,
        duty_of=rule.duty_of.value,
        institution_id=clocked.institution_id,
        person_id=clocked.person_id,
        body_id=clocked.body_id,
        case_id=line.case_id,
        kabupaten_id=kabupaten_id,
        secrecy=clocked.secrecy.value,
        zone=zone,
        thread=thread,
        trigger=line,
        starts_at=starts,
        opened_at=now,
        is_late_entry=now - starts > LATE_AFTER,
    )


def follow_dates(line: JournalLine, fixed: Iterable[Fixed], *, now: datetime) -> list[Deadline]:
    """Open, move and end the dates that `line` tells of; gives every deadline that changed."""
    return [deadline for one in fixed for deadline in _follow_date(one, line, now)]


def _follow_date(fixed: Fixed, line: JournalLine, now: datetime) -> list[Deadline]:
    rows = Deadline.objects.filter(rule=fixed.rule, thread=fixed.thread)
    if fixed.on is None:
        state, at = (State.MET, line.occurred_at) if fixed.is_met else (State.CANCELLED, now)
        return close(rows, state=state, why=fixed.why_ended or why_of(line), by=line.actor_id, now=now, at=at, line=line)
    if line.kabupaten_id is None:
        return []  # nobody below the province waits for it
    current = rows.open().first()
    if current is None:
        zone = zone_of(Region.objects.select_related("kabupaten", "province").get(pk=line.kabupaten_id))
        current = dated(fixed, fixed.on, line, zone, now=now)
    elif _stands(current, fixed):
        return []
    else:
        # Whoever has to keep it now is reminded anew, as of a new date.
        current.due_version += (*_ends_at(current), current.institution_id) != (fixed.on, fixed.at, fixed.institution_id)
        current.version += 1
        current.institution_id = fixed.institution_id
        current.title = fixed.title or current.title
        current.fixed_on = fixed.on
        put_date(current, end_as_set(fixed, fixed.on, ZoneInfo(current.zone)), RULES.rules[fixed.rule], now=now)
    current.save()
    return [current]


def dated(fixed: Fixed, on: date, line: JournalLine, zone: ZoneInfo, *, now: datetime) -> Deadline:
    """A deadline for a date somebody has set, not saved; a late entry where the date had passed before."""
    rule = RULES.rules[fixed.rule]
    clocked = Clocked(title=fixed.title, institution_id=fixed.institution_id, person_id=fixed.person_id, body_id=fixed.body_id)
    found = Resolved(rule, rule.clock)
    drawn = _drawn(found, line, clocked, zone.key, str(line.kabupaten_id), fixed.thread, line.occurred_at, now)
    drawn.fixed_on = on
    drawn.is_late_entry = now - (fixed.at or end_of(on, zone)) > LATE_AFTER
    put_date(drawn, end_as_set(fixed, on, zone), rule, now=now)
    return drawn


def _stands(current: Deadline, fixed: Fixed) -> bool:
    told = (current.institution_id, current.title) == (fixed.institution_id, fixed.title or current.title)
    return told and _ends_at(current) == (fixed.on, fixed.at)


def _ends_at(row: Deadline) -> tuple[date | None, datetime | None]:
    return row.fixed_on, row.due_at if row.last_day is None else None


def end_as_set(fixed: Fixed, on: date, zone: ZoneInfo) -> Outcome:
    """The end that somebody has set: its instant, or 24.00 of the day."""
    return Outcome(fixed.at, None) if fixed.at is not None else Outcome(end_of(on, zone), on)


def why_of(line: JournalLine) -> str:
    """The line that closed a deadline, as its evidence."""
    return f"{EVENT_LABELS[Event(line.event)]} (riwayat {line.stream} nomor {line.position})"
