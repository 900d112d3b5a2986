"""Reading the way of a case, and the work that waits."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from accounts.access.selectors import institutions_of
from accounts.regions.selectors import by_local_day
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.models.case import CaseQuerySet
from konflik.cases.selectors import first_stage_since
from konflik.law.stages import STAGE_LABELS, STAGE_MOVES, Stage
from konflik.stages.models import Activity, Agreement, AgreementTerm, StageMove
from konflik.stages.tables import OPEN_STATUSES, TermStatus

ORDER = tuple(Stage)
"""The stages in the order in which a conflict goes through them."""


def facts_on_file(case: Case) -> dict[str, bool]:
    """The facts that a move may rest on and that the case itself already holds."""
    return {"agreement_on_file": agreements_in_force(case).exists()}


def agreements_in_force(case: Case) -> QuerySet[Agreement]:
    """The agreements of a case, the newest first, without those that were corrected."""
    return case.agreements.filter(corrected_by__isnull=True).order_by("-agreed_on", "-pk")


def undone_activities(case: Case) -> QuerySet[Activity]:
    """The activities of a case that are neither selesai nor batal, the nearest end first."""
    undone = case.activities.filter(status__in=[s.value for s in OPEN_STATUSES]).select_related("institution")
    return undone.order_by(F("planned_end").asc(nulls_last=True), "pk")


def unkept_terms(case: Case) -> QuerySet[AgreementTerm]:
    """The terms in force of a case that were not kept, or not yet."""
    terms = AgreementTerm.objects.filter(agreement__case=case, agreement__corrected_by__isnull=True)
    return (
        terms.exclude(status=TermStatus.DIPENUHI).select_related("agreement").order_by("-agreement__agreed_on", "agreement_id", "position")
    )


def lawful_moves(case: Case) -> list:
    """The moves the law allows from where the case stands; one button each."""
    return STAGE_MOVES.moves_from(case.stage)


def moves_in_force(case: Case) -> QuerySet[StageMove]:
    """The moves of a case in order, without those that were corrected or reversed."""
    return case.moves.filter(corrected_by__isnull=True, is_reversal=False).order_by("position")


def stages_stood_in(case: Case) -> frozenset[Stage]:
    """Every stage in which the case stands or stood, as far as it is on file."""
    moves = moves_in_force(case).values_list("source", "target")
    return frozenset({Stage(case.stage), *(Stage(stage) for pair in moves for stage in pair)})


def stage_bar(case: Case, moves: list[StageMove]) -> list[dict[str, object]]:
    """The three stages for the bar: label, whether done or now, and when each was last entered and left."""
    entered = {Stage(moves[0].source): first_stage_since(case)} if moves else {Stage(case.stage): case.stage_since}
    first = next(iter(entered))
    left: dict[Stage, datetime] = {}
    for move in moves:
        left[Stage(move.source)] = move.moved_at
        entered[Stage(move.target)] = move.moved_at
        left.pop(Stage(move.target), None)
    return [
        {
            "stage": stage.value,
            "label": STAGE_LABELS[stage],
            "is_now": case.stage == stage,
            "is_done": stage in left and case.stage != stage,
            # Before the case was entered here: it may have been there, but nobody recorded it.
            "is_unrecorded": stage not in entered and ORDER.index(stage) < ORDER.index(first),
            "since": entered.get(stage),
            "until": left.get(stage),
        }
        for stage in ORDER[:-1]
    ]


def waiting_activities(user: User, *, at: datetime) -> QuerySet[Activity]:
    """Open activities of the institutions that `user` stands for, the nearest end first."""
    mine = Q(institution_id__in=institutions_of(user, at=at)) | Q(case__handler=user)
    open_ones = Activity.objects.visible_to(user, at=at).filter(mine, status__in=[s.value for s in OPEN_STATUSES])
    return (
        open_ones.exclude(case__stage=Stage.SELESAI)
        .select_related("case__kabupaten", "institution")
        .order_by(F("planned_end").asc(nulls_last=True), "pk")
    )


def overdue(cases: CaseQuerySet, *, at: datetime) -> CaseQuerySet:
    """Running cases in which an activity is past its planned end or a term past its due date."""

    def is_late(day: date) -> Q:
        activities = Activity.objects.filter(status__in=[s.value for s in OPEN_STATUSES], planned_end__lt=day)
        terms = AgreementTerm.objects.filter(status=TermStatus.BELUM.value, agreement__corrected_by__isnull=True, due_on__lt=day)
        return Q(pk__in=activities.values("case_id")) | Q(pk__in=terms.values("agreement__case_id"))

    return cases.running().filter(by_local_day("kabupaten__", is_late, at=at))


def open_terms(user: User, *, at: datetime) -> QuerySet[AgreementTerm]:
    """Terms not yet kept in the running cases that `user` may see, the nearest due date first."""
    cases = Case.objects.visible_to(user, at=at).running()
    terms = AgreementTerm.objects.filter(
        agreement__case__in=cases, agreement__corrected_by__isnull=True, status=TermStatus.BELUM, due_on__isnull=False
    )
    return terms.select_related("agreement__case__kabupaten", "responsible").order_by("due_on", "pk")
