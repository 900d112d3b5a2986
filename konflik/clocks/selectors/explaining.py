"""Why a deadline ends when it does: its trigger and proof, each day counted or skipped, and what moved it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from accounts.regions.selectors import office_at
from konflik.clocks.models import Deadline, Policy
from konflik.clocks.selectors.knowing import Change, Face, changes_of, known_at
from konflik.clocks.selectors.resolving import recount
from konflik.clocks.tables import STATE_LABELS, State
from konflik.journal.models import JournalLine
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.counting import Step
from konflik.law.grammar.durations import UNIT_LABELS, Span, Unit
from konflik.law.rulebook import RULES


@dataclass(frozen=True)
class Proof:
    """The line of the journal that something rests on."""

    event: str
    label: str
    occurred_at: datetime
    recorded_at: datetime
    stream: str
    position: int
    hash: str
    basis: str
    corrects: int | None


@dataclass(frozen=True)
class Standstill:
    """One interval in which the clock stood still."""

    begins: datetime
    ends: datetime | None
    basis: str


@dataclass(frozen=True)
class Ground:
    """What the figure rests on: the words of the law, or a policy with its decree."""

    code: str
    title: str
    basis: str
    text: str
    figure: str
    strength: str
    policy: str
    policy_since: date | None
    is_confirmed: bool


@dataclass(frozen=True)
class Moved:
    """One act on the deadline and the date before and after it."""

    proof: Proof
    old: Face
    new: Face
    decree: str


@dataclass(frozen=True)
class Explanation:
    """Everything about one date, for a page, for print and as data. Instants in UTC; days are those of `zone`."""

    deadline: int
    duty_of: str
    ground: Ground
    counting: str
    trigger: Proof | None
    starts_at: datetime
    zone: str
    steps: tuple[Step, ...]
    standstills: tuple[Standstill, ...]
    state: str
    state_label: str
    due_at: datetime | None
    last_day: date | None
    is_provisional: bool
    is_late_entry: bool
    other_reading: str
    period: str
    moves: tuple[Moved, ...]
    known_at: datetime | None = None
    known: Face | None = None
    """What was known at `known_at`; None where nobody asks, or where it was not recorded then."""

    @property
    def counted(self) -> int:
        """How many days count."""
        return sum(1 for step in self.steps if step.number)

    @property
    def skipped(self) -> tuple[Step, ...]:
        """The days that do not count, each with the reason."""
        return tuple(step for step in self.steps if step.number is None)

    def as_data(self) -> dict[str, Any]:
        """The same for a machine: only texts, numbers, lists and mappings; instants and days as ISO 8601."""
        return _plain(asdict(self))


def explain(deadline: Deadline, *, at: datetime, as_known_at: datetime | None = None) -> Explanation:
    """The walk of `deadline` as its facts stand at `at`; with `as_known_at` also what was known of its date then.

    A closed one is walked as it stood when it was closed. The caller has fetched it through `visible_to`.
    """
    outcome = recount(deadline)
    rule = RULES.get(deadline.rule)
    changes = changes_of(deadline)
    asked = min(as_known_at, at) if as_known_at is not None else None
    trigger = JournalLine.objects.filter(pk=deadline.trigger_id).first()
    return Explanation(
        deadline=deadline.pk,
        duty_of=office_at(deadline.duty_of, deadline.kabupaten),
        ground=_ground(deadline),
        counting=(rule.clock.counting if rule is not None else Counting.FIXED).value,
        trigger=_proof(trigger) if trigger is not None else None,
        starts_at=deadline.starts_at,
        zone=deadline.zone,
        steps=outcome.steps,
        standstills=tuple(Standstill(one.begins, one.ends, one.basis) for one in deadline.suspensions.order_by("begins")),
        state=deadline.state,
        state_label=STATE_LABELS[State(deadline.state)],
        due_at=deadline.due_at,
        last_day=deadline.last_day,
        is_provisional=deadline.is_provisional,
        is_late_entry=deadline.is_late_entry,
        other_reading=outcome.other_reading,
        period=deadline.period,
        moves=tuple(_moved(one) for one in changes),
        known_at=asked,
        known=known_at(deadline, asked) if asked is not None else None,
    )


def _ground(deadline: Deadline) -> Ground:
    rule, policy = RULES.get(deadline.rule), _policy(deadline)
    return Ground(
        code=deadline.rule,
        title=deadline.title,
        basis=deadline.basis,
        text=deadline.text,
        figure=_figure(deadline),
        strength=rule.strength.value if rule is not None else "",
        policy=policy.basis if policy is not None else "",
        policy_since=policy.valid_from if policy is not None else None,
        is_confirmed=policy.is_confirmed if policy is not None else True,
    )


def _policy(deadline: Deadline) -> Policy | None:
    return Policy.objects.filter(pk=deadline.policy_id).first() if deadline.policy_id is not None else None


def _figure(deadline: Deadline) -> str:
    if not deadline.span_number or deadline.span_unit not in {unit.value for unit in UNIT_LABELS}:
        return ""
    return str(Span(deadline.span_number, Unit(deadline.span_unit)))


def _proof(line: JournalLine) -> Proof:
    return Proof(
        event=line.event,
        label=EVENT_LABELS[Event(line.event)],
        occurred_at=line.occurred_at,
        recorded_at=line.recorded_at,
        stream=line.stream,
        position=line.position,
        hash=line.hash,
        basis=line.basis,
        corrects=line.corrects_id,
    )


def _moved(change: Change) -> Moved:
    return Moved(_proof(change.line), change.old, change.new, str(change.line.payload.get("number") or ""))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
