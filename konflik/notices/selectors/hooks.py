"""Which subscriptions a line of the journal concerns, and whether one may still be told of it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.access.selectors import area, lies_in
from accounts.access.tables import Act
from accounts.keys.selectors import narrowed_owner
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.journal.models import JournalLine
from konflik.notices.models import Notice, Subscription
from konflik.notices.selectors.ladder import matter_of
from konflik.notices.selectors.reach import Finder
from konflik.rest.as_models import objects

KEY_OVER = "kunci API atau langganan sudah berakhir"
NOT_FOR_KEY = "kunci API tidak berhak membaca"


def subscribed(line: JournalLine) -> list[Subscription]:
    """The open subscriptions of this kind of event in the kabupaten of `line`. What its key may see is asked when it is sent."""
    if line.kabupaten_id is None:
        return []
    found = [row for row in objects("open subscriptions", _open, {}) if line.event in row.events]
    if not found:
        return []
    place = Region.objects.get(pk=line.kabupaten_id)
    return [row for row in found if any(lies_in(place, region) or lies_in(region, place) for region in _regions(row))]


def _open() -> QuerySet[Subscription]:
    return Subscription.objects.filter(ended_at__isnull=True).select_related("key", "region").order_by("pk")


def _regions(row: Subscription) -> list[Region]:
    return [row.region] if row.region is not None else list(row.key.regions.all())


def within_clocks(reader: User, *, at: datetime) -> Q:
    """The notices about no case that the rights of `reader` open: who sees clocks in the kabupaten, up to their class."""
    return Q(case__isnull=True) & area(reader, Act.SEE_CLOCKS, via="kabupaten__", at=at, classed="secrecy")


def why_not_told(notice: Notice, *, at: datetime) -> str:
    """Why a webhook is not sent any more: the key or the subscription ended, or the key does not open what it is about."""
    subscription = notice.subscription
    if subscription is None or subscription.ended_at is not None or not subscription.key.is_open(at=at):
        return KEY_OVER
    reader = narrowed_owner(subscription.key)
    if notice.case_id is not None:
        is_open = Finder(at, [notice.case_id]).may_know(reader, matter_of(notice)) and _may_read(reader, notice.line_id, at)
    else:
        is_open = Notice.objects.filter(within_clocks(reader, at=at), pk=notice.pk).exists()
    return "" if is_open else NOT_FOR_KEY


def _may_read(reader: User, line_id: int | None, at: datetime) -> bool:
    """Whether what happened names no other case that `reader` may not see."""
    return line_id is None or JournalLine.objects.filter(pk=line_id).naming_seen(reader, at=at).exists()
