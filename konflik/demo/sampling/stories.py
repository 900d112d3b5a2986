"""One generated case as a plain story: what happened when, and when it was written down. No database."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from accounts.postings.models import Institution
from accounts.regions.models import Region
from konflik.demo.tables import sample
from konflik.law.activities import kinds_of
from konflik.law.figures import FigureSource, Measure
from konflik.law.grammar.activities import ActivityKind
from konflik.law.grammar.transitions import FactKind, Transition
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.stages import STAGE_MOVES, Stage
from konflik.stages.tables import ActivityStatus

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
Drawn = TypeVar("Drawn")
MOST_TURNS = 6
DAYS_IN_STAGE = 45


@dataclass(frozen=True)
class Ground:
    """Where the cases of one kabupaten happen and who works on them."""

    kabupaten: Region
    places: Sequence[Region]
    agencies: Sequence[Institution]
    zone: ZoneInfo


@dataclass(frozen=True)
class Turn:
    """One move between stages."""

    rule: Transition
    at: datetime
    recorded_at: datetime
    facts: dict[str, object]


@dataclass(frozen=True)
class Job:
    """One activity: as planned, and as it stands after its one update."""

    kind: ActivityKind
    agency: Institution
    planned_at: datetime
    planned_start: date
    planned_end: date
    updated_at: datetime | None = None
    status: ActivityStatus = ActivityStatus.RENCANA
    progress: int = 0
    started_on: date | None = None
    finished_on: date | None = None


@dataclass(frozen=True)
class Counted:
    """One figure of one source."""

    measure: Measure
    value: int
    source: FigureSource
    as_of: datetime
    recorded_at: datetime


@dataclass(frozen=True)
class Story:
    """Everything about one case."""

    issue: sample.Issue
    places: Sequence[Region]
    title: str
    chronology: str
    secrecy: Secrecy
    severity: Severity
    opened_at: datetime
    recorded_at: datetime
    sides: tuple[str, ...]
    turns: list[Turn]
    jobs: list[Job]
    figures: list[Counted]
    notes: list[tuple[str, datetime]]
    handled: tuple[Institution, datetime] | None = None
    graver: tuple[Severity, datetime] | None = None
    agreed_at: datetime | None = None

    @property
    def stage(self) -> Stage:
        """Where the case stands in the end."""
        return Stage(self.turns[-1].rule.target) if self.turns else Stage.PENCEGAHAN


@dataclass
class Teller:
    """Makes stories from one seed: the same seed, ground and hour give the same stories."""

    rng: random.Random
    ground: Ground
    now: datetime
    told: int = field(default=0)

    def tell(self, opened_at: datetime) -> Story:
        """One case that began at `opened_at`."""
        rng = self.rng
        self.told += 1
        issue = rng.choices(sample.ISSUES, [one.weight for one in sample.ISSUES])[0]
        places = self._places()
        recorded_at = min(self._written(opened_at), self.now)
        turns = list(self._turns(opened_at, recorded_at))
        name = places[0].name
        return Story(
            issue=issue,
            places=places,
            title=f"{rng.choice(issue.titles).format(name)} (contoh {self.told})",
            chronology=rng.choice(sample.CHRONOLOGY),
            secrecy=_drawn(rng, sample.SECRECY),
            severity=_drawn(rng, sample.SEVERITY),
            opened_at=opened_at,
            recorded_at=recorded_at,
            sides=self._sides(issue, name, is_settled=any(turn.rule.target == Stage.SELESAI for turn in turns)),
            turns=turns,
            jobs=list(self._jobs(recorded_at, turns)),
            figures=list(self._figures(turns)),
            notes=[(rng.choice(sample.NOTES), at) for at in self._moments(recorded_at, rng.choice((0, 0, 1)))],
            handled=self._handled(recorded_at),
            graver=self._graver(opened_at, recorded_at),
            agreed_at=next((turn.recorded_at - MINUTE / 2 for turn in turns if "agreement_on_file" in turn.rule.needs), None),
        )

    def _written(self, at: datetime) -> datetime:
        """When something that happened at `at` is written down: mostly the same day, sometimes late."""
        late = self.rng.uniform(2, 40) * DAY if self.rng.random() < sample.IS_LATE else timedelta()
        return at + late + self.rng.uniform(10, 900) * MINUTE

    def _places(self) -> list[Region]:
        count = 2 if self.rng.random() < sample.LIES_IN_TWO and len(self.ground.places) > 1 else 1
        return self.rng.sample(self.ground.places, count)

    def _sides(self, issue: sample.Issue, place: str, *, is_settled: bool) -> tuple[str, ...]:
        """Both sides or, where nobody agreed on anything, sometimes none."""
        if not is_settled and self.rng.random() > sample.KNOWS_SIDES:
            return ()
        return issue.claimant.format(place), (issue.respondent or sample.OTHER_SIDE).format(place)

    def _turns(self, opened_at: datetime, recorded_at: datetime) -> Iterator[Turn]:
        stage, since, seen = Stage.PENCEGAHAN, opened_at, recorded_at
        for _ in range(MOST_TURNS):
            target = self._where_to(stage)
            rule = STAGE_MOVES.find(stage, target) if target else None
            if rule is None:
                return
            at = since + self.rng.expovariate(1 / DAYS_IN_STAGE) * DAY
            written = max(self._written(at), seen + MINUTE)
            if written > self.now:
                return
            yield Turn(rule, at, written, {code: _fact(code, at) for code in rule.needs})
            stage, since, seen = Stage(rule.target), at, written

    def _where_to(self, stage: Stage) -> Stage | None:
        chance = self.rng.random()
        if stage is Stage.PENCEGAHAN:
            if chance < sample.IS_VIOLENT:
                return Stage.PENGHENTIAN
            return Stage.SELESAI if self.rng.random() < sample.IS_PREVENTED else None
        if stage is Stage.PENGHENTIAN:
            return Stage.PEMULIHAN if chance < sample.IS_STOPPED else None
        if stage is Stage.PEMULIHAN and chance < sample.RECURS:
            return Stage.PENGHENTIAN
        return Stage.SELESAI if stage is Stage.PEMULIHAN and chance < sample.RECURS + sample.IS_RECOVERED else None

    def _jobs(self, recorded_at: datetime, turns: list[Turn]) -> Iterator[Job]:
        """Activities in every stage that the case stood in, planned while it stood there."""
        entered = [(Stage.PENCEGAHAN, recorded_at), *((Stage(turn.rule.target), turn.recorded_at) for turn in turns)]
        left = [*(turn.recorded_at for turn in turns), self.now]
        for (stage, begins), ends in zip(entered, left, strict=True):
            kinds = kinds_of(stage)
            for _ in range(self.rng.choice((0, 0, 1, 1)) if kinds else 0):
                planned_at = begins + (ends - begins) * self.rng.random()
                yield self._job(self.rng.choice(kinds), planned_at, is_over=ends < self.now)

    def _job(self, kind: ActivityKind, planned_at: datetime, *, is_over: bool) -> Job:
        starts = self._day(planned_at) + self.rng.randint(0, 10) * DAY
        ends = starts + self.rng.randint(3, 40) * DAY
        updated_at = planned_at + self.rng.uniform(0.1, 50) * DAY
        agency = self.rng.choice(self.ground.agencies)
        if updated_at > self.now:
            return Job(kind, agency, planned_at, starts, ends)
        today = self._day(updated_at)
        begun = min(starts, today)
        if is_over or self.rng.random() < 0.5:
            return Job(kind, agency, planned_at, starts, ends, updated_at, ActivityStatus.SELESAI, 100, begun, today)
        progress = self.rng.randrange(10, 100, 10)
        return Job(kind, agency, planned_at, starts, ends, updated_at, ActivityStatus.BERJALAN, progress, begun)

    def _figures(self, turns: list[Turn]) -> Iterator[Counted]:
        for turn in turns:
            if turn.rule.target != Stage.PENGHENTIAN:
                continue
            measure, most = self.rng.choice(sample.COUNTED)
            for source in self.rng.sample(sample.COUNTED_BY, self.rng.randint(1, 2)):
                as_of = turn.recorded_at + self.rng.uniform(1, 48) * 60 * MINUTE
                recorded_at = as_of + self.rng.uniform(5, 600) * MINUTE
                if recorded_at <= self.now:
                    yield Counted(measure, self.rng.randint(0, most), source, as_of, recorded_at)

    def _handled(self, recorded_at: datetime) -> tuple[Institution, datetime] | None:
        at = recorded_at + self.rng.uniform(5, 2000) * MINUTE
        return (self.rng.choice(self.ground.agencies), at) if at <= self.now and self.rng.random() < sample.IS_HANDLED else None

    def _graver(self, opened_at: datetime, recorded_at: datetime) -> tuple[Severity, datetime] | None:
        """Another severity, later on."""
        for at in self._moments(recorded_at, self.rng.random() < sample.SEVERITY_CHANGES):
            return self.rng.choice(list(Severity)), max(at, opened_at)
        return None

    def _moments(self, since: datetime, number: int) -> list[datetime]:
        """Instants between `since` and now, within the first months."""
        latest = min(self.now, since + 4 * DAYS_IN_STAGE * DAY)
        return [since + (latest - since) * self.rng.random() for _ in range(number)]

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.ground.zone).date()


def _fact(code: str, at: datetime) -> object:
    fact = STAGE_MOVES.facts[code]
    if fact.kind is FactKind.INSTANT:
        return at
    return True if fact.kind is FactKind.ON_FILE else f"Data contoh: {fact.label.lower()}."


def _drawn(rng: random.Random, weighted: Sequence[tuple[Drawn, int]]) -> Drawn:
    return rng.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]
