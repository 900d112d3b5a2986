"""The forums of the demo with their seats."""

from datetime import datetime, timedelta

from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from forums.bodies.services import BodyFacts
from forums.seats.services import SeatFacts
from konflik.demo.loading.people import Cast
from konflik.demo.tables.forums import FORUMS, REPORTED, Forum
from konflik.demo.tables.homes import EXAMPLE, Home
from konflik.registry import services as registry


def record_forums(cast: Cast, home: Home, *, now: datetime) -> int:
    """Record those of `home`; says how many."""
    forums = [forum for forum in FORUMS if forum.home is home]
    for forum in forums:
        _record(cast, forum, now)
    return len(forums)


def _record(cast: Cast, forum: Forum, now: datetime) -> None:
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
    body = registry.record_body(facts=facts, actor=None, now=now)
    for position, office, key in forum.seats:
        agency = cast.agencies.get((forum.home.slug, key))
        seat = SeatFacts(position=position, office=office, institution=agency, valid_from=body.valid_from, valid_until=body.valid_until)
        registry.record_seat(body=body, facts=seat, actor=None, now=now)
