"""The forums of the demo, and the seats in them."""

from datetime import datetime, timedelta

from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from forums.bodies.models import Body
from forums.bodies.services import BodyFacts
from forums.seats.services import SeatFacts
from konflik.demo.loading.people import Cast
from konflik.demo.tables.forums import FORUMS, REPORTED, Forum
from konflik.demo.tables.homes import EXAMPLE, Home
from konflik.registry import services as registry


def record_forums(cast: Cast, home: Home, *, now: datetime) -> int:
    """Record those of `home`, still empty; says how many."""
    forums = [forum for forum in FORUMS if forum.home is home]
    cast.bodies += [(forum, _record(cast, forum, now)) for forum in forums]
    return len(forums)


def fill_seats(cast: Cast, home: Home, *, now: datetime) -> None:
    """Their seats, with the login of the office where there is one."""
    for forum, body in cast.bodies:
        for position, office, key in forum.seats if forum.home is home else ():
            seat = SeatFacts(
                position=position,
                office=office,
                user=cast.holder(office, home),
                institution=cast.agencies.get((home.slug, key)),
                valid_from=body.valid_from,
                valid_until=body.valid_until,
            )
            registry.record_seat(body=body, facts=seat, actor=None, now=now)


def _record(cast: Cast, forum: Forum, now: datetime) -> Body:
    region = Region.objects.get(pk=forum.region or forum.home.code)
    today = now.astimezone(zone_of(region)).date()
    facts = BodyFacts(
        kind=forum.kind.value,
        name=forum.name,
        region=region,
        secretariat=cast.agencies[forum.home.slug, forum.secretariat],
        valid_from=forum.reported_on,
        valid_until=today + timedelta(days=forum.ends_in) if forum.ends_in is not None else None,
        note=REPORTED.format(forum.report) if forum.report else f"({EXAMPLE})",
    )
    return registry.record_body(facts=facts, actor=None, now=now)
