"""Who may see which of some cases: the rule of `scope`, asked for many people and rows at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from accounts.access.selectors.postings import lies_in, narrowing_of, postings_of_all, rights_through
from accounts.access.selectors.rights import acts_through, may_through
from accounts.access.tables import Act, Narrowing
from accounts.postings.models import Posting
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.rest.as_models import objects
from konflik.rest.prepared import run, several


@dataclass
class _Facts:
    leading: str
    secrecy: int
    regions: list[Region] = field(default_factory=list)
    users: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)


class Readers:
    """The cases are read in three queries, and the postings of people in one, however many there are."""

    def __init__(self, case_ids: Iterable[int], *, at: datetime) -> None:
        self.at = at
        self._wanted = set(case_ids)
        self._asked: set[int] = set()
        self._facts: dict[int, _Facts] = {}
        self._postings: dict[int, list[Posting]] = {}

    def want(self, case_ids: Iterable[int]) -> None:
        """These cases too: read together, when the first of them is asked for."""
        self._wanted |= set(case_ids)

    def learn(self, users: Iterable[User]) -> None:
        """Read what these people hold, in one query."""
        fresh = [user for user in users if user.pk not in self._postings]
        if fresh:
            self._postings |= postings_of_all(fresh, at=self.at)

    def may_read(self, user: User, case_id: int) -> bool:
        """Whether `user` may see the case: by a posting, or by a grant to the person or to a body of the person, as far as a key lets."""
        self.learn([user])
        facts = self._known(case_id)
        if facts is None:
            return False
        held, narrowing = self._postings[user.pk], narrowing_of(user)
        if user.pk in facts.users or any(posting.body_id in facts.bodies for posting in held):
            return narrowing is None or _leaves(narrowing, facts)
        rights = rights_through(held, narrowing)
        return Act.SEE_CASES in acts_through(rights, leading=facts.leading, regions=facts.regions, secrecy=facts.secrecy)

    def may_see(self, user: User, act: Act, *, region: Region, secrecy: int) -> bool:
        """Whether `user` may see a row without a case that hangs on `region` and has this class: the rule of `area`."""
        self.learn([user])
        return may_through(rights_through(self._postings[user.pk], narrowing_of(user)), act, region=region, secrecy=secrecy)

    def _known(self, case_id: int) -> _Facts | None:
        if case_id not in self._facts and case_id not in self._asked:
            wanted = self._wanted | {case_id}
            self._facts |= _facts_of(wanted - self._asked, at=self.at)
            self._asked |= wanted
        return self._facts.get(case_id)


def _leaves(narrowing: Narrowing, facts: _Facts) -> bool:
    """Whether a key lets its owner use a grant on this case."""
    is_inside = any(lies_in(place, region) for place in facts.regions for region in narrowing.regions)
    return Act.SEE_CASES in narrowing.acts and facts.secrecy <= narrowing.clearance and is_inside


def _facts_of(case_ids: set[int], *, at: datetime) -> dict[int, _Facts]:
    case, place, grant = (apps.get_model("konflik", name) for name in ("Case", "CasePlace", "AccessGrant"))
    holes, told = several("case", sorted(case_ids))
    number = len(told)

    def read(name: str, build: Callable[[], QuerySet]) -> list[Sequence[Any]]:
        return run((name, number), lambda: [build()], told, at=at)

    rows = read("cases for readers", lambda: case.objects.filter(pk__in=holes).values_list("pk", "kabupaten_id", "secrecy"))
    found = {pk: _Facts(leading, secrecy) for pk, leading, secrecy in rows}
    regions: dict[int, list[Region]] = defaultdict(list)
    places = objects(("places for readers", number), lambda: place.objects.filter(case__id__in=holes).select_related("region"), told)
    for one in places:
        regions[one.case_id].append(one.region)
    for pk, facts in found.items():
        facts.regions = regions[pk]
    granted = grant.objects.filter(case__id__in=holes).in_force(at).values_list("case_id", "user_id", "body_id")
    for case_id, user_id, body_id in read("grants for readers", lambda: granted):
        if user_id is not None:
            found[case_id].users.add(user_id)
        if body_id is not None:
            found[case_id].bodies.add(body_id)
    return found
