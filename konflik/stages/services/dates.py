"""The dates of the work inside a stage, as deadlines: planned ends of activities, due dates of terms."""

from datetime import datetime

from konflik.acts.services import Clocked, catch_up
from konflik.cases.models import Case
from konflik.clocks.services.following import Fixed
from konflik.journal.models import JournalLine
from konflik.law.stages import Stage
from konflik.stages.models import Activity, AgreementTerm
from konflik.stages.tables import OPEN_STATUSES, ActivityStatus, TermStatus

CASE_CLOSED = "Perkara selesai"
OF_ACTIVITY, OF_TERM = "kegiatan-selesai", "kesepakatan-butir"
TITLE_MAX = 200


def takes_updates(stage: str) -> bool:
    """Whether the activities of a case in `stage` go on: those of a closed one stay as they are until it is reopened.

    A closed case is reopened by a move with its reason (PP 2/2015 Pasal 96); what was left undone stays on record as undone.
    """
    return stage != Stage.SELESAI


def date_of_activity(activity: Activity, *, is_going_on: bool = True) -> Fixed:
    """The planned end while the activity waits; nothing once it is done or dropped, or the case is closed."""
    waits = activity.status in OPEN_STATUSES and is_going_on
    return Fixed(
        rule=OF_ACTIVITY,
        thread=f"kegiatan:{activity.pk}",
        on=activity.planned_end if waits else None,
        title=f"Kegiatan selesai menurut rencana: {activity.title}"[:TITLE_MAX],
        why_ended="" if is_going_on else CASE_CLOSED,
        is_met=activity.status == ActivityStatus.SELESAI,
        institution_id=activity.institution_id,
    )


def date_of_term(term: AgreementTerm, *, is_superseded: bool = False) -> Fixed:
    """The date that was agreed while the term waits; nothing once it was kept or broken, or the agreement corrected."""
    waits = term.status == TermStatus.BELUM and not is_superseded
    return Fixed(
        rule=OF_TERM,
        thread=f"butir:{term.pk}",
        on=term.due_on if waits else None,
        title=f"Butir {term.position} kesepakatan: {term.text}"[:TITLE_MAX],
        is_met=term.status == TermStatus.DIPENUHI,
    )


def dates_at_move(case: Case, source: str, target: str) -> Clocked:
    """What a move does to the activities: closing the case takes their dates away, reopening it gives them back.

    Terms bind the parties beyond the end of the case (UU 7/2012 Pasal 8 ayat (3)): their dates stay.
    """
    if takes_updates(source) == takes_updates(target):
        return Clocked()
    waiting = case.activities.filter(status__in=OPEN_STATUSES, planned_end__isnull=False).order_by("pk")
    return Clocked(fixed=tuple(date_of_activity(one, is_going_on=takes_updates(target)) for one in waiting))


def open_dates(*, now: datetime) -> int:
    """Deadlines for the activities and terms that stood in the tables before there were clocks; says how many were opened.

    A second call finds nothing to do.
    """
    waiting = Activity.objects.filter(status__in=OPEN_STATUSES, planned_end__isnull=False).exclude(case__stage=Stage.SELESAI)
    terms = AgreementTerm.objects.filter(status=TermStatus.BELUM, due_on__isnull=False, agreement__corrected_by__isnull=True)
    wanted: dict[tuple[int, str, int], list[Fixed]] = {}
    for activity in waiting.order_by("pk").iterator():
        wanted.setdefault((activity.case_id, "activity", activity.pk), []).append(date_of_activity(activity))
    for term in terms.select_related("agreement").order_by("pk").iterator():
        wanted.setdefault((term.agreement.case_id, "agreement", term.agreement_id), []).append(date_of_term(term))
    return sum(_open(*key, fixed, now) for key, fixed in wanted.items())


def _open(case_id: int, kind: str, key: int, fixed: list[Fixed], now: datetime) -> int:
    line = JournalLine.objects.filter(**{"case_id": case_id, f"payload__{kind}": key}).order_by("position").first()
    return catch_up(line=line, fixed=fixed, now=now) if line is not None else 0
