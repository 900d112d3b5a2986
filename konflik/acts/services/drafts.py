"""Decrees on days off before they are applied: written down, filled from a file; and those that come with the system."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access.tables import Act
from accounts.regions.models import Region, TimeZone
from accounts.users.models import User
from konflik.acts.services.calendars import count_again, recount_all
from konflik.acts.services.recording import record
from konflik.acts.services.rights import refuse_no_kabupaten, refuse_outside
from konflik.clocks.models import CalendarDecree, DayOff
from konflik.clocks.tables import DayOffKind
from konflik.clocks.tables.calendar_files import BadCalendarFile, DayRow, DecreeRow, read_days, shipped_decrees
from konflik.journal.services import Entry
from konflik.law.events import Event

APPLIED = "Keputusan ini sudah diberlakukan, sehingga tidak dapat diubah. Catat keputusan baru yang menggantikannya."
REGIONAL_ONLY = "Libur daerah hanya ada dalam keputusan daerah, dan keputusan daerah hanya memuat libur daerah."


@transaction.atomic
def draft_decree(
    *,
    number: str,
    decided_on: date,
    kabupaten: Region | None,
    covers_from: date,
    covers_until: date,
    actor: User | None,
    now: datetime,
) -> CalendarDecree:
    """Write down a decree that changes nothing until it is applied.

    Raises ValidationError at the field: no number, a day of decision to come, an end before the start, one recorded
    before, a region that is no kabupaten or outside the postings of `actor`.
    """
    decree = CalendarDecree()
    _put(decree, number=number, decided_on=decided_on, kabupaten=kabupaten, covers=(covers_from, covers_until), actor=actor, now=now)
    decree.save(force_insert=True)
    return decree


@transaction.atomic
def amend_draft(
    *,
    decree: CalendarDecree,
    number: str,
    decided_on: date,
    kabupaten: Region | None,
    covers_from: date,
    covers_until: date,
    actor: User | None,
    now: datetime,
) -> CalendarDecree:
    """Correct what a draft says of itself.

    Raises ValidationError as `draft_decree` does, at `kabupaten` where the draft lay outside the postings of `actor`, and
    for a decree that was applied.
    """
    row = _draft(decree, actor=actor, now=now)
    _put(row, number=number, decided_on=decided_on, kabupaten=kabupaten, covers=(covers_from, covers_until), actor=actor, now=now)
    row.save()
    return row


@transaction.atomic
def replace_days(*, decree: CalendarDecree, days: Iterable[DayRow], actor: User | None, now: datetime) -> int:
    """Replace the days of a draft by `days` and say how many.

    Raises ValidationError for a day that does not fit the decree or stands twice, at `kabupaten` outside the postings of
    `actor`, and for a decree that was applied.
    """
    row, given = _draft(decree, actor=actor, now=now), list(days)
    faults = [fault for one in given if (fault := fault_of(row, one.day, one.kind))]
    if len({one.day for one in given}) < len(given):
        faults.append("Ada tanggal yang tertulis dua kali. Hapus salah satunya.")
    if faults:
        raise ValidationError(faults)
    row.days.all().delete()
    return len(_write_days(row, given))


def fault_of(decree: CalendarDecree, day: date, kind: DayOffKind) -> str:
    """Why this day off cannot stand in this decree; "" where it can."""
    if not decree.covers_from <= day <= decree.covers_until:
        return "Tanggal ini di luar masa yang dimuat keputusan. Perbaiki tanggalnya atau masanya."
    return "" if (kind is DayOffKind.REGIONAL) == (decree.kabupaten_id is not None) else REGIONAL_ONLY


def _draft(decree: CalendarDecree, *, actor: User | None, now: datetime) -> CalendarDecree:
    row = CalendarDecree.objects.select_for_update(of=("self",)).select_related("kabupaten").get(pk=decree.pk)
    refuse_outside(actor, Act.MANAGE_CALENDAR, row.kabupaten, now=now)
    if row.applied_at is not None:
        raise ValidationError(APPLIED)
    return row


def _put(
    decree: CalendarDecree,
    *,
    number: str,
    decided_on: date,
    kabupaten: Region | None,
    covers: tuple[date, date],
    actor: User | None,
    now: datetime,
) -> None:
    refuse_no_kabupaten(kabupaten)
    refuse_outside(actor, Act.MANAGE_CALENDAR, kabupaten, now=now)
    if decided_on > now.astimezone(ZoneInfo(TimeZone.WIT.value)).date():
        raise ValidationError({"decided_on": "Tanggal keputusan tidak boleh di masa depan."})
    if covers[1] < covers[0]:
        raise ValidationError({"covers_until": "Tanggal akhir tidak boleh sebelum tanggal awal."})
    decree.number, decree.decided_on, decree.kabupaten = number.strip(), decided_on, kabupaten
    decree.covers_from, decree.covers_until = covers
    decree.full_clean(validate_constraints=False, validate_unique=False)
    if CalendarDecree.objects.filter(number=decree.number, covers_from=decree.covers_from).exclude(pk=decree.pk).exists():
        raise ValidationError({"number": "Keputusan ini sudah dicatat."})


@transaction.atomic
def import_days(*, decree: CalendarDecree, content: bytes, actor: User | None, now: datetime) -> int:
    """Replace the days of a draft by those of a file (tanggal;nama;jenis) and say how many.

    Raises ValidationError at `file` with every fault by line, at `kabupaten` outside the postings of `actor`, and for a
    decree that was applied. Nothing is taken of a file with a fault.
    """
    row = _draft(decree, actor=actor, now=now)
    try:
        days = read_days(content, covers_from=row.covers_from, covers_until=row.covers_until)
    except BadCalendarFile as bad:
        raise ValidationError({"file": bad.faults}) from bad
    regional = [one for one in days if (one.kind is DayOffKind.REGIONAL) != (row.kabupaten_id is not None)]
    if regional:
        raise ValidationError({"file": REGIONAL_ONLY})
    row.days.all().delete()
    return len(_write_days(row, days))


@transaction.atomic
def load_calendar(*, now: datetime, decrees: Iterable[DecreeRow] | None = None) -> int:
    """Apply the national decrees that come with the system and are not there yet; says how many.

    Each counts as applied on the day it was decided, so that what somebody applied later goes before it.
    """
    known = set(CalendarDecree.objects.filter(kabupaten__isnull=True).values_list("number", "covers_from"))
    new = [one for one in (shipped_decrees() if decrees is None else decrees) if (one.number, one.covers_from) not in known]
    for one in new:
        row = CalendarDecree.objects.create(
            number=one.number, decided_on=one.decided_on, covers_from=one.covers_from, covers_until=one.covers_until
        )
        _write_days(row, one.days)
        decided_at = datetime.combine(one.decided_on, time(), ZoneInfo(TimeZone.WIB.value))
        CalendarDecree.objects.filter(pk=row.pk).update(applied_at=min(decided_at, now))
        payload = {"decree": row.pk, "number": row.number, "shipped": True}
        record(Entry(Event.CALENDAR_APPLIED.value, now, payload=payload), now=now)
    if new:
        recount_all(now=now)
        count_again()
    return len(new)


def _write_days(decree: CalendarDecree, days: Iterable[DayRow]) -> list[DayOff]:
    return DayOff.objects.bulk_create(DayOff(decree=decree, day=one.day, name=one.name, kind=one.kind.value) for one in days)
