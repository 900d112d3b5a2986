"""What was done and what is late: activities, deadlines by rule, authoritative figures. Read from rows along their indexes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from accounts.regions.models import TimeZone
from accounts.regions.selectors import by_local_day
from konflik.cases.models import CasePlace, Figure
from konflik.clocks.models import Deadline
from konflik.clocks.tables import OPEN_STATES, State
from konflik.counts.selectors import histories
from konflik.law.regions import Depth
from konflik.stages.models import Activity
from konflik.stages.tables import OPEN_STATUSES, ActivityStatus
from konflik.statistics.selectors.earlier import Work, activities_then, authoritative_then, faces_then
from konflik.statistics.selectors.sight import Sight, counts, is_in_region
from konflik.statistics.tables.questions import ActivityRow, DeadlineRow, FigureRow, Period, Question

OPEN = tuple(status.value for status in OPEN_STATUSES)
RULE_NUMBERS = ("due", "met", "met_late", "overdue", "running", "cancelled")
COLUMNS = {Depth.PROVINCE: "province", Depth.KABUPATEN: "kabupaten"}


def activities(question: Question, *, sight: Sight) -> tuple[ActivityRow, ...]:
    """Kegiatan by stage and kind."""
    first, last, at = question.period.first, question.period.last, _asked(question, sight)
    rows = _of_cases(_seen(Activity, sight), question, sight)
    if question.known_at is not None:
        return _told_again(activities_then(rows, at=at), question.period, at)
    is_late = by_local_day("case__kabupaten__", lambda day: Q(planned_end__lt=day), at=at)
    is_open = Q(status__in=OPEN, planned_end__range=(first, last))
    told = (
        rows.values("stage", "kind")
        .order_by("stage", "kind")
        .annotate(
            done=Count("pk", filter=Q(status=ActivityStatus.SELESAI.value, finished_on__range=(first, last))),
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & is_late),
        )
    )
    return tuple(ActivityRow(**row) for row in told if row["done"] or row["open"])


def _told_again(works: Iterable[Work], period: Period, at: datetime) -> tuple[ActivityRow, ...]:
    """The same of activities as they stood earlier."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in works:
        numbers = found[one.stage, one.kind]
        numbers["done"] += one.status == ActivityStatus.SELESAI and _lies_in(one.finished_on, period)
        if one.status in OPEN and _lies_in(one.planned_end, period):
            numbers["open"] += 1
            numbers["overdue"] += one.planned_end is not None and one.planned_end < timezone.localdate(at, ZoneInfo(one.zone))
    told = (ActivityRow(*key, numbers["done"], numbers["open"], numbers["overdue"]) for key, numbers in sorted(found.items()))
    return tuple(row for row in told if row.done or row.open)


def _lies_in(day: date | None, period: Period) -> bool:
    return day is not None and period.first <= day <= period.last


def deadlines(question: Question, *, sight: Sight) -> tuple[DeadlineRow, ...]:
    """Deadlines that fell or fall due in the period, by rule."""
    at, rows = _asked(question, sight), _of_region(_seen(Deadline, sight), question, sight)
    if question.known_at is None:
        named = rows.annotate(due_then=F("due_at"), zone_then=F("zone"), rule_then=F("rule"))
        return _by_rule([_counted(named, question.period, at)])
    unchanged, faces = faces_then(rows, at=at)
    return _by_rule([_counted(unchanged, question.period, at, is_open=True), _counted(faces, question.period, at)])


def _counted(rows: QuerySet, period: Period, at: datetime, *, is_open: bool = False) -> Iterable[Mapping[str, Any]]:
    """Numbers by rule of rows with `due_then`, `zone_then`, `rule_then`, and, but where all of them are open, state and closed_at."""
    rows = rows.filter(_due_in(period)).values("rule_then").order_by("rule_then")
    passed, ahead = Q(due_then__lte=at), Q(due_then__gt=at)
    if is_open:
        return rows.annotate(due=Count("pk"), overdue=Count("pk", filter=passed), running=Count("pk", filter=ahead))
    is_met, waits = Q(state=State.MET.value), Q(state__in=OPEN_STATES)
    return rows.annotate(
        due=Count("pk"),
        met=Count("pk", filter=is_met & Q(closed_at__lte=F("due_then"))),
        met_late=Count("pk", filter=is_met & Q(closed_at__gt=F("due_then"))),
        overdue=Count("pk", filter=waits & passed),
        running=Count("pk", filter=waits & ahead),
        cancelled=Count("pk", filter=Q(state=State.CANCELLED.value)),
    )


def _by_rule(parts: Iterable[Iterable[Mapping[str, Any]]]) -> tuple[DeadlineRow, ...]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        for row in part:
            found[row["rule_then"]].update({name: row[name] for name in RULE_NUMBERS if name in row})
    return tuple(DeadlineRow(rule, **{name: numbers[name] for name in RULE_NUMBERS}) for rule, numbers in sorted(found.items()))


def figures(question: Question, *, sight: Sight) -> tuple[FigureRow, ...]:
    """The authoritative figures alone, added up over cases but never over sources."""
    within = reduce(
        or_, (Q(case__kabupaten__time_zone=zone, as_of__gte=begin, as_of__lt=end) for zone, begin, end in _instants(question.period))
    )
    rows = _of_cases(_seen(Figure, sight), question, sight)
    if question.known_at is not None:
        marked = authoritative_then(rows, at=_asked(question, sight))
        return _added_up(rows.filter(within, recorded_at__lte=_asked(question, sight)), marked)
    told = (
        rows.filter(within, is_authoritative=True)
        .values("measure", "source")
        .order_by("measure", "source")
        .annotate(cases=Count("case", distinct=True), total=Sum("value"), newest=Max("as_of"))
    )
    return tuple(
        FigureRow(measure=row["measure"], source=row["source"], cases=row["cases"], value=f"{row['total']:.2f}", newest=row["newest"])
        for row in told
    )


def _added_up(rows: QuerySet, marked: set[int]) -> tuple[FigureRow, ...]:
    """The same of the figures that bore the mark earlier."""
    found: dict[tuple[str, str], list[tuple[int, Decimal, datetime]]] = defaultdict(list)
    for pk, measure, source, *figure in rows.values_list("pk", "measure", "source", "case_id", "value", "as_of").iterator():
        if pk in marked:
            found[measure, source].append((figure[0], figure[1], figure[2]))
    return tuple(
        FigureRow(*key, len({case for case, *_ in told}), f"{sum(value for _, value, _ in told):.2f}", max(at for *_, at in told))
        for key, told in sorted(found.items())
    )


def _asked(question: Question, sight: Sight) -> datetime:
    """Of which instant the answer is."""
    return sight.at if question.known_at is None else min(question.known_at, sight.at)


def _seen(model: Any, sight: Sight) -> QuerySet:
    return model.objects.all() if sight.user is None else model.objects.visible_to(sight.user, at=sight.at)


def _of_cases(rows: QuerySet, question: Question, sight: Sight) -> QuerySet:
    """Rows of cases in the region: where their case has its leading place."""
    rows = rows.filter(**{f"case__{column}": code for column, code in _columns(question)})
    if question.known_at is not None and question.only:
        return rows.filter(case__in=_known_cases(question, sight))
    rows = rows.filter(**{f"case__{dimension.value}__in": list(values) for dimension, values in question.only.items()})
    return _of_kecamatan(rows, question, sight)


def _of_region(rows: QuerySet, question: Question, sight: Sight) -> QuerySet:
    """Deadlines of the region; those without a case stand in their kabupaten alone."""
    for column, code in _columns(question):
        rows = rows.filter(**{"kabupaten" if column == "kabupaten" else "kabupaten__province": code})
    return _of_kecamatan(rows, question, sight)


def _columns(question: Question) -> Iterable[tuple[str, str]]:
    parts = question.region.split(".") if question.region else []
    if parts:
        depth = Depth(min(len(parts), Depth.KABUPATEN))
        yield COLUMNS[depth], ".".join(parts[:depth])


def _of_kecamatan(rows: QuerySet, question: Question, sight: Sight) -> QuerySet:
    if question.region.count(".") < 2:
        return rows
    if question.known_at is not None:
        return rows.filter(case__in=_known_cases(question, sight))
    return rows.filter(case__in=CasePlace.objects.filter(is_leading=True, kecamatan=question.region).values("case_id"))


def _known_cases(question: Question, sight: Sight) -> list[int]:
    """The cases that were known to lie there and to be so: what was amended since does not count."""
    known = histories(sight.cases(question.region), known_at=_asked(question, sight))
    return [one.case_id for one in known if is_in_region(question, one.kecamatan) and counts(question, one)]


def _due_in(period: Period) -> Q:
    """The end of a day is 24:00 of it: what is due then belongs to that day, not to the next."""
    return reduce(or_, (Q(zone_then=zone, due_then__gt=begin, due_then__lte=end) for zone, begin, end in _instants(period)))


def _instants(period: Period) -> Iterable[tuple[str, datetime, datetime]]:
    """Where the period begins and ends in each of the three legal times."""
    for zone in TimeZone:
        info = ZoneInfo(zone.value)
        yield zone.value, _midnight(period.first, info), _midnight(period.last + timedelta(days=1), info)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
