"""What somebody may do on one case: the buttons a page draws, and what pages and API let through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from accounts.access.selectors import acts_on, institutions_of
from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.tables import ACT_FOR


class Executed(Protocol):
    """Work that one institution does: an activity, which lives in the room above."""

    institution_id: int


@dataclass(frozen=True)
class Permitted:
    """The acts open on one case, and the institutions whose activities are one's own."""

    acts: frozenset[Act]
    institutions: frozenset[int]

    def allows(self, act: Act) -> bool:
        """Whether the act is open."""
        return act in self.acts

    def may_do(self, name: str) -> bool:
        """Whether the thing with this name in `ACT_FOR` is open."""
        return ACT_FOR[name] in self.acts

    def may_update(self, activity: Executed) -> bool:
        """The secretariat updates every activity, a member those of the own institution."""
        own = Act.UPDATE_OWN_ACTIVITY in self.acts and activity.institution_id in self.institutions
        return own or Act.UPDATE_ANY_ACTIVITY in self.acts


def permitted_on(case: Case, user: User, *, at: datetime) -> Permitted:
    """What `user` may do on `case`, which `visible_to` has let them see."""
    acts = acts_on(user, leading=case.kabupaten_id, regions=_regions(case), secrecy=case.secrecy, at=at)
    return Permitted(acts=acts, institutions=frozenset(institutions_of(user, at=at)))


def _regions(case: Case) -> Iterable[Region]:
    return [place.region for place in case.places.all()]
