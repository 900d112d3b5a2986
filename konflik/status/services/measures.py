"""The four temporary measures (UU 7/2012 Pasal 26) and the reports during a status (Pasal 23 ayat (2))."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.cases.services.base import refuse_future, require
from konflik.clocks.services.following import Clocked
from konflik.law.events import Event
from konflik.law.status import RESTRICTION_BASES, SCALE_RULES, Restriction, Scale, has_own_limits, may_restrict
from konflik.status.models import ConflictStatus, ProgressReport, StatusMeasure
from konflik.status.selectors.lawful import why_not_end, why_not_measure, why_not_report
from konflik.status.services.base import held, refuse, require_all, told
from konflik.status.services.dates import LAST_MOMENT, end_of_measure, no_end_of_measure


@dataclass(frozen=True)
class MeasureOrder:
    """A measure as it was ordered; both hours empty: all day."""

    kind: Restriction
    number: str
    area: str
    starts_at: datetime
    until_at: datetime
    daily_from: time | None = None
    daily_until: time | None = None


@transaction.atomic
def order_measure(*, status: ConflictStatus, order: MeasureOrder, actor: User, now: datetime) -> StatusMeasure:
    """Record a temporary measure. Raises ValidationError by field: over, beyond the status, half a pair of hours."""
    require_all(number=order.number, area=order.area)
    status = held(status, now=now)
    refuse(why_not_measure(status, at=now))
    _refuse_odd_hours(status, order)
    measure = StatusMeasure.objects.create(
        status=status,
        kind=order.kind.value,
        number=order.number.strip(),
        area=order.area.strip(),
        daily_from=order.daily_from,
        daily_until=order.daily_until,
        starts_at=order.starts_at,
        until_at=order.until_at,
        recorded_by=actor,
        recorded_at=now,
    )
    hours = [f"{order.daily_from:%H.%M}", f"{order.daily_until:%H.%M}"] if order.daily_from and order.daily_until else None
    told(
        status.case,
        Event.MEASURE_ORDERED,
        actor=actor,
        now=now,
        basis=RESTRICTION_BASES[Scale(status.scale)][order.kind],
        clocked=Clocked(thread=status.thread, fixed=end_of_measure(measure)),
        payload={
            "status": status.pk,
            "measure": measure.pk,
            "measure_kind": order.kind.value,
            "from": order.starts_at,
            "until": order.until_at,
            "hours": hours,
        },
        detail={"number": order.number.strip(), "area": order.area.strip()},
    )
    return measure


def _refuse_odd_hours(status: ConflictStatus, order: MeasureOrder) -> None:
    if (order.daily_from is None) != (order.daily_until is None):
        raise ValidationError({"daily_until": "Isi jam mulai dan jam berakhir, atau kosongkan keduanya."})
    if order.until_at <= order.starts_at:
        raise ValidationError({"until_at": "Waktu berakhir harus sesudah waktu mulai."})
    if order.starts_at < status.effective_at or order.until_at > status.ends_at:
        zone = status.zone
        refusals = may_restrict(
            effective_on=status.effective_on,
            ends_on=status.ends_on,
            first_day=order.starts_at.astimezone(zone).date(),
            last_day=(order.until_at - LAST_MOMENT).astimezone(zone).date(),
        )
        refuse(replace(one, field="until_at") for one in refusals)
        # The days fit and the hours do not.
        field = "starts_at" if order.starts_at < status.effective_at else "until_at"
        raise ValidationError({field: "Jam ini di luar masa berlaku status. Periksa jamnya."})


@transaction.atomic
def end_measure(*, measure: StatusMeasure, ended_at: datetime, reason: str, actor: User, now: datetime) -> StatusMeasure:
    """End a measure before its time. Raises ValidationError by field, also where somebody was faster."""
    require("reason", reason, "Tuliskan alasan mengakhiri tindakan ini.")
    refuse_future("ended_at", ended_at, now=now)
    status = measure.status = held(measure.status, now=now)
    refuse(why_not_end(measure, at=now))
    if ended_at < measure.starts_at:
        raise ValidationError({"ended_at": "Waktu ini sebelum tindakan berlaku. Periksa tanggal dan jamnya."})
    won = StatusMeasure.objects.filter(pk=measure.pk, ended_at__isnull=True).update(ended_at=ended_at, end_reason=reason.strip())
    if not won:
        raise ValidationError("Tindakan ini sudah diakhiri.")
    measure.refresh_from_db(fields=["ended_at", "end_reason"])
    told(
        status.case,
        Event.MEASURE_ENDED,
        actor=actor,
        now=now,
        occurred_at=ended_at,
        basis=RESTRICTION_BASES[Scale(status.scale)][Restriction(measure.kind)],
        clocked=Clocked(thread=status.thread, fixed=(no_end_of_measure(measure.pk),)),
        payload={"status": status.pk, "measure": measure.pk, "measure_kind": measure.kind},
        detail={"number": measure.number, "area": measure.area, "reason": reason.strip()},
    )
    return measure


@transaction.atomic
def report_progress(
    *,
    status: ConflictStatus,
    number: str,
    reported_at: datetime,
    summary: str,
    copies: Sequence[str],
    actor: User,
    now: datetime,
) -> ProgressReport:
    """Record that progress was reported to whom the law names, with the copies it asks for. Raises ValidationError by field."""
    require_all(number=number, summary=summary)
    refuse_future("reported_at", reported_at, now=now)
    status = held(status, now=now)
    refuse(why_not_report(status, at=reported_at))
    rule = SCALE_RULES[Scale(status.scale)]
    if missing := [name for name in rule.copied if name not in copies]:
        raise ValidationError({"copies": f"Tembusan belum lengkap: {'; '.join(missing)}. Dasar: {rule.reports_basis}."})
    report = ProgressReport.objects.create(
        status=status,
        number=number.strip(),
        reported_at=reported_at,
        addressee=rule.reports_to,
        copies=list(copies),
        summary=summary.strip(),
        recorded_by=actor,
        recorded_at=now,
    )
    told(
        status.case,
        Event.PROGRESS_REPORTED,
        actor=actor,
        now=now,
        occurred_at=reported_at,
        basis=rule.reports_basis,
        # The last report of a status that is over begins no new period.
        clocked=Clocked(thread=status.thread, starts_none=status.is_over(now) or not has_own_limits(status.scale)),
        payload={"status": status.pk, "report": report.pk},
        detail={"number": number.strip(), "addressee": rule.reports_to, "note": summary.strip()},
    )
    return report
