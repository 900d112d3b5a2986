"""Reading seats: who sits in a body today, and whether that is as the law asks."""

from datetime import date

from django.db.models import Prefetch

from forums.bodies.models import Body, BodyQuerySet
from forums.bodies.selectors import BodyWarning, decree_warning
from forums.seats.models import Gender, Seat
from konflik.law.bodies import BodyKind, Element, Member, composition_warnings

SHORT = "Susunan belum sesuai"


def seated(bodies: BodyQuerySet) -> BodyQuerySet:
    """`bodies` with everything that `warnings_of` asks, in one query more."""
    return bodies.with_succession().prefetch_related(Prefetch("seats", queryset=Seat.objects.order_by("pk")))


def members_on(body: Body, *, day: date) -> list[Seat]:
    """The seats held on `day`, without deputies: who stands in for a member is not a second member."""
    return [
        seat
        for seat in body.seats.all()
        if seat.deputy_of_id is None and seat.valid_from <= day and (seat.valid_until is None or seat.valid_until >= day)
    ]


def warnings_of(body: Body, *, day: date) -> list[BodyWarning]:
    """Everything that is wrong with `body` on `day`: its SK, then its composition. `body` comes from `seated()`."""
    decree = decree_warning(body, day=day)
    members = [Member(Element(seat.element), seat.gender == Gender.WOMAN, seat.religion) for seat in members_on(body, day=day)]
    breaches = composition_warnings(BodyKind(body.kind), members, body.religions_present)
    return [*([decree] if decree else []), *(BodyWarning(SHORT, breach.message, str(breach.basis)) for breach in breaches)]
