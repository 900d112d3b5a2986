"""Who will be told of what happens or falls due: asked before saving, and again when the rows are written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from accounts.access.selectors import Readers, holdings_of_all
from accounts.access.tables import HANDED_ON, Act
from accounts.postings.models import Posting
from accounts.postings.tables import Tenure
from accounts.regions.models import Region
from accounts.regions.selectors import office_at
from accounts.users.models import User
from konflik.clocks.models import Deadline
from konflik.law.offices import Office
from konflik.law.rulebook import RULES
from konflik.law.secrecy import Secrecy
from konflik.law.telling import is_history, superior_of, telling_of
from konflik.notices.tables import NOBODY_IN_PARTICULAR, PERSON, Concerned
from konflik.rest.as_models import objects
from konflik.rest.prepared import Hole

TENURE_MARK = {Tenure.DEFINITIF: "", Tenure.PLT: " (Plt.)", Tenure.PLH: " (Plh.)"}


@dataclass(frozen=True)
class Recipient:
    """Somebody who is told, for which office, and why in words for the clerk: "Kapolres (Plh.)".

    `answers_for` is the party whose answer this is: whoever holds one office of one place and institution, or one person
    who is named; from the first step of the ladder on, all whose silence it is about.
    """

    user: User
    office: Office
    why: str
    answers_for: str = ""


@dataclass(frozen=True)
class Reach:
    """Who is told. `missing` are the offices that nobody holds who may read the case; the office above is told in their place."""

    recipients: tuple[Recipient, ...]
    missing: tuple[Office, ...] = ()


NOBODY = Reach(())


@dataclass(frozen=True)
class Matter:
    """What somebody is told of: where, on which case, and without one of which class. Only who may read it is told."""

    kabupaten_id: str
    case_id: int | None = None
    secrecy: int = Secrecy.BIASA


def reach_of_event(
    event: str,
    *,
    kabupaten_id: str | None,
    case_id: int | None = None,
    concerned: Concerned = NOBODY_IN_PARTICULAR,
    deadlines: Sequence[Deadline] = (),
    secrecy: int = Secrecy.BIASA,
    occurred_at: datetime | None = None,
    at: datetime,
) -> Reach:
    """Who is told of `event` (Event) that happened at `occurred_at` and is recorded at `at`: asked before saving, and by saving.

    Where nobody in particular is concerned, whoever has the duty of `deadlines` is. Nobody is told of what is history, nor
    where the law wants nobody told. `secrecy` is the class of what it is about where there is no case.
    """
    telling = telling_of(event)
    if telling is None or kabupaten_id is None or is_history(event, occurred_at or at, now=at):
        return NOBODY
    offices = telling.offices
    if concerned == NOBODY_IN_PARTICULAR and deadlines:
        concerned = concerned_by(deadlines[0])
        if concerned == NOBODY_IN_PARTICULAR:
            offices = tuple(Office(deadlines[0].duty_of) if office is Office.PENANGGUNG_JAWAB else office for office in offices)
    secrecy = max(secrecy, *(one.secrecy for one in deadlines)) if deadlines else secrecy
    return Finder(at, [case_id]).reach(offices, Matter(kabupaten_id, case_id, secrecy), concerned)


def reach_of_deadline(deadline: Deadline, *, at: datetime, finder: "Finder | None" = None) -> Reach:
    """Who is reminded of `deadline`: whoever has the duty, and whom its rule names beside."""
    finder = finder or Finder(at, [deadline.case_id])
    rule = RULES.get(deadline.rule)
    offices = (Office(deadline.duty_of), *(rule.told if rule else ()))
    return finder.reach(offices, Matter(deadline.kabupaten_id, deadline.case_id, deadline.secrecy), concerned_by(deadline))


def concerned_by(deadline: Deadline) -> Concerned:
    """The person or institution that has the duty, where it is not an office by itself."""
    return Concerned(tuple(filter(None, [deadline.person_id])), tuple(filter(None, [deadline.institution_id])))


class Finder:
    """Looks up holders and what they may read once for many notices that are written together."""

    def __init__(self, at: datetime, case_ids: Iterable[int | None]) -> None:
        self.at = at
        self._readers = Readers((pk for pk in case_ids if pk is not None), at=at)
        self._holders: dict[tuple[Office, str, Concerned], list[Recipient]] = {}
        self._regions: dict[str, Region] = {}
        self._people_by_id: dict[int, User] = {}

    def learn(self, deadlines: Iterable[Deadline]) -> None:
        """Read the people and cases of these deadlines at once."""
        rows = list(deadlines)
        self._readers.want(row.case_id for row in rows if row.case_id is not None)
        self._know(row.person_id for row in rows if row.person_id is not None)

    def reach(self, offices: Iterable[Office], matter: Matter, concerned: Concerned) -> Reach:
        """Everybody who stands for `offices` there and may read the matter, each person once; else who is above."""
        found: dict[int, Recipient] = {}
        missing = []
        asked = list(offices)
        self._gather([one for office in asked for one in _upwards(office)], matter.kabupaten_id, concerned)
        for office in asked:
            told = self.told(office, matter, concerned)
            if not told or told[0].office is not office:
                missing.append(office)
            for recipient in told:
                found.setdefault(recipient.user.pk, recipient)
        return Reach(tuple(found.values()), tuple(office for office in missing if office not in HANDED_ON))

    def told(self, office: Office, matter: Matter, concerned: Concerned = NOBODY_IN_PARTICULAR) -> list[Recipient]:
        """Who is told for `office`; where nobody holds it who may read the matter, the next office above that somebody holds."""
        chain = list(_upwards(office))
        self._gather(chain, matter.kabupaten_id, concerned)
        for stand_in in chain:
            people = self._people(stand_in, matter.kabupaten_id, concerned)
            told = [one for one in people if self.may_know(one.user, matter)]
            if told:
                return told if stand_in is office else [_instead(one, office, self._region(matter.kabupaten_id)) for one in told]
        return []

    def may_know(self, user: User, matter: Matter) -> bool:
        """Whether `user` may see the case, or without one what is of this class there; of class biasa anybody may."""
        if matter.case_id is not None:
            return self._readers.may_read(user, matter.case_id)
        if matter.secrecy <= Secrecy.BIASA:
            return True
        return self._readers.may_see(user, Act.SEE_CLOCKS, region=self._region(matter.kabupaten_id), secrecy=matter.secrecy)

    def _people(self, office: Office, kabupaten_id: str, concerned: Concerned) -> list[Recipient]:
        return self._holders[_key(office, kabupaten_id, concerned)]

    def _gather(self, offices: Iterable[Office], kabupaten_id: str, concerned: Concerned) -> None:
        """Look up who holds those of `offices` that were not asked for yet, and what these people may read, each in one query."""
        fresh = [office for office in dict.fromkeys(offices) if _key(office, kabupaten_id, concerned) not in self._holders]
        if not fresh:
            return
        kabupaten = self._region(kabupaten_id)
        held = holdings_of_all(fresh, kabupaten, self.at, concerned.institution_ids)
        for office in fresh:
            label = office_at(office, kabupaten)
            self._holders[_key(office, kabupaten_id, concerned)] = self._recipients(office, label, held[office], concerned)
        self._readers.learn([one.user for office in fresh for one in self._holders[_key(office, kabupaten_id, concerned)]])

    def _recipients(self, office: Office, label: str, held: Iterable[Posting], concerned: Concerned) -> list[Recipient]:
        is_concerned = office is Office.PENANGGUNG_JAWAB
        if is_concerned and concerned.user_ids:
            self._know(concerned.user_ids)
            people = (self._people_by_id[pk] for pk in sorted(concerned.user_ids) if pk in self._people_by_id)
            return [Recipient(user, office, "Penanggung jawab", f"{PERSON}{user.pk}") for user in people if user.is_active]
        return [Recipient(posting.user, office, _why(posting, label, is_agency=is_concerned), _party(office, posting)) for posting in held]

    def _know(self, user_ids: Iterable[int]) -> None:
        unknown = set(user_ids) - self._people_by_id.keys()
        if unknown:
            self._people_by_id.update(User.objects.in_bulk(unknown))

    def _region(self, kabupaten_id: str) -> Region:
        if kabupaten_id not in self._regions:
            [self._regions[kabupaten_id]] = objects("region with what it lies in", _regions, {"code": kabupaten_id})
        return self._regions[kabupaten_id]


def _regions() -> QuerySet[Region]:
    return Region.objects.filter(pk=Hole("code", "")).select_related("kabupaten", "province")


def _key(office: Office, kabupaten_id: str, concerned: Concerned) -> tuple[Office, str, Concerned]:
    return office, kabupaten_id, concerned if office is Office.PENANGGUNG_JAWAB else NOBODY_IN_PARTICULAR


def _upwards(office: Office) -> Iterator[Office]:
    """The office itself, then who is told in its place, up to the kepala daerah."""
    current: Office | None = office
    if office in HANDED_ON:
        yield office
        current = Office.SEKRETARIAT
    while current is not None:
        yield current
        current = superior_of(current)


def _party(office: Office, posting: Posting) -> str:
    """One office of one place and institution: a Plh answers for it as well as the holder, one camat for no other."""
    return f"{office.value}:{posting.region_id}:{posting.institution_id or ''}"


def _why(posting: Posting, label: str, *, is_agency: bool) -> str:
    name = str(posting.institution) if is_agency and posting.institution else label
    return f"{name}{TENURE_MARK[Tenure(posting.tenure)]}"


def _instead(told: Recipient, office: Office, kabupaten: Region) -> Recipient:
    """A stand-in answers for the office it stands in for, and the clerk reads why."""
    label = office_at(office, kabupaten)
    reason = f"untuk diteruskan kepada {label}" if office in HANDED_ON else f"karena {label} belum dapat diberi tahu"
    return replace(told, why=f"{told.why}, {reason}")
