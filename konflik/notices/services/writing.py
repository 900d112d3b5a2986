"""Rows of the ledger: one per person and channel, all of one milestone at once, none of them twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from konflik.bulk import insert_new
from konflik.law.secrecy import Secrecy
from konflik.law.telling import Group, Urgency
from konflik.notices.models import Notice
from konflik.notices.selectors.reach import Recipient
from konflik.notices.selectors.ways import Ways
from konflik.notices.tables import MAY_HAVE_GONE_OUT, Channel, Source, State
from konflik.notices.wake import wake

AT_ONCE = 2000


@dataclass(frozen=True)
class Occasion:
    """What somebody is told of: source, version of its date and milestone make the key, with person and channel.

    `answered`: the parties that need not answer for it any more. `due_since`: since when a sweep would have written it, where
    one does.
    """

    source: Source
    source_id: int
    milestone: str
    group: Group
    urgency: Urgency = Urgency.NORMAL
    source_version: int = 0
    kabupaten_id: str | None = None
    secrecy: int = Secrecy.BIASA.value
    case_id: int | None = None
    deadline_id: int | None = None
    line_id: int | None = None
    confirm_until: datetime | None = None
    answered: frozenset[str] = frozenset()
    because_of_id: int | None = None
    step: int = 0
    is_superseded: bool = False
    due_since: datetime | None = None


def drawn(occasion: Occasion, recipients: Sequence[Recipient], ways: Ways) -> list[Notice]:
    """The rows for `occasion`, not yet saved. The bell is delivered by being written; the others wait."""
    rows = [
        _row(occasion, recipient, channel, ways) for recipient in recipients for channel in ways.channels(recipient.user, occasion.group)
    ]
    for row in rows:
        row.together = len(rows)
    return rows


def _row(occasion: Occasion, recipient: Recipient, channel: Channel, ways: Ways) -> Notice:
    now, is_bell = ways.at, channel is Channel.BELL
    # An installation brought back from a backup may have sent it before, and does not know it (S47).
    is_unsure = not is_bell and not occasion.is_superseded and ways.may_have_gone_out(occasion.due_since)
    state = State.SENT if is_bell else State.PARKED if is_unsure else State.PENDING
    is_asked = occasion.confirm_until is not None and not occasion.is_superseded and recipient.answers_for not in occasion.answered
    must_confirm = is_bell and is_asked
    return Notice(
        source=occasion.source.value,
        source_id=occasion.source_id,
        source_version=occasion.source_version,
        milestone=occasion.milestone,
        recipient=recipient.user,
        channel=channel.value,
        group=occasion.group.value,
        office=recipient.office.value,
        urgency=occasion.urgency.value,
        kabupaten_id=occasion.kabupaten_id,
        secrecy=occasion.secrecy,
        case_id=occasion.case_id,
        deadline_id=occasion.deadline_id,
        line_id=occasion.line_id,
        because_of_id=occasion.because_of_id,
        step=occasion.step,
        created_at=now,
        send_after=now if is_bell else ways.send_after(recipient.user, occasion.urgency, occasion.group),
        fault=MAY_HAVE_GONE_OUT if is_unsure else "",
        state=(State.SUPERSEDED if occasion.is_superseded else state).value,
        sent_at=now if is_bell and not occasion.is_superseded else None,
        must_confirm=must_confirm,
        answers_for=recipient.answers_for if is_bell else "",
        confirm_until=occasion.confirm_until if must_confirm else None,
    )


def write(rows: Iterable[Notice]) -> int:
    """Insert `rows` in the caller's transaction and say how many were asked for; a row whose key is there already stays as it is.

    Wakes the sender once the transaction is through, where something is to be sent now.
    """
    whole = list(rows)
    for start in range(0, len(whole), AT_ONCE):
        insert_new(whole[start : start + AT_ONCE])
    if any(row.state == State.PENDING and row.send_after <= row.created_at for row in whole):
        wake()
    return len(whole)
