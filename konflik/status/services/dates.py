"""The ends that nobody counts: of a temporary measure on its own day, of the help of the TNI with the status."""

from datetime import date, datetime, timedelta

from konflik.acts.services import catch_up, put_right
from konflik.clocks.models import Deadline
from konflik.clocks.services.following import Fixed
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.counting import end_of
from konflik.law.status import RESTRICTION_LABELS, Restriction, has_own_limits
from konflik.status.models import ConflictStatus, StatusMeasure

OF_MEASURE = "skk-pembatasan-berakhir"
OF_HELP = "tni-bantuan-berakhir"
LAST_MOMENT = timedelta(microseconds=1)


def end_of_measure(measure: StatusMeasure) -> tuple[Fixed, ...]:
    """The last day of `measure`, or the instant where it ends before 24.00.

    Nothing under a status of another scale, whose measures the kabupaten does not order.
    """
    if not has_own_limits(measure.status.scale):
        return ()
    last = (measure.until_at - LAST_MOMENT).astimezone(measure.status.zone).date()
    title = f"Tindakan pembatasan berakhir: {RESTRICTION_LABELS[Restriction(measure.kind)]}"
    at = None if measure.until_at == end_of(last, measure.status.zone) else measure.until_at
    return (Fixed(rule=OF_MEASURE, thread=_thread_of(measure.pk), on=last, at=at, title=title[:200]),)


def no_end_of_measure(measure_id: int) -> Fixed:
    """Nothing ends any more: the measure was ended before its day, or with its status."""
    return Fixed(rule=OF_MEASURE, thread=_thread_of(measure_id), on=None)


def end_of_help(status: ConflictStatus, *, on: date) -> tuple[Fixed, ...]:
    """The help of the TNI under `status` ends with it (PP 2/2015 Pasal 53 ayat (1) huruf b); nothing where nobody helps."""
    is_helping = status.tni_requests.filter(ordered_at__isnull=False).exists()
    return (Fixed(rule=OF_HELP, thread=status.thread, on=on),) if is_helping and has_own_limits(status.scale) else ()


def _thread_of(measure_id: int) -> str:
    return f"tindakan:{measure_id}"


def open_dates(*, now: datetime) -> int:
    """Deadlines for the measures that run: opened where there is none, put right where an older system kept the day without the hour.

    Says how many; a second call finds nothing to do.
    """
    running = StatusMeasure.objects.filter(ended_at__isnull=True, status__ended_noted_at__isnull=True)
    return sum(_settled(measure, now) for measure in running.select_related("status__case__kabupaten").order_by("pk"))


def _settled(measure: StatusMeasure, now: datetime) -> int:
    lines = JournalLine.objects.filter(case_id=measure.status.case_id, event=Event.MEASURE_ORDERED.value)
    line = lines.filter(payload__measure=measure.pk).order_by("position").first()
    kept = Deadline.objects.filter(rule=OF_MEASURE, thread=_thread_of(measure.pk)).first()
    if line is None:
        return 0
    if kept is None:
        return catch_up(line=line, fixed=end_of_measure(measure), now=now)
    return sum(put_right(deadline=kept, fixed=one, now=now) for one in end_of_measure(measure))
