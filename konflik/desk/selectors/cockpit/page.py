"""The cockpit of a status: days left, what is due, who has not acted, and everything recorded under it."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.access.tables import Act
from accounts.regions.selectors import office_at
from konflik.cases.models import AccessGrant, Case
from konflik.cases.selectors.permitted import Permitted
from konflik.clocks.models import Deadline
from konflik.clocks.tables import OPEN_STATES
from konflik.desk.selectors.cockpit.chains import Asked, Spent, asked, dues_of, spent
from konflik.desk.selectors.cockpit.line import end_of_status, ring_now
from konflik.desk.selectors.cockpit.offers import before, during, offer
from konflik.desk.selectors.cockpit.silence import Silent, silent_on
from konflik.desk.tables.cockpit import Offer, Ring
from konflik.desk.tables.due import DueAt
from konflik.law.grammar.basis import UU_7_2012
from konflik.law.stages import Stage
from konflik.law.status import REQUIREMENTS, SCALE_RULES, Refused, Requirement, Scale, ScaleRule
from konflik.status.models import ConflictStatus, Consultation, CriteriaAssessment, ProgressReport, StatusArea, StatusMeasure
from konflik.status.selectors.lawful import missing_criteria, open_consultation, standing_assessment, why_not_end
from konflik.status.selectors.reading import latest_status
from konflik.status.tables import ENDING_LABELS, Ending, Purpose

SHOWN = 10


@dataclass(frozen=True)
class DueRow:
    """One clock that runs: what, by when, on which article, whose duty."""

    deadline: Deadline
    due: DueAt
    office: str


@dataclass(frozen=True)
class Checked:
    """One requirement of the law and the evidence found for it, by sign."""

    requirement: Requirement
    found: list[tuple[str, str]]


@dataclass(frozen=True)
class Measured:
    """One measure, whether it holds now, and the button to end it."""

    measure: StatusMeasure
    is_in_force: bool
    is_coming: bool
    end: Offer | None


@dataclass(frozen=True)
class Cockpit:
    """What the page and the printed sheet are drawn from. `phase`: none, coming, running or ended."""

    case: Case
    status: ConflictStatus | None
    phase: str
    rule: ScaleRule
    ring: Ring | None
    end: DueAt | None
    end_basis: str
    ended_how: str
    areas: list[StatusArea]
    assessment: CriteriaAssessment | None
    checked: list[Checked]
    missing: tuple[Refused, ...]
    steps: tuple[Offer, ...]
    open_consultation: Consultation | None
    consultations: list[Consultation]
    due: list[DueRow]
    silent: list[Silent]
    measures: list[Measured]
    requests: list[Asked]
    uses: list[Spent]
    reports: list[ProgressReport]
    grants: list[AccessGrant]
    offers: dict[str, Offer] = field(default_factory=dict)

    @property
    def is_preparing(self) -> bool:
        """Whether a declaration is what may come next: none yet, or the last one is over and the conflict still to be stopped."""
        return self.phase == "none" or (self.phase == "ended" and self.case.stage == Stage.PENGHENTIAN)

    @property
    def measures_in_force(self) -> list[Measured]:
        """The measures that hold now."""
        return [one for one in self.measures if one.is_in_force]

    @property
    def is_helped(self) -> bool:
        """Whether the TNI was ordered to help under this status."""
        return any(one.request.ordered_at for one in self.requests)


def cockpit_of(case: Case, permitted: Permitted, *, at: datetime) -> Cockpit:
    """Everything about the newest status of `case`, which `visible_to` has let somebody see."""
    status = latest_status(case)
    phase = _phase(status, at)
    may = permitted.allows(Act.MANAGE_STATUS)
    is_preparing = phase in ("none", "ended")
    standing = standing_assessment(case) if is_preparing else None
    assessment = standing or (status.assessment if status else None)
    missing = missing_criteria(standing) if is_preparing else ()
    consultation = open_consultation(case, Purpose.DECLARATION) if is_preparing else None
    uses = list(status.btt_uses.select_related("status__case__kabupaten").order_by("decided_at", "pk")) if status else []
    measures = _measures(status, may=may, at=at) if status else []
    threads = [one.thread for one in (status, *uses) if one is not None]
    deadlines = _deadlines(case, [*threads, *(f"tindakan:{one.measure.pk}" for one in measures)])
    dues = dues_of(deadlines, at=at)
    scale = Scale(status.scale if status and not is_preparing else assessment.scale if assessment else Scale.KABUPATEN)
    return Cockpit(
        case=case,
        status=status,
        phase=phase,
        rule=SCALE_RULES[scale],
        ring=ring_now(status, at=at) if status and phase == "running" else None,
        end=end_of_status(status, at=at) if status else None,
        end_basis=_end_basis(status),
        ended_how=ENDING_LABELS[Ending.REVOKED if status and status.revoked_at else Ending.LAPSED] if phase == "ended" else "",
        areas=list(status.areas.select_related("region").order_by("region_id")) if status else [],
        assessment=assessment,
        checked=_checked(assessment, scale),
        missing=missing,
        steps=before(case, status, consultation, missing, at=at) if may and is_preparing else (),
        open_consultation=consultation,
        consultations=list(case.consultations.order_by("-held_on", "-pk")[:SHOWN]),
        due=[_due_row(one, case, at) for one in deadlines if one.state in OPEN_STATES and one.due_at is not None],
        silent=silent_on(case, since=status.recorded_at) if status and permitted.allows(Act.SEE_CLOCKS) else [],
        measures=measures,
        requests=_requests(status, dues, may=may, at=at) if status else [],
        uses=[spent(use, dues, may=may) for use in uses],
        reports=list(status.reports.order_by("-reported_at", "-pk")[:SHOWN]) if status else [],
        grants=_grants(status, permitted),
        offers=during(status, permitted, at=at) if status else {},
    )


def _phase(status: ConflictStatus | None, at: datetime) -> str:
    if status is None:
        return "none"
    if status.is_over(at):
        return "ended"
    return "running" if status.is_in_force(at) else "coming"


def _end_basis(status: ConflictStatus | None) -> str:
    if status is None:
        return ""
    if status.revoked_at:
        return str(UU_7_2012.pasal(31))
    return str(SCALE_RULES[Scale(status.scale)].extended_basis) if status.extended_until else str(UU_7_2012.pasal(22))


def _checked(assessment: CriteriaAssessment | None, scale: Scale) -> list[Checked]:
    found = {sign.sign: sign.evidence for sign in assessment.signs.all()} if assessment else {}
    return [
        Checked(one, [(sign.text, found[sign.code]) for sign in one.signs if sign.code in found and sign.holds_for(scale)])
        for one in REQUIREMENTS
    ]


def _deadlines(case: Case, threads: list[str]) -> list[Deadline]:
    rows = Deadline.objects.filter(case=case, thread__in=threads) if threads else Deadline.objects.none()
    return list(rows.order_by("due_at", "pk"))


def _due_row(deadline: Deadline, case: Case, at: datetime) -> DueRow:
    assert deadline.due_at is not None  # noqa: S101 - the caller has looked
    due = DueAt(deadline.due_at, deadline.last_day, ZoneInfo(deadline.zone), at)
    return DueRow(deadline, due, office_at(deadline.duty_of, case.kabupaten))


def _measures(status: ConflictStatus, *, may: bool, at: datetime) -> list[Measured]:
    rows = list(status.measures.order_by("-starts_at", "-pk"))
    for one in rows:
        one.status = status
    return [
        Measured(
            one,
            one.is_in_force(at),
            is_coming=at < one.starts_at and one.stops_at > at,
            end=offer("measure-end", "Akhiri", one.pk) if may and not why_not_end(one, at=at) else None,
        )
        for one in rows
    ]


def _requests(status: ConflictStatus, dues: dict[tuple[str, str], DueAt], *, may: bool, at: datetime) -> list[Asked]:
    rows = list(status.tni_requests.order_by("-pk"))
    for one in rows:
        one.status = status
    return [asked(one, dues, may=may, at=at) for one in rows]


def _grants(status: ConflictStatus | None, permitted: Permitted) -> list[AccessGrant]:
    if status is None or not permitted.allows(Act.GRANT_ACCESS):
        return []
    return list(AccessGrant.objects.filter(of_status__status=status).select_related("user", "body").order_by("pk"))
