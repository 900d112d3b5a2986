"""What somebody may do, where, and up to which class: the acts of the postings valid now."""

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.access.selectors.postings import Right, lies_in, narrowing_of, postings_of, rights_of
from accounts.access.tables import READING, ROLE_ACTS, Act, Narrowing, highest
from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.regions.models import PLACE_COLUMN, Level, Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.law.secrecy import SEALED_FROM


def acts_of(user: User, *, at: datetime) -> frozenset[Act]:
    """Every act that some posting of `user` permits at `at`."""
    return frozenset().union(*(right.acts for right in rights_of(user, at=at)))


def may(user: User, act: Act, *, at: datetime, region: Region | None = None, secrecy: int = 0) -> bool:
    """Whether `user` may do `act` at `at`; with a `region` (Region), whether in that region; with a class, up to that class."""
    return may_through(rights_of(user, at=at), act, region=region, secrecy=secrecy)


def may_through(rights: Iterable[Right], act: Act, *, region: Region | None, secrecy: int = 0) -> bool:
    """The same for rights that were read before: the rule of `area`, for one row."""
    reaching = (right for right in rights if act in right.acts and right.clearance >= secrecy)
    return any(region is None or lies_in(region, right.region) for right in reaching)


def acts_on(user: User, *, leading: str, regions: Iterable[Region], secrecy: int, at: datetime) -> frozenset[Act]:
    """Every act open to `user` on a case of class `secrecy` in `regions`, of which kabupaten `leading` (a code) leads.

    The same rule as `scope`, for one row. What a grant opens is not counted: it lets read, and `visible_to` has let the
    reader in already.
    """
    return acts_through(rights_of(user, at=at), leading=leading, regions=regions, secrecy=secrecy)


def acts_through(rights: Iterable[Right], *, leading: str, regions: Iterable[Region], secrecy: int) -> frozenset[Act]:
    """The same for rights that were read before."""
    places = list(regions)
    return frozenset().union(*(_acts_through(right, leading, places, secrecy) for right in rights))


def _acts_through(right: Right, leading: str, places: list[Region], secrecy: int) -> frozenset[Act]:
    if secrecy > right.clearance:
        return frozenset()
    if any(lies_in(place, right.region) and place.kabupaten_id == leading for place in places):
        return right.acts
    shared = secrecy < SEALED_FROM and any(lies_in(place, right.region) for place in places)
    return right.acts & READING if shared else frozenset()


def clearance_in(user: User, *, regions: Iterable[Region], at: datetime) -> int:
    """The highest class that the postings of `user` reach over `regions`; 0 where none of them does.

    What a role reaches for its own work only lets nobody give a class to anything else.
    """
    places = list(regions)
    general = (right for right in rights_of(user, at=at) if not right.is_own_work)
    return max((right.clearance for right in general if any(lies_in(place, right.region) for place in places)), default=0)


def may_give(user: User, role: Role, *, at: datetime, region: Region) -> bool:
    """Whether `user` may give `role` in `region`, or manage the login of who holds it: the right, and no way up.

    A role that reads rahasia is given by who reads as far; as long as nobody in the kabupaten does, by whoever manages
    people there, so that a new installation can begin.
    """
    if not may(user, Act.MANAGE_PEOPLE, at=at, region=region):
        return False
    needed = highest(role)
    return needed < SEALED_FROM or clearance_in(user, regions=[region], at=at) >= needed or not _has_sealed_manager(region, at=at)


def _has_sealed_manager(region: Region, *, at: datetime) -> bool:
    roles = [role.value for role in Role if Act.MANAGE_PEOPLE in ROLE_ACTS[role] and highest(role) >= SEALED_FROM]
    inside = Posting.objects.filter(role__in=roles, region__kabupaten=region.kabupaten_id)
    return inside.valid_at(timezone.localdate(at, zone_of(region))).exists()


def institutions_of(user: User, *, at: datetime) -> set[int]:
    """Ids of the institutions that `user` stands for at `at`."""
    return {p.institution_id for p in postings_of(user, at=at) if p.institution_id}


def needs_second_factor(user: User, *, at: datetime) -> bool:
    """Staff, and whoever may read rahasia and above, log in with a second factor."""
    if any(Act.ENTER_ADMIN in right.acts or right.clearance >= SEALED_FROM for right in rights_of(user, at=at)):
        return True
    return sealed_grants(user, at=at).exists()


def sealed_grants(user: User, *, at: datetime) -> QuerySet:
    """Grants in force for `user` on cases of class rahasia and above."""
    return grants_of(user, at=at).filter(case__secrecy__gte=SEALED_FROM)


def grants_of(user: User, *, at: datetime) -> QuerySet:
    """Access grants in force at `at`: to the person, or to a body in which the person holds a posting.

    A key leaves those on cases with a place in its regions, up to its class, and where it lets see cases at all.
    """
    grant = apps.get_model("konflik", "AccessGrant")
    bodies = {p.body_id for p in postings_of(user, at=at) if p.body_id}
    rows = grant.objects.filter(Q(user=user) | Q(body__in=bodies)).in_force(at)
    narrowing = narrowing_of(user)
    return rows if narrowing is None else _left_by(narrowing, rows)


def _left_by(narrowing: Narrowing, rows: QuerySet) -> QuerySet:
    if Act.SEE_CASES not in narrowing.acts or not narrowing.regions:
        return rows.none()
    inside = Q()
    for region in narrowing.regions:
        inside |= Q(**{PLACE_COLUMN[Level(region.level)]: region.pk})
    placed = apps.get_model("konflik", "CasePlace").objects.filter(inside)
    return rows.filter(case__secrecy__lte=narrowing.clearance, case__in=placed.values("case_id"))
