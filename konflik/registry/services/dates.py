"""The ends of decrees and postings, as deadlines: who sits on an SK that runs out is told in time."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.postings.models import Posting
from accounts.postings.tables import ROLE_LABELS, Role
from accounts.regions.selectors import zone_of
from forums.bodies.models import Body
from konflik.acts.services import Clocked, catch_up
from konflik.clocks.services.following import Fixed
from konflik.journal.models import JournalLine
from konflik.journal.services import stream_of
from konflik.law.bodies import BodyKind
from konflik.law.events import Event

OF_TEAM, OF_FORUM, OF_POSTING = "tim-terpadu-sk-berakhir", "sk-forum-berakhir", "penugasan-berakhir"
TITLE_MAX = 200


def rule_of(body: Body) -> str:
    """The rule by which the end of its SK is watched."""
    return OF_TEAM if body.kind == BodyKind.TIM_TERPADU else OF_FORUM


def thread_of(body: Body) -> str:
    """What the deadline of its end hangs on."""
    return f"forum:{body.pk}"


def date_of_body(body: Body) -> Fixed:
    """The last day of its SK; none where it runs until further notice."""
    return Fixed(
        rule=rule_of(body),
        thread=thread_of(body),
        on=body.valid_until,
        title=f"SK berakhir: {body.name}"[:TITLE_MAX],
        why_ended="" if body.valid_until else "SK berlaku tanpa batas waktu",
        body_id=body.pk,
    )


def dates_of_new_body(body: Body) -> Clocked:
    """Its own end, by its SK or else by the policy on how long such an SK holds; the SK that it replaces is answered for."""
    replaced = tuple(_answered(earlier, body) for earlier in _replaced_by(body))
    if body.valid_until is not None:
        return Clocked(fixed=(date_of_body(body), *replaced))
    if body.kind != BodyKind.TIM_TERPADU or body.region.kabupaten_id is None:
        return Clocked(fixed=replaced)
    starts = datetime.combine(body.valid_from, time(), zone_of(body.region))
    title = f"SK berakhir: {body.name}"[:TITLE_MAX]
    return Clocked(
        thread=thread_of(body),
        starts_at=starts,
        opens=(OF_TEAM,),
        title=title,
        body_id=body.pk,
        kabupaten_id=body.region.kabupaten_id,
        fixed=replaced,
    )


def _replaced_by(body: Body) -> list[Body]:
    earlier = Body.objects.filter(region=body.region, kind=body.kind, valid_from__lt=body.valid_from)
    return list(earlier.filter(name__iexact=body.name) if body.kind == BodyKind.SATGAS else earlier)


def _answered(earlier: Body, body: Body) -> Fixed:
    why = f"Diganti SK yang baru: {body.decree_number or body.name}"
    return Fixed(rule=rule_of(earlier), thread=thread_of(earlier), on=None, why_ended=why, is_met=True)


def date_of_posting(posting: Posting, *, today: date) -> Fixed:
    """The last day of a posting while it lies ahead; one that is over has nothing left to remind of."""
    lies_ahead = posting.valid_until is not None and posting.valid_until >= today
    return Fixed(
        rule=OF_POSTING,
        thread=f"penugasan:{posting.pk}",
        on=posting.valid_until if lies_ahead else None,
        title=f"Penugasan berakhir: {ROLE_LABELS[Role(posting.role)]}",
        why_ended="" if lies_ahead else "Penugasan sudah berakhir",
        institution_id=posting.institution_id,
        person_id=posting.user_id,
    )


def dates_of_new_posting(posting: Posting, *, today: date) -> Clocked:
    """Its own end; a posting that goes on without a gap answers for the end of the one before."""
    before = Posting.objects.filter(
        user=posting.user_id,
        role=posting.role,
        region=posting.region,
        institution=posting.institution_id,
        valid_until__gte=max(today, posting.valid_from - timedelta(days=1)),
    ).exclude(pk=posting.pk)
    until = posting.valid_until or date.max
    why = "Penugasan diperpanjang"
    continued = (
        Fixed(rule=OF_POSTING, thread=f"penugasan:{one.pk}", on=None, why_ended=why, is_met=True)
        for one in before
        if one.valid_until is not None and one.valid_until < until
    )
    own = (date_of_posting(posting, today=today),) if posting.valid_until is not None else ()
    return Clocked(fixed=(*own, *continued))


def open_dates(*, now: datetime) -> int:
    """Deadlines for the decrees and postings that stood in the tables before there were clocks; says how many were opened.

    Of those that are not over. A second call finds nothing to do.
    """
    today = timezone.localdate(now)
    bodies = Body.objects.filter(valid_until__gte=today, region__kabupaten__isnull=False).select_related("region").with_succession()
    postings = Posting.objects.filter(valid_until__gte=today, region__kabupaten__isnull=False).select_related("region")
    opened = 0
    for body in bodies.order_by("pk"):
        if not body.has_successor:
            opened += _open(body.region.kabupaten_id, Event.BODY_RECORDED, {"payload__body": body.pk}, date_of_body(body), now)
    for posting in postings.order_by("pk"):
        fixed = date_of_posting(posting, today=today)
        opened += _open(posting.region.kabupaten_id, Event.POSTING_RECORDED, {"payload__posting": posting.pk}, fixed, now)
    return opened


def _open(kabupaten_id: str | None, event: Event, told_of: dict[str, int], fixed: Fixed, now: datetime) -> int:
    lines = JournalLine.objects.filter(stream=stream_of(None, kabupaten_id), event=event.value, **told_of)
    line = lines.order_by("position").first()
    return catch_up(line=line, fixed=[fixed], now=now) if line is not None else 0
