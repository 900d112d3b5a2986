"""Deadlines for machines: the list that the page shows, and one of them explained."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from accounts.access.selectors import acts_of, narrowing_of
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.cases.api.reading import ListOverCases, cases_to_take
from konflik.cases.models import Case
from konflik.cases.services.access import note_opening
from konflik.clocks.models import Deadline, DeadlineQuerySet
from konflik.clocks.selectors import explain
from konflik.clocks.selectors.explaining import Explanation, Proof
from konflik.clocks.selectors.knowing import Face
from konflik.desk.api.shapes import DeadlineFull, DeadlineRow
from konflik.desk.filters.deadlines import DeadlineFilters
from konflik.desk.selectors.deadline_page import sentences_of
from konflik.law.secrecy import SEALED_FROM
from konflik.rest.instants import write_instant
from konflik.rest.params import Asked
from konflik.rest.reading import DetailView

PARTS = ("explanation", "steps", "standstills", "moves", "trigger")


def deadlines_listed_to(reader: User, at: datetime) -> DeadlineQuerySet:
    """The one rule of visibility. Raises PermissionDenied where the page of deadlines is closed too."""
    if Act.SEE_CLOCKS not in acts_of(reader, at=at):
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang melihat daftar tenggat.")
    return Deadline.objects.visible_to(reader, at=at)


class DeadlineList(ListOverCases):
    """Tenggat yang terbuka bagi Anda, juga yang tanpa perkara. Menurut `due_at` hanya tampak yang mempunyai tanggal."""

    shape = DeadlineRow
    filters = DeadlineFilters
    orderings = ("-opened_at", "opened_at", "due_at", "-due_at", "-pk", "pk")

    def rows(self, reader: User, at: datetime) -> DeadlineQuerySet:
        """Raises PermissionDenied."""
        return deadlines_listed_to(reader, at)

    def rows_to_take(self, reader: User, at: datetime) -> QuerySet:
        """As a file: without a case, or of cases that `reader` may export. Raises PermissionDenied for whoever may take none."""
        return self.rows(reader, at).filter(Q(case__isnull=True) | Q(case__in=cases_to_take(reader, at).values("pk")))

    def as_asked(self, rows: QuerySet, asked: Asked) -> QuerySet:
        """What stands still has no place among dates."""
        return rows.filter(due_at__isnull=False) if asked.ordering.lstrip("-") == "due_at" else rows


class DeadlineDetail(DetailView):
    """Satu tenggat dengan penjelasannya. Membukanya pada perkara kelas rahasia ke atas meninggalkan jejak, seperti di halaman."""

    model = Deadline
    shape = DeadlineFull
    asks = ("pk", "case_id", "case__secrecy")

    def rows(self, reader: User, at: datetime) -> DeadlineQuerySet:
        """For a key those of its list. A person opens from a case that may be seen each deadline of it, as on the page."""
        return Deadline.objects.visible_to(reader, at=at) if narrowing_of(reader) is None else deadlines_listed_to(reader, at)

    def parts(self, reader: User, at: datetime, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
        """How its date was reached and what moved it."""
        if fields and not set(fields) & set(PARTS):
            return {}
        deadline = Deadline.objects.get(pk=values["pk"])
        told = explain(deadline, at=at)
        return {"explanation": sentences_of(deadline, told), **_told(told)}

    def note_read(self, reader: User, at: datetime, values: Mapping[str, Any]) -> None:
        """The same line that opening the case leaves."""
        if values["case_id"] is not None and values["case__secrecy"] >= SEALED_FROM:
            note_opening(case=Case.objects.select_related("kabupaten").get(pk=values["case_id"]), reader=reader, now=at)


def _told(told: Explanation) -> dict[str, Any]:
    zone = told.zone
    return {
        "steps": [{"day": step.day, "number": step.number, "reason": step.reason} for step in told.steps],
        "standstills": [
            {"begins_at": write_instant(one.begins, zone), "ends_at": write_instant(one.ends, zone), "basis": one.basis}
            for one in told.standstills
        ],
        "moves": [
            {**_proof(one.proof, zone), "decree": one.decree, "before": _face(one.old, zone), "after": _face(one.new, zone)}
            for one in told.moves
        ],
        "trigger": _proof(told.trigger, zone) if told.trigger else None,
    }


def _proof(proof: Proof, zone: str) -> dict[str, Any]:
    return {
        "event": proof.event,
        "label": proof.label,
        "occurred_at": write_instant(proof.occurred_at, zone),
        "recorded_at": write_instant(proof.recorded_at, zone),
        "stream": proof.stream,
        "position": proof.position,
        "hash": proof.hash,
        "basis": proof.basis,
    }


def _face(face: Face, zone: str) -> dict[str, Any]:
    return {"state": face.state, "due_at": write_instant(face.due_at, zone), "last_day": face.last_day}
