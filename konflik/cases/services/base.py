"""What every write to a case shares: the version check, the journal entry, the counts, the common refusals."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.users.models import User
from konflik.acts.services import Counted, record
from konflik.cases.models import Case
from konflik.counts.selectors import Happening, happenings, leading_kecamatan, month_of
from konflik.counts.tables import MonthKey
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
    refuse_stale(case, seen_version=seen_version)
    won = Case.objects.filter(pk=case.pk, version=seen_version).update(version=seen_version + 1, updated_at=now, **changes)
    current = Case.objects.get(pk=case.pk)
    if not won:
        raise StaleVersion(current)
    return current


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


def one_more(case: Case, event: str, at: datetime) -> tuple[MonthKey, int]:
    """The gain of the month cell in which `event` at `at` counts."""
    return month_of(case, leading_kecamatan(case), Happening(event, at)), 1


def one_less(case: Case, event: str, at: datetime) -> tuple[MonthKey, int]:
    """What `one_more` gave, taken back."""
    return month_of(case, leading_kecamatan(case), Happening(event, at)), -1


def counted_months(case: Case) -> list[MonthKey]:
    """The month cells that `case` counts in as it stands. Asked before and after a change of source, class or place."""
    kecamatan = leading_kecamatan(case)
    return [month_of(case, kecamatan, happening) for happening in happenings(case.pk)]


def regrouped(before: Iterable[MonthKey], after: Iterable[MonthKey]) -> tuple[tuple[MonthKey, int], ...]:
    """The gains that carry the months of a case from their old cells into the new ones."""
    return (*((key, -1) for key in before), *((key, 1) for key in after))


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
