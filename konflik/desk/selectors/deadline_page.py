"""One deadline, explained for a person: the walk, its trigger and proof, what stood still, what moved it, what was known when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.regions.selectors import office_at
from accounts.users.models import User
from konflik.clocks.models import Deadline
from konflik.clocks.selectors import clock_of, days_off, explain
from konflik.clocks.selectors.explaining import Explanation, Proof
from konflik.clocks.selectors.knowing import Face
from konflik.clocks.tables import STATE_LABELS, State, counting
from konflik.clocks.tables.stretches import stretches_of
from konflik.desk.selectors.deadlines import DeadlineRow, may_manage, row_of
from konflik.desk.tables.due import DueAt
from konflik.desk.tables.walks import Walk, walk_of
from konflik.desk.tables.words import NOTHING
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.deadlines import DeadlineRule, Strength
from konflik.law.notices import Milestone, milestones
from konflik.law.rulebook import RULES
from konflik.notices.selectors.reach import Reach, reach_of_deadline

SET_BY_SOMEBODY = "Tanggal yang ditetapkan, tidak dihitung; berakhir pukul 24.00 waktu setempat pada hari itu."
SET_TO_THE_MINUTE = "Waktu yang ditetapkan, tidak dihitung; berakhir pada jam yang tertulis."


@dataclass(frozen=True)
class Move:
    """One act on the deadline: what it was, its line, the date before and after."""

    proof: Proof
    before: str
    after: str
    decree: str

    @property
    def is_moved(self) -> bool:
        """Whether the date itself changed."""
        return self.before != self.after


@dataclass(frozen=True)
class Reminder:
    """One reminder of the deadline and whether its time has come."""

    label: str
    at: datetime
    is_past: bool


@dataclass(frozen=True)
class DeadlineSheet:
    """What the page, the printed sheet and the data of one deadline are drawn from."""

    row: DeadlineRow
    told: Explanation
    walk: Walk
    how: list[str]
    rests_on: str
    ends: str
    moves: list[Move]
    other_reading: str
    provisional: str
    known: str
    reminders: list[Reminder]
    reach: Reach | None

    @property
    def deadline(self) -> Deadline:
        """The row itself."""
        return self.row.deadline

    @property
    def rule(self) -> DeadlineRule | None:
        """The rule as it stands now; None where the law no longer knows it."""
        return RULES.get(self.deadline.rule)

    @property
    def is_quoted(self) -> bool:
        """Whether its text are the very words of the law."""
        return self.rule is None or self.rule.is_quoted

    @property
    def where_proved(self) -> str:
        """The history in which its lines stand."""
        return "Riwayat perkara" if self.deadline.case_id is not None else "Riwayat kabupaten/kota"

    @property
    def missing(self) -> list[str]:
        """The offices that nobody holds."""
        return [office_at(office, self.deadline.kabupaten) for office in self.reach.missing] if self.reach else []

    @property
    def has_hours(self) -> bool:
        """Whether it is counted in hours."""
        return self.told.counting == Counting.INSTANT


def deadline_sheet(deadline: Deadline, user: User, *, at: datetime, known_on: datetime | None = None) -> DeadlineSheet:
    """Everything about `deadline`, which `visible_to` has let through; `known_on`: also what was known of it then."""
    told = explain(deadline, at=at, as_known_at=known_on)
    zone = ZoneInfo(deadline.zone)
    is_open = deadline.closed_at is None
    return DeadlineSheet(
        row=row_of(deadline, at=at, may_manage=may_manage(deadline, user, at=at)),
        told=told,
        walk=walk_of(told.steps, start=deadline.starts_at.astimezone(zone).date()),
        how=_how(deadline),
        rests_on=_rests_on(deadline, told),
        ends=_exact(deadline.due_at, deadline.last_day, zone),
        moves=[Move(one.proof, _face(one.old, zone), _face(one.new, zone), one.decree) for one in told.moves],
        other_reading=counting.other_reading(told.other_reading),
        provisional=counting.provisional_words(days_off(deadline.kabupaten_id).covered_until) if told.is_provisional and is_open else "",
        known=_known(told, zone),
        reminders=_reminders(deadline, at) if is_open else [],
        reach=reach_of_deadline(deadline, at=at) if is_open else None,
    )


def as_data(sheet: DeadlineSheet) -> dict[str, Any]:
    """The explanation for a machine, with the same words as on the page beside it."""
    return {**sheet.told.as_data(), "written": sheet.ends, "rests_on": sheet.rests_on, "how": sheet.how, "known_written": sheet.known}


def sentences_of(deadline: Deadline, told: Explanation) -> list[str]:
    """The explanation as sentences: from when, how, day by day, what stood still, what moved it, to when."""
    zone = ZoneInfo(deadline.zone)
    begins = f"Dihitung sejak {counting.moment_words(told.starts_at, zone)}."
    still = [f"Ditangguhkan sejak {counting.moment_words(one.begins, zone)}: {one.basis}." for one in told.standstills]
    moved = [f"{one.proof.label}: {_face(one.old, zone)} menjadi {_face(one.new, zone)}." for one in told.moves]
    ends = f"{told.state_label}: {_exact(told.due_at, told.last_day, zone)}." if told.due_at else f"{told.state_label}."
    other = counting.other_reading(told.other_reading)
    return [begins, *_how(deadline), *map(str, stretches_of(told.steps)), *still, *moved, ends, *([other] if other else [])]


def _how(deadline: Deadline) -> list[str]:
    clock = clock_of(deadline)
    if deadline.fixed_on is not None and deadline.last_day is None:
        return [SET_TO_THE_MINUTE]
    if deadline.fixed_on is not None or clock is None or clock.span is None:
        return [SET_BY_SOMEBODY]
    return counting.how_counted(clock)


def _rests_on(deadline: Deadline, told: Explanation) -> str:
    if deadline.policy_id is not None:
        return counting.CONFIRMED if told.ground.is_confirmed else counting.NOT_CONFIRMED
    return counting.NOT_CONFIRMED if told.ground.strength == Strength.PRACTICE else counting.IN_TEXT


def _known(told: Explanation, zone: ZoneInfo) -> str:
    if told.known_at is None:
        return ""
    if told.known is None:
        return "Pada waktu itu tenggat ini belum tercatat."
    state = STATE_LABELS[State(told.known.state)].lower()
    return f"Pada waktu itu diketahui: {_exact(told.known.due_at, told.known.last_day, zone)}, {state}."


def _face(face: Face, zone: ZoneInfo) -> str:
    if face.state == State.SUSPENDED:
        return STATE_LABELS[State.SUSPENDED]
    return _exact(face.due_at, face.last_day, zone)


def _exact(due_at: datetime | None, last_day: date | None, zone: ZoneInfo) -> str:
    return DueAt(due_at, last_day, zone, due_at).exact if due_at is not None else NOTHING


def _reminders(deadline: Deadline, at: datetime) -> list[Reminder]:
    rule = RULES.get(deadline.rule)
    if rule is None or deadline.due_at is None:
        return []
    found = milestones(rule, due_at=deadline.due_at, last_day=deadline.last_day, zone=ZoneInfo(deadline.zone))
    return [Reminder(_milestone(one), one.at, one.at <= at) for one in found]


def _milestone(one: Milestone) -> str:
    kind, sign, number = one.code[0], one.code[1:2], one.code[2:]
    if kind == "L":
        return f"{number} hari sesudah lewat" if number != "0" else "begitu lewat"
    unit = {"H": "hari", "J": "jam"}.get(kind, "")
    return f"{number} {unit} sebelumnya" if number != "0" and sign == "-" else "pada hari terakhir"
