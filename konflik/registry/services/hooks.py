"""Subscriptions of other systems: which address is told of which events, on behalf of which key."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access.selectors import lies_in
from accounts.access.tables import Act
from accounts.keys.models import ApiKey
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.acts.services import record
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.notices.models import Subscription
from konflik.notices.services.channels.webhook import refuse_inside, secret_of
from konflik.notices.tables import HOOKED
from konflik.registry.services.writing import refuse_outside, write_new


@dataclass(frozen=True, kw_only=True)
class SubscriptionFacts:
    """What is written down of a subscription."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"url"})

    key: ApiKey
    url: str
    events: tuple[str, ...]
    region: Region | None = None


@dataclass(frozen=True)
class MadeSubscription:
    """A new subscription with the secret that signs, to be shown once."""

    subscription: Subscription
    secret: str


@transaction.atomic
def subscribe(*, facts: SubscriptionFacts, actor: User | None, now: datetime) -> MadeSubscription:
    """A new subscription. Raises ValidationError at the field.

    Refused: a key that has ended or that `actor` does not manage everywhere, a region beyond those of the key, an address that is not
    HTTPS or lies inside the own network, no or unknown events.
    """
    # Read anew: the page may have shown it before it was revoked.
    key = ApiKey.objects.select_for_update().get(pk=facts.key.pk)
    regions = list(key.regions.select_related("kabupaten", "province").order_by("pk"))
    for region in regions:
        refuse_outside(actor, Act.MANAGE_KEYS, region, now=now, field="key")
    if not key.is_open(at=now):
        raise ValidationError({"key": "Kunci API ini sudah berakhir. Pilih kunci yang berlaku."})
    if facts.region is not None and not any(lies_in(facts.region, region) for region in regions):
        raise ValidationError({"region": "Wilayah ini di luar wilayah kunci."})
    if not facts.events or not set(facts.events) <= {event.value for event in HOOKED}:
        raise ValidationError({"events": "Pilih sedikitnya satu kejadian dari daftar."})
    refuse_inside(facts.url)
    row = Subscription(key=key, url=facts.url, events=sorted(set(facts.events)), region=facts.region)
    row.seed, row.made_at, row.made_by = secrets.token_urlsafe(32), now, actor
    row.full_clean()
    row.save()
    told = {"subscription": row.pk, "user": key.owner_id}
    write_new(Event.SUBSCRIPTION_MADE, facts, key=told, region=facts.region or regions[0], actor=actor, now=now)
    return MadeSubscription(row, secret_of(row))


@transaction.atomic
def end_subscription(*, subscription: Subscription, actor: User | None, now: datetime) -> Subscription:
    """Tell its address nothing more; what still waits is not sent. Raises ValidationError: outside the postings of `actor`, or ended."""
    row = Subscription.objects.select_for_update(of=("self",)).select_related("key").get(pk=subscription.pk)
    regions = list(row.key.regions.select_related("kabupaten", "province").order_by("pk"))
    for region in regions:
        refuse_outside(actor, Act.MANAGE_KEYS, region, now=now, field="key")
    if row.ended_at is not None:
        raise ValidationError("Langganan ini sudah dihentikan.")
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    payload = {"subscription": row.pk, "user": row.key.owner_id}
    record(Entry(Event.SUBSCRIPTION_ENDED, now, actor=actor, kabupaten_id=regions[0].kabupaten_id, payload=payload), now=now)
    return row
