"""The writer of the journal. Only `konflik.acts` calls `append`."""

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction

from accounts.users.models import User
from konflik.bulk import insert
from konflik.journal.models import GENESIS, JournalAnchor, JournalDetail, JournalHead, JournalLine
from konflik.journal.tables import anchor_root, detail_digest, instant, line_hash

OFFICE_STREAM = "pusat"
BEGIN = f"""INSERT INTO {JournalHead._meta.db_table} AS held (stream, position, hash) VALUES (%s, 0, %s)
ON CONFLICT (stream) DO UPDATE SET stream = held.stream RETURNING position, hash"""  # noqa: S608, SLF001 - our own name


@dataclass(frozen=True)
class Entry:
    """What a line says. `payload` is kept for ever; `detail` (free text, names) can be erased."""

    event: str
    occurred_at: datetime
    actor: User | None = None
    case_id: int | None = None
    kabupaten_id: str | None = None
    basis: str = ""
    payload: Mapping[str, object] = field(default_factory=dict)
    detail: Mapping[str, object] = field(default_factory=dict)
    corrects: JournalLine | None = None

    @property
    def stream(self) -> str:
        return stream_of(self.case_id, self.kabupaten_id)


def stream_of(case_id: int | None, kabupaten_id: str | None) -> str:
    """One stream per case, one per kabupaten for everything else, one for what belongs to neither."""
    if case_id is not None:
        return f"perkara:{case_id}"
    return f"kab:{kabupaten_id}" if kabupaten_id else OFFICE_STREAM


def hold(stream: str) -> JournalHead:
    """Hold a stream until the transaction ends. Whoever changes deadlines holds their stream first, always in this order."""
    head = JournalHead.objects.select_for_update().filter(stream=stream).first()
    return _begun(stream) if head is None else head


def _begun(stream: str) -> JournalHead:
    """The head of a new stream, held. Where somebody else begins it just now, this waits and gives theirs."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [stream, GENESIS])
        position, found = cursor.fetchone()
    return JournalHead(stream=stream, position=position, hash=found)


@transaction.atomic(savepoint=False)
def append(entry: Entry, *, now: datetime) -> JournalLine:
    """Append one line to the stream of `entry`, and fail with the caller's transaction; the head row serialises writers, a unique key
    refuses forks.
    """
    head = hold(entry.stream)
    line, detail = _next(entry, head, now)
    line.save(force_insert=True)
    if detail is not None:
        detail.line = line
        detail.save(force_insert=True)
    JournalHead.objects.filter(stream=entry.stream).update(position=line.position, hash=line.hash)
    return line


@transaction.atomic
def begin_streams(entries: Iterable[tuple[Entry, datetime]]) -> int:
    """Write many new streams at once, each line with the instant it is recorded at, and say how many lines.

    For bulk work only. Raises IntegrityError where a stream has begun already: then nothing is written.
    """
    heads: dict[str, JournalHead] = {}
    written = []
    for entry, now in entries:
        head = heads.setdefault(entry.stream, JournalHead(stream=entry.stream))
        line, detail = _next(entry, head, now)
        head.position, head.hash = line.position, line.hash
        written.append((line, detail))
    insert(heads.values())
    insert(line for line, _ in written)
    # Only now do the lines have their keys.
    insert(_of_line(line, detail) for line, detail in written if detail is not None)
    return len(written)


def _next(entry: Entry, head: JournalHead, now: datetime) -> tuple[JournalLine, JournalDetail | None]:
    """The line that follows `head`, and what stands beside it; neither is saved."""
    salt = secrets.token_hex(16)
    detail = _plain(entry.detail)
    line = JournalLine(
        stream=entry.stream,
        position=head.position + 1,
        event=entry.event,
        occurred_at=entry.occurred_at,
        recorded_at=now,
        actor=entry.actor,
        case_id=entry.case_id,
        kabupaten_id=entry.kabupaten_id,
        basis=entry.basis,
        payload=_plain(entry.payload),
        corrects=entry.corrects,
        detail_digest=detail_digest(salt, detail) if detail else "",
        previous_hash=head.hash,
    )
    line.hash = line_hash(line)
    return line, JournalDetail(salt=salt, data=detail) if detail else None


def _of_line(line: JournalLine, detail: JournalDetail) -> JournalDetail:
    detail.line = line
    return detail


def _plain(value: Mapping[str, object]) -> dict[str, object]:
    """The value as the database will hand it back, so that it hashes the same later."""
    return json.loads(json.dumps(dict(value), default=_text, allow_nan=False), parse_float=_no_float)


def _no_float(text: str) -> float:
    """Databases write one float in different ways; a Decimal is kept as its text."""
    raise TypeError(f"the journal cannot keep the float {text}; give a Decimal")


def _text(value: object) -> str:
    """Instants keep their microseconds: the usual encoder cuts them to milliseconds, and then they no longer compare."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(f"the journal cannot keep a {type(value).__name__}")


class AnchorMismatch(Exception):
    """The anchor file of the day is there and says something else than the database: one of the two was changed."""


def anchor_heads(*, now: datetime, day: date, folder: Path | None = None) -> JournalAnchor:
    """Fix all heads of today once; later calls of the day return the first. With `folder`, also as a file to carry away.

    The file is written once and never again. Raises AnchorMismatch where it holds another root than the database.
    """
    # Asked first: reading and hashing all heads is dear, and the work runs every hour.
    anchor = JournalAnchor.objects.filter(day=day).first() or _fix_heads(now=now, day=day)
    if folder is not None:
        _keep_file(anchor, folder)
    return anchor


@transaction.atomic
def _fix_heads(*, now: datetime, day: date) -> JournalAnchor:
    heads = {head.stream: [head.position, head.hash] for head in JournalHead.objects.order_by("stream")}
    return JournalAnchor.objects.get_or_create(day=day, defaults={"made_at": now, "heads": heads, "root": anchor_root(heads)})[0]


def _keep_file(anchor: JournalAnchor, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"jangkar-{anchor.day.isoformat()}.json"
    try:
        # Not by a link: the folder may be of another host, on a file system that knows none.
        file = path.open("x")
    except FileExistsError:
        _refuse_other_root(anchor, path)
        return
    text = json.dumps({"tanggal": anchor.day.isoformat(), "sidik": anchor.root, "kepala": anchor.heads}, sort_keys=True, indent=1)
    try:
        with file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _refuse_other_root(anchor: JournalAnchor, path: Path) -> None:
    try:
        root = json.loads(path.read_text())["sidik"]
    except (ValueError, KeyError, TypeError) as unread:
        raise AnchorMismatch(f"{path.name} tidak dapat dibaca") from unread
    if root != anchor.root:
        raise AnchorMismatch(f"{path.name} tidak sama dengan jangkar di basis data")


def erase_detail(line: JournalLine) -> bool:
    """Erase the erasable part of a line; the line and its digest stay (UU 27/2022 Pasal 43-45). False where there is none."""
    return JournalDetail.objects.filter(line=line).delete()[0] > 0
