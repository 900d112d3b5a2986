"""The dates of somebody as a calendar that a calendar program reads (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import override
from icalendar import Calendar, Event

from accounts.users.models import User
from konflik.notices.models import DigestScope
from konflik.notices.selectors.digest import deadlines_of
from konflik.notices.selectors.wording import Dated, dated_of

MOST_DATES = 500
LASTS = timedelta(minutes=30)


def calendar_of(user: User, *, at: datetime) -> bytes:
    """The running deadlines of `user`; what is above class biasa shows its number only."""
    rows = deadlines_of(user, DigestScope.MINE, at=at).select_related("case").order_by("due_at", "pk")[:MOST_DATES]
    with override("id"):
        return calendar((dated_of(one) for one in rows), at=at)


def calendar(dates: Iterable[Dated], *, at: datetime) -> bytes:
    """These dates as one calendar file."""
    whole = Calendar()
    whole.add("prodid", "-//konflik//tenggat//ID")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    for dated in dates:
        whole.add_component(_event(dated, at))
    return whole.to_ical()


def _event(dated: Dated, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{dated.key}@konflik")
    event.add("sequence", dated.version)
    event.add("dtstamp", at)
    event.add("summary", dated.summary)
    if dated.day is not None:
        event.add("dtstart", dated.day)
        event.add("dtend", dated.day + timedelta(days=1))
    elif dated.at is not None:
        event.add("dtstart", dated.at)
        event.add("dtend", dated.at + LASTS)
    return event
