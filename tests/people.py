"""People for tests: one line each, through the services."""

from datetime import date, datetime
from typing import NamedTuple

from accounts.postings.models import Institution
from accounts.postings.services import InstitutionFacts, PostingFacts
from accounts.postings.tables import InstitutionKind, Role
from accounts.regions.models import Region
from accounts.users.models import User
from accounts.users.services import UserFacts
from konflik.registry import services as registry

STARTED = date(2020, 1, 1)


class Somebody(NamedTuple):
    """A user as `somebody` makes one."""

    user: User
    link: object


def institution(name: str, region: str, *, now: datetime, kind: InstitutionKind = InstitutionKind.PERANGKAT_DAERAH) -> Institution:
    """One institution in the region with this code."""
    facts = InstitutionFacts(name=name, kind=kind.value, region=Region.objects.get(pk=region))
    return registry.record_institution(facts=facts, actor=None, now=now)


def somebody(username: str, role: Role, region: str, *, now: datetime, of: Institution | None = None) -> Somebody:
    """One user with one posting, made by the installation itself."""
    posting = PostingFacts(role=role.value, region=Region.objects.get(pk=region), valid_from=STARTED, institution=of)
    made = registry.invite_user(facts=UserFacts(username=username, name=username), posting=posting, actor=None, now=now)
    return Somebody(made.user, made.link)
