"""A wrongly entered decree of a status is put right: by a new line that names the old one, and with everything that follows."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.cases.services.base import require
from konflik.clocks.models import Deadline
from konflik.clocks.services.correcting import restart
from konflik.clocks.services.following import Clocked, Fixed
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.basis import PP_2_2015, UU_7_2012
from konflik.law.grammar.counting import end_of
from konflik.law.grammar.reading import in_words
from konflik.law.status import LONGEST_EXTENSION, SCALE_RULES, Refused, Scale, may_declare, may_extend
from konflik.status.models import ConflictStatus, StatusArea, StatusExtension, StatusMeasure
from konflik.status.services.base import held, refuse, require_all, swapped, told
from konflik.status.services.dates import LAST_MOMENT, end_of_help, end_of_measure
from konflik.status.services.declaring import Decree, codes_of, last_days_of, refuse_odd_areas, refuse_odd_times
from konflik.status.services.granting import end_grants, move_grants
from konflik.status.services.lapsing import note_end


@transaction.atomic
def correct_status(*, status: ConflictStatus, decree: Decree, reason: str, seen_version: int, actor: User, now: datetime) -> ConflictStatus:
    """Put the record of the decree of `status` right; the old line stays, the new one names it.

    Dates, the last days of measures, deadlines and access given for the status follow. An extension keeps its own last day.
    Raises ValidationError by field, with the article: what `declare` refuses, an extension or a measure that would no longer be
    lawful, an end that is history, nothing changed; StaleVersion when somebody was faster.
    """
    require("reason", reason, "Tuliskan apa yang keliru dan dasar perbaikannya.")
    require_all(number=decree.number, decided_by=decree.decided_by)
    status = held(status, now=now)
    zone, wrong = status.zone, _newest_line(status)
    effective_on = decree.effective_on(zone)
    _refuse_unlawful(status, decree, effective_on, now)
    said = decree.written(zone)
    was, before = {name: getattr(status, name) for name in said}, sorted(status.areas.values_list("region_id", flat=True))
    places = sorted({region.pk for region in decree.areas})
    changed = [name for name in said if said[name] != was[name]] + (["areas"] if places != before else [])
    if not changed:
        raise ValidationError("Tidak ada yang berubah. Ubah bagian yang keliru.")
    old_end = status.ends_at
    current = swapped(status, seen_version=seen_version, now=now, **said)
    _refuse_moved_history(current, old_end, now)
    StatusArea.objects.filter(status=current).exclude(region__in=places).delete()
    StatusArea.objects.bulk_create(StatusArea(status=current, region_id=code) for code in places if code not in before)
    measures = _shortened(current)
    told(
        current.case,
        Event.STATUS_CORRECTED,
        actor=actor,
        now=now,
        occurred_at=min(current.effective_at, now),
        basis=SCALE_RULES[Scale(current.scale)].decided_basis,
        clocked=Clocked(
            thread=current.thread,
            fixed=tuple(_fixed(current, measures)),
            moved=tuple(_moved(current, decree, now)),
        ),
        payload={
            "status": current.pk,
            "fields": changed,
            "decided_on": current.decided_on,
            "from": current.effective_at,
            "until": current.decreed_until,
            "days": current.days,
            "places": places,
            "was": {"decided_on": was["decided_on"], "from": was["effective_at"], "until": was["decreed_until"], "days": was["days"]},
            "measures": [measure.pk for measure in measures],
            "grants": move_grants(current),
        },
        detail={
            "number": current.number,
            "decided_by": current.decided_by,
            "note": current.note,
            "reason": reason.strip(),
            "number_before": was["number"],
        },
        corrects=wrong,
    )
    if current.is_over(now):
        end_grants(current, actor=actor, now=now)
        note_end(status=current, actor=actor, now=now)
    return current


def _lines(status: ConflictStatus) -> list[JournalLine]:
    """The line of the decree and those that corrected it, the oldest first."""
    events = [Event.STATUS_DECLARED.value, Event.STATUS_CORRECTED.value]
    return list(JournalLine.objects.filter(case_id=status.case_id, event__in=events, payload__status=status.pk).order_by("position"))


def _newest_line(status: ConflictStatus) -> JournalLine:
    lines = _lines(status)
    if not lines:
        raise ValidationError("Catatan penetapan status ini tidak ada dalam riwayat. Hubungi pengelola sistem.")
    return lines[-1]


def _refuse_unlawful(status: ConflictStatus, decree: Decree, effective_on: date, now: datetime) -> None:
    """Everything that the law or what was done under the status does not permit, each at its field."""
    scale = Scale(status.scale)
    earlier = ConflictStatus.objects.filter(case=status.case, effective_at__lt=status.effective_at).order_by("-effective_at").first()
    refuse_odd_times(status.case, decree, before=earlier, now=now)
    refuse_odd_areas(status.case, decree, scale)
    refuse(
        may_declare(
            scale=scale,
            effective_on=effective_on,
            ends_on=decree.ends_on,
            decided_on=decree.decided_on,
            consulted_on=status.consultation.held_on,
            found=codes_of(status.assessment),
        ),
        _extension_refusals(status, decree, effective_on),
        _refused_by_acts(status, decree),
    )


def _extension_refusals(status: ConflictStatus, decree: Decree, effective_on: date) -> Iterator[Refused]:
    """The extension keeps its own last day: it must still be at most 30 days, and the whole at most 120 (Pasal 29)."""
    extension = StatusExtension.objects.filter(status=status).select_related("consultation").first()
    if extension is None or status.extended_until is None:
        return
    last = (status.extended_until - LAST_MOMENT).astimezone(status.zone).date()
    for one in may_extend(
        scale=Scale(status.scale),
        effective_on=effective_on,
        ends_on=decree.ends_on,
        new_ends_on=last,
        decided_on=extension.decided_on,
        consulted_on=extension.consultation.held_on,
        has_evaluation=True,
        is_extended=False,
    ):
        field = "ends_on" if one.field == "new_ends_on" else "effective_at" if one.field == "consulted_on" else "ends_on"
        yield Refused(field, f"Perpanjangan sampai {in_words(last)} tidak lagi sah. {one.message}", one.basis)


def _refused_by_acts(status: ConflictStatus, decree: Decree) -> Iterator[Refused]:
    """What was done under the status was done while it was in force."""
    begins, ends = decree.effective_at, status.extended_until or end_of(decree.ends_on, status.zone)
    if status.revoked_at is not None and not begins <= status.revoked_at < ends:
        yield Refused("effective_at", "Pencabutan yang tercatat jatuh di luar masa status ini.", UU_7_2012.pasal(31))
    if status.measures.filter(starts_at__lt=begins).exists():
        yield Refused("effective_at", "Ada tindakan pembatasan yang mulai sebelum waktu ini.", UU_7_2012.pasal(26))
    if status.measures.filter(starts_at__gte=ends).exists():
        yield Refused("ends_on", "Ada tindakan pembatasan yang baru mulai sesudah hari ini.", UU_7_2012.pasal(26))
    asked = [at for row in status.tni_requests.all() for at in (row.spoken_at, row.written_at) if at is not None]
    if any(at < begins for at in asked):
        yield Refused("effective_at", "Bantuan TNI sudah diminta sebelum waktu ini.", PP_2_2015.pasal(40, "1"))
    if any(at >= ends for at in asked):
        yield Refused("ends_on", "Bantuan TNI masih diminta sesudah hari ini.", PP_2_2015.pasal(40, "1"))


def _refuse_moved_history(current: ConflictStatus, old_end: datetime, now: datetime) -> None:
    """An end of which a line tells already stays: what ended with it has ended."""
    if current.ended_noted_at is not None and current.ends_at != old_end:
        raise ValidationError({"ends_on": "Berakhirnya status sudah tercatat. Tanggal berakhirnya tidak dapat digeser lagi."})


def _shortened(status: ConflictStatus) -> list[StatusMeasure]:
    """Measures that ran beyond the end as it stands now end with it (UU 7/2012 Pasal 26)."""
    found = list(status.measures.filter(ended_at__isnull=True, until_at__gt=status.ends_at).order_by("pk"))
    for measure in found:
        measure.status, measure.until_at = status, status.ends_at
        measure.save(update_fields=["until_at"])
    return found


def _fixed(status: ConflictStatus, measures: list[StatusMeasure]) -> Iterator[Fixed]:
    for measure in measures:
        yield from end_of_measure(measure)
    yield from end_of_help(status, on=status.ends_on)


def _moved(status: ConflictStatus, decree: Decree, now: datetime) -> Iterator[tuple[Deadline, Deadline]]:
    """What the decree started, counted anew; and the extension, which begins where the decree ends and keeps its last day."""
    started = Deadline.objects.filter(thread=status.thread, trigger__in=_lines(status))
    own = dict(last_days_of(decree.ends_on, effective_on=status.effective_on))
    yield from restart(started, starts_at=status.effective_at, last_days=own, now=now)
    extension = StatusExtension.objects.filter(status=status).first()
    if extension is None or status.extended_until is None:
        return
    last = (status.extended_until - LAST_MOMENT).astimezone(status.zone).date()
    days = (last - decree.ends_on).days
    StatusExtension.objects.filter(pk=extension.pk).update(days=days)
    further = Deadline.objects.filter(thread=status.thread, rule="skk-perpanjangan-berakhir")
    on = {"skk-perpanjangan-berakhir": last} if days < LONGEST_EXTENSION.number else {}
    yield from restart(further, starts_at=status.decreed_until, last_days=on, now=now)
