"""Who stands for an office that the law names, in one kabupaten at one instant; Plt and Plh stand like anybody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.access.selectors.postings import is_in_force, postings_of
from accounts.access.tables import OFFICE_HOLDINGS, Holding
from accounts.postings.models import Posting
from accounts.postings.tables import Tenure
from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.law.offices import Office
from konflik.rest.as_models import objects
from konflik.rest.prepared import Hole, several

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """One office that somebody stands for: where, for which institution, and how ("plh")."""

    office: Office
    kabupaten_id: str | None
    institution_id: int | None
    tenure: Tenure


def holders_of(office: Office, kabupaten: Region, at: datetime, institution_id: int | None = None) -> list[User]:
    """Everybody who stands for `office` in `kabupaten` at `at` and may log in; with `institution_id` only its people."""
    return list({posting.user_id: posting.user for posting in holdings_of(office, kabupaten, at, institution_id)}.values())


def holdings_of(office: Office, kabupaten: Region, at: datetime, institution_id: int | None = None) -> list[Posting]:
    """The postings behind `holders_of`, each with its person and how the office is held.

    PENANGGUNG_JAWAB is whoever stands for `institution_id`; without one nobody.
    """
    ids = () if institution_id is None else (institution_id,)
    return [row for row in holdings_of_all([office], kabupaten, at, ids)[office] if institution_id in {None, row.institution_id}]


def holdings_of_all(
    offices: Collection[Office], kabupaten: Region, at: datetime, institution_ids: Collection[int] = ()
) -> dict[Office, list[Posting]]:
    """Who stands for each of `offices`, in one query; PENANGGUNG_JAWAB is whoever stands for one of `institution_ids`."""
    roles = frozenset(holding.role.value for office in offices for holding in OFFICE_HOLDINGS.get(office, ()))
    holes, concerned = several("institution", sorted(institution_ids) if Office.PENANGGUNG_JAWAB in offices else ())
    day = timezone.localdate(at, zone_of(kabupaten))
    told = {"kabupaten": kabupaten.pk, "province": kabupaten.province_id or "", "before": day - ONE_DAY, "after": day + ONE_DAY}

    def build() -> QuerySet[Posting]:
        inside = Q(region__kabupaten_id=Hole("kabupaten", "")) | Q(region_id=Hole("province", ""))
        # A day wider on both sides: a posting begins and ends with the day of its own region.
        around = Q(valid_from__lte=Hole("after", day)) & (Q(valid_until__isnull=True) | Q(valid_until__gte=Hole("before", day)))
        wanted = Q(role__in=sorted(roles)) | Q(institution__id__in=holes)
        found = Posting.objects.filter(wanted, inside, around, user__is_active=True)
        return found.select_related("user", "region__kabupaten", "region__province", "institution").order_by("pk")

    found = objects(("holders of offices", roles, len(concerned)), build, {**told, **concerned})
    rows = [posting for posting in found if is_in_force(posting, at)]
    return {office: [row for row in rows if _stands_for(office, row, kabupaten.pk, institution_ids)] for office in offices}


def _stands_for(office: Office, posting: Posting, kabupaten_id: str, institution_ids: Collection[int]) -> bool:
    if office is Office.PENANGGUNG_JAWAB:
        return posting.institution_id in institution_ids
    return any(_is_held(holding, posting, kabupaten_id) for holding in OFFICE_HOLDINGS.get(office, ()))


def offices_of(user: User, at: datetime) -> list[Held]:
    """Every office that `user` stands for at `at`."""
    return [
        Held(office, posting.region.kabupaten_id, posting.institution_id, Tenure(posting.tenure))
        for posting in postings_of(user, at=at)
        for office, holdings in OFFICE_HOLDINGS.items()
        if any(_is_held(holding, posting, posting.region_id) for holding in holdings)
    ]


def _is_held(holding: Holding, posting: Posting, kabupaten_id: str) -> bool:
    if holding.role != posting.role:
        return False
    if holding.kind is None:
        return True
    agency = posting.institution
    if agency is None or agency.kind != holding.kind:
        return False
    return holding.is_local or agency.region_id == kabupaten_id


def deputies_of(users: Iterable[User], at: datetime) -> list[User]:
    """Who sits as deputy of a seat that one of `users` holds, with a login; by the day of the region of the body."""
    seats = apps.get_model("forums", "Seat").objects
    held = seats.filter(deputy_of__user__in=list(users), user__isnull=False, user__is_active=True)
    found = {
        seat.user_id: seat.user
        for seat in held.select_related("user", "body__region__kabupaten", "body__region__province").order_by("pk")
        if is_in_force(seat, at, region=seat.body.region)
    }
    return [user for user in found.values() if user is not None]
