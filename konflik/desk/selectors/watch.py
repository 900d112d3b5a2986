"""How the watch on the time limits stands, for whoever has to see to it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from konflik.desk.tables.words import hours_away
from konflik.notices.models import Heartbeat
from konflik.notices.selectors.watch import findings, is_too_old, last_sweep
from konflik.notices.tables import FINDING_LABELS, RECONCILE
from konflik.watch.services.alarming import ENOUGH, can_alarm, reached_by_alarm

CANNOT = (
    "Surel tanda bahaya tidak dapat dikirim kepada dua orang. Atur server surel, dan isi alamat surel "
    "sekretaris Tim Terpadu dan administrator sistem."
)


@dataclass(frozen=True)
class Watch:
    """The last complete sweep, whether it is too long ago, and how long as words; how many the alarm has reached, or could."""

    finished_at: datetime | None
    is_stale: bool
    said: str
    reached: int = 0
    can_alarm: bool = True

    @property
    def alarm_said(self) -> str:
        """What is wrong with the mail that two people get when the sweep stands still; "" where nothing is."""
        if self.is_stale and self.reached < ENOUGH:
            return f"Surel tanda bahaya baru sampai kepada {self.reached} dari {ENOUGH} orang."
        if not self.can_alarm:
            return CANNOT
        return ""


@dataclass(frozen=True)
class Findings:
    """What the last reconciliation found, in words."""

    checked_at: datetime | None
    rows: list[str]


def watch_of(*, at: datetime, since: datetime | None = None, asks_alarm: bool = False) -> Watch:
    """How the sweep stands at `at`; `since`: the process runs only since then, and gives as much grace.

    `asks_alarm`: look too whether two people could be written to, which costs some queries more.
    """
    finished = last_sweep()
    said = hours_away(finished - at) if finished else ""
    is_stale = is_too_old(finished, at=at, since=since) if finished or since else True
    reached = len(reached_by_alarm()) if is_stale else 0
    return Watch(finished, is_stale, said, reached, can_alarm=can_alarm(at) if asks_alarm else True)


def findings_of() -> Findings:
    """What the last reconciliation found, each kind with how many rows."""
    checked = Heartbeat.objects.filter(pk=RECONCILE).values_list("finished_at", flat=True).first()
    kinds = Counter(one.kind for one in findings())
    return Findings(checked, [f"{number} × {FINDING_LABELS.get(kind, kind)}" for kind, number in kinds.items()])
