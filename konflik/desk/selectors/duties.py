"""Applications, requests and incidents without a case ("kewajiban lain"): the list, one of them, and what entering one would start."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.access.selectors import area
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.regions.selectors import office_at
from accounts.users.models import User
from konflik.clocks.models import Deadline, Duty, DutyQuerySet
from konflik.desk.selectors.calculator import Answer, answer_of
from konflik.desk.selectors.deadlines import PARTS, DeadlineRow, row_of
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.rulebook import RULES
from konflik.notices.selectors.reach import Reach, reach_of_deadline


@dataclass(frozen=True)
class DutyRow:
    """One duty with the rule it is about and its clocks, the running one first."""

    duty: Duty
    kind: str
    clocks: list[DeadlineRow]

    @property
    def clock(self) -> DeadlineRow | None:
        """The one that counts: the running one, else the last that was closed."""
        return self.clocks[0] if self.clocks else None


@dataclass(frozen=True)
class Start:
    """What entering a duty would start: when it ends and who is reminded."""

    answer: Answer
    reach: Reach

    @property
    def missing(self) -> list[str]:
        """The offices that nobody holds."""
        return [office_at(office, self.answer.region) for office in self.reach.missing]


def seen_duties(user: User, *, at: datetime) -> DutyQuerySet:
    """Every duty that `user` may see."""
    return Duty.objects.visible_to(user, at=at).select_related("kabupaten", "recorded_by")


def search_duties(rows: DutyQuerySet, *, text: str, rule: str) -> DutyQuerySet:
    """`rows` in which the words stand, of one kind."""
    if rule:
        rows = rows.filter(rule=rule)
    words = text.strip()
    return rows.filter(Q(title__icontains=words) | Q(applicant__icontains=words) | Q(reference__icontains=words)) if words else rows


def duty_rows(duties: Iterable[Duty], *, at: datetime, may_manage: bool = False) -> list[DutyRow]:
    """`duties` with their clocks, read in one query."""
    listed = list(duties)
    found: dict[str, list[DeadlineRow]] = {}
    for deadline in Deadline.objects.filter(thread__in=[one.thread for one in listed]).select_related(*PARTS).order_by("pk"):
        found.setdefault(deadline.thread, []).append(row_of(deadline, at=at, may_manage=may_manage))
    return [DutyRow(one, kind_of(one), _first_running(found.get(one.thread, []))) for one in listed]


def kind_of(duty: Duty) -> str:
    """What it is, in the words of its rule."""
    rule = RULES.get(duty.rule)
    return rule.title if rule else duty.rule


def _first_running(rows: list[DeadlineRow]) -> list[DeadlineRow]:
    return sorted(rows, key=lambda row: (row.deadline.closed_at is not None, -row.deadline.pk))


def homes_of(user: User, *, at: datetime) -> list[Region]:
    """The kabupaten in which `user` may enter a duty."""
    inside = area(user, Act.MANAGE_CLOCKS, via="", at=at)
    rows = Region.objects.of_level(Level.KABUPATEN).filter(inside).select_related("kabupaten", "province")
    return list(rows.order_by("code"))


def start_of(rule: DeadlineRule, *, region: Region, received_at: datetime, secrecy: int, now: datetime) -> Start:
    """When the clock of `rule` would end and whom it would remind of what is of that class."""
    would_be = Deadline(rule=rule.code, duty_of=rule.duty_of.value, kabupaten_id=region.pk, secrecy=secrecy)
    return Start(answer_of(rule, region=region, start=received_at, now=now), reach_of_deadline(would_be, at=now))
