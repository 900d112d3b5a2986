"""Reading seats: who sits in a body today, and whether that is as the law asks."""

from datetime import date

from django.db.models import Prefetch, Q

from forums.bodies.models import Body, BodyQuerySet
from forums.bodies.selectors import COMPLETENESS, BodyWarning, decree_warning, is_over, unfinished_decree
from forums.seats.models import Gender, Seat
from konflik.law.bodies import FKUB_BASIS, BodyKind, Element, Member, composition_warnings, lacks_religion
from konflik.periods import holds_on

SHORT = "Susunan belum sesuai"
NOBODY = BodyWarning("Belum ada kedudukan", "Belum ada kedudukan. Catat susunan menurut lampiran SK.", COMPLETENESS)
RELIGION_NEEDED = BodyWarning(
    "Agama belum diisi",
    "Pilih agama yang diwakili: anggota FKUB adalah pemuka agama, dan setiap agama yang ada di daerah diwakili.",
    str(FKUB_BASIS),
)


def seated(bodies: BodyQuerySet) -> BodyQuerySet:
    """`bodies` with everything that `warnings_of` asks, in one query more."""
    return bodies.with_succession().prefetch_related(Prefetch("seats", queryset=Seat.objects.order_by("pk")))


def standing(bodies: BodyQuerySet, *, day: date) -> BodyQuerySet:
    """Those of `bodies` that count on `day`, `seated`, by region.

    One whose SK has ended stays among them until a later one takes its place: that is what its warning is for.
    """
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gte=day) | Q(has_successor=False)
    found = seated(bodies.filter(valid_from__lte=day)).filter(in_force)
    return found.select_related("region", "secretariat").order_by("region__level", "region__name", "kind", "pk")


def members_on(body: Body, *, day: date) -> list[Seat]:
    """The seats held on `day`, without deputies: who stands in for a member is not a second member."""
    return [seat for seat in body.seats.all() if seat.deputy_of_id is None and holds_on(seat, day)]


def warnings_of(body: Body, *, day: date) -> list[BodyWarning]:
    """Everything that is wrong with `body` on `day`: its SK, its composition, what is not on file. `body` comes from `seated()`."""
    seats = members_on(body, day=day)
    members = [Member(Element(seat.element), seat.gender == Gender.WOMAN, seat.religion, str(seat)) for seat in seats]
    breaches = composition_warnings(BodyKind(body.kind), members, body.religions_present)
    # Before its SK begins, a body is looked at as it will stand on that day.
    is_empty = not is_over(body, day=day) and not members_on(body, day=max(day, body.valid_from))
    against_law = (BodyWarning(SHORT, breach.message, str(breach.basis)) for breach in breaches)
    found = (decree_warning(body, day=day), *against_law, unfinished_decree(body, day=day), NOBODY if is_empty else None)
    return [warning for warning in found if warning]


def seat_warning(kind: str, religion: str) -> BodyWarning | None:
    """That a seat in a body of `kind` should say its religion; None where it does, or need not."""
    return RELIGION_NEEDED if lacks_religion(BodyKind(kind), religion) else None
