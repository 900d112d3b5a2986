"""The due scan: which reminders of running deadlines have come due. Its time follows what is due, not what is open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from konflik.bulk import set_each
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State as Clock
from konflik.law.grammar.clocks import Counting
from konflik.law.notices import Milestone, milestones
from konflik.law.rulebook import RULES
from konflik.law.telling import Group, Urgency, confirm_within, telling_of, urgency_of
from konflik.notices.models import Notice
from konflik.notices.selectors.reach import Finder, reach_of_deadline
from konflik.notices.selectors.ways import ways
from konflik.notices.services.writing import Occasion, drawn, write
from konflik.notices.tables import Source, State
from konflik.rowwise import SomeFailed, note_failed

ENDING_RULES = frozenset(code for code, rule in RULES.rules.items() if rule.ends_by_itself)
"""Rules of what is in force for a time and then merely ends."""

RECURRING_RULES = frozenset(code for code, rule in RULES.rules.items() if rule.clock.counting is Counting.PERIOD)
"""Rules whose duties begin anew each period."""

COLUMNS = (
    *("rule", "due_at", "last_day", "zone", "due_version", "starts_at", "opened_at", "state", "is_late_entry"),
    *("case", "kabupaten", "person", "institution", "duty_of", "secrecy"),
)
"""What the scan reads of a deadline; its texts stay where they are."""

BATCH = 1000
"""Deadlines in one transaction of the scan."""


@dataclass(frozen=True)
class Look:
    """One deadline as the scan sees it: what has come due, the latest last, and when it has to look again."""

    deadline: Deadline
    reached: tuple[Milestone, ...]
    next_at: datetime | None

    def is_last(self, milestone: Milestone) -> bool:
        """Whether no other reminder follows `milestone` before the date."""
        due_at = self.deadline.due_at
        return milestone is self.reached[-1] and (self.next_at is None or (due_at is not None and self.next_at >= due_at))


def scan(*, now: datetime, limit: int | None = None) -> int:
    """Write the reminders that have come due, batch by batch, and say how many deadlines were looked at.

    Each batch is one transaction; two scans at once share the work and write nothing twice. Raises SomeFailed after the
    others where a deadline cannot be reminded of.
    """
    looked, known = 0, Known(now)
    while limit is None or looked < limit:
        found = scan_batch(now=now, size=BATCH if limit is None else min(BATCH, limit - looked), known=known)
        looked += found
        if not found:
            break
    if known.failed:
        raise SomeFailed(looked - len(known.failed), len(known.failed))
    return looked


def to_remind(*, now: datetime) -> QuerySet[Deadline]:
    """The deadlines of which a scan at `now` reminds."""
    due = Deadline.objects.filter(next_notice_at__lte=now, state=Clock.RUNNING.value)
    return due.exclude(rule__in=ENDING_RULES, due_at__lte=now)


@transaction.atomic
def scan_batch(*, now: datetime, size: int = BATCH, known: "Known | None" = None) -> int:
    """One batch of the scan; 0 when nothing is due. `known`: what an earlier batch of the same scan has read."""
    # On PostgreSQL two scans pass each other by; SQLite writes one at a time, and begins its transactions as a writer.
    due = to_remind(now=now).select_for_update(skip_locked=True).only(*COLUMNS)
    known = known or Known(now)
    rows = list(due.exclude(pk__in=known.failed).order_by("next_notice_at", "pk")[:size])
    try:
        with transaction.atomic():
            remind(rows, now=now, known=known)
    except Exception:  # noqa: BLE001
        _one_by_one(rows, now, known)
    return len(rows)


def _one_by_one(rows: Iterable[Deadline], now: datetime, known: "Known") -> None:
    """So that one bad row holds up no other of its batch."""
    for row in rows:
        try:
            with transaction.atomic():
                remind([row], now=now, known=known)
        except Exception as fault:  # noqa: BLE001
            note_failed("scan: deadline", row.pk, fault)
            known.failed.add(row.pk)


def ended(*, now: datetime) -> QuerySet[Deadline]:
    """Running deadlines of what is merely in force and has ended; whoever lets them lapse writes their last reminder."""
    return Deadline.objects.filter(next_notice_at__lte=now, state=Clock.RUNNING.value, rule__in=ENDING_RULES, due_at__lte=now)


class Known:
    """Who holds which office and how people want to be told, as it stands at `now`: read once for a whole scan.

    `failed`: the deadlines that this scan could not remind of and passes by.
    """

    def __init__(self, now: datetime) -> None:
        self.ways, self.finder = ways(now), Finder(now, ())
        self.failed: set[int] = set()


def remind(
    deadlines: Sequence[Deadline], *, now: datetime, at_catching_up: bool = False, at_end: bool = False, known: Known | None = None
) -> int:
    """Write what has come due of `deadlines` and move on when to look again; in the caller's transaction.

    The latest milestone reached is sent; earlier ones without rows are written as superseded, and so is the
    latest of what the machine makes up for, see `is_made_up`. The end of what is merely in force is told `at_end` only, by whoever ends it.
    """
    looks = _moved_on([look_at(deadline, now, at_end=at_end) for deadline in deadlines])
    reached = [look for look in looks if look.reached]
    if not reached:
        return 0
    batch = _Batch(now, reached, known or Known(now))
    rows = [row for look in reached for row in batch.rows(look, at_catching_up=at_catching_up)]
    _supersede(reached)
    return write(rows)


def is_made_up(deadline: Deadline, milestone: Milestone, *, at_catching_up: bool = False) -> bool:
    """Whether `milestone` had passed before the machine made up for `deadline`, and nobody has entered a date that had passed.

    That is a period slept through, or a date older than the clocks (`at_catching_up`). What had passed of it is not sent, so that an
    upgrade or a gap raises no flood; what comes after is. Of what a person enters or moves the latest is sent.
    """
    is_slept_through = deadline.rule in RECURRING_RULES and milestone.at <= deadline.opened_at
    return deadline.is_late_entry and deadline.due_version == 1 and (at_catching_up or is_slept_through)


def look_at(deadline: Deadline, now: datetime, *, at_end: bool = False) -> Look:
    """What a scan at `now` sees of `deadline`; nothing is written."""
    rule = RULES.get(deadline.rule)
    if rule is None or deadline.due_at is None:
        return Look(deadline, (), None)
    all_of_them = _milestones(deadline.rule, deadline.due_at, deadline.last_day, deadline.zone)
    waits_for_end = deadline.rule in ENDING_RULES and not at_end
    reached = tuple(one for one in all_of_them if one.at <= now and not (one.is_overdue and waits_for_end))
    return Look(deadline, reached, all_of_them[len(reached)].at if len(reached) < len(all_of_them) else None)


@lru_cache(maxsize=4096)
def _milestones(code: str, due_at: datetime, last_day: date | None, zone: str) -> tuple[Milestone, ...]:
    """Asked again and again: the deadlines of one day have the same reminders."""
    return milestones(RULES.rules[code], due_at=due_at, last_day=last_day, zone=ZoneInfo(zone))


def _moved_on(looks: Sequence[Look]) -> list[Look]:
    """Set when to look again where the row still says what was read; the others were taken by somebody else."""
    won = set_each(
        Deadline, "next_notice_at", {look.deadline.pk: (look.deadline.due_version, look.next_at) for look in looks}, "due_version"
    )
    return [look for look in looks if look.deadline.pk in won]


class _Batch:
    """What the rows of one batch share, read once."""

    def __init__(self, now: datetime, looks: Sequence[Look], known: Known) -> None:
        self.now, self.ways, self.finder = now, known.ways, known.finder
        ids = [look.deadline.pk for look in looks]
        rows = Notice.objects.filter(deadline_id__in=ids, source=Source.DEADLINE.value).order_by()
        self.written = set(rows.values_list("deadline_id", "source_version", "milestone").distinct())
        self.answered: dict[tuple[int | None, int], frozenset[str]] = {}
        for row in rows.filter(confirmed_at__isnull=False).only("deadline_id", "source_version", "answers_for", "recipient_id"):
            key = row.deadline_id, row.source_version
            self.answered[key] = self.answered.get(key, frozenset()) | row.parties
        self.finder.learn(look.deadline for look in looks)
        self.reach = {look.deadline.pk: reach_of_deadline(look.deadline, at=now, finder=self.finder).recipients for look in looks}
        self.ways.learn(one.user for recipients in self.reach.values() for one in recipients)

    def rows(self, look: Look, *, at_catching_up: bool) -> Iterator[Notice]:
        """The rows of every milestone that was reached and has none yet."""
        deadline = look.deadline
        for milestone in look.reached:
            if (deadline.pk, deadline.due_version, milestone.code) not in self.written:
                is_past = milestone is not look.reached[-1] or is_made_up(deadline, milestone, at_catching_up=at_catching_up)
                yield from drawn(self._occasion(look, milestone, is_past=is_past), self.reach[deadline.pk], self.ways)

    def _occasion(self, look: Look, milestone: Milestone, *, is_past: bool) -> Occasion:
        deadline = look.deadline
        group, urgency = manner_of(deadline)
        answered = self.answered.get((deadline.pk, deadline.due_version), frozenset())
        return Occasion(
            source=Source.DEADLINE,
            source_id=deadline.pk,
            source_version=deadline.due_version,
            milestone=milestone.code,
            group=group,
            urgency=urgency,
            kabupaten_id=deadline.kabupaten_id,
            secrecy=deadline.secrecy,
            case_id=deadline.case_id,
            deadline_id=deadline.pk,
            confirm_until=confirm_until(deadline, urgency, now=self.now, is_last=look.is_last(milestone)),
            answered=frozenset() if milestone.is_overdue else answered,
            is_superseded=is_past,
            due_since=milestone.at,
        )


def manner_of(deadline: Deadline) -> tuple[Group, Urgency]:
    """How a reminder is told: what begins with an event of the status is told as the status is."""
    rule = RULES.get(deadline.rule)
    if rule is None:
        return Group.DEADLINE, Urgency.NORMAL
    told = (telling_of(event.value) for event in rule.clock.since)
    is_status = any(telling is not None and telling.group is Group.STATUS for telling in told)
    return Group.STATUS if is_status else Group.DEADLINE, urgency_of(rule)


def confirm_until(deadline: Deadline, urgency: Urgency, *, now: datetime, is_last: bool) -> datetime | None:
    """Until when somebody must answer a reminder before the next above is told; None where it need not be answered.

    In the second half of the period, and (`is_last`) when no other reminder comes before the date, so that nothing passes without a
    person having answered or somebody above knowing. What merely ends needs no answer once it has ended.
    """
    if deadline.due_at is None or now >= deadline.due_at:
        return None if deadline.rule in ENDING_RULES else answer_by(deadline, urgency, now=now)
    half = deadline.starts_at + (deadline.due_at - deadline.starts_at) / 2
    return answer_by(deadline, urgency, now=now) if is_last or now >= half else None


def answer_by(deadline: Deadline, urgency: Urgency, *, now: datetime) -> datetime:
    """The usual time for an answer, before the date at most half of what is left."""
    usual = now + confirm_within(urgency, is_hours=deadline.last_day is None)
    if deadline.due_at is None or now >= deadline.due_at:
        return usual
    return min(usual, now + (deadline.due_at - now) / 2)


def _supersede(looks: Iterable[Look]) -> None:
    """Reminders that still wait while a later one has come due are not sent any more; the later one says all."""
    for look in looks:
        earlier = [one.code for one in look.reached[:-1]]
        if earlier:
            waiting = Notice.objects.filter(deadline_id=look.deadline.pk, source=Source.DEADLINE.value, milestone__in=earlier)
            waiting.filter(source_version=look.deadline.due_version, state=State.PENDING.value).update(
                state=State.SUPERSEDED.value, lease_by="", lease_until=None
            )
