"""Bodies and their seats."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access.tables import Act
from accounts.postings.models import Posting
from accounts.users.models import User
from forums.bodies import services as bodies
from forums.bodies.models import Body
from forums.bodies.services import BodyFacts
from forums.seats import services as seats
from forums.seats.models import Seat
from forums.seats.services import SeatFacts
from konflik.acts.services import NO_CLOCKS, Clocked
from konflik.law.events import Event
from konflik.registry.services.dates import date_of_body, dates_of_new_body
from konflik.registry.services.people import close_posting
from konflik.registry.services.writing import refuse_outside, write_change, write_new


@transaction.atomic
def record_body(*, facts: BodyFacts, actor: User | None, now: datetime) -> Body:
    """A new body. Raises ValidationError at the field: outside the postings of `actor`, or as the pure write does."""
    refuse_outside(actor, Act.MANAGE_FORUMS, facts.region, now=now)
    body = bodies.record_body(facts=facts, now=now)
    clocked = dates_of_new_body(body)
    write_new(Event.BODY_RECORDED, BodyFacts.of(body), key={"body": body.pk}, region=body.region, actor=actor, now=now, clocked=clocked)
    return body


@transaction.atomic
def amend_body(*, body: Body, facts: BodyFacts, actor: User | None, now: datetime) -> Body:
    """Bring `body` to `facts`. Raises ValidationError at the field, as `record_body` does."""
    row = Body.objects.select_for_update(of=("self",)).select_related("region", "secretariat").get(pk=body.pk)
    before = BodyFacts.of(row)
    refuse_outside(actor, Act.MANAGE_FORUMS, before.region, now=now)
    refuse_outside(actor, Act.MANAGE_FORUMS, facts.region, now=now)
    row = bodies.amend_body(body=row, facts=facts, now=now)
    # An end that never was stays unwatched, or watched by the policy; one that was set, moved or taken away is followed.
    clocked = Clocked(fixed=(date_of_body(row),)) if (before.valid_until or row.valid_until) else NO_CLOCKS
    after, key = BodyFacts.of(row), {"body": row.pk}
    write_change(Event.BODY_AMENDED, before, after, key=key, region=row.region, actor=actor, now=now, clocked=clocked)
    return row


@transaction.atomic
def record_seat(*, body: Body, facts: SeatFacts, actor: User | None, now: datetime) -> Seat:
    """A new seat in `body`. Raises ValidationError: outside the postings of `actor`, or as the pure write does."""
    refuse_outside(actor, Act.MANAGE_FORUMS, body.region, now=now, field="position")
    seat = seats.record_seat(body=body, facts=facts)
    write_new(Event.SEAT_RECORDED, SeatFacts.of(seat), key=_key(seat), region=body.region, actor=actor, now=now)
    return seat


@transaction.atomic
def amend_seat(*, seat: Seat, facts: SeatFacts, actor: User | None, now: datetime) -> Seat:
    """Bring `seat` to `facts`; an end that comes closer ends the postings on it too. Raises ValidationError at the field."""
    row = _locked(seat, actor, now=now)
    before = SeatFacts.of(row)
    if facts.user != before.user and row.postings.exists():
        raise ValidationError({"user": "Kedudukan ini dipakai penugasan. Akhiri kedudukan ini, lalu catat yang baru."})
    row = seats.amend_seat(seat=row, facts=facts)
    return _close(row, before, actor=actor, now=now)


@transaction.atomic
def end_seat(*, seat: Seat, valid_until: date, actor: User | None, now: datetime) -> Seat:
    """Set the last day of `seat` and of the postings that stand on it. Raises ValidationError at `valid_until`."""
    row = _locked(seat, actor, now=now)
    before = SeatFacts.of(row)
    row = seats.end_seat(seat=row, valid_until=valid_until)
    return _close(row, before, actor=actor, now=now)


def _locked(seat: Seat, actor: User | None, *, now: datetime) -> Seat:
    row = Seat.objects.select_for_update(of=("self",)).select_related("body__region", "user", "institution", "deputy_of").get(pk=seat.pk)
    refuse_outside(actor, Act.MANAGE_FORUMS, row.body.region, now=now, field="position")
    return row


def _close(seat: Seat, before: SeatFacts, *, actor: User | None, now: datetime) -> Seat:
    """Write the line; then end what stood on the seat. That follows from the seat, whoever ended it."""
    write_change(Event.SEAT_AMENDED, before, SeatFacts.of(seat), key=_key(seat), region=seat.body.region, actor=actor, now=now)
    if seat.valid_until is not None:
        for posting in Posting.objects.select_related("region").filter(seat=seat).exclude(valid_until__lte=seat.valid_until):
            close_posting(posting=posting, valid_until=max(seat.valid_until, posting.valid_from), actor=actor, now=now)
    return seat


def _key(seat: Seat) -> dict[str, object]:
    return {"seat": seat.pk, "body": seat.body_id}
