"""One act is done once, however often its request arrives (Idempotency-Key).

The key is reserved before the act; the answer is kept in the transaction of the act, so either both are there or neither. Same key and
body: the same answer. Other body: 422. Still at work: 409. Somebody else's key is another key. A refusal is not kept: the request
may be put right and sent again. After thirty days the answers are forgotten, by the sweep.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from rest_framework.request import Request

from konflik.rest.answers import KEPT_FOR, IdempotentAnswer
from konflik.rest.problems import Problem

ABANDONED_AFTER = timedelta(minutes=5)
"""Longer than any request runs: a reservation that old belongs to a process that is gone."""
ATTEMPTS = 5
REPLAYED = "Idempotency-Replayed"
SOUND_KEY = re.compile(r"[\x21-\x7e]{8,200}")


@dataclass(frozen=True)
class Kept:
    """An answer as bytes."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def is_replayed(self) -> bool:
        """Whether it was given before."""
        return REPLAYED in self.headers


def principal_of(request: Request) -> str:
    """Whose keys these are: an API key's own, or those of the person."""
    key = getattr(request.auth, "pk", None)
    return f"key:{key}" if key is not None else f"user:{request.user.pk}"


def key_of(request: Request) -> str:
    """The Idempotency-Key; empty where a browser sends none. Raises Problem where an API key sends none, or an unsound one."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if not key and request.auth is None:
        return ""
    if not key:
        raise Problem("kunci-ulang-wajib")
    if not SOUND_KEY.fullmatch(key):
        raise Problem("kunci-ulang-wajib", "Isi Idempotency-Key dengan 8 sampai 200 huruf, angka, atau tanda biasa, misalnya sebuah UUID.")
    return key


def fingerprint(request: Request, body: bytes) -> str:
    """What was asked: method, address, version seen, content."""
    told = "\n".join([str(request.method), request.get_full_path(), request.META.get("HTTP_IF_MATCH", "")])
    return hashlib.sha256(told.encode() + b"\n" + body).hexdigest()


def once(*, principal: str, key: str, body_hash: str, now: datetime, act: Callable[[], Kept]) -> Kept:
    """What `act` answers, or answered before. Raises Problem where the key is in use otherwise; what `act` raises goes through."""
    held, is_new = _reserve(principal, hashlib.sha256(key.encode()).hexdigest(), body_hash, now)
    if not is_new:
        return _replay(held, body_hash)
    try:
        with transaction.atomic():
            kept = act()
            _keep(held, kept, now)
    except BaseException:
        IdempotentAnswer.objects.filter(pk=held.pk, status__isnull=True, reserved_at=now).delete()
        raise
    return kept


def _reserve(principal: str, key_hash: str, body_hash: str, now: datetime) -> tuple[IdempotentAnswer, bool]:
    """The reservation, and whether it is ours: new, or left behind by somebody who is gone."""
    told: dict[str, Any] = {"body_hash": body_hash, "reserved_at": now}
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return IdempotentAnswer.objects.create(principal=principal, key_hash=key_hash, **told), True
        except IntegrityError:
            held = IdempotentAnswer.objects.filter(principal=principal, key_hash=key_hash).first()
        if held is None:
            continue  # the other one was refused in between and gave its reservation back
        limit = ABANDONED_AFTER if held.status is None else KEPT_FOR
        if held.reserved_at >= now - limit:
            return held, False
        taken = IdempotentAnswer.objects.filter(pk=held.pk, reserved_at=held.reserved_at)
        if taken.update(status=None, body=b"", headers={}, **told):
            return held, True
    raise Problem("sedang-dikerjakan", headers={"Retry-After": "1"})


def _keep(held: IdempotentAnswer, kept: Kept, now: datetime) -> None:
    """Write the answer into our reservation. Raises Problem where somebody took us for gone and has begun anew: what we did is undone."""
    mine = IdempotentAnswer.objects.filter(pk=held.pk, reserved_at=now, status__isnull=True)
    if not mine.update(status=kept.status, body=kept.body, headers=kept.headers):
        raise Problem("sedang-dikerjakan", headers={"Retry-After": "1"})


def _replay(held: IdempotentAnswer, body_hash: str) -> Kept:
    if held.body_hash != body_hash:
        raise Problem("kunci-ulang-beda")
    if held.status is None:
        raise Problem("sedang-dikerjakan", headers={"Retry-After": "1"})
    return Kept(held.status, bytes(held.body), {**held.headers, REPLAYED: "true"})
