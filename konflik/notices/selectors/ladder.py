"""The ladders above a notice: each office and person that must answer has one. Who stands on which step, and who is told next."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, Q

from accounts.access.selectors import deputies_of
from konflik.clocks.tables import State as Clock
from konflik.law.offices import Office
from konflik.law.telling import superior_of
from konflik.notices.models import Notice, NoticeQuerySet
from konflik.notices.selectors.reach import Finder, Matter, Recipient
from konflik.notices.tables import Channel, Source


def waiting() -> NoticeQuerySet:
    """Bell rows that wait for an answer and have not been taken further."""
    return Notice.objects.asking().filter(climbed_at__isnull=True)


def unanswered(now: datetime) -> NoticeQuerySet:
    """Those that wait past their time."""
    return waiting().filter(confirm_until__lte=now)


def step_of(notice: Notice) -> NoticeQuerySet:
    """The rows on the step of `notice` that had to be answered, of all the ladders over what it is about."""
    return _of_source(notice).filter(step=notice.step, must_confirm=True)


def asked_of(notice: Notice) -> NoticeQuerySet:
    """Everything in the bells about this version of what `notice` is about: all reminders, all steps."""
    return _of_source(notice).filter(channel=Channel.BELL.value)


def answered(row: Notice, told: Iterable[Notice]) -> set[str]:
    """The parties for whom somebody has answered since `row` was written, among `told`, the rows of `asked_of`.

    The one rule of what an answer is good for: everything that was asked up to it. Later it is asked anew.
    """
    return {party for one in told if one.confirmed_at is not None and one.confirmed_at >= row.created_at for party in one.parties}


def is_needless(notice: Notice) -> bool:
    """Whether `notice` is a step of the ladder whose fellow in the bell asks no more, because the silent have answered."""
    return (
        bool(notice.step)
        and asked_of(notice).filter(milestone=notice.milestone, recipient_id=notice.recipient_id, answer__isnull=False).exists()
    )


def chain_of(notice: Notice) -> NoticeQuerySet:
    """All steps of all the ladders over what `notice` is about, from their feet."""
    foot = _foot(notice)
    return _of_source(notice).filter(Q(milestone=foot) | Q(milestone__endswith=f":{foot}"))


REMINDED_OF = (Clock.RUNNING, Clock.LAPSED)
STANDS = Q(deadline__state__in=[state.value for state in REMINDED_OF], deadline__due_version=F("source_version"))
"""The deadline of a reminder is neither done nor held, and its date is still the one that the reminder names."""


def is_over(notice: Notice) -> bool:
    """Whether the deadline is done or its date has moved, so that nobody need answer for it: `STANDS`, for a row that was read."""
    deadline = notice.deadline
    if notice.source != Source.DEADLINE or deadline is None:
        return False
    return deadline.state not in REMINDED_OF or deadline.due_version != notice.source_version


@dataclass(frozen=True)
class Ladder:
    """One party that has not answered: its silent rows on one rung, and the people whom it need not be told to again.

    `known` are those who have been told on this ladder, and those who are silent themselves: they are passed over.
    """

    party: str
    silent: tuple[Notice, ...]
    known: frozenset[int]

    @property
    def first(self) -> Notice:
        """The row that the line of the step speaks of."""
        return self.silent[0]


def ladders(silent: Sequence[Notice], asked: Sequence[Notice], *, now: datetime) -> list[Ladder]:
    """The parties of `silent`, rows of one rung, for which nobody has answered, each with its own ladder.

    `asked` are the rows of `asked_of`; those of the same reminder make the ladder.
    """
    chain = [row for row in asked if _foot(row) == _foot(silent[0])]
    quiet = {row.recipient_id for row in chain if _is_silent(row, now)} | {row.recipient_id for row in silent}
    told: dict[str, set[int]] = {}
    for row in chain:
        for party in row.parties:
            told.setdefault(party, set()).add(row.recipient_id)
    by_party: dict[str, list[Notice]] = {}
    for row in silent:
        for party in sorted(row.parties - answered(row, asked)):
            by_party.setdefault(party, []).append(row)
    return [Ladder(party, tuple(rows), frozenset(told.get(party, set()) | quiet)) for party, rows in by_party.items()]


def _foot(row: Notice) -> str:
    return row.milestone.rpartition(":")[2]


def _is_silent(row: Notice, now: datetime) -> bool:
    return row.asks and row.confirm_until is not None and row.confirm_until <= now


def above_of(ladder: Ladder, *, finder: Finder) -> list[Recipient]:
    """Whom to tell next: deputies of those who did not answer, else the next office up where somebody is not known to the ladder."""
    notice = ladder.first
    deputies = deputies_of([row.recipient for row in ladder.silent], finder.at)
    office = Office(notice.office) if notice.office else Office.PENANGGUNG_JAWAB
    found = [
        Recipient(user, office, "Wakil") for user in deputies if user.pk not in ladder.known and finder.may_know(user, matter_of(notice))
    ]
    offices = {Office(row.office) for row in ladder.silent if row.office}
    while not found and offices and notice.kabupaten_id:
        offices = {above for one in offices if (above := superior_of(one)) is not None}
        found = _new(finder, offices, notice, ladder.known)
    return list({one.user.pk: replace(one, answers_for=ladder.party) for one in found}.values())


def together(found: Iterable[Recipient]) -> list[Recipient]:
    """Each person once, answering for every party that is silent below."""
    people: dict[int, Recipient] = {}
    for one in found:
        before = people.get(one.user.pk)
        parties = {one.answers_for, *(before.answers_for.split() if before else ())}
        people[one.user.pk] = replace(before or one, answers_for=" ".join(sorted(parties)))
    return list(people.values())


def _new(finder: Finder, offices: Iterable[Office], notice: Notice, known: Collection[int]) -> list[Recipient]:
    told_of = (one for office in sorted(offices) for one in finder.told(office, matter_of(notice)))
    return [one for one in told_of if one.user.pk not in known]


def matter_of(notice: Notice) -> Matter:
    """What `notice` is about, for asking who may know of it."""
    return Matter(notice.kabupaten_id or "", notice.case_id, notice.secrecy)


def _of_source(notice: Notice) -> NoticeQuerySet:
    return Notice.objects.filter(source=notice.source, source_id=notice.source_id, source_version=notice.source_version)
