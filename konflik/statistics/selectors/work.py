"""What was done and what is late: activities, deadlines by rule, authoritative figures. Read from rows along their indexes."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from accounts.regions.models import TimeZone
from konflik.cases.models import CasePlace, Figure
from konflik.clocks.models import Deadline
from konflik.clocks.tables import OPEN_STATES, State
from konflik.law.regions import Depth
from konflik.stages.models import Activity
from konflik.stages.tables import OPEN_STATUSES, ActivityStatus
from konflik.statistics.selectors.sight import Sight
from konflik.statistics.tables.questions import ActivityRow, DeadlineRow, FigureRow, Period, Question

COLUMNS = {Depth.PROVINCE: "province", Depth.KABUPATEN: "kabupaten"}


class OnlyNow(ValueError):
    """This number is not kept as it was known earlier."""

    def __init__(self) -> None:
        super().__init__("Angka ini hanya tersedia menurut keadaan sekarang.")


def activities(question: Question, *, sight: Sight) -> tuple[ActivityRow, ...]:
    """Kegiatan by stage and kind. Raises OnlyNow for a question of what was known earlier."""
    _refuse_earlier(question)
    first, last = question.period.first, question.period.last
    today = sight.at.astimezone(ZoneInfo(TimeZone.WIB)).date()
    is_open = Q(status__in=[status.value for status in OPEN_STATUSES], planned_end__range=(first, last))
    rows = _of_cases(_seen(Activity, sight), question).values("stage", "kind").order_by("stage", "kind")
    told = rows.annotate(
        done=Count("pk", filter=Q(status=ActivityStatus.SELESAI.value, finished_on__range=(first, last))),
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(planned_end__lt=today)),
    )
    return tuple(ActivityRow(**row) for row in told if row["done"] or row["open"])


def deadlines(question: Question, *, sight: Sight) -> tuple[DeadlineRow, ...]:
    """Deadlines that fell or fall due in the period, by rule. Raises OnlyNow for a question of what was known earlier."""
    _refuse_earlier(question)
    is_met, is_open = Q(state=State.MET.value), Q(state__in=OPEN_STATES)
    rows = _seen(Deadline, sight).filter(_due_in(question.period))
    told = (
        _of_region(rows, question)
        .values("rule")
        .order_by("rule")
        .annotate(
            due=Count("pk"),
            met=Count("pk", filter=is_met & Q(closed_at__lte=F("due_at"))),
            met_late=Count("pk", filter=is_met & Q(closed_at__gt=F("due_at"))),
            overdue=Count("pk", filter=is_open & Q(due_at__lt=sight.at)),
            running=Count("pk", filter=is_open & Q(due_at__gte=sight.at)),
            cancelled=Count("pk", filter=Q(state=State.CANCELLED.value)),
        )
    )
    return tuple(DeadlineRow(**row) for row in told)


def figures(question: Question, *, sight: Sight) -> tuple[FigureRow, ...]:
    """The authoritative figures alone, added up over cases but never over sources. Raises OnlyNow for what was known earlier."""
    _refuse_earlier(question)
    within = reduce(
        or_, (Q(case__kabupaten__time_zone=zone, as_of__gte=begin, as_of__lt=end) for zone, begin, end in _instants(question.period))
    )
    rows = _of_cases(_seen(Figure, sight).filter(within, is_authoritative=True), question)
    told = (
        rows.values("measure", "source")
        .order_by("measure", "source")
        .annotate(cases=Count("case", distinct=True), total=Sum("value"), newest=Max("as_of"))
    )
    return tuple(
        FigureRow(measure=row["measure"], source=row["source"], cases=row["cases"], value=f"{row['total']:.2f}", newest=row["newest"])
        for row in told
    )


def _refuse_earlier(question: Question) -> None:
    if question.known_at is not None:
        raise OnlyNow


def _seen(model: Any, sight: Sight) -> QuerySet:
    return model.objects.all() if sight.user is None else model.objects.visible_to(sight.user, at=sight.at)


def _of_cases(rows: QuerySet, question: Question) -> QuerySet:
    """Rows of cases in the region: where their case has its leading place."""
    narrowed = {f"case__{column}": code for column, code in _columns(question)}
    rows = rows.filter(**narrowed, **{f"case__{dimension.value}__in": list(values) for dimension, values in question.only.items()})
    return _of_kecamatan(rows, question)


def _of_region(rows: QuerySet, question: Question) -> QuerySet:
    """Deadlines of the region; those without a case stand in their kabupaten alone."""
    for column, code in _columns(question):
        rows = rows.filter(**{"kabupaten" if column == "kabupaten" else "kabupaten__province": code})
    return _of_kecamatan(rows, question)


def _columns(question: Question) -> Iterable[tuple[str, str]]:
    parts = question.region.split(".") if question.region else []
    if parts:
        depth = Depth(min(len(parts), Depth.KABUPATEN))
        yield COLUMNS[depth], ".".join(parts[:depth])


def _of_kecamatan(rows: QuerySet, question: Question) -> QuerySet:
    if question.region.count(".") < 2:
        return rows
    return rows.filter(case__in=CasePlace.objects.filter(is_leading=True, kecamatan=question.region).values("case_id"))


def _due_in(period: Period) -> Q:
    """The end of a day is 24:00 of it: what is due then belongs to that day, not to the next."""
    return reduce(or_, (Q(zone=zone, due_at__gt=begin, due_at__lte=end) for zone, begin, end in _instants(period)))


def _instants(period: Period) -> Iterable[tuple[str, datetime, datetime]]:
    """Where the period begins and ends in each of the three legal times."""
    for zone in TimeZone:
        info = ZoneInfo(zone.value)
        yield zone.value, _midnight(period.first, info), _midnight(period.last + timedelta(days=1), info)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
