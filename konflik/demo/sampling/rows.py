"""The rows of one generated case, as the services would have left them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.users.models import User
from konflik.cases.models import Case, CasePlace, Figure, Party, QualificationDecision, SeverityEntry
from konflik.cases.tables import PartyKind, PartyRole, Series
from konflik.counts.selectors import key_of, month_of
from konflik.counts.tables import CaseKey, Happening, MonthKey
from konflik.demo.sampling.stories import Counted, Ground, Job, Story, Turn
from konflik.demo.tables import sample
from konflik.law.grammar.transitions import FactKind
from konflik.law.notices import LATE_AFTER
from konflik.law.qualifications import Qualification
from konflik.law.secrecy import SEALED_FROM
from konflik.law.stages import STAGE_MOVES, Stage
from konflik.stages.models import Activity, Agreement, AgreementTerm, StageMove
from konflik.stages.tables import AgreementKind

FIRST_REASON = "Penilaian awal saat perkara dibuka."
REASON = "Data contoh."
TERMS = ("Para pihak menjaga ketenangan.", "Para pihak melaksanakan hasil musyawarah.")


@dataclass(frozen=True)
class Numbered:
    """The number a case gets in its series."""

    year: int
    sequence: int

    def text(self, series: Series) -> str:
        """As it stands on the file."""
        return f"{'R-300' if series is Series.SEALED else '300'}/{self.sequence:03d}/TIMDU/{self.year}"


def series_of(story: Story) -> Series:
    """Which of the two series counts the case."""
    return Series.SEALED if story.secrecy >= SEALED_FROM else Series.OPEN


class Rows:
    """Everything of one case. The rows hang on each other by the objects, so `case` is saved first, then parties, then the rest."""

    def __init__(self, story: Story, ground: Ground, number: Numbered, actor: User) -> None:
        self.story, self.ground, self.actor = story, ground, actor
        self.case = self._case(number)
        self.places = [self._place(region, is_leading=index == 0) for index, region in enumerate(story.places)]
        self.severities = [self._severity(story.severity, story.opened_at, FIRST_REASON, story.recorded_at)]
        if story.graver:
            level, at = story.graver
            self.severities.append(self._severity(level, at, REASON, at))
        self.qualifications = [self._qualification()]
        kinds = (PartyKind.GROUP, PartyKind.COMPANY if story.issue.respondent else PartyKind.GROUP)
        roles = (PartyRole.CLAIMANT, PartyRole.RESPONDENT)
        self.parties = [
            Party(case=self.case, kind=kind.value, name=name, role=role.value)
            for name, kind, role in zip(story.sides, kinds, roles, strict=False)
        ]
        self.moves = [self._move(position, turn) for position, turn in enumerate(story.turns, start=1)]
        self.activities = [self._activity(job) for job in story.jobs]
        self.figures = [self._figure(counted) for counted in story.figures]
        self.agreements = [self._agreement(story.agreed_at)] if story.agreed_at else []

    def terms(self) -> list[AgreementTerm]:
        """The two terms of the agreement, where there is one."""
        return [
            AgreementTerm(agreement=agreement, position=position, text=text)
            for agreement in self.agreements
            for position, text in enumerate(TERMS, start=1)
        ]

    def signatures(self) -> list[Any]:
        """Who signed the agreement."""
        through = Agreement.parties.through
        return [through(agreement=agreement, party=party) for agreement in self.agreements for party in self.parties]

    def cell(self) -> CaseKey:
        """Where the case is counted."""
        return key_of(self.case, self.places[0].kecamatan_id or "")

    def months(self) -> Iterator[MonthKey]:
        """Where its events are counted."""
        kecamatan = self.places[0].kecamatan_id or ""
        yield month_of(self.case, kecamatan, Happening("", Stage.PENCEGAHAN.value, self.story.opened_at))
        for turn in self.story.turns:
            yield month_of(self.case, kecamatan, Happening(turn.rule.source, turn.rule.target, turn.at))

    def _case(self, number: Numbered) -> Case:
        story, turns = self.story, self.story.turns
        series = series_of(story)
        written = [story.recorded_at, *(at for at in self._instants() if at)]
        is_closed = story.stage is Stage.SELESAI
        return Case(
            number=number.text(series),
            series=series.value,
            year=number.year,
            sequence=number.sequence,
            title=story.title,
            chronology=story.chronology,
            province=self.ground.kabupaten.province,
            kabupaten=self.ground.kabupaten,
            source=story.issue.source.value,
            issue_type_id=story.issue.code,
            qualification=Qualification.POTENSI.value,
            stage=story.stage.value,
            stage_since=turns[-1].at if turns else story.opened_at,
            severity=(story.graver[0] if story.graver else story.severity).value,
            secrecy=story.secrecy.value,
            handler_institution=story.handled[0] if story.handled else None,
            opened_at=story.opened_at,
            recorded_at=story.recorded_at,
            recorded_by_id=self.actor.pk,
            closed_at=turns[-1].at if is_closed else None,
            is_late_entry=story.recorded_at - story.opened_at > LATE_AFTER,
            updated_at=max(written),
            version=1 + len(turns) + bool(story.handled) + bool(story.graver),
        )

    def _instants(self) -> Iterator[datetime | None]:
        """When something was written down after the opening."""
        story = self.story
        yield from (turn.recorded_at for turn in story.turns)
        yield from (job.updated_at or job.planned_at for job in story.jobs)
        yield from (figure.recorded_at for figure in story.figures)
        yield from (at for _, at in story.notes)
        yield story.handled[1] if story.handled else None
        yield story.graver[1] if story.graver else None

    def _place(self, region: Any, *, is_leading: bool) -> CasePlace:
        return CasePlace(
            case=self.case,
            region_id=region.pk,
            province_id=region.province_id,
            kabupaten_id=region.kabupaten_id,
            kecamatan_id=region.kecamatan_id,
            is_leading=is_leading,
        )

    def _severity(self, level: int, since: datetime, reason: str, recorded_at: datetime) -> SeverityEntry:
        return SeverityEntry(case=self.case, level=level, since=since, reason=reason, recorded_by_id=self.actor.pk, recorded_at=recorded_at)

    def _qualification(self) -> QualificationDecision:
        return QualificationDecision(
            case=self.case,
            qualification=Qualification.POTENSI.value,
            decided_by="Sekretariat Tim Terpadu",
            decided_at=self.story.opened_at,
            reason=FIRST_REASON,
            recorded_by_id=self.actor.pk,
            recorded_at=self.story.recorded_at,
        )

    def _move(self, position: int, turn: Turn) -> StageMove:
        facts = {**of_kind(turn, FactKind.INSTANT), **of_kind(turn, FactKind.TEXT)}
        return StageMove(
            case=self.case,
            position=position,
            source=turn.rule.source,
            target=turn.rule.target,
            moved_at=turn.at,
            facts={code: value.isoformat() if isinstance(value, datetime) else value for code, value in facts.items()},
            basis=str(turn.rule.basis),
            is_late_entry=turn.recorded_at - turn.at > LATE_AFTER,
            recorded_by_id=self.actor.pk,
            recorded_at=turn.recorded_at,
        )

    def _activity(self, job: Job) -> Activity:
        return Activity(
            case=self.case,
            stage=job.kind.stage,
            kind=job.kind.code,
            title=sample.WORK_TITLE.format(job.kind.text.capitalize())[:200],
            institution_id=job.agency.pk,
            status=job.status.value,
            progress=job.progress,
            planned_start=job.planned_start,
            planned_end=job.planned_end,
            started_on=job.started_on,
            finished_on=job.finished_on,
            recorded_by_id=self.actor.pk,
            recorded_at=job.planned_at,
            updated_by_id=self.actor.pk,
            updated_at=job.updated_at or job.planned_at,
            version=2 if job.updated_at else 1,
        )

    def _figure(self, counted: Counted) -> Figure:
        return Figure(
            case=self.case,
            measure=counted.measure.value,
            value=Decimal(counted.value),
            source=counted.source.value,
            as_of=counted.as_of,
            recorded_by_id=self.actor.pk,
            recorded_at=counted.recorded_at,
        )

    def _agreement(self, at: datetime) -> Agreement:
        return Agreement(
            case=self.case,
            kind=AgreementKind.MUSYAWARAH.value,
            title="Kesepakatan damai (data contoh)",
            agreed_on=self.story.turns[-1].at.astimezone(self.ground.zone).date(),
            recorded_by_id=self.actor.pk,
            recorded_at=at,
        )


def of_kind(turn: Turn, kind: FactKind) -> dict[str, Any]:
    """The facts of a move that are instants, or texts."""
    return {code: turn.facts[code] for code in turn.rule.needs if STAGE_MOVES.facts[code].kind is kind}
