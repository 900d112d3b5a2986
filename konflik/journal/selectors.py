"""Reading and checking the journal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from accounts.access.selectors import scope
from accounts.users.models import User
from konflik.journal.models import GENESIS, JournalAnchor, JournalDetail, JournalHead, JournalLine
from konflik.journal.tables import anchor_root, detail_digest, line_hash


@dataclass(frozen=True)
class Break:
    """The first line of a stream where the chain does not hold, and why (in Indonesian, for the operator)."""

    stream: str
    position: int
    reason: str


def visible_to(user: User, *, at: datetime) -> QuerySet[JournalLine]:
    """Lines of the cases that `user` may see."""
    return JournalLine.objects.filter(case__isnull=False).filter(scope(user, via="case__", at=at))


def history_of(case_id: int) -> QuerySet[JournalLine]:
    """The lines of one case, newest first. The caller has fetched the case through `visible_to`."""
    return JournalLine.objects.filter(case_id=case_id).select_related("actor", "detail").order_by("-occurred_at", "-id")


def has_open_status(case_id: int) -> bool:
    """Whether the last word of the journal on Status Keadaan Konflik is that it is declared (UU 7/2012 Pasal 16)."""
    last = JournalLine.objects.filter(case_id=case_id, event__in=["status_declared", "status_ended"]).order_by("-position").first()
    return last is not None and last.event == "status_declared"


def breaks() -> Iterator[Break]:
    """The first broken line of every stream that does not verify, then every anchor that no longer holds."""
    heads = {head.stream: head for head in JournalHead.objects.all()}
    streams = set(heads) | set(JournalLine.objects.values_list("stream", flat=True).distinct())
    for stream in sorted(streams):
        found = _first_break(stream, heads.get(stream))
        if found:
            yield found
    for anchor in JournalAnchor.objects.order_by("day"):
        if anchor_root(anchor.heads) != anchor.root:
            yield Break("jangkar", 0, f"jangkar {anchor.day:%Y-%m-%d} berubah")
            continue
        yield from breaks_against(anchor.heads, f"jangkar {anchor.day:%Y-%m-%d}")


def breaks_against(heads: Mapping[str, list], name: str) -> Iterator[Break]:
    """Streams that no longer hold the position and hash that an anchor kept elsewhere saw."""
    kept = {
        (line.stream, line.position): line.hash
        for line in JournalLine.objects.filter(stream__in=list(heads)).only("stream", "position", "hash")
    }
    for stream, (position, seen) in heads.items():
        if position and kept.get((stream, position)) != seen:
            yield Break(stream, position, f"baris ini tidak lagi sama dengan {name}")


def _first_break(stream: str, head: JournalHead | None) -> Break | None:
    expected, previous = 1, GENESIS
    details = {d.pk: d for d in JournalDetail.objects.filter(line__stream=stream)}
    for line in JournalLine.objects.filter(stream=stream).order_by("position", F("id")):
        reason = _fault(line, expected, previous, details.get(line.pk))
        if reason:
            return Break(stream, expected, reason)
        expected, previous = expected + 1, line.hash
    if head is None or (head.position, head.hash) != (expected - 1, previous):
        return Break(stream, expected, "ekor riwayat terpotong atau kepala aliran berubah")
    return None


def _fault(line: JournalLine, expected: int, previous: str, detail: JournalDetail | None) -> str:
    if line.position != expected:
        return "baris hilang atau urutan berubah"
    if line.previous_hash != previous:
        return "tidak bersambung dengan baris sebelumnya"
    if line.hash != line_hash(line):
        return "isi baris berubah"
    if detail is not None and detail_digest(detail.salt, detail.data) != line.detail_digest:
        return "rincian baris berubah"
    return ""
