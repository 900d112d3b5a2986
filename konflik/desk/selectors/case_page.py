"""Everything one case page shows, read in a fixed number of queries however long the file is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils.functional import SimpleLazyObject

from accounts.access.selectors import reach_of
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.cases.models import AccessGrant, Attachment, Case, CaseLink, CasePlace, Figure, Party
from konflik.cases.selectors.permitted import Permitted, permitted_on
from konflik.cases.tables import LINK_KIND_LABELS, LINKED_FROM_LABELS, LinkKind
from konflik.desk.selectors.cockpit.line import StatusLine, status_line
from konflik.desk.selectors.deadlines import CaseDeadlines, of_case
from konflik.desk.selectors.history import HistoryPage, latest_recorded
from konflik.desk.selectors.judgements import Judgement, judgements_of
from konflik.desk.selectors.today import due_on
from konflik.desk.tables.due import Due
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.figures import MEASURE_LABELS, Measure
from konflik.law.grammar.transitions import Transition
from konflik.law.qualifications import Qualification, shown_qualification
from konflik.law.sources import SOURCE_TEXTS, Source, article_of
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.rest.as_models import objects
from konflik.rest.parsing import LARGEST_INT
from konflik.rest.prepared import Hole
from konflik.stages.models import Activity, Agreement, AgreementTerm, StageMove
from konflik.stages.selectors import agreements_in_force, lawful_moves, moves_in_force, stage_bar
from konflik.stages.services.activities import takes_updates
from konflik.stages.tables import OPEN_STATUSES

LATEST = 12
FINISHED = {Stage.PENCEGAHAN: 0, Stage.PENGHENTIAN: 1, Stage.PEMULIHAN: 2}


@dataclass(frozen=True)
class FigureRow:
    """The last word of one source on one measure."""

    figure: Figure
    label: str
    unit: str


@dataclass(frozen=True)
class FigureGroup:
    """Every source on one measure, side by side and never added up; the authoritative one first.

    `earlier`: counts of the same sources that a newer or the official one has overtaken, none of them corrected.
    """

    label: str
    unit: str
    rows: list[FigureRow]
    earlier: list[FigureRow]

    @property
    def every(self) -> list[FigureRow]:
        """All of them: each may be corrected or declared."""
        return [*self.rows, *self.earlier]


@dataclass(frozen=True)
class ActivityRow:
    """One activity with its article, its date and whether the reader may update it.

    `is_open` while it waits to be done, `is_left` when the case was closed before it was.
    """

    activity: Activity
    text: str
    basis: str
    due: Due | None
    is_open: bool
    is_left: bool
    may_update: bool
    may_correct: bool
    is_mine: bool
    documents: list[Attachment]

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the reader's own institution."""
        return self.is_mine and self.is_open


@dataclass(frozen=True)
class StageWork:
    """The activities of one stage."""

    stage: Stage
    label: str
    is_now: bool
    rows: list[ActivityRow]

    @property
    def others(self) -> list[ActivityRow]:
        """What does not wait for the reader: a page that shows that first shows only these below."""
        return [row for row in self.rows if not row.is_waiting]

    @property
    def mine(self) -> int:
        """How many wait for the reader."""
        return len(self.rows) - len(self.others)


@dataclass(frozen=True)
class Relation:
    """Another case that belongs to this one, and how."""

    case: Case
    label: str
    reason: str = ""


@dataclass(frozen=True)
class CaseSheet:
    """What the case page and the printed sheet are drawn from."""

    case: Case
    permitted: Permitted
    qualification: str
    source_text: str
    source_basis: str
    status: StatusLine
    bar: list[dict[str, object]]
    moves: list[StageMove]
    lawful: list[Transition]
    figures: list[FigureGroup]
    parties: list[Party]
    work: list[StageWork]
    agreements: list[Agreement]
    documents: list[Attachment]
    relations: "list[Relation] | SimpleLazyObject"
    judgements: "list[Judgement] | SimpleLazyObject"
    grants: "list[AccessGrant] | SimpleLazyObject"
    latest: HistoryPage
    deadlines: CaseDeadlines

    @property
    def is_unqualified(self) -> bool:
        """Whether violence is being stopped or repaired in a case that nobody has qualified beyond potensi yet,
        and no status in force does."""
        past_potential = self.case.stage in (Stage.PENGHENTIAN, Stage.PEMULIHAN)
        return past_potential and not self.status.is_in_force and self.case.qualification == Qualification.POTENSI

    @property
    def waiting(self) -> list[ActivityRow]:
        """The open activities that the reader's own institution works on, the nearest first."""
        return [row for work in self.work for row in work.rows if row.is_waiting]

    @property
    def open_rows(self) -> list[ActivityRow]:
        """Every open activity, the stage the case stands in first."""
        return [row for work in self.work for row in work.rows if row.is_open]


def find_case(pk: int, user: User, *, at: datetime) -> Case | None:
    """The case with its names, or None where `user` may not see it or it does not exist."""
    if pk > LARGEST_INT:
        return None

    def build() -> QuerySet[Case]:
        rows = Case.objects.visible_to(user, at=at).filter(pk=Hole("case", pk))
        return rows.select_related(
            "kabupaten", "province", "issue_type", "handler", "handler_institution", "satgas", "parent", "recorded_by"
        )

    found = objects(("case of a page", reach_of(user, at=at)), build, {"case": pk}, at=at)
    prefetch_related_objects(found, Prefetch("places", CasePlace.objects.select_related("region").order_by("-is_leading", "region_id")))
    return found[0] if found else None


def case_sheet(case: Case, user: User, *, at: datetime, latest: int = LATEST) -> CaseSheet:
    """Everything about `case`, which `find_case` gave."""
    permitted = permitted_on(case, user, at=at)
    status = status_line(case, at=at)
    moves = list(moves_in_force(case))
    documents = list(case.attachments.select_related("uploaded_by", "case").order_by("-uploaded_at", "-pk"))
    stage = Stage(case.stage)
    return CaseSheet(
        case=case,
        permitted=permitted,
        qualification=shown_qualification(decided=Qualification(case.qualification), stage=stage, has_status=status.is_in_force),
        source_text=SOURCE_TEXTS[Source(case.source)],
        source_basis=str(article_of(Source(case.source))),
        status=status,
        bar=stage_bar(case, moves),
        moves=moves,
        lawful=lawful_moves(case) if permitted.allows(Act.MOVE_STAGE) else [],
        figures=_figures(case),
        parties=list(case.parties.order_by("pk")),
        work=_work(case, permitted, documents, at=at),
        agreements=_agreements(case),
        documents=documents,
        # Only two of the tabs show these: read when a template asks.
        relations=SimpleLazyObject(lambda: _relations(case, user, at=at)),
        judgements=SimpleLazyObject(lambda: judgements_of(case)),
        grants=SimpleLazyObject(lambda: _grants(case, permitted, at=at)),
        latest=latest_recorded(case, user, at=at, size=latest),
        deadlines=of_case(case, permitted.acts, at=at),
    )


def _figures(case: Case) -> list[FigureGroup]:
    """Of each source and measure the official count, and the newest where it is another one."""
    groups: dict[str, dict[tuple[str, bool], FigureRow]] = {}
    earlier: dict[str, list[FigureRow]] = {}
    rows = case.figures.filter(corrected_by__isnull=True).select_related("recorded_by").order_by("-is_authoritative", "-as_of", "-pk")
    for figure in rows:
        label, unit = MEASURE_LABELS[Measure(figure.measure)]
        kept = groups.setdefault(figure.measure, {})
        row, place = FigureRow(figure, label, unit), (figure.source, figure.is_authoritative)
        official = kept.get((figure.source, True))
        if place in kept or (official is not None and figure.as_of <= official.figure.as_of):
            earlier.setdefault(figure.measure, []).append(row)
        else:
            kept[place] = row
    return [
        FigureGroup(*MEASURE_LABELS[measure], rows=list(groups[measure.value].values()), earlier=earlier.get(measure.value, []))
        for measure in MEASURE_LABELS
        if measure.value in groups
    ]


def _work(case: Case, permitted: Permitted, documents: list[Attachment], *, at: datetime) -> list[StageWork]:
    activities = case.activities.select_related("institution", "updated_by").order_by("planned_end", "pk")
    attached = {activity.pk: [one for one in documents if one.activity_id == activity.pk] for activity in activities}
    rows = [_row(case, activity, permitted, attached[activity.pk], at) for activity in activities]
    by_stage = {stage: [row for row in rows if row.activity.stage == stage] for stage in FINISHED}
    now = Stage(case.stage)
    stages = sorted(FINISHED, key=lambda stage: (stage is not now, -FINISHED[stage]))
    return [StageWork(stage, STAGE_LABELS[stage], stage is now, by_stage[stage]) for stage in stages if by_stage[stage] or stage is now]


def _row(case: Case, activity: Activity, permitted: Permitted, documents: list[Attachment], at: datetime) -> ActivityRow:
    kind = ACTIVITY_KINDS[activity.kind]
    goes_on, is_undone = takes_updates(case.stage), activity.status in OPEN_STATUSES
    may_update = goes_on and permitted.may_update(activity)
    return ActivityRow(
        activity=activity,
        text=kind.text,
        basis=str(kind.basis),
        due=due_on(activity.planned_end, case, at=at) if goes_on and is_undone else None,
        is_open=goes_on and is_undone,
        is_left=is_undone and not goes_on,
        may_update=may_update,
        may_correct=goes_on and permitted.may_do("activity-correct"),
        is_mine=activity.institution_id in permitted.institutions and may_update,
        documents=documents,
    )


def _agreements(case: Case) -> list[Agreement]:
    terms = AgreementTerm.objects.select_related("responsible").order_by("position")
    return list(agreements_in_force(case).prefetch_related("parties", Prefetch("terms", terms)))


def _relations(case: Case, user: User, *, at: datetime) -> list[Relation]:
    """Related cases that the reader may see as well; the others are not even counted."""
    links = list(CaseLink.objects.filter(Q(case=case) | Q(other=case)).order_by("pk"))
    wanted = {link.case_id for link in links} | {link.other_id for link in links} | ({case.parent_id} if case.parent_id else set())
    visible = _visible(Q(pk__in=wanted - {case.pk}) | Q(parent=case), user, at=at)
    by_pk = {row.pk: row for row in visible}
    found = [Relation(by_pk[case.parent_id], "Perkara induk")] if case.parent_id in by_pk else []
    found += [Relation(row, "Bagian dari perkara ini") for row in visible if row.parent_id == case.pk]
    for link in links:
        key, labels = (link.other_id, LINK_KIND_LABELS) if link.case_id == case.pk else (link.case_id, LINKED_FROM_LABELS)
        if other := by_pk.get(key):
            found.append(Relation(other, labels[LinkKind(link.kind)], link.reason))
    return found


def _visible(which: Q, user: User, *, at: datetime) -> QuerySet[Case]:
    return Case.objects.visible_to(user, at=at).filter(which).order_by("-opened_at", "-pk")


def _grants(case: Case, permitted: Permitted, *, at: datetime) -> list[AccessGrant]:
    """Access given, shown to whoever may give it."""
    if not permitted.allows(Act.GRANT_ACCESS):
        return []
    return list(case.grants.select_related("user", "body", "granted_by").order_by("-valid_until", "-pk"))
