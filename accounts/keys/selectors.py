"""Reading keys: the one that a request brings, and those that somebody may manage."""

import hashlib
import re
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.access.selectors import area, rights_of
from accounts.access.tables import Act
from accounts.keys.models import ApiKey
from accounts.keys.tables import PREFIX
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.rest.prepared import Hole, objects

SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{20,}}")
"""Whatever looks like a key, wherever it stands."""


def digest_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so that a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_of(secret: str) -> ApiKey | None:
    """The key with this secret and its owner; whether it still opens something its caller asks. Never from a cache."""
    return next(iter(objects("key with a digest", _keys, {"digest": digest_of(secret)})), None)


def _keys() -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(digest=Hole("digest", "")).select_related("owner")


def _regions() -> QuerySet[Region]:
    held = ApiKey.regions.through.objects.filter(apikey=Hole("key", 0)).values("region")
    return Region.objects.filter(pk__in=held).select_related("kabupaten", "province").order_by("pk")


def is_open(key_id: int, *, at: datetime) -> bool:
    """Whether the key still opens something at `at`, asked anew: for work that goes on longer than a moment."""
    row = ApiKey.objects.select_related("owner").filter(pk=key_id).first()
    return row is not None and row.is_open(at=at) and bool(rights_of(narrowed_owner(row), at=at))


def narrowed_owner(key: ApiKey) -> User:
    """The owner with nothing but what the key leaves; every rule of access asks for it (`accounts.access`)."""
    owner = key.owner
    owner.narrowed = key.narrowing(objects("regions of a key", _regions, {"key": key.pk}))  # type: ignore[attr-defined]
    return owner


def keys_visible_to(user: User, *, at: datetime) -> QuerySet[ApiKey]:
    """Keys with a region in which a posting of `user` lets manage them."""
    mine = ApiKey.regions.through.objects.filter(area(user, Act.MANAGE_KEYS, via="region__", at=at), apikey=OuterRef("pk"))
    return ApiKey.objects.filter(Exists(mine))
