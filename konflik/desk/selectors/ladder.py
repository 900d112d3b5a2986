"""Who was told of one thing, who answered, and who hears of it next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.postings.models import Posting
from accounts.postings.tables import Tenure
from accounts.regions.models import Region
from accounts.regions.selectors import office_at, zone_of
from accounts.users.models import User
from konflik.desk.tables.words import listed
from konflik.law.offices import Office
from konflik.notices.models import Notice
from konflik.notices.selectors.ladder import above_of, asked_of, chain_of, is_over, ladders, together
from konflik.notices.selectors.reach import Finder
from konflik.notices.tables import Channel


@dataclass(frozen=True)
class Rung:
    """One person who was told: as what, when read, what came of it."""

    notice: Notice
    name: str
    office: str
    is_readable: bool
    """Whether the reader may see what was answered: it may say as much as the case."""

    @property
    def outcome(self) -> str:
        """confirmed, climbed, settled, waiting or read: the colour and the words of this rung."""
        if self.notice.confirmed_at is not None:
            return "confirmed"
        if self.notice.climbed_at is not None:
            return "climbed"
        if self.notice.answer_id is not None:
            return "settled"
        return "waiting" if self.notice.must_confirm else "told"


@dataclass(frozen=True)
class Step:
    """Everybody who was told in one step; step 0 are those whom it concerns."""

    number: int
    rungs: list[Rung]


def ladder_of(notice: Notice, *, reader: User, is_hidden: bool) -> list[Step]:
    """All who were told of what `notice` is about, in the steps in which they were told.

    `is_hidden`: `reader` may not read what it is about, and so of the answers only the own.
    """
    rows = list(chain_of(notice).filter(channel=Channel.BELL.value).select_related("recipient", "answer__recipient").order_by("step", "pk"))
    place = notice.kabupaten
    posts = posts_of([row.recipient_id for row in rows], place, day=timezone.localdate(notice.created_at, zone_of(place))) if place else {}
    steps: dict[int, list[Rung]] = {}
    for row in rows:
        steps.setdefault(row.step, []).append(
            _rung(row, place, posts.get(row.recipient_id, ""), is_readable=not is_hidden or row.recipient_id == reader.pk)
        )
    return [Step(number, rungs) for number, rungs in steps.items()]


def _rung(row: Notice, place: Region | None, post: str, *, is_readable: bool) -> Rung:
    # Whoever is concerned without an office of his own is called by what he stands for.
    has_office = row.office and row.office != Office.PENANGGUNG_JAWAB
    office = office_at(row.office, place) if has_office else post
    return Rung(row, str(row.recipient), office or "Penerima", is_readable)


def posts_of(users: Iterable[int], place: Region, *, day: date) -> dict[int, str]:
    """ "Anggota tim · Polres Batanghari (Plh.)" for each of `users` that held something in the kabupaten on `day`."""
    rows = Posting.objects.valid_at(day).filter(user__in=list(users)).select_related("institution", "region").order_by("pk")
    found: dict[int, str] = {}
    for row in sorted(rows, key=lambda one: one.region.kabupaten_id != place.kabupaten_id):
        found.setdefault(row.user_id, _post(row))
    return found


def _post(posting: Posting) -> str:
    tenure = "" if posting.tenure == Tenure.DEFINITIF else f" ({posting.tenure.capitalize()}.)"
    return f"{posting.institution or posting.get_role_display()}{tenure}"


@dataclass(frozen=True)
class Next:
    """Who hears of it next where nobody answers, and when. Empty `offices`: there is nobody above."""

    at: datetime
    offices: str
    names: str


def next_above(notice: Notice, *, at: datetime) -> Next | None:
    """The next step where nobody answers for whom `notice` answers; None where somebody has, or nobody need."""
    if is_over(notice):
        return None
    asked = list(asked_of(notice).select_related("recipient").order_by("confirm_until", "pk"))
    chain = set(chain_of(notice).values_list("pk", flat=True))
    waiting = [row for row in asked if row.pk in chain and _waits(row)]
    first = next((row for row in waiting if row.parties & notice.parties and ladders([row], asked, now=at)), None)
    if first is None or first.confirm_until is None:
        return None
    # Where nobody answers, nobody of them: who is silent himself is passed over.
    rung = [row for row in waiting if row.milestone == first.milestone]
    mine = [ladder for ladder in ladders(rung, asked, now=at) if ladder.party in notice.parties]
    finder = Finder(at, [notice.case_id])
    above = together(one for ladder in mine for one in above_of(ladder, finder=finder))
    offices = listed(dict.fromkeys(one.why.partition(",")[0] for one in above))
    return Next(first.confirm_until, offices, listed(str(one.user) for one in above))


def _waits(row: Notice) -> bool:
    return row.asks and row.climbed_at is None
