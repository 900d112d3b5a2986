"""The same limits counted a second time, in another way: by walking seconds and days, from the ADR and nothing else.

Nothing here comes from `konflik.law.grammar.counting`. Instants are whole seconds since 1970 in UTC, a zone is a number of
seconds, a day is a number since 1970-01-01, months are found by walking over them. Slow, simple, and meant to be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

DAY = 86_400
HOUR = 3_600
EPOCH = date(1970, 1, 1)
FIRST_WEEKDAY = 3  # 1970-01-01 was a Thursday; Monday is 0
SATURDAY = 5


@dataclass(frozen=True)
class Question:
    """One limit in plain values. `kind`: validity, duty, instant, backwards, period. `base` is (number, unit) of the whole."""

    kind: str
    number: int
    unit: str
    start: int
    offset: int
    off: frozenset[int] = frozenset()
    decided: tuple[int, int] | None = None
    pauses: tuple[tuple[int, int | None], ...] = ()
    base: tuple[int, str] | None = None
    is_further: bool = False
    rhythm: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Answer:
    """The end in seconds, the last day, whether the calendar of working days is undecided. Both None: it stands still."""

    due: int | None
    last: int | None
    is_provisional: bool = False


STANDS_STILL = Answer(None, None)


def answer(question: Question) -> Answer:
    """Count `question`."""
    if question.kind == "instant":
        return _hours(question)
    today = (question.start + question.offset) // DAY
    if question.kind == "validity":
        return _whole(question, question.number, question.unit, today)
    if question.kind == "backwards":
        whole = _whole(question, *question.base, today)
        if whole.last is None:
            return STANDS_STILL
        last = whole.last
        for _ in range(question.number):
            last = last - 1 if last > today else last
        return Answer(_midnight_after(last, question.offset), last, whole.is_provisional)
    if question.kind == "period":
        return _after(question, _end_of_period(question.rhythm, today))
    if question.is_further and (question.start + question.offset) % DAY == 0:
        today -= 1  # 24:00 of the day before
    return _after(question, today)


def _hours(question: Question) -> Answer:
    """Let the clock run from one change to the next until enough seconds have passed."""
    left = question.number * HOUR
    changes = sorted({at for pause in question.pauses for at in pause if at is not None and at > question.start})
    now = question.start
    while True:
        upcoming = next((at for at in changes if at > now), None)
        if not _stands(question, now):
            if upcoming is None or upcoming - now >= left:
                return Answer(now + left, None)
            left -= upcoming - now
        elif upcoming is None:
            return STANDS_STILL
        now = upcoming


def _stands(question: Question, at: int) -> bool:
    return any(begins <= at and (ends is None or at < ends) for begins, ends in question.pauses)


def _stood_all(question: Question, day: int) -> bool:
    """Whether there was no second of `day` in which the clock ran."""
    begins, ends = day * DAY - question.offset, (day + 1) * DAY - question.offset
    looked_at = {begins} | {at for pause in question.pauses for at in pause if at is not None and begins < at < ends}
    return all(_stands(question, at) for at in looked_at)


def _for_ever(question: Question, day: int) -> bool:
    """Whether the clock has stopped before `day` and never runs again."""
    begins = day * DAY - question.offset
    changes = {at for pause in question.pauses for at in pause if at is not None and at > begins}
    return all(_stands(question, at) for at in changes | {begins})


def _midnight_after(day: int, offset: int) -> int:
    return (day + 1) * DAY - offset


def _is_working(question: Question, day: int) -> bool:
    return (day + FIRST_WEEKDAY) % 7 < SATURDAY and day not in question.off


def _after(question: Question, trigger: int) -> Answer:
    """The trigger's own day does not count."""
    length = question.number
    if question.unit in {"months", "years"}:
        length = _same_date_later(trigger, question.number * (12 if question.unit == "years" else 1))[0] - trigger
    return _lasting(question, trigger + 1, length, is_working=question.unit == "working_days")


def _whole(question: Question, number: int, unit: str, first: int) -> Answer:
    """In force from `first`, which is day 1."""
    length = number
    if unit in {"months", "years"}:
        later, has_date = _same_date_later(first, number * (12 if unit == "years" else 1))
        length = later - first + (0 if has_date else 1)
    return _lasting(question, first, length, is_working=unit == "working_days")


def _lasting(question: Question, first: int, length: int, *, is_working: bool) -> Answer:
    """Tick off `length` days that count, beginning with `first`; of none the day before it, or the next that runs."""
    day = first if length else first - 1
    begins = day
    ticks = length or 1
    while True:
        if question.pauses and _stood_all(question, day):
            if _for_ever(question, day):
                return STANDS_STILL
        elif not (is_working and length) or _is_working(question, day):
            ticks -= 1
        if ticks == 0:
            return Answer(_midnight_after(day, question.offset), day, is_working and not _is_decided(question, begins, day))
        day += 1


def _is_decided(question: Question, first: int, last: int) -> bool:
    return question.decided is not None and question.decided[0] <= first and last <= question.decided[1]


def _calendar(day: int) -> date:
    return EPOCH + timedelta(days=day)


def _days_from(day: int) -> Iterator[int]:
    while True:
        yield day
        day += 1


def _same_date_later(day: int, months: int) -> tuple[int, bool]:
    """The day with the same date so many months later, else that month's last day; and whether it has that date."""
    wanted = _calendar(day).day
    passed = 0
    for one in _days_from(day):
        passed += one > day and _calendar(one).day == 1
        if passed == months and _calendar(one).day == wanted:
            return one, True
        if passed == months and _calendar(one + 1).day == 1:
            return one, False
    raise AssertionError("days do not end")


def _end_of_period(rhythm: tuple[int, int, int], day: int) -> int:
    """The first last day of a period of the rhythm (length, first month, only) that is not before `day`."""
    length, first_month, only = rhythm
    for one in _days_from(day):
        if _calendar(one + 1).day == 1:
            month = (_calendar(one).month - first_month) % 12 + 1
            if month % length == 0 and only in {0, month // length}:
                return one
    raise AssertionError("days do not end")


def seconds(at: datetime) -> int:
    """An aware instant in seconds since 1970."""
    return round((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


def instant(at: int) -> datetime:
    """The other way round."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)


def number_of(day: date) -> int:
    """A day as a number since 1970-01-01."""
    return (day - EPOCH).days
