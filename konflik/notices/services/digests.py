"""The daily digest: one row a day for whoever wants it, from 07.00 in the legal time of the posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from accounts.access.selectors import postings_of_all
from accounts.postings.models import Posting
from accounts.regions.models import Region, TimeZone
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.law.notices import MORNING
from konflik.law.offices import Office
from konflik.law.telling import Group
from konflik.notices.models import DigestScope, Habit, Notice
from konflik.notices.selectors.reach import Recipient
from konflik.notices.selectors.ways import Ways, ways
from konflik.notices.services.writing import Occasion, drawn, write
from konflik.notices.tables import Source
from konflik.rowwise import each


@dataclass(frozen=True)
class Reader:
    """Somebody whose digest of `day` is due, and the region of the posting in whose legal time that is."""

    user: User
    region: Region
    day: str


def write_digests(*, now: datetime) -> int:
    """Write the digests of today that are due and not written yet, and say how many people get one; a day missed is not made up.

    Raises SomeFailed after the others where one cannot be written.
    """
    due = _due(now)
    if not due:
        return 0
    known = ways(now)
    known.learn(one.user for one in due)
    return each(due, lambda one: bool(write(_rows(one, known))), what="digest: user", key=lambda one: one.user.pk)


def _due(now: datetime) -> list[Reader]:
    """Whose morning has come; three queries however many want a digest, none before the first morning of the country."""
    local = [now.astimezone(ZoneInfo(zone)) for zone in TimeZone.values]
    days = {at.date().isoformat() for at in local if at.time() >= MORNING}
    if not days:
        return []
    wanting = User.objects.filter(is_active=True, pk__in=Habit.objects.exclude(digest=DigestScope.NONE).values("pk"))
    written = [Exists(Notice.objects.filter(source=Source.DIGEST.value, source_id=OuterRef("pk"), milestone=day)) for day in days]
    people = list(wanting.exclude(reduce(and_, map(Q, written))).order_by("pk"))
    if not people:
        return []
    held = postings_of_all(people, at=now)
    found = [Reader(user, region, day) for user in people if (region := _region(held[user.pk])) and (day := _day(region, now))]
    told = Notice.objects.filter(source=Source.DIGEST.value, milestone__in=days, source_id__in=[one.user.pk for one in found])
    already = set(told.values_list("source_id", "milestone"))
    return [one for one in found if (one.user.pk, one.day) not in already]


def _region(held: Sequence[Posting]) -> Region | None:
    return held[0].region if held else None


def _day(region: Region, now: datetime) -> str:
    """The local day of `region`, from its morning on; before it ""."""
    local = now.astimezone(zone_of(region))
    return local.date().isoformat() if local.time() >= MORNING else ""


def _rows(reader: Reader, known: Ways) -> list[Notice]:
    morning = datetime.combine(date.fromisoformat(reader.day), MORNING, zone_of(reader.region))
    place = reader.region.kabupaten_id
    occasion = Occasion(Source.DIGEST, reader.user.pk, reader.day, Group.SYSTEM, kabupaten_id=place, due_since=morning)
    rows = drawn(occasion, [Recipient(reader.user, Office.PENANGGUNG_JAWAB, "Ringkasan")], known)
    for row in rows:
        row.office = ""
    return rows
