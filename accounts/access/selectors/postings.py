"""The postings of somebody that are valid now, what they give, and how often a request reads them."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.access.tables import Act, Narrowing, parts_of
from accounts.postings.models import Posting
from accounts.postings.selectors import once
from accounts.postings.tables import Role
from accounts.regions.models import ANCESTOR_COLUMN, Level, Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.law.secrecy import Secrecy
from konflik.periods import Lasting, holds_on
from konflik.rest.as_models import objects
from konflik.rest.prepared import several


@dataclass(frozen=True)
class Right:
    """What one posting gives: these acts in this region, up to this class; `is_own_work` as in `Part`."""

    region: Region
    acts: frozenset[Act]
    clearance: Secrecy
    is_own_work: bool = False


def postings_of(user: User, *, at: datetime) -> list[Posting]:
    """The postings of `user` in force at the instant `at`, with region and institution; none for who may not log in.

    A posting begins and ends with the day of its own region, WIB, WITA or WIT.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    return _in_force(_held(user), at)


def postings_of_all(users: Sequence[User], *, at: datetime) -> dict[int, list[Posting]]:
    """The same for many people in one query; an entry for each of `users`."""
    found: dict[int, list[Posting]] = {user.pk: [] for user in users}
    for posting in _in_force(_held_by({user.pk for user in users if user.is_active}), at):
        found[posting.user_id].append(posting)
    return found


def rights_of(user: User, *, at: datetime) -> list[Right]:
    """What the postings of `user` in force at `at` give; less, where a key speaks for the person."""
    held, narrowing = postings_of(user, at=at), narrowing_of(user)
    if not held:
        return []
    key = ("rights", user.pk, narrowing_key(user), tuple(posting.pk for posting in held))
    return once(key, lambda: rights_through(held, narrowing))


def rights_through(postings: Iterable[Posting], narrowing: Narrowing | None = None) -> list[Right]:
    """The same for postings that were read before."""
    whole = [right for posting in postings for right in _whole(posting)]
    return whole if narrowing is None else [cut for right in whole for cut in _cut(right, narrowing)]


def _whole(posting: Posting) -> Iterator[Right]:
    for part in parts_of(Role(posting.role)):
        yield Right(posting.region, part.acts, part.clearance, part.is_own_work)


def narrowing_of(user: User) -> Narrowing | None:
    """What the key leaves that speaks for `user` in this request; None where the person is here without a key."""
    return getattr(user, "narrowed", None)


def narrowing_key(user: User) -> Hashable:
    """The same for the key of what is kept."""
    narrowing = narrowing_of(user)
    return narrowing and narrowing.key


def lies_in(inner: Region, outer: Region) -> bool:
    """Whether `inner` is `outer` or lies inside of it."""
    return getattr(inner, ANCESTOR_COLUMN[Level(outer.level)]) == outer.pk


def _cut(right: Right, narrowing: Narrowing) -> Iterator[Right]:
    """What is common to the posting and to each region of the key."""
    acts, clearance = right.acts & narrowing.acts, min(right.clearance, narrowing.clearance)
    for region in narrowing.inside(right.region):
        yield Right(region, acts, clearance, right.is_own_work)
    for _ in narrowing.around(right.region):
        yield Right(right.region, acts, clearance, right.is_own_work)


def hold_postings(user: User, postings: list[Posting]) -> None:
    """All postings of `user`, with region and kabupaten, for who has read them already: they are not asked for again."""
    once(("postings", user.pk), lambda: postings, though_writing=True)


def _held(user: User) -> list[Posting]:
    return once(("postings", user.pk), lambda: _held_by({user.pk}), though_writing=True)


def _held_by(people: set[int]) -> list[Posting]:
    holes, told = several("user", sorted(people))

    def build() -> QuerySet[Posting]:
        rows = Posting.objects.filter(user__id__in=holes)
        return rows.select_related("region__kabupaten", "region__province", "institution").order_by("pk")

    return objects(("postings of people", len(told)), build, told)


def _in_force(postings: list[Posting], at: datetime) -> list[Posting]:
    return [posting for posting in postings if is_in_force(posting, at)]


def is_in_force(row: Lasting, at: datetime, *, region: Region | None = None) -> bool:
    """Whether a posting holds at `at` by the day of its region; of another row by the day of `region`."""
    place = region if region is not None else row.region  # type: ignore[attr-defined]
    return holds_on(row, timezone.localdate(at, zone_of(place)))
