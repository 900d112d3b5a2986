"""The lines that the services would have written about one generated case."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from konflik.cases.models import Figure
from konflik.demo.sampling.rows import REASON, TERMS, Rows, of_kind
from konflik.demo.sampling.stories import Job, Turn
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.grammar.transitions import FactKind
from konflik.law.sources import article_of
from konflik.law.stages import Stage
from konflik.stages.models import Activity, Agreement, StageMove
from konflik.stages.services.agreements import BASIS
from konflik.stages.tables import ActivityStatus, AgreementKind

Line = tuple[Entry, datetime]


def lines_of(rows: Rows) -> list[Line]:
    """The lines in the order in which they were written down, each with that instant. The opening comes first."""
    opening, *rest = _Lines(rows).all()
    return [opening, *sorted(rest, key=lambda pair: pair[1])]


class _Lines:
    def __init__(self, rows: Rows) -> None:
        self.rows, self.case, self.story = rows, rows.case, rows.story

    def all(self) -> Iterator[Line]:
        yield self._opening()
        yield from self._parties()
        yield from map(self._move, self.rows.moves, self.story.turns)
        for row, job in zip(self.rows.activities, self.story.jobs, strict=True):
            yield from self._activity(row, job)
        yield from map(self._figure, self.rows.figures)
        for text, at in self.story.notes:
            yield self._line(Event.NOTE_ADDED, at, detail={"text": text})
        yield from self._decisions()

    def _line(self, event: Event, at: datetime, occurred_at: datetime | None = None, **more: Any) -> Line:
        entry = Entry(
            event=event.value,
            occurred_at=occurred_at or at,
            actor=self.rows.actor,
            case_id=self.case.pk,
            kabupaten_id=self.rows.ground.kabupaten.pk,
            **more,
        )
        return entry, at

    def _opening(self) -> Line:
        case, story = self.case, self.story
        payload = {
            "number": case.number,
            "stage": Stage.PENCEGAHAN.value,
            "stage_since": story.opened_at,
            "source": case.source,
            "issue_type": case.issue_type_id,
            "secrecy": case.secrecy,
            "severity": story.severity.value,
            "qualification": case.qualification,
            "places": [region.code for region in story.places],
            "late": case.is_late_entry,
        }
        detail = {"title": case.title, "chronology": case.chronology}
        basis = str(article_of(story.issue.source))
        return self._line(Event.CASE_OPENED, story.recorded_at, story.opened_at, basis=basis, payload=payload, detail=detail)

    def _parties(self) -> Iterator[Line]:
        for party in self.rows.parties:
            payload = {"party": party.pk, "kind": party.kind, "role": party.role}
            detail = {"name": party.name, "claim": party.claim, "account": party.account}
            yield self._line(Event.PARTY_ADDED, self.story.recorded_at, payload=payload, detail=detail)

    def _move(self, row: StageMove, turn: Turn) -> Line:
        payload = {
            "move": row.pk,
            "stage": [row.source, row.target],
            "late": row.is_late_entry,
            **of_kind(turn, FactKind.INSTANT),
        }
        detail = of_kind(turn, FactKind.TEXT)
        return self._line(Event(turn.rule.event), turn.recorded_at, turn.at, basis=row.basis, payload=payload, detail=detail)

    def _activity(self, row: Activity, job: Job) -> Iterator[Line]:
        planned = {
            "activity": row.pk,
            "kind": row.kind,
            "stage": row.stage,
            "institution": row.institution_id,
            "planned_start": row.planned_start,
            "planned_end": row.planned_end,
        }
        basis = str(job.kind.basis)
        yield self._line(Event.ACTIVITY_PLANNED, job.planned_at, basis=basis, payload=planned, detail={"title": row.title})
        if job.updated_at is None:
            return
        found: dict[str, list[object]] = {
            "status": [ActivityStatus.RENCANA.value, row.status],
            "progress": [0, row.progress],
            "started_on": [None, row.started_on],
            "finished_on": [None, row.finished_on],
        }
        changed = {field: values for field, values in found.items() if values[0] != values[1]}
        payload = {"activity": row.pk, "fields": sorted(changed), **changed}
        yield self._line(Event.ACTIVITY_UPDATED, job.updated_at, basis=basis, payload=payload, detail={"title": row.title})

    def _figure(self, row: Figure) -> Line:
        payload = {"figure": row.pk, "measure": row.measure, "value": str(row.value), "source": row.source, "as_of": row.as_of}
        return self._line(Event.FIGURE_RECORDED, row.recorded_at, row.as_of, payload=payload)

    def _decisions(self) -> Iterator[Line]:
        story = self.story
        if story.handled:
            agency, at = story.handled
            payload = {"handler": [None, None], "institution": [None, agency.pk]}
            yield self._line(Event.HANDLER_ASSIGNED, at, payload=payload, detail={"reason": REASON})
        if story.graver:
            level, at = story.graver
            payload = {"level": level.value, "severity": [story.severity.value, level.value]}
            yield self._line(Event.SEVERITY_SET, at, payload=payload, detail={"reason": REASON})
        yield from map(self._agreement, self.rows.agreements)

    def _agreement(self, row: Agreement) -> Line:
        payload = {
            "agreement": row.pk,
            "kind": row.kind,
            "agreed_on": row.agreed_on,
            "parties": sorted(party.pk for party in self.rows.parties),
            "due": [None for _ in TERMS],
        }
        detail = {"title": row.title, "witnesses": row.witnesses, "terms": list(TERMS)}
        basis = str(BASIS[AgreementKind(row.kind)])
        return self._line(Event.AGREEMENT_RECORDED, row.recorded_at, basis=basis, payload=payload, detail=detail)
