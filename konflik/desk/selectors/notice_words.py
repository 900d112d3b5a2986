"""What a notice says on a page: what, on which ground, by when, about which case. What the reader may not see is not named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.access.selectors import may
from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.clocks.models import Deadline
from konflik.desk.tables.due import DueAt
from konflik.desk.tables.milestones import is_in_hours, milestone_words
from konflik.desk.tables.words import long_date
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.secrecy import Secrecy
from konflik.law.telling import Urgency, telling_of
from konflik.notices.models import Notice
from konflik.notices.selectors import wording
from konflik.notices.tables import SOURCE_LABELS, Source

PARTS = (*wording.PARTS, "deadline__kabupaten", "answer__recipient")
"""What has to be read along with a notice to put it into words."""
HIDDEN = "Catatan di luar kelas keamanan Anda"
DUE = "Tenggat pada catatan yang tidak dapat Anda buka"
SOMETHING = "Kejadian pada catatan yang tidak dapat Anda buka"


@dataclass(frozen=True)
class Told:
    """One notice in words. `due` is the end that it reminds of, while that still runs; `case` the one the reader may open."""

    notice: Notice
    what: str
    about: str
    kind: str
    basis: str
    due: DueAt | None = None
    case: Case | None = None
    deadline_url: str = ""
    """Where the deadline stands that it reminds of."""
    is_hidden: bool = False
    """Whether it is about something that the reader may not see now."""

    @property
    def subject(self) -> tuple[str, int, str]:
        """What all notices of one thing at one time have in common."""
        return self.notice.source, self.notice.source_id, self.notice.milestone

    @property
    def is_urgent(self) -> bool:
        """Whether quiet hours do not hold it."""
        return self.notice.urgency == Urgency.URGENT

    @property
    def answered_by(self) -> Notice | None:
        """The answer of somebody else that made the own one needless; None where the own is given or still owed."""
        return self.notice.answer if self.notice.confirmed_at is None else None

    @property
    def waits(self) -> bool:
        """Whether an answer is still owed."""
        return self.notice.asks


def told_of(notices: Iterable[Notice], reader: User, *, at: datetime) -> list[Told]:
    """Each notice in words, for `reader`; one question to the database for all of them."""
    rows = list(notices)
    ids = {row.case_id for row in rows if row.case_id}
    seen = set(Case.objects.visible_to(reader, at=at).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [_told(row, is_open=row.case_id in seen if row.case_id else _may_see(row, reader, at), at=at) for row in rows]


def _may_see(row: Notice, reader: User, at: datetime) -> bool:
    """Whether `reader` may see what a notice without a case is about."""
    if row.secrecy <= Secrecy.BIASA:
        return True
    return may(reader, Act.SEE_CLOCKS, at=at, region=row.kabupaten, secrecy=row.secrecy)


def _told(row: Notice, *, is_open: bool, at: datetime) -> Told:
    if not is_open:
        return _hidden(row, at=at)
    case = row.case
    about = f"{case.number} · {case.title}" if case is not None else str(row.kabupaten or "")
    what = _what(row, is_open=True)
    if row.deadline is not None:
        kind = milestone_words(row.milestone, left=_left(row, row.deadline))
        return Told(row, what, about, kind, row.deadline.basis, due_of(row.deadline, at=at), case)
    if row.line is None:
        return Told(row, what, about, milestone_words(row.milestone), "")
    telling = telling_of(row.line.event)
    basis = row.line.basis or (str(telling.basis) if telling else "")
    return Told(row, what, about, milestone_words(row.milestone), basis, case=case)


def _left(row: Notice, deadline: Deadline) -> int | None:
    """How many days, or hours, there were to the date when the reminder was written; None where that date has moved since."""
    if deadline.due_at is None or row.source_version != deadline.due_version:
        return None
    if is_in_hours(row.milestone):
        return round((deadline.due_at - row.created_at) / timedelta(hours=1))
    zone = ZoneInfo(deadline.zone)
    last = deadline.last_day or deadline.due_at.astimezone(zone).date()
    return (last - row.created_at.astimezone(zone).date()).days


def _hidden(row: Notice, *, at: datetime) -> Told:
    """Of a case that the reader may not see now: that there is something, and by when; no number, title, kind or ground."""
    due = due_of(row.deadline, at=at) if row.deadline is not None else None
    return Told(row, _what(row, is_open=False), HIDDEN, "", "", due, is_hidden=True)


def _what(row: Notice, *, is_open: bool) -> str:
    title, event = row.deadline.title if row.deadline else None, row.line.event if row.line else None
    return what_of(is_open, row.deadline_id, title, event, row.source, row.milestone)


def what_of(is_open: bool, deadline: int | None, title: str | None, event: str | None, source: str, milestone: str) -> str:  # noqa: FBT001
    """What a notice says, from its columns; where it is not open to its reader no more than that there is something."""
    if not is_open:
        return DUE if deadline is not None else SOMETHING
    if title is not None:
        return title
    if event is not None:
        return EVENT_LABELS[Event(event)]
    day = long_date(date.fromisoformat(milestone)) if source == Source.DIGEST else ""
    return f"{SOURCE_LABELS[Source(source)]} {day}".strip()


def due_of(deadline: Deadline, *, at: datetime) -> DueAt | None:
    """The end of `deadline` seen from `at`; None where the clock stands still or the deadline is closed."""
    if deadline.due_at is None or deadline.closed_at is not None:
        return None
    return DueAt(deadline.due_at, deadline.last_day, ZoneInfo(deadline.zone), at)


def place_of(row: Notice) -> Region | None:
    """The region in whose legal time the notice speaks."""
    if row.deadline is not None:
        return row.deadline.kabupaten
    return row.case.kabupaten if row.case is not None else row.kabupaten
