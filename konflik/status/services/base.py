"""What every act on a status shares: its line, its clocks, its refusals, the version check."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.acts.services import record
from konflik.cases.models import Case
from konflik.cases.services.base import swap_row, touch
from konflik.clocks.services.following import Clocked
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.status import Refused
from konflik.status.models import ConflictStatus


def told(
    case: Case,
    event: Event,
    *,
    actor: User | None,
    now: datetime,
    clocked: Clocked,
    basis: object,
    occurred_at: datetime | None = None,
    payload: Mapping[str, object] | None = None,
    detail: Mapping[str, object] | None = None,
    corrects: JournalLine | None = None,
) -> JournalLine:
    """Record one act around a status in the stream of its case; clocks follow from what the event declares."""
    entry = Entry(
        event=event.value,
        occurred_at=occurred_at or now,
        actor=actor,
        case_id=case.pk,
        kabupaten_id=case.kabupaten_id,
        basis=str(basis),
        payload=payload or {},
        detail={key: text for key, text in (detail or {}).items() if text},
        corrects=corrects,
    )
    return record(entry, now=now, clocked=clocked)


def refuse(*refusals: Iterable[Refused]) -> None:
    """Raise ValidationError with every refusal at its field; nothing where there is none."""
    found: dict[str, list[str]] = {}
    for one in (refusal for some in refusals for refusal in some):
        found.setdefault(one.field, []).append(str(one))
    if found:
        raise ValidationError(found)


def require_all(**given: object) -> None:
    """Raise ValidationError at every field whose text is blank."""
    blank = {name: ["Bagian ini harus diisi."] for name, value in given.items() if not str(value or "").strip()}
    if blank:
        raise ValidationError(blank)


def today_of(case: Case, now: datetime) -> date:
    """The legal day of the case's kabupaten."""
    return timezone.localdate(now, zone_of(case.kabupaten))


def refuse_future_day(field: str, day: date, case: Case, *, now: datetime) -> None:
    """Raise ValidationError at `field` for a day that has not come yet in the kabupaten."""
    if day > today_of(case, now):
        raise ValidationError({field: "Tanggal ini belum tiba. Isi tanggal yang sudah lewat atau hari ini."})


def swapped(status: ConflictStatus, *, seen_version: int, now: datetime, **changes: object) -> ConflictStatus:
    """Change columns of a status if it still has the version that was seen: one winner. Raises StaleVersion."""
    touch(status.case, now=now)
    return swap_row(status, seen_version=seen_version, changes=changes, related=("case__kabupaten",))


def held(status: ConflictStatus, *, now: datetime) -> ConflictStatus:
    """Hold the case of `status` and give the status as it stands: what is checked must still stand when it is written."""
    touch(status.case, now=now)
    return ConflictStatus.objects.select_related("case__kabupaten").get(pk=status.pk)


def created(make: Any, taken: str) -> Any:
    """What `make` creates; ValidationError `taken` where a unique key says that somebody was faster."""
    try:
        with transaction.atomic():
            return make()
    except IntegrityError as faster:
        raise ValidationError(taken) from faster
