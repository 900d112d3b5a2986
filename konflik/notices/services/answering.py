"""What one answer makes needless: everything asked up to it of those for whom it speaks, on every step of their ladders."""

from konflik.notices.models import Notice
from konflik.notices.selectors.ladder import answered, asked_of
from konflik.notices.services.sending import ANSWERED, FREE
from konflik.notices.tables import State


def settle_answered(answer: Notice) -> int:
    """Let what `answer`, a row just answered, has made needless stop asking, and say how many rows did; idempotent.

    A row asks no more once somebody has answered for each of its parties. What a step of the ladder still had to send by
    mail or message is not sent any more. The caller holds the stream, so that no step is taken in between.
    """
    told = list(asked_of(answer).order_by("pk"))
    needless = [row for row in told if row.asks and row.parties <= answered(row, told)]
    Notice.objects.filter(pk__in=[row.pk for row in needless]).asking().update(answer=answer)
    for row in needless:
        if row.step:
            _take_back(row)
    return len(needless)


def _take_back(row: Notice) -> None:
    same = {name: getattr(row, name) for name in ("source", "source_id", "source_version", "milestone", "recipient_id")}
    waiting = Notice.objects.filter(**same, state=State.PENDING.value)
    waiting.update(state=State.CANCELLED.value, fault=ANSWERED, **FREE)
