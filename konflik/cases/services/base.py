"""What every write to a case shares: the version check, the journal entry, the counts, the common refusals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import F, Model, QuerySet
from django.db.models.functions import Greatest

from accounts.users.models import User
from konflik.acts.services import NO_CLOCKS, NOBODY_IN_PARTICULAR, Clocked, Concerned, Counted, record
from konflik.cases.models import Case
from konflik.counts.selectors import happenings, key_of, leading_kecamatan, month_of
from konflik.counts.tables import CaseKey, Happening, MonthKey
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.versions import StaleVersion, swap_row

NO_CASE = "Tidak ada perkara dengan nomor atau judul itu."
"""The same words for a case that is not there and for one that may not be seen."""
OTHER_INSTITUTION = "Pilih instansi yang aktif di kabupaten/kota ini."
ABOVE_CLEARANCE = "Kelas ini di atas kewenangan Anda. Pilih kelas yang lebih rendah."


def swap(case: Case, *, seen_version: int, now: datetime, **changes: object) -> Case:
    """Change columns of `case` if it still has `seen_version`; one winner, on both databases.

    Raises StaleVersion with the row as it stands when somebody was faster.
    """
    refuse_stale(case, seen_version=seen_version)
    return swap_row(case, seen_version=seen_version, changes={"updated_at": now, **changes})


def refuse_stale(case: Case, *, seen_version: int) -> None:
    """Raise StaleVersion when the row in hand is not the one that was shown: what is checked must be what was seen."""
    if case.version != seen_version:
        raise StaleVersion(Case.objects.get(pk=case.pk))


def touch(case: Case, *, now: datetime) -> None:
    """Mark that something is added to the case; its own columns and version stay.

    Called before the checks: it holds the row, so that what is checked still stands when it is written.
    """
    Case.objects.filter(pk=case.pk).update(updated_at=Greatest(F("updated_at"), now))


def hold(*cases: Case) -> None:
    """Hold the rows of these cases, always in the same order, until the transaction ends."""
    list(Case.objects.select_for_update().filter(pk__in=[case.pk for case in cases]).order_by("pk").values_list("pk"))


def note(
    case: Case,
    event: Event,
    *,
    actor: User | None,
    now: datetime,
    occurred_at: datetime | None = None,
    basis: str = "",
    payload: Mapping[str, object] | None = None,
    detail: Mapping[str, object] | None = None,
    corrects: JournalLine | None = None,
    counted: Counted | None = None,
    clocked: Clocked = NO_CLOCKS,
    concerned: Concerned = NOBODY_IN_PARTICULAR,
) -> JournalLine:
    """Record one act on `case` in its own stream of the journal."""
    entry = Entry(
        event=event.value,
        occurred_at=occurred_at or now,
        actor=actor,
        case_id=case.pk,
        kabupaten_id=case.kabupaten_id,
        basis=basis,
        payload=payload or {},
        detail=detail or {},
        corrects=corrects,
    )
    return record(entry, now=now, counted=counted, clocked=clocked, concerned=concerned)


@dataclass(frozen=True)
class Counting:
    """Where a case is counted at one moment: its cell, and the month of each of its steps."""

    cell: CaseKey
    months: tuple[MonthKey, ...]


def counting(case: Case, *, kecamatan: str | None = None) -> Counting:
    """Where `case` counts as it stands. Asked before and after a change of source, class or place."""
    place = leading_kecamatan(case) if kecamatan is None else kecamatan
    return Counting(key_of(case, place), tuple(month_of(case, place, step) for step in happenings(case.pk)))


def regrouped(before: Counting, after: Counting) -> Counted:
    """What carries a case with all its steps from the old cells into the new ones."""
    return Counted(before.cell, after.cell, (*((key, -1) for key in before.months), *((key, 1) for key in after.months)))


def restaged(before: Case, after: Case, *, less: Iterable[Happening] = (), more: Iterable[Happening] = ()) -> Counted:
    """What a change of stage or severity moves: the case from cell to cell, and steps that are taken back or made."""
    place = leading_kecamatan(after)
    gains = [(month_of(after, place, step), gain) for steps, gain in ((less, -1), (more, 1)) for step in steps]
    return Counted(key_of(before, place), key_of(after, place), tuple(gains))


def refuse_future(field: str, at: datetime | None, *, now: datetime) -> None:
    """Raise ValidationError at `field` when `at` lies after `now`."""
    if at is not None and at > now:
        raise ValidationError({field: "Waktu ini belum terjadi. Isi waktu yang sudah lewat."})


def future_day(day: date | None, *, today: date, what: str = "tanggal") -> list[str]:
    """What is wrong with `day`, the day of `what`, when it lies after `today` (the legal day of the region); else nothing."""
    return [f"Tanggal ini belum tiba. Isi {what} yang sudah lewat atau hari ini."] if day is not None and day > today else []


def above_clearance(secrecy: int, *, reach: int) -> list[str]:
    """What is wrong with the class `secrecy` when it lies above `reach`, the highest class of whoever gives it; else nothing."""
    return [ABOVE_CLEARANCE] if secrecy > reach else []


def require(field: str, value: object, message: str) -> None:
    """Raise ValidationError at `field` when `value` is empty."""
    if not value or (isinstance(value, str) and not value.strip()):
        raise ValidationError({field: message})


def refuse_other(field: str, row: Model | None, among: QuerySet, message: str) -> None:
    """Raise ValidationError at `field` when `row` is given and not one of `among`: what may be named here."""
    if row is not None and not among.filter(pk=row.pk).exists():
        raise ValidationError({field: message})


def changes_between(old: Case, new: Mapping[str, object]) -> dict[str, list[object]]:
    """{field: [before, after]} for what really differs; model values become their keys."""
    found = {}
    for field, value in new.items():
        before, after = _key(getattr(old, field)), _key(value)
        if before != after:
            found[field] = [before, after]
    return found


def _key(value: object) -> object:
    return getattr(value, "pk", value)
