"""Writing seats. Pure writes: the journal line is made by konflik.registry, the only caller."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from accounts.postings.models import Institution
from accounts.users.models import User
from forums.bodies.models import Body
from forums.seats.models import Seat
from konflik.law.bodies import BodyKind, Element
from konflik.law.grammar.periods import REVERSED, is_reversed


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    """What is written down about a seat."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"person_name", "office", "position", "gender", "religion"})

    position: str
    valid_from: date
    valid_until: date | None = None
    person_name: str = ""
    user: User | None = None
    institution: Institution | None = None
    office: str = ""
    element: str = Element.PEMERINTAH.value
    gender: str = ""
    religion: str = ""
    deputy_of: Seat | None = None

    @classmethod
    def of(cls, seat: Seat) -> "SeatFacts":
        """The facts as they stand."""
        return cls(
            position=seat.position,
            valid_from=seat.valid_from,
            valid_until=seat.valid_until,
            person_name=seat.person_name,
            user=seat.user,
            institution=seat.institution,
            office=seat.office,
            element=seat.element,
            gender=seat.gender,
            religion=seat.religion,
            deputy_of=seat.deputy_of,
        )


def record_seat(*, body: Body, facts: SeatFacts) -> Seat:
    """A new seat in `body`.

    Raises ValidationError at the field: nobody named, an end before the start or after that of the body's SK, a start
    before the SK, a deputy of a seat in another body or of itself, a religion outside a FKUB.
    """
    return _write(Seat(body=body), facts)


def amend_seat(*, seat: Seat, facts: SeatFacts) -> Seat:
    """Bring `seat` to `facts`. Raises ValidationError as `record_seat` does."""
    return _write(seat, facts)


def end_seat(*, seat: Seat, valid_until: date) -> Seat:
    """Set the last day of `seat`. Raises ValidationError at `valid_until` where it lies before the first."""
    if is_reversed(seat.valid_from, valid_until):
        raise ValidationError({"valid_until": REVERSED})
    seat.valid_until = valid_until
    seat.save(update_fields=["valid_until"])
    return seat


def _write(seat: Seat, facts: SeatFacts) -> Seat:
    _check_period(seat.body, facts)
    _check_person(seat, facts)
    seat.position, seat.person_name, seat.office = facts.position.strip(), facts.person_name.strip(), facts.office.strip()
    seat.user, seat.institution, seat.deputy_of = facts.user, facts.institution, facts.deputy_of
    seat.element, seat.gender, seat.religion = facts.element, facts.gender, facts.religion
    seat.valid_from, seat.valid_until = facts.valid_from, facts.valid_until
    seat.full_clean()
    seat.save()
    return seat


def _check_period(body: Body, facts: SeatFacts) -> None:
    if is_reversed(facts.valid_from, facts.valid_until):
        raise ValidationError({"valid_until": REVERSED})
    if facts.valid_from < body.valid_from:
        raise ValidationError(
            {"valid_from": f"SK forum ini berlaku sejak {date_format(body.valid_from, 'j F Y')}. Kedudukan tidak dapat mulai lebih awal."}
        )
    if body.valid_until is not None and is_reversed(facts.valid_from, body.valid_until):
        raise ValidationError(
            {"valid_from": f"SK forum ini berakhir {date_format(body.valid_until, 'j F Y')}. Kedudukan tidak dapat mulai sesudahnya."}
        )


def _check_person(seat: Seat, facts: SeatFacts) -> None:
    if not (facts.person_name.strip() or facts.office.strip() or facts.user):
        raise ValidationError({"person_name": "Isi nama orang, jabatan, atau pengguna yang menduduki."})
    if facts.deputy_of is not None and (facts.deputy_of.body_id != seat.body_id or facts.deputy_of.pk == seat.pk):
        raise ValidationError({"deputy_of": "Wakil hanya untuk kedudukan lain dalam forum yang sama."})
    if facts.religion and seat.body.kind != BodyKind.FKUB:
        raise ValidationError({"religion": "Hanya wakil pemuka agama dalam FKUB yang dicatat agamanya."})
