"""Keys of the API: who may make one, for whom, and how far it may reach."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access.selectors import acts_of, clearance_in, lies_in, may, rights_of
from accounts.access.tables import Act
from accounts.keys import services as keys
from accounts.keys.models import ApiKey
from accounts.keys.services import KeyFacts, MadeKey
from accounts.keys.tables import SCOPE_ACTS, SCOPE_LABELS, Scope
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.acts.services import record
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.registry.services.people import refuse_stranger
from konflik.registry.services.writing import OUTSIDE, refuse_outside, write_new

SHUT = "Akun ini tidak aktif. Pilih pemilik lain."


@transaction.atomic
def make_key(*, facts: KeyFacts, actor: User | None, now: datetime) -> MadeKey:
    """A new key, with its secret to be shown once.

    A key never has more than its owner, and nobody makes one that has more than he has himself. Raises ValidationError at the
    field: regions outside the postings of `actor` or of the owner, an owner whom `actor` does not manage, scopes or a class
    that one of the two lacks, or as the pure write does.
    """
    regions = list(Region.objects.filter(pk__in=facts.regions).select_related("kabupaten", "province").order_by("pk"))
    for region in regions:
        refuse_outside(actor, Act.MANAGE_KEYS, region, now=now, field="regions")
    _refuse_owner(actor, facts.owner, now)
    _refuse_beyond_owner(facts, regions, now)
    if actor is not None:
        _refuse_beyond_maker(actor, facts, regions, now)
    made = keys.make_key(facts=facts, regions=regions, actor=actor, now=now)
    key = {"key": made.key.pk, "user": facts.owner.pk}
    write_new(Event.KEY_MADE, facts, key=key, region=regions[0], actor=actor, now=now)
    return made


@transaction.atomic
def revoke_key(*, key: ApiKey, actor: User | None, now: datetime) -> ApiKey:
    """End `key`: the next request with it is refused. Raises ValidationError: outside the postings of `actor`, or ended before."""
    row = ApiKey.objects.select_for_update().get(pk=key.pk)
    regions = list(row.regions.select_related("kabupaten", "province").order_by("pk"))
    if actor is not None and not any(may(actor, Act.MANAGE_KEYS, at=now, region=region) for region in regions):
        raise ValidationError(OUTSIDE)
    row = keys.revoke_key(key=row, now=now)
    payload = {"key": row.pk, "user": row.owner_id}
    record(Entry(Event.KEY_REVOKED, now, actor=actor, kabupaten_id=regions[0].kabupaten_id, payload=payload), now=now)
    return row


def _refuse_owner(actor: User | None, owner: User, now: datetime) -> None:
    if not owner.is_active:
        raise ValidationError({"owner": SHUT})
    if actor is None or actor.pk == owner.pk:
        return
    try:
        refuse_stranger(actor, owner, now=now)
    except ValidationError as refused:
        raise ValidationError({"owner": refused.messages}) from refused


def _refuse_beyond_owner(facts: KeyFacts, regions: Sequence[Region], now: datetime) -> None:
    rights = rights_of(facts.owner, at=now)
    for region in regions:
        if not any(lies_in(region, right.region) for right in rights):
            raise ValidationError({"regions": f"{region} di luar penugasan pemilik kunci."})
    held = acts_of(facts.owner, at=now)
    for scope in _known(facts.scopes):
        if not SCOPE_ACTS[scope] & held:
            raise ValidationError({"scopes": f"Pemilik kunci tidak berwenang: {SCOPE_LABELS[scope].lower()}."})
    if regions and facts.clearance > clearance_in(facts.owner, regions=regions, at=now):
        raise ValidationError({"clearance": "Pemilik kunci tidak membaca kelas ini."})


def _refuse_beyond_maker(actor: User, facts: KeyFacts, regions: Sequence[Region], now: datetime) -> None:
    """Whoever sees the secret could use it: it must give nothing that this person has not."""
    owned = acts_of(facts.owner, at=now)
    for region in regions:
        for scope in _known(facts.scopes):
            if not all(may(actor, act, at=now, region=region) for act in SCOPE_ACTS[scope] & owned):
                raise ValidationError({"scopes": f"Anda sendiri tidak berwenang: {SCOPE_LABELS[scope].lower()}."})
        if facts.clearance > clearance_in(actor, regions=[region], at=now):
            raise ValidationError({"clearance": "Anda sendiri tidak membaca kelas ini."})


def _known(scopes: Sequence[str]) -> list[Scope]:
    return [Scope(scope) for scope in scopes if scope in set(Scope)]
