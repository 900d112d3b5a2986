"""Writing keys. Pure writes; rights and the journal line are konflik.registry's, the only caller of `make_key` and `revoke_key`."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.keys.models import ApiKey
from accounts.keys.selectors import digest_of
from accounts.keys.tables import FIRST_DAYS, FIRST_RATE, HIGHEST_CLASS, HIGHEST_RATE, LONGEST_DAYS, PREFIX, Scope
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.law.secrecy import Secrecy

SECRET_BYTES = 32
SHOWN = len(PREFIX) + 4
BOUNDS = {
    "days": (1, LONGEST_DAYS, f"Isi 1 sampai {LONGEST_DAYS} hari."),
    "rate": (1, HIGHEST_RATE, f"Isi 1 sampai {HIGHEST_RATE} permintaan per menit."),
    "clearance": (Secrecy.BIASA, HIGHEST_CLASS, "Kunci API tidak pernah membuka perkara rahasia. Pilih biasa atau terbatas."),
}
SEEN_EVERY = timedelta(minutes=1)
"""Reading must not become writing: the last use is written down at most so often."""


@dataclass(frozen=True, kw_only=True)
class KeyFacts:
    """What is written down of a key. `regions` are codes."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"name"})

    owner: User
    name: str
    scopes: tuple[str, ...]
    regions: tuple[str, ...]
    clearance: int = Secrecy.BIASA.value
    days: int = FIRST_DAYS
    rate: int = FIRST_RATE


@dataclass(frozen=True)
class MadeKey:
    """A new key with its secret, which is nowhere else and cannot be found again."""

    key: ApiKey
    secret: str


def make_key(*, facts: KeyFacts, regions: Sequence[Region], actor: User | None, now: datetime) -> MadeKey:
    """A new key. Raises ValidationError at the field: no or unknown scopes, no region, too long, too high a class, no name."""
    if not facts.scopes or not set(facts.scopes) <= set(Scope):
        raise ValidationError({"scopes": "Pilih sedikitnya satu cakupan dari daftar."})
    if not regions:
        raise ValidationError({"regions": "Pilih sedikitnya satu wilayah."})
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    key = ApiKey(
        owner=facts.owner,
        name=facts.name.strip(),
        hint=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=sorted(set(facts.scopes)),
        clearance=facts.clearance,
        days=facts.days,
        rate=facts.rate,
        made_at=now,
        made_by=actor,
    )
    _refuse_unsound(key)
    key.save()
    key.regions.set(regions)
    return MadeKey(key, secret)


def revoke_key(*, key: ApiKey, now: datetime) -> ApiKey:
    """End `key` at once. Raises ValidationError where it has ended."""
    if key.revoked_at is not None:
        raise ValidationError("Kunci ini sudah dicabut.")
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    return key


def note_use(*, key: ApiKey, now: datetime) -> None:
    """Write down that the key was used, where that was not done within the last minute."""
    if key.last_used_at is not None and key.last_used_at > now - SEEN_EVERY:
        return
    unseen = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - SEEN_EVERY)
    ApiKey.objects.filter(unseen, pk=key.pk).update(last_used_at=now)


def _refuse_unsound(key: ApiKey) -> None:
    for field, (least, most, words) in BOUNDS.items():
        if not least <= getattr(key, field) <= most:
            raise ValidationError({field: words})
    key.full_clean(validate_unique=False)
