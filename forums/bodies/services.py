"""Writing bodies. Pure writes: the journal line is made by konflik.registry, the only caller."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.core.exceptions import ValidationError

from accounts.postings.models import Institution
from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from accounts.regions.services import refuse_ended
from forums.bodies.models import Body
from konflik.law.bodies import BODY_RULES, BodyKind, Religion
from konflik.law.grammar.periods import REVERSED, is_reversed


@dataclass(frozen=True, kw_only=True)
class BodyFacts:
    """What is written down about a body. An empty `legal_basis` becomes that of its kind."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"name", "legal_basis", "decree_number", "note"})

    kind: str
    name: str
    region: Region
    valid_from: date
    valid_until: date | None = None
    secretariat: Institution | None = None
    legal_basis: str = ""
    decree_number: str = ""
    decree_on: date | None = None
    religions_present: tuple[str, ...] = ()
    note: str = ""

    @classmethod
    def of(cls, body: Body) -> "BodyFacts":
        """The facts as they stand."""
        return cls(
            kind=body.kind,
            name=body.name,
            region=body.region,
            valid_from=body.valid_from,
            valid_until=body.valid_until,
            secretariat=body.secretariat,
            legal_basis=body.legal_basis,
            decree_number=body.decree_number,
            decree_on=body.decree_on,
            religions_present=tuple(body.religions_present),
            note=body.note,
        )


def record_body(*, facts: BodyFacts, now: datetime) -> Body:
    """A new body for the period of its SK.

    Raises ValidationError at the field: an unknown kind or religion, an ended region, a level of region on which the
    kind does not exist, an end before the start, an SK dated in the future, the same name and start recorded twice.
    """
    return _write(Body(), facts, now)


def amend_body(*, body: Body, facts: BodyFacts, now: datetime) -> Body:
    """Bring `body` to `facts`. Raises ValidationError as `record_body` does."""
    return _write(body, facts, now)


def _write(body: Body, facts: BodyFacts, now: datetime) -> Body:
    _check(facts, now)
    body.kind, body.name, body.region = facts.kind, facts.name.strip(), facts.region
    body.valid_from, body.valid_until = facts.valid_from, facts.valid_until
    body.secretariat, body.note = facts.secretariat, facts.note.strip()
    body.legal_basis = facts.legal_basis.strip() or BODY_RULES[BodyKind(facts.kind)].basis
    body.decree_number, body.decree_on = facts.decree_number.strip(), facts.decree_on
    body.religions_present = sorted(facts.religions_present)
    body.full_clean(validate_constraints=False)
    if Body.objects.filter(region=body.region, name__iexact=body.name, valid_from=body.valid_from).exclude(pk=body.pk).exists():
        raise ValidationError({"name": "Forum dengan nama dan masa berlaku ini sudah dicatat."})
    body.save()
    return body


def _check(facts: BodyFacts, now: datetime) -> None:
    if is_reversed(facts.valid_from, facts.valid_until):
        raise ValidationError({"valid_until": REVERSED})
    if facts.kind not in set(BodyKind):
        raise ValidationError({"kind": "Jenis forum ini tidak dikenal."})
    if set(facts.religions_present) - set(Religion):
        raise ValidationError({"religions_present": "Pilih dari daftar agama."})
    refuse_ended(facts.region, valid_from=facts.valid_from, valid_until=facts.valid_until, now=now)
    rule = BODY_RULES[BodyKind(facts.kind)]
    if facts.region.level not in rule.levels:
        raise ValidationError({"region": f"{rule.label} tidak dibentuk di tingkat {facts.region.get_level_display().lower()}."})
    if facts.decree_on is not None and facts.decree_on > now.astimezone(zone_of(facts.region)).date():
        raise ValidationError({"decree_on": "Tanggal SK tidak boleh di masa depan."})
