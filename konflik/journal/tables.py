"""How a line is hashed. One place, used by the writer and by the verifier."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol


class Chained(Protocol):
    """The columns of a line that its hash stands for."""

    stream: str
    position: int
    event: str
    occurred_at: datetime
    recorded_at: datetime
    actor_id: int | None
    case_id: int | None
    kabupaten_id: str | None
    basis: str
    payload: dict[str, object]
    corrects_id: int | None
    detail_digest: str
    previous_hash: str


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks: the same facts give the same text on every database."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def instant(value: datetime) -> str:
    """An instant in UTC with microseconds, whatever zone the database hands it back in."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def detail_digest(salt: str, data: Mapping[str, object]) -> str:
    """What the chain keeps of the erasable part."""
    return digest(salt + canonical(data))


def line_hash(line: Chained) -> str:
    """The hash of a JournalLine: every column that means something, and the hash before it."""
    return digest(
        canonical(
            [
                line.stream,
                line.position,
                line.event,
                instant(line.occurred_at),
                instant(line.recorded_at),
                line.actor_id,
                line.case_id,
                line.kabupaten_id,
                line.basis,
                line.payload,
                line.corrects_id,
                line.detail_digest,
                line.previous_hash,
            ]
        )
    )


def anchor_root(heads: Mapping[str, list]) -> str:
    """One hash over all heads ({stream: [position, hash]})."""
    return digest(canonical(heads))
