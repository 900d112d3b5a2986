"""Numbers of cases: from the cells where they tell them apart, else case by case from the journal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from konflik.cases.models.case import CaseQuerySet
from konflik.counts.selectors import Held, History, Wanted, both, histories, local_day
from konflik.law.regions import Depth
from konflik.law.stages import Stage
from konflik.statistics.selectors.sight import Sight, counts, is_in_region
from konflik.statistics.tables.questions import DAY, Basis, CaseAnswer, CaseRow, Dimension, Period, Question, month_ahead

Dims = tuple[Any, ...]
ATTRIBUTES = (Dimension.REGION, Dimension.SOURCE, Dimension.ISSUE_TYPE, Dimension.SEVERITY)
Within = Counter[tuple[str, str]]


class Ledger:
    """What stands now and which steps led there, day by day or month by month; what stood earlier is reckoned backwards."""

    def __init__(self, since: date) -> None:
        self.since = since
        self.now: dict[Dims, Counter[str]] = defaultdict(Counter)
        self.steps: dict[Dims, dict[date, Within]] = defaultdict(lambda: defaultdict(Counter))

    def take(self, held: Iterable[Held]) -> None:
        """Numbers of the cells; a month or span is kept as its first day, so that these alone may be asked for."""
        for one in held:
            if one.month is None:
                self.now[one.key][one.stage_entered] += one.number
            else:
                self.steps[one.key][one.month][one.stage_left, one.stage_entered] += one.number

    def hear(self, dims: Dims, history: History, days: list[date]) -> None:
        """One case with the local day of each of its steps."""
        self.now[dims][history.stage] += 1
        for step, day in zip(history.steps, days, strict=True):
            if day >= self.since:
                self.steps[dims][day][step.stage_left, step.stage_entered] += 1

    def within(self, dims: Dims, period: Period) -> tuple[Within, Counter[str]]:
        """The steps within `period`, and who stood where at its end."""
        found: Within = Counter()
        standing = Counter(self.now[dims])
        for day, steps in self.steps[dims].items():
            if day > period.last:
                _undo(standing, steps)
            elif day >= period.first:
                found.update(steps)
        return found, standing

    def together(self) -> "Ledger":
        """The same without any dimension."""
        whole = Ledger(self.since)
        for standing in self.now.values():
            whole.now[()].update(standing)
        for days in self.steps.values():
            for day, steps in days.items():
                whole.steps[()][day].update(steps)
        return whole


def cases(question: Question, *, sight: Sight) -> CaseAnswer:
    """Answer `question` with what `sight` may see."""
    ledger, basis = _read(question, sight)
    rows = [row for dims in {**ledger.now, **ledger.steps} for row in _rows(question, ledger, dims)]
    rows.sort(key=lambda row: tuple(str(value) for value in row.key.values()))
    kept = [row for row in rows if row != CaseRow(row.key) or Dimension.MONTH in question.by]
    whole = ledger.together()
    total, before = (_together(*whole.within((), period)) for period in (question.period, question.period.before))
    return CaseAnswer(question, tuple(kept), total, before, basis)


def _read(question: Question, sight: Sight) -> tuple[Ledger, Basis]:
    ledger = Ledger(question.period.before.first)
    if _cells_know(question):
        ledger.take(both(sight.tiles(question.region), _wanted(question)))
        beyond = sight.beyond(question.region)
        if beyond is not None:
            _from_journal(ledger, question, beyond)
        return ledger, Basis.CELLS
    _from_journal(ledger, question, sight.cases(question.region))
    return ledger, Basis.JOURNAL


def _cells_know(question: Question) -> bool:
    """Cells know whole months, and severity not at all."""
    by_severity = Dimension.SEVERITY in question.by or Dimension.SEVERITY in question.only
    return question.known_at is None and question.period.is_whole_months and not by_severity


def _wanted(question: Question) -> Wanted:
    return Wanted(
        by=tuple(dimension.value for dimension in question.by if dimension in ATTRIBUTES),
        level=int(question.level or 0),
        only={dimension.value: values for dimension, values in question.only.items()},
        since=question.period.before.first,
        spans=None if Dimension.MONTH in question.by else _spans(question.period),
    )


def _spans(period: Period) -> tuple[date, ...]:
    """The steps before the period, in it and after it: no month by itself is asked for."""
    return (period.before.first, period.first, period.last + DAY)


def _from_journal(ledger: Ledger, question: Question, found: CaseQuerySet) -> None:
    day_at = local_day()
    for history in histories(found, known_at=question.known_at):
        if is_in_region(question, history.kecamatan) and counts(question, history):
            dims = tuple(_value(question, history, dimension) for dimension in question.by if dimension in ATTRIBUTES)
            ledger.hear(dims, history, [day_at(history.kabupaten, step.at) for step in history.steps])


def _value(question: Question, history: History, dimension: Dimension) -> Any:
    if dimension is not Dimension.REGION:
        return getattr(history, dimension.value)
    if question.level is Depth.KECAMATAN:
        return history.kecamatan
    return history.kabupaten if question.level is Depth.KABUPATEN else history.kabupaten[:2]


def _rows(question: Question, ledger: Ledger, dims: Dims) -> Iterator[CaseRow]:
    given = dict(zip((dimension for dimension in question.by if dimension in ATTRIBUTES), dims, strict=True))
    for month, period in _periods(question):
        steps, standing = ledger.within(dims, period)
        told = {**given, Dimension.MONTH: month} if month else given
        if Dimension.STAGE in question.by:
            for stage, row in _by_stage(steps, standing).items():
                yield replace(row, key=_ordered(question, {**told, Dimension.STAGE: stage}))
        else:
            yield replace(_together(steps, standing), key=_ordered(question, told))


def _ordered(question: Question, told: dict[Dimension, Any]) -> dict[Dimension, Any]:
    return {dimension: told[dimension] for dimension in question.by}


def _periods(question: Question) -> Iterator[tuple[date | None, Period]]:
    """The period, or each of its months as far as it lies in it."""
    if Dimension.MONTH not in question.by:
        yield None, question.period
        return
    for month in question.period.months:
        last = month_ahead(month, 1) - DAY
        yield month, Period(max(month, question.period.first), min(last, question.period.last))


def _together(steps: Counter[tuple[str, str]], standing: Counter[str]) -> CaseRow:
    return CaseRow(
        {},
        opened=sum(number for (left, _), number in steps.items() if not left),
        closed=sum(number for (_, entered), number in steps.items() if entered == Stage.SELESAI),
        reopened=sum(number for (left, _), number in steps.items() if left == Stage.SELESAI),
        entered=sum(number for (left, _), number in steps.items() if left),
        left=sum(number for (left, _), number in steps.items() if left),
        standing=sum(number for stage, number in standing.items() if stage != Stage.SELESAI),
    )


def _by_stage(steps: Counter[tuple[str, str]], standing: Counter[str]) -> dict[str, CaseRow]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (left, entered), number in steps.items():
        if not left:
            found[entered]["opened"] += number
        else:
            found[entered]["entered"] += number
            found[left]["left"] += number
        if left == Stage.SELESAI:
            found[entered]["reopened"] += number
        if entered == Stage.SELESAI:
            found[left or entered]["closed"] += number
    for stage, number in standing.items():
        found[stage]["standing"] += number
    return {stage: CaseRow({}, **numbers) for stage, numbers in found.items() if any(numbers.values())}


def _undo(standing: Counter[str], steps: Counter[tuple[str, str]]) -> None:
    for (left, entered), number in steps.items():
        standing[entered] -= number
        if left:
            standing[left] += number
