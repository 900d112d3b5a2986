"""The service that hands short messages on: where it is, and the secret that signs what we send."""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access.selectors import installation, may
from accounts.access.tables import Act
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.law.events import Event
from konflik.notices.models import Gateway
from konflik.notices.selectors.faults import fault_words
from konflik.notices.services.channels.gateway import keep_gateway_secret, kept_secret, post, refuse_unsafe_address, signed
from konflik.notices.services.channels.outcomes import Outcome
from konflik.registry.services.writing import write_change, write_new

TEST_TEXT = "Pesan percobaan dari sistem Tim Terpadu. Bila Anda membacanya, pesan singkat dari sistem ini sampai."
PATIENCE_SECONDS = 10.0
SHORTEST_SECRET = 16


@dataclass(frozen=True, kw_only=True)
class GatewayFacts:
    """What is written down of the service. The secret is no fact: it never reaches database or journal."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"name", "url"})

    name: str
    url: str
    is_active: bool = False

    @classmethod
    def of(cls, row: Gateway) -> "GatewayFacts":
        """The facts as they stand."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})


@transaction.atomic
def record_gateway(*, facts: GatewayFacts, secret: str, actor: User, now: datetime) -> Gateway:
    """A new service. Raises ValidationError at the field."""
    _refuse_others(actor, now)
    row = _saved(Gateway(), facts, secret)
    write_new(Event.INSTALLATION_AMENDED, GatewayFacts.of(row), key={"gateway": row.pk}, region=_home(), actor=actor, now=now)
    return row


@transaction.atomic
def amend_gateway(*, gateway: Gateway, facts: GatewayFacts, secret: str = "", actor: User, now: datetime) -> Gateway:
    """Bring the service to `facts`; an empty `secret` leaves the kept one. Raises ValidationError at the field."""
    _refuse_others(actor, now)
    row = Gateway.objects.select_for_update().get(pk=gateway.pk)
    before = GatewayFacts.of(row)
    row = _saved(row, facts, secret)
    write_change(Event.INSTALLATION_AMENDED, before, GatewayFacts.of(row), key={"gateway": row.pk}, region=_home(), actor=actor, now=now)
    return row


def send_test_message(*, user: User, now: datetime) -> str:
    """Send `user` a message through the active service and return the number it went to.

    Raises ValidationError where something is missing, or where the service did not take it, with what to look at.
    """
    gateway, secret = Gateway.objects.filter(is_active=True).first(), kept_secret()
    if gateway is None or not secret:
        raise ValidationError("Belum ada layanan pesan singkat yang aktif dengan kunci rahasianya.")
    if not user.phone:
        raise ValidationError("Nomor telepon Anda belum dicatat pada akun Anda.")
    key = f"percobaan-{user.pk}-{int(now.timestamp())}"
    body = json.dumps({"id": key, "to": user.phone, "text": TEST_TEXT}, ensure_ascii=False).encode()
    headers = signed(body, key=key, secret=secret, at=int(now.timestamp()))
    result = post(gateway.url, body, headers=headers, step=PATIENCE_SECONDS, whole=PATIENCE_SECONDS)
    if result.outcome is not Outcome.TAKEN:
        raise ValidationError(f"Pesan percobaan tidak diterima. {fault_words(result.fault)}")
    return user.phone


def _saved(row: Gateway, facts: GatewayFacts, secret: str) -> Gateway:
    for field in fields(facts):
        value = getattr(facts, field.name)
        setattr(row, field.name, value.strip() if isinstance(value, str) else value)
    refuse_unsafe_address(row.url)
    if secret and len(secret) < SHORTEST_SECRET:
        raise ValidationError({"secret": f"Kunci rahasia paling sedikit {SHORTEST_SECRET} karakter. Ambil dari layanan pesan singkat."})
    if row.is_active and not secret and not kept_secret():
        raise ValidationError({"secret": "Layanan yang aktif memerlukan kunci rahasia."})
    row.full_clean()
    row.save()
    if secret:
        transaction.on_commit(lambda: keep_gateway_secret(secret))
    return row


def _home() -> Region | None:
    house = installation()
    return house.region if house else None


def _refuse_others(actor: User, now: datetime) -> None:
    if not may(actor, Act.MANAGE_INSTALLATION, at=now):
        raise ValidationError("Layanan pesan singkat diatur oleh administrator sistem.")
