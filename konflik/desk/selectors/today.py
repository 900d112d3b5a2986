"""Tugas saya: what waits for one person, the nearest first, and the cases in that person's hands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.access.selectors import institutions_of
from accounts.access.tables import Act
from accounts.regions.selectors import zone_name, zone_of
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.selectors import stuck
from konflik.desk.tables.due import Due
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.stages.models import Activity, AgreementTerm
from konflik.stages.selectors import open_terms, overdue, waiting_activities

SHOWN = 20


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, in which case, on which article or agreement, by when, and the one button."""

    case: Case
    title: str
    basis: str
    due: Due | None
    button: str
    action: str
    row_id: int
    progress: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Number:
    """One number of the overview: its word, how many, and what narrows the list of cases to them."""

    label: str
    number: int
    query: str


def overview_of(user: User, *, at: datetime) -> list[Number]:
    """How the cases that `user` may see stand: running per stage, past a date, without news."""
    cases = Case.objects.visible_to(user, at=at)
    running = dict(cases.running().order_by().values_list("stage").annotate(Count("pk")))
    late = overdue(cases, at=at).count()
    without_news = stuck(cases, now=at, after=timedelta(days=settings.STUCK_DAYS)).count()
    return [
        Number("Perkara berjalan", sum(running.values()), "attention=berjalan"),
        *(
            Number(STAGE_LABELS[stage], running.get(stage.value, 0), f"stage={stage}")
            for stage in STAGE_LABELS
            if stage is not Stage.SELESAI
        ),
        Number("Ada yang lewat batas waktu", late, "attention=lewat"),
        Number(f"Tanpa kabar terbaru {settings.STUCK_DAYS} hari", without_news, "attention=macet"),
    ]


def due_on(day: date | None, case: Case, *, at: datetime) -> Due | None:
    """`day` seen from the calendar of the case's kabupaten."""
    if day is None:
        return None
    return Due(day, timezone.localtime(at, zone_of(case.kabupaten)).date(), zone_name(case.kabupaten))


def tasks_of(user: User, acts: Iterable[Act], *, at: datetime) -> list[Task]:
    """What waits for `user`, the nearest date first, without a date last."""
    open_acts = set(acts)
    found: list[Task] = []
    if open_acts & {Act.UPDATE_OWN_ACTIVITY, Act.UPDATE_ANY_ACTIVITY}:
        found += [_activity_task(row, at) for row in _updatable(user, at=at)]
    if Act.RECORD_AGREEMENT in open_acts:
        cases = Case.objects.visible_to(user, at=at, act=Act.RECORD_AGREEMENT)
        found += [_term_task(row, at) for row in open_terms(user, at=at).filter(agreement__case__in=cases)[:SHOWN]]
    return sorted(found, key=lambda task: (task.due is None, task.due.day if task.due else date.max, task.title))


def cases_of(user: User, *, at: datetime) -> QuerySet[Case]:
    """Running cases in the hands of `user` or of an institution that `user` stands for, the latest news first."""
    mine = Q(handler=user) | Q(handler_institution__in=institutions_of(user, at=at))
    return Case.objects.visible_to(user, at=at).filter(mine).running().select_related("kabupaten").order_by("-updated_at", "-pk")


def _updatable(user: User, *, at: datetime) -> QuerySet[Activity]:
    # A grant lets read a case without letting work on it: no button may lead to a refusal.
    own = Q(case__in=Case.objects.visible_to(user, at=at, act=Act.UPDATE_OWN_ACTIVITY), institution__in=institutions_of(user, at=at))
    every = Q(case__in=Case.objects.visible_to(user, at=at, act=Act.UPDATE_ANY_ACTIVITY))
    return waiting_activities(user, at=at).filter(own | every)[:SHOWN]


def _activity_task(activity: Activity, at: datetime) -> Task:
    return Task(
        case=activity.case,
        title=activity.title,
        basis=str(ACTIVITY_KINDS[activity.kind].basis),
        due=due_on(activity.planned_end, activity.case, at=at),
        button="Perbarui kegiatan",
        action="activity-update",
        row_id=activity.pk,
        progress=activity.progress,
        note=f"{activity.get_status_display()} · {activity.institution}",
    )


def _term_task(term: AgreementTerm, at: datetime) -> Task:
    case = term.agreement.case
    return Task(
        case=case,
        title=term.text,
        basis=f"Butir {term.position}, {term.agreement.title}",
        due=due_on(term.due_on, case, at=at),
        button="Perbarui butir",
        action="term-update",
        row_id=term.pk,
        note=str(term.responsible or "Pelaksana belum disebut"),
    )
