"""Reading and checking the journal."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import Q, QuerySet

from accounts.access.selectors import area, may, rights_of, scope
from accounts.access.tables import Act
from accounts.regions.models import Level, Region
from accounts.users.models import User
from konflik.journal.models import GENESIS, JournalAnchor, JournalHead, JournalLine
from konflik.journal.tables import anchor_root, detail_digest, line_hash
from konflik.law.events import Event

STREAMS_AT_ONCE = 500


@dataclass(frozen=True)
class Break:
    """The first line of a stream where the chain does not hold, and why (in Indonesian, for the operator)."""

    stream: str
    position: int
    reason: str


def open_to(user: User, *, at: datetime) -> QuerySet[JournalLine]:
    """Lines that `user` may read as a reader of the journal; none without that right.

    Of cases: within region and clearance of a posting that gives it. Of no case: of its kabupaten, and of the installation.
    """
    if not may(user, Act.SEE_JOURNAL, at=at):
        return JournalLine.objects.none()
    house = Q(case__isnull=True) & (Q(kabupaten__isnull=True) | area(user, Act.SEE_JOURNAL, via="kabupaten__", at=at))
    lines = JournalLine.objects.filter(house | scope(user, via="case__", at=at, act=Act.SEE_JOURNAL))
    return lines.naming_seen(user, at=at)


def shelves(user: User, *, at: datetime, act: Act = Act.SEE_JOURNAL) -> list[Q]:
    """Where the lines of `user` stand, by the line's own kabupaten; none stands on two of them.

    A line carries the kabupaten that leads its case. Each shelf is walked backwards along one index as far as a page asks,
    however large the other kabupaten are.
    """
    regions = {right.region for right in rights_of(user, at=at) if act in right.acts}
    provinces = {region.pk for region in regions if region.level == Level.PROVINCE}
    kabupaten = {region.kabupaten_id for region in regions if region.province_id not in provinces}
    inside = Region.objects.filter(province__in=provinces, level=Level.KABUPATEN).values_list("pk", flat=True) if provinces else ()
    return [Q(kabupaten=code) for code in sorted({*kabupaten, *inside} - {None})]


def newest(lines: QuerySet[JournalLine], on: Iterable[Q], *, most: int) -> QuerySet[JournalLine]:
    """The newest `most` of `lines`, found by a short walk along each shelf."""
    newest_first = lines.order_by("-pk")
    walks = [newest_first.filter(shelf) for shelf in on]
    if len(walks) == 1:
        return walks[0][:most]
    keys = [pk for walk in walks for pk in walk.values_list("pk", flat=True)[:most]]
    return newest_first.filter(pk__in=sorted(keys, reverse=True)[:most])


def history_of(case_id: int, reader: User, *, at: datetime) -> QuerySet[JournalLine]:
    """The lines of one case that `reader` may read, newest first. The caller has fetched the case through `visible_to`."""
    lines = JournalLine.objects.filter(case_id=case_id).naming_seen(reader, at=at)
    return lines.select_related("actor", "detail").order_by("-occurred_at", "-id")


def breaks() -> Iterator[Break]:
    """The first broken line of every stream that does not verify, then every anchor that no longer holds."""
    erased = frozenset(JournalLine.objects.filter(event=Event.DETAIL_ERASED.value).values_list("payload__line", flat=True))
    heads = {stream: (position, seen) for stream, position, seen in JournalHead.objects.values_list("stream", "position", "hash")}
    lines = JournalLine.objects.select_related("detail").order_by("stream", "position", "pk").iterator()
    for stream, told in groupby(lines, key=attrgetter("stream")):
        found = _first_break(stream, told, heads.pop(stream, None), erased)
        if found:
            yield found
    for stream, (position, _) in sorted(heads.items()):
        if position:
            yield Break(stream, 1, "semua baris aliran ini hilang")
    yield from _breaks_of_anchors()


def _breaks_of_anchors() -> Iterator[Break]:
    """Every anchor repeats most heads of the one before: each head is looked up once."""
    sound: set[tuple[str, int, str]] = set()
    for anchor in JournalAnchor.objects.order_by("day").iterator():
        name = f"jangkar {anchor.day:%Y-%m-%d}"
        if anchor_root(anchor.heads) != anchor.root:
            yield Break("jangkar", 0, f"{name} berubah")
            continue
        fresh = {stream: head for stream, head in anchor.heads.items() if (stream, *head) not in sound}
        yield from breaks_against(fresh, name)
        sound.update((stream, *head) for stream, head in fresh.items())


def breaks_against(heads: Mapping[str, list], name: str) -> Iterator[Break]:
    """Streams that no longer hold the position and hash that an anchor kept elsewhere saw."""
    for some in _batched(sorted(heads.items()), STREAMS_AT_ONCE):
        lines = JournalLine.objects.filter(stream__in=[stream for stream, _ in some], position__in={head[0] for _, head in some})
        kept = {(stream, position): seen for stream, position, seen in lines.values_list("stream", "position", "hash")}
        for stream, (position, seen) in some:
            if position and kept.get((stream, position)) != seen:
                yield Break(stream, position, f"baris ini tidak lagi sama dengan {name}")


def _batched(rows: Sequence[tuple[str, list]], size: int) -> Iterator[Sequence[tuple[str, list]]]:
    """`rows` in pieces that one query can name."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _first_break(stream: str, lines: Iterable[JournalLine], head: tuple[int, str] | None, erased: Collection[int]) -> Break | None:
    expected, previous = 1, GENESIS
    for line in lines:
        reason = _fault(line, expected, previous, erased)
        if reason:
            return Break(stream, expected, reason)
        expected, previous = expected + 1, line.hash
    if head != (expected - 1, previous):
        return Break(stream, expected, "ekor riwayat terpotong atau kepala aliran berubah")
    return None


def _fault(line: JournalLine, expected: int, previous: str, erased: Collection[int]) -> str:
    if line.position != expected:
        return "baris hilang atau urutan berubah"
    if line.previous_hash != previous:
        return "tidak bersambung dengan baris sebelumnya"
    if line.hash != line_hash(line):
        return "isi baris berubah"
    detail = getattr(line, "detail", None)
    if detail is None and line.detail_digest and line.pk not in erased:
        return "rincian baris hilang tanpa catatan penghapusan"
    if detail is not None and detail_digest(detail.salt, detail.data) != line.detail_digest:
        return "rincian baris berubah"
    return ""
