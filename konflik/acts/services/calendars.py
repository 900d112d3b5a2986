"""A decree on days off: first a dry run, then applied, with every date that moves and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.access.tables import Act
from accounts.users.models import User
from konflik.acts.services.moving import moved
from konflik.acts.services.recording import record
from konflik.acts.services.rights import refuse_no_kabupaten, refuse_outside
from konflik.acts.services.saying import Told
from konflik.clocks.models import CalendarDecree, Deadline
from konflik.clocks.selectors import Calendars, calendars, recount
from konflik.clocks.tables import State
from konflik.journal.services import Entry, hold, stream_of
from konflik.law.events import Event
from konflik.law.grammar.counting import Outcome
from konflik.law.grammar.durations import Unit
from konflik.notices.models import Heartbeat
from konflik.notices.tables import CALENDAR
from konflik.rowwise import each, note_failed

AT_ONCE = 500


@dataclass(frozen=True)
class Shift:
    """One open deadline that a decree touches: where it ended and where it will end."""

    deadline: Deadline
    outcome: Outcome

    @property
    def old_due(self) -> datetime | None:
        """Where it ends as the calendar stands."""
        return self.deadline.due_at

    @property
    def new_due(self) -> datetime | None:
        """Where it will end."""
        return self.outcome.due_at

    @property
    def old_day(self) -> date | None:
        """Its last day as the calendar stands."""
        return self.deadline.last_day

    @property
    def new_day(self) -> date | None:
        """Its last day to come."""
        return self.outcome.last_day

    @property
    def is_moved(self) -> bool:
        """Whether the date itself changes; else it only ceases to be provisional, or becomes so."""
        return (self.new_due, self.new_day) != (self.old_due, self.old_day)

    @property
    def is_earlier(self) -> bool:
        """Whether there is less time than before."""
        return self.old_due is not None and self.new_due is not None and self.new_due < self.old_due


@dataclass(frozen=True)
class ShiftReport:
    """What a decree would do, or did."""

    decree: CalendarDecree
    rows: tuple[Shift, ...]
    settled: tuple[Shift, ...]
    """Deadlines whose date stays and is no longer sementara, or becomes so."""
    failed: tuple[Deadline, ...] = ()
    """Deadlines that could not be counted or moved: they keep their date, and each sweep tries them again."""

    @property
    def moved(self) -> int:
        """How many dates change."""
        return len(self.rows)

    @property
    def earlier(self) -> int:
        """How many of them come earlier."""
        return sum(row.is_earlier for row in self.rows)

    def __str__(self) -> str:
        told = f"{self.moved} tenggat bergeser, {self.earlier} lebih cepat" if self.rows else "Tidak ada tenggat yang bergeser"
        return f"{told}; {len(self.failed)} tenggat tidak dapat dihitung" if self.failed else told


def shift_report(decree: CalendarDecree, *, now: datetime) -> ShiftReport:
    """What would move if `decree` were applied at `now`; nothing is written."""
    return _report(decree, calendars(also=decree))


@transaction.atomic
def apply_calendar(*, decree: CalendarDecree, actor: User | None, now: datetime) -> ShiftReport:
    """Apply a decree and count every open deadline of working days anew; each date that moves leaves a line with both dates.

    Each deadline by itself, as the sweep does it: one that cannot be counted stops no other and is named by the report.
    Raises ValidationError where it was applied before, names no day, or a day outside the time it covers, and at
    `kabupaten` outside the postings of `actor`.
    """
    row = CalendarDecree.objects.select_for_update(of=("self",)).select_related("kabupaten").get(pk=decree.pk)
    refuse_no_kabupaten(row.kabupaten)
    refuse_outside(actor, Act.MANAGE_CALENDAR, row.kabupaten, now=now)
    _refuse_unfit(row)
    after = calendars(also=row)
    report = _report(row, after)
    hold(stream_of(None, row.kabupaten_id))
    if not CalendarDecree.objects.filter(pk=row.pk, applied_at__isnull=True).update(applied_at=now, applied_by=actor):
        raise ValidationError("Keputusan ini sudah diberlakukan.")
    row.refresh_from_db()
    report = _carry_out(report, after, actor, now)
    counts: dict[str, object] = {"moved": report.moved, "earlier": report.earlier, "settled": len(report.settled)}
    if report.failed:
        counts["failed"] = sorted(deadline.pk for deadline in report.failed)
    payload = {"decree": row.pk, "number": row.number, **counts}
    record(Entry(Event.CALENDAR_APPLIED.value, now, actor=actor, kabupaten_id=row.kabupaten_id, payload=payload), now=now)
    return report


SETTLES = timedelta(hours=1)
"""So long after a decree others may still commit deadlines that they opened by the calendar before it."""


def settle_calendar(*, now: datetime) -> int:
    """Count again after a decree, for deadlines that others opened in the same moments; says how many moved.

    Goes on until one count has come to its end an hour after the last decree, however long nothing ran. Each deadline by
    itself: raises SomeFailed after the others where one cannot be counted, and the next sweep counts again.
    """
    last = _last_applied()
    if last is None or last.applied_at is None:
        return 0
    counted = Heartbeat.objects.filter(pk=CALENDAR).values_list("finished_at", flat=True).first()
    if counted is not None and counted >= last.applied_at + SETTLES:
        return 0
    after, payload = calendars(), {"decree": last.pk, "number": last.number}
    moved_on = each(_stale(after), lambda pk: _settle(pk, after, payload, now), what="calendar: deadline")
    Heartbeat.objects.update_or_create(pk=CALENDAR, defaults={"started_at": now, "finished_at": now})
    return moved_on


def count_again() -> None:
    """Let the next sweep count every deadline by the decrees once more, though none was applied lately."""
    Heartbeat.objects.filter(pk=CALENDAR).delete()


def _last_applied() -> CalendarDecree | None:
    return CalendarDecree.objects.filter(applied_at__isnull=False).order_by("applied_at", "pk").last()


def _stale(after: Calendars) -> list[int]:
    """Deadlines that stand otherwise than their calendar says, and those that cannot be counted: whoever settles them finds out."""
    return [row.pk for row in on_calendar(None) if not _stands(row, after)]


def _stands(row: Deadline, after: Calendars) -> bool:
    try:
        shift = Shift(row, recount(row, after.of(row.kabupaten_id)))
    except Exception:  # noqa: BLE001 - counted again by itself, where it is noted
        return False
    return not shift.is_moved and shift.outcome.is_provisional == row.is_provisional


def _settle(deadline_id: int, after: Calendars, payload: dict[str, object], now: datetime) -> bool:
    """Bring one deadline to its calendar as it stands now; False where its date stays."""
    read = Deadline.objects.get(pk=deadline_id)
    hold(stream_of(read.case_id, read.kabupaten_id))
    return _shifted(deadline_id, after, Told(Event.DEADLINE_MOVED, None, at=now, payload=payload), now)


@transaction.atomic
def recount_all(*, now: datetime) -> int:
    """Bring every open deadline of working days to the applied decrees and say how many dates moved; the others stay untouched."""
    last = _last_applied()
    if last is None:
        return 0
    after = calendars()
    report = _report(last, after, everywhere=True)
    return _carry_out(report, after, None, now).moved


def _carry_out(report: ShiftReport, after: Calendars, actor: User | None, now: datetime) -> ShiftReport:
    """Move what `report` says, each deadline in a savepoint of its own; gives what was done and what could not be."""
    # In one order, before any row: who acts on a deadline holds its stream first too.
    for stream in sorted({stream_of(shift.deadline.case_id, shift.deadline.kabupaten_id) for shift in report.rows}):
        hold(stream)
    payload = {"decree": report.decree.pk, "number": report.decree.number}
    failed: dict[int, Deadline] = {deadline.pk: deadline for deadline in report.failed}
    for shift in report.rows:
        try:
            with transaction.atomic():
                _shifted(shift.deadline.pk, after, Told(Event.DEADLINE_MOVED, actor, at=now, payload=payload), now)
        except Exception as fault:  # noqa: BLE001 - one bad row holds up no other
            note_failed("calendar: deadline", shift.deadline.pk, fault)
            failed[shift.deadline.pk] = shift.deadline
    for is_provisional in (True, False):
        keys = [shift.deadline.pk for shift in report.settled if shift.outcome.is_provisional is is_provisional]
        for start in range(0, len(keys), AT_ONCE):
            some = Deadline.objects.filter(pk__in=keys[start : start + AT_ONCE])
            some.update(is_provisional=is_provisional, version=F("version") + 1)
    done = tuple(shift for shift in report.rows if shift.deadline.pk not in failed)
    return replace(report, rows=done, failed=tuple(failed.values()))


def _shifted(deadline_id: int, after: Calendars, told: Told, now: datetime) -> bool:
    """Bring one deadline, whose stream is held, to its calendar as it stands now; False where its date stays."""
    # As it stands now: somebody may have suspended or closed it since it was read.
    row = Deadline.objects.filter(pk=deadline_id, state=State.RUNNING.value).first()
    if row is None:
        return False
    outcome = recount(row, after.of(row.kabupaten_id))
    if Shift(row, outcome).is_moved:
        moved(row, outcome, told, now=now)
        return True
    if outcome.is_provisional != row.is_provisional:
        Deadline.objects.filter(pk=row.pk).update(is_provisional=outcome.is_provisional, version=F("version") + 1)
    return False


def _refuse_unfit(decree: CalendarDecree) -> None:
    if decree.applied_at is not None:
        raise ValidationError("Keputusan ini sudah diberlakukan.")
    days = list(decree.days.values_list("day", flat=True))
    if not days:
        raise ValidationError("Keputusan ini belum memuat satu hari libur pun. Isi dahulu harinya.")
    if any(not decree.covers_from <= day <= decree.covers_until for day in days):
        raise ValidationError("Ada hari libur di luar masa yang dimuat keputusan ini. Perbaiki harinya atau masanya.")


def _report(decree: CalendarDecree, after: Calendars, *, everywhere: bool = False) -> ShiftReport:
    rows, settled, failed = [], [], []
    for row in on_calendar(None if everywhere else decree.kabupaten_id):
        try:
            shift = Shift(row, recount(row, after.of(row.kabupaten_id)))
        except Exception as fault:  # noqa: BLE001 - named by the report
            note_failed("calendar: deadline", row.pk, fault)
            failed.append(row)
            continue
        if shift.is_moved:
            rows.append(shift)
        elif shift.outcome.is_provisional != row.is_provisional:
            settled.append(shift)
    return ShiftReport(decree, tuple(rows), tuple(settled), tuple(failed))


def on_calendar(kabupaten_id: str | None) -> Iterator[Deadline]:
    """Running deadlines that count working days, of one kabupaten or of all; one walk along their own index."""
    rows = Deadline.objects.filter(state=State.RUNNING.value, span_unit=Unit.WORKING_DAYS.value)
    if kabupaten_id is not None:
        rows = rows.filter(kabupaten_id=kabupaten_id)
    return rows.order_by("pk").prefetch_related("suspensions").iterator(chunk_size=AT_ONCE)
