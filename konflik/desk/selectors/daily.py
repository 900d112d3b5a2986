"""Lembar Harian: what needs somebody today. Every number and row lies within what that somebody may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.access.selectors import NOTHING, led, opened_beyond, parts
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.cases import selectors
from konflik.cases.models import Case, CasePlace
from konflik.cases.models.case import CaseQuerySet
from konflik.counts.selectors import Wanted, standing, tiles_of
from konflik.journal.models import JournalLine
from konflik.journal.selectors import newest, shelves
from konflik.law.stages import Stage

SHORT_LIST = 5
LINES = 8
KECAMATAN_SHOWN = 15
WITHOUT_KECAMATAN = "Tingkat kabupaten"
BEYOND = "_beyond"
RUNNING = (Stage.PENCEGAHAN, Stage.PENGHENTIAN, Stage.PEMULIHAN)


@dataclass(frozen=True)
class Overview:
    """The numbers on top."""

    by_stage: dict[Stage, int]
    running: int
    new: int
    stuck: int
    unassigned: int
    opened_this_year: int
    closed_this_year: int


@dataclass
class Bar:
    """How many running cases one kecamatan has in each stage."""

    label: str
    numbers: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(RUNNING, 0))

    @property
    def total(self) -> int:
        """All stages together."""
        return sum(self.numbers.values())


def overview(user: User, *, now: datetime, stuck_after: timedelta) -> Overview:
    """All numbers on top: stages of the regions led from the cells, the rest along an index each, and the few cases beyond."""
    year = timezone.make_aware(datetime.combine(date(timezone.localdate(now).year, 1, 1), time.min))
    wanted = {
        "new": selectors.is_new(now=now),
        "stuck": selectors.is_stuck(now=now, after=stuck_after),
        "unassigned": selectors.IS_UNASSIGNED,
        "opened_this_year": Q(opened_at__gte=year),
        "closed_this_year": Q(closed_at__gte=year),
    }
    stages = {stage.value: Q(stage=stage.value) for stage in RUNNING}
    whole, beyond = led(user, at=now), opened_beyond(user, at=now)
    asked = {name: _number(Case.objects.filter(whole, which)) for name, which in wanted.items()}
    if beyond != NOTHING:
        others = Case.objects.filter(beyond).exclude(whole)
        asked |= {f"{name}{BEYOND}": _number(others.filter(which)) for name, which in (wanted | stages).items()}
    found: Any = User.objects.filter(pk=user.pk).values(**asked).get()
    led_in = Counter[str]()
    for held in standing(tiles_of(user, at=now), Wanted()):
        led_in[held.stage_entered] += held.number
    number = {name: found.get(name, led_in[name]) + found.get(f"{name}{BEYOND}", 0) for name in wanted | stages}
    by_stage = {stage: number[stage.value] for stage in RUNNING}
    return Overview(by_stage=by_stage, running=sum(by_stage.values()), **{name: number[name] for name in wanted})


def _number(rows: QuerySet) -> Coalesce:
    """How many, as one column of a row: all numbers on top come in one query, and each keeps its own index."""
    return Coalesce(Subquery(rows.order_by().values(found=Func(F("pk"), function="COUNT"))), 0)


def _running(user: User, at: datetime) -> QuerySet:
    """Ids of the running cases of `user`, each part along its own index."""
    first, *others = (Case.objects.running().filter(part).values("pk") for part in parts(user, at=at) or [NOTHING])
    return first.union(*others, all=True) if others else first


def shortest(cases: CaseQuerySet, *order: str) -> list[Case]:
    """The first few of `cases`; `placed` gives them their place."""
    return list(cases.defer("chronology").order_by(*order, "-pk")[:SHORT_LIST])


def placed(lists: Iterable[list[Case]]) -> None:
    """The leading place of every case in `lists`, in one query."""
    prefetch_related_objects([case for rows in lists for case in rows], selectors.leading_place())


def per_kecamatan(user: User, *, at: datetime) -> list[Bar]:
    """Running cases per kecamatan and stage, the fullest first; a case in two kecamatan counts in both."""
    places = CasePlace.objects.filter(case__in=_running(user, at)).order_by()
    rows = places.values_list("kecamatan_id", "kecamatan__name", "case__stage").annotate(number=Count("case", distinct=True))
    bars: dict[str, Bar] = {}
    for code, name, stage, number in rows:
        bars.setdefault(code or "", Bar(name or WITHOUT_KECAMATAN)).numbers[Stage(stage)] = number
    return sorted(bars.values(), key=lambda bar: (-bar.total, bar.label))


def latest_lines(user: User, *, at: datetime) -> QuerySet[JournalLine]:
    """The last things recorded in the cases that `user` may see."""
    whole, beyond = led(user, via="case__", at=at), opened_beyond(user, via="case__", at=at)
    on = [shelf & whole for shelf in shelves(user, at=at, act=Act.SEE_CASES)]
    on += [beyond] if beyond != NOTHING else []
    return newest(JournalLine.objects.naming_seen(user, at=at).select_related("case", "actor", "detail"), on, most=LINES)
