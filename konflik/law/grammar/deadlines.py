"""How one time limit is declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from konflik.law.bodies import BodyKind
from konflik.law.events import Event
from konflik.law.grammar.basis import Article, Practice
from konflik.law.grammar.clocks import Clock, Counting
from konflik.law.offices import Office
from konflik.law.secrecy import DUTY_CLASS, Secrecy


class Strength(StrEnum):
    """How sure the figure is: read in the text, known from practice, or named by nobody yet."""

    TEXT = "text"
    PRACTICE = "practice"
    OPEN = "open"


@dataclass(frozen=True)
class Example:
    """A worked example in local time. A day rule names `last_day`, an hour rule `due`; practice is counted with its first policy."""

    start: str
    last_day: str = ""
    due: str = ""
    zone: str = "Asia/Jakarta"
    note: str = ""


@dataclass(frozen=True)
class DeadlineRule:
    """One limit of the law. `number` is its row in the list of limits ("D01"); `code` is what clients use."""

    code: str
    number: str
    title: str
    basis: Article | Practice
    text: str
    clock: Clock
    duty_of: Office
    told: tuple[Office, ...] = ()
    warn_days_before: tuple[int, ...] = (7, 3, 1, 0)
    warn_hours_before: tuple[int, ...] = (12, 3, 1)
    strength: Strength = Strength.TEXT
    met_by: tuple[Event, ...] = ()
    cancelled_by: tuple[Event, ...] = ()
    extended_by: str = ""
    is_entered: bool = False
    """A clerk enters its trigger by hand ("kewajiban lain"): no case is needed."""
    secrecy: Secrecy = DUTY_CLASS
    """The class of what a clerk enters, unless he says otherwise."""
    is_quoted: bool = True
    """`text` are the very words of the law; else it tells what the law says, since the full text is not at hand."""
    body_kind: BodyKind | None = None
    """A recurring duty of every body of this kind; None: of every kabupaten."""
    merely_ends: bool = False
    """It ends by itself: one message that it has ended, no reminders after."""
    is_urgent: bool = False
    """Quiet hours hold no reminder of it."""
    addressed_to: str = ""
    """To whom the law wants it sent, as its text says; `told` are the offices here that hear of it beside the holder."""
    since: date | None = None
    until: date | None = None
    example: Example | None = None

    @property
    def ends_by_itself(self) -> bool:
        """Whether it is merely in force for a time: nobody has anything to answer for once it has ended."""
        return self.merely_ends or self.clock.counting is Counting.VALIDITY

    def holds_on(self, day: date) -> bool:
        """Whether the rule is law on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Chapter:
    """Rules of one subject, as Bagian Hukum reads them."""

    title: str
    rules: tuple[DeadlineRule, ...]


class RuleBook:
    """All rules by code, and which of them an event starts, meets or ends."""

    def __init__(self, *lists: Iterable[DeadlineRule]) -> None:
        self.rules: Mapping[str, DeadlineRule] = {rule.code: rule for rules in lists for rule in rules}

    def get(self, code: str) -> DeadlineRule | None:
        """The rule of that code, None where there is none."""
        return self.rules.get(code)

    def started_by(self, event: str, day: date) -> list[DeadlineRule]:
        """Rules whose clock starts with `event`, as the law stands on `day`."""
        return [rule for rule in self.rules.values() if event in rule.clock.since and not rule.is_entered and rule.holds_on(day)]

    def met_by(self, event: str) -> list[DeadlineRule]:
        """Rules whose duty `event` fulfils."""
        return [rule for rule in self.rules.values() if event in rule.met_by]

    def cancelled_by(self, event: str) -> list[DeadlineRule]:
        """Rules that `event` leaves without an object."""
        return [rule for rule in self.rules.values() if event in rule.cancelled_by]
