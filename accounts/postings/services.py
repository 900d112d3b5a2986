"""Writing institutions and postings. Pure writes: the journal line is made by konflik.registry, the only caller."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.core.exceptions import ValidationError

from accounts.postings.models import Institution, Posting
from accounts.postings.selectors import forget
from accounts.postings.tables import ROLE_LABELS, ROLE_LEVELS, Role, Tenure
from accounts.regions.models import Level, Region
from accounts.regions.services import refuse_ended
from accounts.users.models import User
from konflik.law.grammar.periods import REVERSED, is_reversed


@dataclass(frozen=True, kw_only=True)
class InstitutionFacts:
    """What is written down about an institution."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"name"})

    name: str
    kind: str
    region: Region
    is_active: bool = True

    @classmethod
    def of(cls, row: Institution) -> "InstitutionFacts":
        """The facts as they stand."""
        return cls(name=row.name, kind=row.kind, region=row.region, is_active=row.is_active)


@dataclass(frozen=True, kw_only=True)
class PostingFacts:
    """What is written down about a posting. `body` and `seat` are rows of forums, named by id."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"decree"})

    role: str
    region: Region
    valid_from: date
    valid_until: date | None = None
    tenure: str = Tenure.DEFINITIF.value
    institution: Institution | None = None
    body_id: int | None = None
    seat_id: int | None = None
    decree: str = ""


def record_institution(*, facts: InstitutionFacts, now: datetime) -> Institution:
    """A new institution. Raises ValidationError: an ended region, a name already used there, no name."""
    return _write_institution(Institution(), facts, now)


def amend_institution(*, institution: Institution, facts: InstitutionFacts, now: datetime) -> Institution:
    """Bring `institution` to `facts`. Raises ValidationError as `record_institution` does."""
    return _write_institution(institution, facts, now)


def record_posting(*, user: User, facts: PostingFacts, now: datetime) -> Posting:
    """A new posting of `user`.

    Raises ValidationError at the field: an unknown role, a region of a level on which the role does not exist, an ended
    region, an end before the start, a member of the team without an institution.
    """
    if is_reversed(facts.valid_from, facts.valid_until):
        raise ValidationError({"valid_until": REVERSED})
    refuse_ended(facts.region, valid_from=facts.valid_from, valid_until=facts.valid_until, now=now)
    _refuse_level(facts)
    if facts.role == Role.ANGGOTA_TIM and facts.institution is None:
        raise ValidationError({"institution": "Anggota tim harus mewakili satu instansi. Pilih instansinya."})
    posting = Posting(
        user=user,
        role=facts.role,
        tenure=facts.tenure,
        region=facts.region,
        institution=facts.institution,
        body_id=facts.body_id,
        seat_id=facts.seat_id,
        decree=facts.decree.strip(),
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
    )
    posting.full_clean()
    posting.save()
    forget()
    return posting


def end_posting(*, posting: Posting, valid_until: date) -> Posting:
    """Set the last day of `posting`; never later than it already is. Raises ValidationError at `valid_until`."""
    if is_reversed(posting.valid_from, valid_until):
        raise ValidationError({"valid_until": REVERSED})
    if posting.valid_until is not None and valid_until > posting.valid_until:
        raise ValidationError({"valid_until": "Penugasan ini sudah berakhir lebih dahulu. Catat penugasan baru untuk memperpanjang."})
    posting.valid_until = valid_until
    posting.save(update_fields=["valid_until"])
    forget()
    return posting


def _refuse_level(facts: PostingFacts) -> None:
    if facts.role not in set(Role):
        raise ValidationError({"role": "Peran ini tidak dikenal."})
    levels = ROLE_LEVELS[Role(facts.role)]
    if facts.region.level not in levels:
        known = " atau ".join(Level(level).label.lower() for level in levels)
        raise ValidationError({"region": f"Peran {ROLE_LABELS[Role(facts.role)]} ada di tingkat {known}."})


def _write_institution(row: Institution, facts: InstitutionFacts, now: datetime) -> Institution:
    if facts.is_active:
        refuse_ended(facts.region, now=now)
    row.name, row.kind, row.region, row.is_active = facts.name.strip(), facts.kind, facts.region, facts.is_active
    row.full_clean(validate_constraints=False)
    if Institution.objects.filter(region=row.region, name__iexact=row.name).exclude(pk=row.pk).exists():
        raise ValidationError({"name": "Instansi dengan nama ini sudah ada di wilayah itu."})
    row.save()
    forget()
    return row
