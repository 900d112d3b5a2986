"""Reading keys: the one that a request brings, and those that somebody may manage."""

import hashlib
import re
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.access.selectors import area, hold_postings, rights_of
from accounts.access.tables import Act
from accounts.keys.models import ApiKey
from accounts.keys.tables import PREFIX
from accounts.postings.models import Posting
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.rest.as_models import Part, joined
from konflik.rest.prepared import Hole

SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{20,}}")
"""Whatever looks like a key, wherever it stands."""

PERSON = ("id", "username", "name", "email", "is_active")
PLACE = ("code", "level", "label", "province_id", "kabupaten_id", "kecamatan_id", "time_zone")
KEY, OWNER, REGION = Part(ApiKey), Part(User, "owner", PERSON), Part(Region, "regions", PLACE)
POSTING, POSTED = Part(Posting, "owner__postings"), Part(Region, "owner__postings__region", PLACE)
AROUND = Part(Region, "owner__postings__region__kabupaten", PLACE)
LEGS = ((KEY, OWNER, REGION), (POSTING, POSTED, AROUND))


def digest_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so that a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_of(secret: str) -> ApiKey | None:
    """The key with this secret, its owner with nothing but what the key leaves; None for a secret that is none.

    Whether it still opens something its caller asks. One query, since every request of a key begins with it, and never from a cache.
    """
    rows = joined("key with a digest", _keys, LEGS, {"digest": digest_of(secret)})
    if not rows:
        return None
    first = next(row for row in rows if KEY in row)
    key, key.owner = first[KEY], first[OWNER]
    regions: dict[str, Region] = {}
    postings: dict[int, Posting] = {}
    for row in rows:
        if region := row.get(REGION):
            regions[region.pk] = region
        if posting := row.get(POSTING):
            posting.region, posting.region.kabupaten = row[POSTED], row[AROUND]
            postings[posting.pk] = posting
    key.owner.narrowed = key.narrowing(regions[code] for code in sorted(regions))
    hold_postings(key.owner, [postings[number] for number in sorted(postings)])
    return key


def _keys() -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(digest=Hole("digest", ""))


def is_open(key_id: int, *, at: datetime) -> bool:
    """Whether the key still opens something at `at`, asked anew: for work that goes on longer than a moment."""
    row = ApiKey.objects.select_related("owner").filter(pk=key_id).first()
    return row is not None and row.is_open(at=at) and bool(rights_of(narrowed_owner(row), at=at))


def narrowed_owner(key: ApiKey) -> User:
    """The owner with nothing but what the key leaves; every rule of access asks for it (`accounts.access`)."""
    owner = key.owner
    owner.narrowed = key.narrowing(key.regions.select_related("kabupaten", "province").order_by("pk"))  # type: ignore[attr-defined]
    return owner


def keys_visible_to(user: User, *, at: datetime) -> QuerySet[ApiKey]:
    """Keys with a region in which a posting of `user` lets manage them."""
    mine = ApiKey.regions.through.objects.filter(area(user, Act.MANAGE_KEYS, via="region__", at=at), apikey=OuterRef("pk"))
    return ApiKey.objects.filter(Exists(mine))
