"""How handing a message over can end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from konflik.notices.models import Notice

LONGEST_WORDS = 120


class Outcome(StrEnum):
    TAKEN = "taken"
    """The other side said that it has it."""
    REFUSED = "refused"
    """It surely does not have it; later it may."""
    HOPELESS = "hopeless"
    """It surely does not have it and will not take it later either: there is no such address."""
    UNKNOWN = "unknown"
    """The line broke after the message was complete and before the answer."""


@dataclass(frozen=True)
class Result:
    """The end of one attempt: what the other side called it, or what went wrong. No addresses, no text of the message."""

    outcome: Outcome
    receipt: str = ""
    fault: str = ""
    digest: str = ""


class Sender(Protocol):
    """Hands one notice over. `is_silent`: nothing leaves the house, so that a whole batch may be marked at once."""

    @property
    def is_silent(self) -> bool:
        """Nothing leaves the house."""

    def hand_over(self, notice: Notice, *, now: datetime) -> Result:
        """Never raises for what the other side does, and only before it has heard anything."""


def words(text: object) -> str:
    """A fault or receipt as it fits into the ledger, on one line."""
    return " ".join(str(text).split())[:LONGEST_WORDS]
