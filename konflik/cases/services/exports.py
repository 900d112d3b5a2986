"""The list of cases as a file for the secretariat, and the trace that taking it leaves. How a file is written: `konflik.sheets`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch

from accounts.regions.models import Region
from accounts.regions.selectors import zone_name, zone_of
from accounts.users.models import User
from konflik.cases.models import Case, CasePlace
from konflik.cases.models.case import CaseQuerySet
from konflik.cases.services.access import note_export
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.sheets import MEDIA_TYPES, Value, csv_chunks, xlsx_chunks

CHUNK = 500
SHEET = "Perkara"


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what stands in it for one case."""

    heading: str
    value: Callable[[Case], Value]


COLUMNS: tuple[Column, ...] = (
    Column("Nomor", lambda case: case.number),
    Column("Judul", lambda case: case.title),
    Column("Tahap", lambda case: case.get_stage_display()),
    Column("Tahap sejak", lambda case: _local(case, case.stage_since)),
    Column("Kualifikasi hukum", lambda case: case.get_qualification_display()),
    Column("Sumber (UU 7/2012 Pasal 5)", lambda case: case.get_source_display()),
    Column("Jenis isu", lambda case: case.issue_type.label),
    Column("Tingkat kerawanan", lambda case: case.get_severity_display()),
    Column("Kelas keamanan", lambda case: SECRECY_LABELS[Secrecy(case.secrecy)]),
    Column("Kabupaten/kota", lambda case: case.kabupaten.name),
    Column("Wilayah", lambda case: _joined(place.region.label for place in case.places.all())),
    Column("Para pihak", lambda case: _joined(party.name for party in case.parties.all())),
    Column("Penanggung jawab", lambda case: str(case.handler or "")),
    Column("Instansi penanggung jawab", lambda case: str(case.handler_institution or "")),
    Column("Dibuka pada", lambda case: _local(case, case.opened_at)),
    Column("Dicatat pada", lambda case: _local(case, case.recorded_at)),
    Column("Dicatat susulan", lambda case: "Ya" if case.is_late_entry else "Tidak"),
    Column("Selesai pada", lambda case: _local(case, case.closed_at)),
    Column("Pembaruan terakhir", lambda case: _local(case, case.updated_at)),
    Column("Zona waktu", lambda case: zone_name(case.kabupaten)),
)


@dataclass(frozen=True)
class Export:
    """A file on its way: its name, its type, its bytes."""

    name: str
    media_type: str
    chunks: Iterable[bytes]


@transaction.atomic
def export_cases(*, cases: CaseQuerySet, form: str, filters: str, reader: User, now: datetime) -> Export:
    """`cases` as "csv" or "xlsx", with one journal line per kabupaten that they belong to.

    The caller hands in only what `reader` may take out. Raises KeyError for another form.
    """
    media_type = MEDIA_TYPES[form]
    taken = list(cases.values_list("pk", "kabupaten_id"))
    for kabupaten_id, number in sorted(Counter(kabupaten for _, kabupaten in taken).items()):
        note_export(kabupaten_id=kabupaten_id, number=number, filters=filters, reader=reader, now=now)
    rows = _rows([pk for pk, _ in taken])
    named_at = now.astimezone(_zone({kabupaten for _, kabupaten in taken}))
    return Export(
        name=f"perkara-{named_at:%Y%m%d-%H%M}.{form}",
        media_type=media_type,
        chunks=csv_chunks(rows) if form == "csv" else xlsx_chunks(rows, title=SHEET),
    )


def _rows(keys: list[int]) -> Iterator[list[Value]]:
    yield [column.heading for column in COLUMNS]
    remaining = iter(keys)
    while chunk := list(islice(remaining, CHUNK)):
        rows = _found().in_bulk(chunk)
        yield from ([column.value(rows[key]) for column in COLUMNS] for key in chunk)


def _found() -> CaseQuerySet:
    places = CasePlace.objects.select_related("region").order_by("-is_leading", "region_id")
    related = Case.objects.select_related("kabupaten__kabupaten", "issue_type", "handler", "handler_institution")
    return related.prefetch_related(Prefetch("places", queryset=places), "parties").defer("chronology")


def _zone(kabupaten: set[str]) -> ZoneInfo:
    """The clocks that the name of the file follows: those of the one kabupaten in it, else those of the display."""
    if len(kabupaten) == 1:
        return zone_of(Region.objects.get(pk=kabupaten.pop()))
    return ZoneInfo(settings.TIME_ZONE)


def _joined(names: Iterable[str]) -> str:
    return " · ".join(names)


def _local(case: Case, at: datetime | None) -> datetime | None:
    """The instant on the clocks of the case's kabupaten, without zone: spreadsheets know none."""
    return at.astimezone(zone_of(case.kabupaten)).replace(tzinfo=None) if at else None
