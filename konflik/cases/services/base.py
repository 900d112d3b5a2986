"""What every write to a case shares: the version check, the journal entry, the counts, the common refusals."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.acts.services import Counted, record
from konflik.cases.models import Case
from konflik.counts.tables import CaseKey, MonthKey
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry
from konflik.law.events import Event


class StaleVersion(Exception):
    """Somebody changed the row since it was shown. `current` is the row as it stands now."""

    def __init__(self, current: object) -> None:
        super().__init__("Data ini sudah diubah orang lain sejak Anda membukanya.")
        self.current = current


def swap(case: Case, *, seen_version: int, now: datetime, **changes: object) -> Case:
    """Change columns of `case` if it still has `seen_version`; one winner, on both databases.

    Raises StaleVersion with the row as it stands when somebody was faster.
    """
    won = Case.objects.filter(pk=case.pk, version=seen_version).update(version=seen_version + 1, updated_at=now, **changes)
    current = Case.objects.get(pk=case.pk)
    if not won:
        raise StaleVersion(current)
    return current


def touch(case: Case, *, now: datetime) -> None:
    """Mark that something was added to the case; its own columns and version stay."""
    Case.objects.filter(pk=case.pk, updated_at__lt=now).update(updated_at=now)


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
    return record(entry, now=now, counted=counted)


def key_of(case: Case) -> CaseKey:
    """The cell that `case` is counted in."""
    return CaseKey(case.kabupaten_id, case.stage, case.source, case.issue_type_id, case.severity, case.secrecy)


def month_of(case: Case, event: Event, at: datetime) -> MonthKey:
    """The month cell of an event at `at`: the month is that of the region, not of the server."""
    leading = next(iter(case.places.filter(is_leading=True)), None)
    month = timezone.localtime(at, zone_of(case.kabupaten)).date().replace(day=1)
    return MonthKey(case.kabupaten_id, (leading.kecamatan_id if leading else "") or "", month, event.value, case.source, case.secrecy)


def refuse_future(field: str, at: datetime | None, *, now: datetime) -> None:
    """Raise ValidationError at `field` when `at` lies after `now`."""
    if at is not None and at > now:
        raise ValidationError({field: "Waktu ini belum terjadi. Isi waktu yang sudah lewat."})


def require(field: str, value: object, message: str) -> None:
    """Raise ValidationError at `field` when `value` is empty."""
    if not value or (isinstance(value, str) and not value.strip()):
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
