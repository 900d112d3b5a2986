"""Reading cases: the list and one of them."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts.access.selectors import acts_of, reach_of, walks
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.cases.api.shapes import CaseFull, CaseRow, PlaceRow
from konflik.cases.filters import ORDERINGS, CaseFilters
from konflik.cases.models import Case, CasePlace
from konflik.cases.models.case import CaseQuerySet
from konflik.cases.services.access import note_exports, note_opening
from konflik.law.secrecy import SEALED_FROM
from konflik.rest.prepared import Hole
from konflik.rest.reading import DetailView, ListView, read_prepared


def cases_to_take(reader: User, at: datetime) -> CaseQuerySet:
    """Cases that `reader` may take away as a file. Raises PermissionDenied for whoever may take none."""
    if Act.EXPORT_CASES not in acts_of(reader, at=at):
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang mengunduh daftar perkara.")
    return Case.objects.visible_to(reader, at=at, act=Act.EXPORT_CASES)


class ListOverCases(ListView):
    """Rows that hang on cases, of all cases that may be seen; as a file those of the cases that may be taken away."""

    def rows_to_take(self, reader: User, at: datetime) -> QuerySet:
        """Of the cases that `reader` may take away. Raises PermissionDenied for whoever may take none."""
        return self.rows(reader, at).filter(case__in=cases_to_take(reader, at).values("pk"))

    def note_taken(self, rows: QuerySet, reader: User, at: datetime, *, filters: str) -> None:
        """One line for each kabupaten, with the number of cases."""
        note_exports(cases=Case.objects.filter(pk__in=rows.values("case_id")), filters=filters, reader=reader, now=at)


class CaseList(ListView):
    """Perkara yang terbuka bagi Anda, yang terbaru lebih dahulu."""

    model = Case
    shape = CaseRow
    filters = CaseFilters
    orderings = ORDERINGS
    steady = frozenset({"stage"})

    def walks(self, reader: User, at: datetime) -> list[QuerySet]:
        """The same rule in pieces: a region led, places beyond it, grants."""
        return [Case.objects.filter(piece) for piece in walks(reader, at=at)]

    def reach(self, reader: User, at: datetime) -> Hashable:
        """Postings, key and bodies."""
        return reach_of(reader, at=at)

    def rows_to_take(self, reader: User, at: datetime) -> CaseQuerySet:
        """Cases that `reader` may take away. Raises PermissionDenied for whoever may take none."""
        return cases_to_take(reader, at)

    def note_taken(self, rows: QuerySet, reader: User, at: datetime, *, filters: str) -> None:
        """One line for each kabupaten, as for a file from the pages."""
        note_exports(cases=rows, filters=filters, reader=reader, now=at)


class CaseDetail(DetailView):
    """Satu perkara. Membuka perkara kelas rahasia ke atas meninggalkan jejak, seperti di halaman."""

    model = Case
    shape = CaseFull
    asks = ("pk", "secrecy", "parent_id")

    def reach(self, reader: User, at: datetime) -> Hashable:
        """Postings, key and bodies."""
        return reach_of(reader, at=at)

    def parts(self, reader: User, at: datetime, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
        """Its places, the leading one first; a parent that the reader may not see is not named."""
        told: dict[str, Any] = {}
        if not fields or "places" in fields:
            told["places"] = read_prepared(PlaceRow, _places, {"case": values["pk"]}, at=at)
        if values["parent_id"] and not self.rows(reader, at).filter(pk=values["parent_id"]).exists():
            told["parent"] = None
        return told

    def note_read(self, reader: User, at: datetime, values: Mapping[str, Any]) -> None:
        """One line per reader and day of the kabupaten."""
        if values["secrecy"] >= SEALED_FROM:
            note_opening(case=Case.objects.select_related("kabupaten").get(pk=values["pk"]), reader=reader, now=at)


def _places() -> QuerySet:
    return CasePlace.objects.filter(case=Hole("case", 0)).order_by("-is_leading", "region_id")
