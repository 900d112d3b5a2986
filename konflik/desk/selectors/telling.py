"""Whom an act will tell, for the form that is about to do it; and whom it told, for the line shown afterwards."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.regions.models import Region
from accounts.regions.selectors import office_at
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.desk.tables.words import listed
from konflik.law.events import Event
from konflik.law.telling import is_history, telling_of
from konflik.notices.models import Notice
from konflik.notices.selectors.reach import Recipient, reach_of_event
from konflik.notices.tables import Channel, Concerned, Source


@dataclass(frozen=True)
class Audience:
    """Who will be told: people with their office, and the offices that nobody holds there."""

    recipients: tuple[Recipient, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What tells this audience from another, for a form to say which one it has shown."""
        keys = ",".join(str(key) for key in sorted(one.user.pk for one in self.recipients))
        return hashlib.sha256(keys.encode()).hexdigest()[:12]

    @property
    def missing_text(self) -> str:
        """ "Kapolres dan Dandim"."""
        return listed(self.missing)

    def only(self, keeps: Callable[[User], bool]) -> "Audience":
        """Those of the people whom `keeps` keeps."""
        return Audience(tuple(one for one in self.recipients if keeps(one.user)), self.missing)


def audience_of(
    events: Iterable[Event], *, kabupaten: Region, case: Case | None, concerned: Concerned, happens_at: datetime, at: datetime
) -> Audience | None:
    """Who will be told of `events` that happened at `happens_at`, each person once.

    None where the law, and our practice, tell nobody of any of them, or not any more because it lies back long.
    """
    telling = [event for event in events if telling_of(event) is not None and not is_history(event, happens_at, now=at)]
    if not telling:
        return None
    people: dict[int, Recipient] = {}
    missing: dict[str, None] = {}
    for event in telling:
        told: dict[str, Any] = {"kabupaten_id": kabupaten.pk, "case_id": case.pk if case else None, "concerned": concerned}
        reach = reach_of_event(event, **told, occurred_at=happens_at, at=at)
        people = {one.user.pk: one for one in reach.recipients} | people
        missing |= dict.fromkeys(office_at(office, kabupaten) for office in reach.missing)
    return Audience(tuple(people.values()), tuple(missing))


def told_sentence(case: Case, audience: Audience | None, *, at: datetime) -> str:
    """ "Bupati dan Kapolres diberi tahu.", read from the notices that were written at `at`; empty where nobody was told."""
    rows = Notice.objects.filter(case=case, created_at=at, source=Source.LINE.value, channel=Channel.BELL.value)
    told = {row.recipient_id: str(row.recipient) for row in rows.select_related("recipient").order_by("pk")}
    if not told:
        return ""
    # The office alone: why somebody stands in for it was shown before.
    offices = {one.user.pk: one.why.partition(",")[0] for one in audience.recipients} if audience else {}
    counted = Counter(offices.get(key, name) for key, name in told.items())
    return f"{listed(_counted(office, number) for office, number in counted.items())} diberi tahu."


def _counted(office: str, number: int) -> str:
    return office if number == 1 else f"{office} ({number} orang)"
