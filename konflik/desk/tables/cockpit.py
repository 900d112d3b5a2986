"""What the cockpit of a status is drawn from: ring, steps, and what is offered with the reason where it is not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from konflik.desk.tables.due import SOON_DAYS, DueAt

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Ring:
    """How much of a status is left: a share of its whole time in percent, a number and its unit, and the colour of time."""

    percent: float
    number: int
    unit: str
    tone: str

    @property
    def dashes(self) -> str:
        """How the drawn part is dashed, on a circle whose length is 100."""
        return f"{self.percent} 100"

    @property
    def told(self) -> str:
        """The same for who does not see the ring."""
        return f"{self.number} {self.unit}"


def ring_of(*, begins: datetime, ends: datetime, days_left: int, at: datetime) -> Ring:
    """The ring of a status from `begins` to `ends`, seen `at`; on its last day hours and minutes are counted."""
    left = max(ends - at, timedelta())
    share = min(left / (ends - begins), 1.0) * 100
    if days_left > 0:
        return Ring(round(share, 1), days_left, "hari lagi", "soon" if days_left <= SOON_DAYS else "calm")
    if left > HOUR:
        return Ring(round(share, 1), -(-left // HOUR), "jam lagi", "soon")
    return Ring(round(share, 1), -(-left // MINUTE), "menit lagi", "soon")


@dataclass(frozen=True)
class Offer:
    """One act: the name of its address, its words, what it is about, why it is not lawful now, and the act that would mend that."""

    name: str
    label: str
    row: int | str | None = None
    why_not: tuple[str, ...] = ()
    is_main: bool = False
    remedy: "Offer | None" = None

    @property
    def is_open(self) -> bool:
        """Whether it may be done now."""
        return not self.why_not


@dataclass(frozen=True)
class Needed:
    """What must be on file before something may be done: its words, its article, whether it is there, and the act that brings it."""

    label: str
    basis: str
    is_there: bool
    offer: Offer | None = None


@dataclass(frozen=True)
class Step:
    """One step of a chain. `done_at` None: not yet; `due` while a clock runs for it."""

    label: str
    basis: str
    done_at: datetime | None = None
    note: str = ""
    due: DueAt | None = None
    offers: tuple[Offer, ...] = ()
    is_next: bool = False
    is_failed: bool = False

    @property
    def state(self) -> str:
        """done, failed, next or open."""
        if self.is_failed:
            return "failed"
        if self.done_at is not None:
            return "done"
        return "next" if self.is_next else "open"
