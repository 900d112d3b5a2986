"""The worker of the benchmark of notices: a channel that does nothing, one task for a batch of ids or for each."""

from collections.abc import Mapping
from datetime import UTC, datetime

from konflik.celery import app
from konflik.notices.models import Notice
from konflik.notices.services.channels.outcomes import Outcome, Result, Sender
from konflik.notices.services.sending import send, send_all
from konflik.notices.tables import Channel


class Nowhere:
    """Takes everything and does nothing."""

    is_silent = True

    def hand_over(self, _notice: Notice, *, now: datetime) -> Result:
        """Taken."""
        return Result(Outcome.TAKEN, receipt=f"{now:%H%M%S}")


NOWHERE: Mapping[Channel, Sender] = {Channel.EMAIL: Nowhere()}


@app.task(name="benchmark.batch")
def batch(ids: list[int], worker: str) -> None:
    """A leased batch at once."""
    send_all(ids=ids, worker=worker, now=datetime.now(UTC), senders=NOWHERE)


@app.task(name="benchmark.one")
def one(notice_id: int, worker: str) -> None:
    """One leased row, step by step."""
    send(notice_id=notice_id, worker=worker, now=datetime.now(UTC), senders=NOWHERE)
