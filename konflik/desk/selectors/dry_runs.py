"""What a scan would write by one rule: asked of the scan itself, and nothing is written."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State as Clock
from konflik.desk.tables.milestones import milestone_words
from konflik.desk.tables.words import listed
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.rulebook import RULES
from konflik.notices.selectors.reach import reach_of_deadline
from konflik.notices.services.scanning import Known, look_at, manner_of, to_remind
from konflik.notices.tables import CHANNEL_LABELS


@dataclass(frozen=True)
class WouldRemind:
    """One deadline of which a scan now would remind, or the next of which one will: when, by which reminder, and whom."""

    deadline: Deadline
    title: str
    kind: str
    at: datetime
    people: str
    channels: str


@dataclass(frozen=True)
class DryRun:
    """What a scan would do by one rule; nothing is written. `hidden` are deadlines due now that the reader may not open."""

    rule: DeadlineRule
    now: list[WouldRemind]
    next: list[WouldRemind]
    hidden: int


def dry_run(code: str, user: User, *, at: datetime, most: int = 20) -> DryRun | None:
    """What a scan at `at` would write for the rule `code` here, and what comes next; None for a rule that the law does not know."""
    rule = RULES.get(code)
    if rule is None:
        return None
    here = Q(area(user, Act.SETTLE_NOTICES, via="kabupaten__", at=at), rule=code)
    seen = Deadline.objects.visible_to(user, at=at).values("pk")
    due, later = to_remind(now=at).filter(here), Deadline.objects.filter(here, next_notice_at__gt=at, state=Clock.RUNNING.value)
    known = Known(at)
    shown, coming = (rows.filter(pk__in=seen).select_related("case", "kabupaten").order_by("next_notice_at", "pk") for rows in (due, later))
    hidden = due.exclude(pk__in=seen).count()
    return DryRun(rule, _would(list(shown[:most]), known), _would(list(coming[:most]), known), hidden)


def _would(deadlines: list[Deadline], known: Known) -> list[WouldRemind]:
    """Asked of the scan itself: the latest reminder that has come by the instant at which it looks."""
    at = known.ways.at
    known.finder.learn(deadlines)
    found = []
    for one in deadlines:
        looks_at = max(at, one.next_notice_at or at)
        reached = look_at(one, looks_at).reached
        told = reach_of_deadline(one, at=at, finder=known.finder).recipients
        group = manner_of(one)[0]
        channels = dict.fromkeys(CHANNEL_LABELS[channel] for person in told for channel in known.ways.channels(person.user, group))
        people = listed(dict.fromkeys(person.why.partition(",")[0] for person in told))
        kind = milestone_words(reached[-1].code) if reached else ""
        found.append(WouldRemind(one, one.title, kind, looks_at, people, listed(channels)))
    return found
