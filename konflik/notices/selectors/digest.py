"""The daily digest: what is late and what falls due soon, of mine, of my team, of all that I may see."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.access.selectors import institutions_of, offices_of
from accounts.access.selectors.postings import is_in_force
from accounts.postings.models import Posting
from accounts.users.models import User
from konflik.clocks.models import Deadline, DeadlineQuerySet
from konflik.clocks.tables import State as Clock
from konflik.notices.models import DigestScope, Habit, Notice

SOON = timedelta(days=7)
AT_MOST = 20
"""So many dates are named; of the others the number."""


def deadlines_of(user: User, scope: str, *, at: datetime) -> DeadlineQuerySet:
    """Running deadlines that `user` may see: his own, those of his institution and its people too, or any. `scope` is a DigestScope."""
    seen = Deadline.objects.filter(state=Clock.RUNNING.value).visible_to(user, at=at)
    if scope == DigestScope.REPORTS:
        return seen
    agencies = institutions_of(user, at=at)
    mine = Q(person=user) | Q(person__isnull=True, institution__in=agencies)
    for held in offices_of(user, at):
        mine |= Q(duty_of=held.office.value, kabupaten_id=held.kabupaten_id, person__isnull=True, institution__isnull=True)
    if scope == DigestScope.TEAM:
        posted = Posting.objects.filter(institution__in=agencies).select_related("region__kabupaten", "region__province")
        colleagues = {posting.user_id for posting in posted if is_in_force(posting, at)}
        return seen.filter(mine | Q(institution__in=agencies) | Q(person__in=colleagues))
    return seen.filter(mine)


def digest_lines(notice: Notice, *, at: datetime, due: Callable[[Deadline], str], name: Callable[[Deadline], str]) -> tuple[str, ...]:
    """The digest of the recipient as its lines, of what he may see `at` that instant; `due` and `name` write one deadline."""
    habit = Habit.objects.filter(user=notice.recipient_id).first()
    rows = deadlines_of(notice.recipient, habit.digest if habit else DigestScope.MINE, at=at).select_related("case")
    at = notice.created_at
    late = rows.filter(due_at__lte=at).order_by("due_at", "pk")
    soon = rows.filter(due_at__gt=at, due_at__lte=at + SOON).order_by("due_at", "pk")
    counted = f"{late.count()} tenggat sudah lewat, {soon.count()} jatuh tempo dalam {SOON.days} hari."
    named = [*late[:AT_MOST], *soon[:AT_MOST]]
    return (counted, *(f"{due(one)}: {name(one)}" for one in named))
