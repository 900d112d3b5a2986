"""What every address below a case shares: the case through the one door, the trace of reading, the right by its name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from accounts.access.selectors import reach_of
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.cases.api.reading import CaseDetail
from konflik.cases.models import Case
from konflik.cases.selectors.permitted import Permitted, permitted_on
from konflik.cases.services.access import note_exports, note_opening
from konflik.law.secrecy import SEALED_FROM
from konflik.rest.as_models import objects
from konflik.rest.parsing import LARGEST_INT
from konflik.rest.prepared import Hole
from konflik.rest.reading import DetailView, ListView
from konflik.rest.writing import ActionView, Done, find_or_404

NOT_PERMITTED = "Penugasan Anda tidak memberi wewenang untuk tindakan ini pada perkara ini."


def case_for(reader: Any, key: int, *, now: datetime, with_places: bool = True) -> Case:
    """The case in an address. Raises Http404 for one that is not there or may not be seen; notes the reading of a sealed one.

    `with_places`: its places come along, for whoever asks what may be done on it.
    """

    def build() -> QuerySet[Case]:
        return Case.objects.visible_to(reader, at=now).filter(pk=Hole("key", key)).select_related("kabupaten")

    found = objects(("case in an address", reach_of(reader, at=now)), build, {"key": key}, at=now) if key <= LARGEST_INT else []
    if not found:
        raise Http404
    [case] = found
    if with_places:
        prefetch_related_objects([case], "places__region")
    if case.secrecy >= SEALED_FROM:
        note_opening(case=case, reader=reader, now=now)
    return case


def show_case(key: int, reader: User, *, now: datetime) -> dict[str, Any]:
    """The case as `reader` may see it. Raises Http404: whoever raises its class may no longer see it."""
    return CaseDetail().show(reader, now, key)


class CasePartList(ListView):
    """The parts of one kind of the case in the address."""

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A page of them. Raises Http404 for a case that may not be seen."""
        case_for(request.user, self.kwargs["pk"], now=timezone.now(), with_places=False)
        return super().get(request, **kwargs)

    def rows(self, reader: Any, at: datetime) -> QuerySet:
        """Of the case in the address."""
        return super().rows(reader, at).filter(case_id=self.kwargs["pk"])

    def rows_to_take(self, reader: Any, at: datetime) -> QuerySet:
        """As a file: for whoever may export this case. Raises PermissionDenied."""
        if not Case.objects.visible_to(reader, at=at, act=Act.EXPORT_CASES).filter(pk=self.kwargs["pk"]).exists():
            raise PermissionDenied(NOT_PERMITTED)
        return self.rows(reader, at)

    def note_taken(self, rows: QuerySet, reader: Any, at: datetime, *, filters: str) -> None:
        """One line, as for a list of cases with this one in it."""
        told = f"{self.request.path} {filters}".strip()
        note_exports(cases=Case.objects.filter(pk=self.kwargs["pk"]), filters=told, reader=reader, now=at)


class CasePartDetail(DetailView):
    """One part of a case. `of` is the path to the case."""

    of: ClassVar[str] = "case"

    @property
    def asks(self) -> tuple[str, ...]:  # type: ignore[override]  # as the machinery asks, by the path
        """The columns that say whether reading leaves a trace."""
        return (f"{self.of}_id", f"{self.of}__secrecy")

    def note_read(self, reader: Any, at: datetime, values: Mapping[str, Any]) -> None:
        """One line per reader and day for a sealed case."""
        if values[f"{self.of}__secrecy"] >= SEALED_FROM:
            note_opening(case=Case.objects.select_related("kabupaten").get(pk=values[f"{self.of}_id"]), reader=reader, now=at)


class CaseAct(ActionView):
    """One thing done to the case in the address; `does` names it in `ACT_FOR`."""

    does: ClassVar[str]

    def target(self, reader: Any, now: datetime) -> Any:
        """The case. Raises Http404, PermissionDenied."""
        case = case_for(reader, self.kwargs["pk"], now=now)
        self.refuse_unpermitted(permitted_on(case, reader, at=now), case)
        return case

    def refuse_unpermitted(self, permitted: Permitted, row: Any) -> None:
        """Raise PermissionDenied where the reader may not do it."""
        if not permitted.may_do(self.does):
            raise PermissionDenied(NOT_PERMITTED)

    def stands(self, target: Any, reader: Any, now: datetime) -> Any:
        """The case as it stands."""
        return show_case(target.pk, reader, now=now)


class CaseChange(CaseAct):
    """An act that changes the case itself: it names the version it saw, and answers with the case."""

    demands_version = True

    def done(self, case: Case, reader: User, now: datetime) -> Done:
        """The answer."""
        return Done(show_case(case.pk, reader, now=now))


class PartAct(CaseAct):
    """One thing done to a part of a case, the row in the address."""

    demands_version = True
    case_path: ClassVar[str] = "case"
    detail: ClassVar[type[DetailView]]
    """How the row is shown."""

    def rows(self, reader: User, now: datetime) -> QuerySet:
        """The rows it may be about, through `visible_to`, with `case` and its kabupaten."""
        return self.detail().rows(reader, now).select_related(f"{self.case_path}__kabupaten")

    def target(self, reader: Any, now: datetime) -> Any:
        """The row. Raises Http404, PermissionDenied."""
        row = find_or_404(self.rows(reader, now), self.kwargs["pk"])
        case = case_for(reader, self.case_of(row).pk, now=now)
        self.refuse_unpermitted(permitted_on(case, reader, at=now), row)
        return row

    def case_of(self, row: Any) -> Case:
        """The case that `row` is part of."""
        for name in self.case_path.split("__"):
            row = getattr(row, name)
        return row

    def stands(self, target: Any, reader: Any, now: datetime) -> Any:
        """The row as it stands."""
        return self.detail().show(reader, now, target.pk)

    def done(self, row: Model, reader: User, now: datetime) -> Done:
        """The answer: the row, or the new one that names it."""
        return Done(self.detail().show(reader, now, row.pk))


def fields_of(data: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The values given for `names`."""
    return {name: data[name] for name in names if name in data}
