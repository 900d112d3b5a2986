"""The history of a case as sentences. One query for the lines, one for each kind of name they mention."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from accounts.postings.models import Institution
from accounts.regions.models import Region
from accounts.users.models import User
from forums.bodies.models import Body
from konflik.cases.models import AccessGrant, Attachment, Case, Party
from konflik.clocks.models import Duty
from konflik.desk.tables.facts import Names, Told
from konflik.desk.tables.quotes import quotes
from konflik.desk.tables.sentences import SENTENCES
from konflik.desk.tables.words import local, sentence
from konflik.journal.models import JournalLine
from konflik.journal.selectors import history_of
from konflik.law.events import Event
from konflik.law.stages import STAGE_EVENTS
from konflik.stages.models import Agreement

PAGE = 25
MOST = 200
"""Lines that one page reads at most, so that many of a kind count as one entry of it."""
FOLDED: dict[Event, str] = {
    Event.NOTICE_ESCALATED: "Pemberitahuan diteruskan ke atasan {number} kali",
    Event.DEADLINE_MOVED: "{number} tenggat bergeser",
}
"""What the machine writes again and again: a run of it is one entry that opens."""
FOLD_FROM = 3
KEYS = {
    "institution": "institution",
    "user": "user",
    "handler": "user",
    "silent_people": "user",
    "body": "body",
    "party": "party",
    "attachment": "attachment",
    "grant": "grant",
    "agreement": "agreement",
    "other": "case",
    "parent": "case",
    "places": "region",
}
"""Which key of a payload names a row of which kind."""


@dataclass(frozen=True)
class HistoryItem:
    """One line of the history as a page shows it."""

    line: JournalLine
    text: str
    quotes: list[tuple[str, str]]
    stage: str
    is_late: bool
    is_dated_back: bool
    is_correction: bool
    is_corrected: bool


@dataclass(frozen=True)
class HistoryEntry:
    """One line as it stands, or a run of lines of one kind behind a heading."""

    items: list[HistoryItem]

    @property
    def heading(self) -> str:
        """What stands before a run that is folded; empty for a line that stands by itself."""
        event = Event(self.items[0].line.event)
        return FOLDED[event].format(number=len(self.items)) if len(self.items) >= FOLD_FROM else ""


@dataclass(frozen=True)
class HistoryPage:
    """Some lines, newest first, and where the older ones begin."""

    items: list[HistoryItem]
    older: str

    @property
    def entries(self) -> list[HistoryEntry]:
        """The same lines with the runs folded."""
        return [HistoryEntry(run) for run in _runs(self.items, line_of=attrgetter("line"))]


def latest_recorded(case: Case, reader: User, *, at: datetime, size: int) -> HistoryPage:
    """The lines that were recorded last, whenever what they tell of happened: what was just saved stands first."""
    if size == 0:
        return HistoryPage(items=[], older="")
    return _page(history_of(case.pk, reader, at=at).order_by("-pk"), case, reader, at=at, size=size)


def history_page(case: Case, reader: User, *, at: datetime, before: str = "", size: int = PAGE) -> HistoryPage:
    """The newest lines of `case`, or those older than the mark `before` that an earlier page gave."""
    lines = history_of(case.pk, reader, at=at)
    if before:
        lines = _older_than(lines, before)
    return _page(lines, case, reader, at=at, size=size)


def _page(lines: QuerySet[JournalLine], case: Case, reader: User, *, at: datetime, size: int) -> HistoryPage:
    rows = list(lines[: size + 1])
    if len(rows) > size and len(_runs(rows)) < len(rows):
        rows = list(lines[: max(MOST, size) + 1])
    shown = [row for run in _runs(rows[: max(MOST, size)])[:size] for row in run]
    older = str(shown[-1].pk) if len(rows) > len(shown) else ""
    return HistoryPage(items=told(shown, reader, case.kabupaten, at=at), older=older)


def _older_than(lines: QuerySet[JournalLine], before: str) -> QuerySet[JournalLine]:
    mark = lines.filter(pk=int(before)).first() if before.isdigit() and len(before) < 19 else None
    if mark is None:
        return lines.none()
    return lines.filter(occurred_at__lte=mark.occurred_at).exclude(occurred_at=mark.occurred_at, pk__gte=mark.pk)


def _runs(rows: Iterable[Any], line_of: Callable[[Any], JournalLine] = lambda row: row) -> list[list[Any]]:
    """`rows` in order, in runs that are one entry each: several lines where the machine wrote the same kind that often."""
    found: list[list[Any]] = []
    for _, group in groupby(rows, key=lambda row: _kind_of(line_of(row))):
        run = list(group)
        found += [run] if len(run) >= FOLD_FROM else [[row] for row in run]
    return found


def _kind_of(line: JournalLine) -> object:
    is_folded = line.actor_id is None and line.event in FOLDED and line.corrects_id is None
    return line.event if is_folded else line.pk


def told(lines: Iterable[JournalLine], reader: User, region: Region, *, at: datetime) -> list[HistoryItem]:
    """Each line as a sentence; what `reader` may not see is not named."""
    rows = list(lines)
    names = Names(region, _words(rows, reader, at=at))
    sealed = _sealed(rows, reader, at=at)
    corrected = set(JournalLine.objects.filter(corrects__in=[row.pk for row in rows]).values_list("corrects_id", flat=True))
    return [_item(row, names, is_corrected=row.pk in corrected, is_sealed=row.pk in sealed) for row in rows]


def _sealed(lines: list[JournalLine], reader: User, *, at: datetime) -> set[int]:
    """Those of `lines` about duties that `reader` may not see: what happened is told, no name and no title."""
    about = {line.pk: duty for line in lines if (duty := _duty_of(line)) is not None}
    seen = set(Duty.objects.visible_to(reader, at=at).filter(pk__in=about.values()).values_list("pk", flat=True)) if about else set()
    return {pk for pk, duty in about.items() if duty not in seen}


def _duty_of(line: JournalLine) -> int | None:
    kind, _, key = str(line.payload.get("thread", "")).partition(":")
    return line.payload.get("duty") or (int(key) if kind == "kewajiban" else None)


def is_dated_back(line: JournalLine, region: Region) -> bool:
    """Whether the line tells of an earlier day than that on which it was recorded: in the history it stands further down."""
    return local(line.occurred_at, region).date() < local(line.recorded_at, region).date()


def _item(line: JournalLine, names: Names, *, is_corrected: bool, is_sealed: bool) -> HistoryItem:
    detail = line.detail.data if hasattr(line, "detail") and not is_sealed else {}
    event = Event(line.event)
    moved = line.payload.get("stage") if event in STAGE_EVENTS else None
    return HistoryItem(
        line=line,
        text=sentence(SENTENCES[event](Told(line.payload, detail, names))),
        quotes=quotes(detail) if event is not Event.CASE_OPENED else [],
        stage=moved[1] if moved else "",
        is_late=bool(line.payload.get("late")),
        is_dated_back=names.region is not None and is_dated_back(line, names.region),
        is_correction=line.corrects_id is not None,
        is_corrected=is_corrected,
    )


def _words(lines: list[JournalLine], reader: User, *, at: datetime) -> dict[tuple[str, str], str]:
    wanted: dict[str, set] = defaultdict(set)
    for line in lines:
        for key, kind in KEYS.items():
            wanted[kind] |= _leaves(line.payload.get(key))
    sources = {
        "institution": Institution.objects.all(),
        "user": User.objects.all(),
        "body": Body.objects.all(),
        "party": Party.objects.all(),
        "attachment": Attachment.objects.all(),
        "grant": AccessGrant.objects.select_related("user", "body"),
        "agreement": Agreement.objects.all(),
        "case": Case.objects.visible_to(reader, at=at),
        "region": Region.objects.all(),
    }
    return {
        (kind, str(row.pk)): _name(kind, row) for kind, rows in sources.items() if wanted[kind] for row in rows.filter(pk__in=wanted[kind])
    }


def _leaves(value: object) -> set:
    """Every key in a value that may be one key, a pair of before and after, or a pair of lists."""
    if isinstance(value, list):
        return set().union(*(_leaves(part) for part in value))
    return {value} if isinstance(value, int | str) and not isinstance(value, bool) and value != "" else set()


def _name(kind: str, row: Any) -> str:
    return str(row.user or row.body) if kind == "grant" else str(row)
