"""Short messages through an HTTP service: one signed request each, the same key however often it is sent.

Body: JSON {"id", "to", "text"}. Headers: X-Konflik-Timestamp (seconds since 1970), X-Konflik-Signature: "sha256=" and the
HMAC-SHA256 of "<timestamp>.<body>" under the shared secret, Idempotency-Key: the id. Answer: 2xx with JSON {"id": receipt}.
"""

import hashlib
import hmac
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.access.services import keep_secret
from konflik.notices.models import Gateway, Notice
from konflik.notices.selectors.wording import key_of, message_of
from konflik.notices.services.channels.outcomes import Outcome, Result, words

STEP_SECONDS = 10.0
WHOLE_SECONDS = 30.0
LONGEST_ANSWER = 64 * 1024
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
HOPELESS = {400, 404, 410, 422}
SURELY_NOT = {503}
"""A 5xx that says that nothing was done; of any other nobody knows."""
NO_SERVICE = Result(Outcome.REFUSED, fault="layanan pesan singkat belum diatur")
NO_NUMBER = Result(Outcome.HOPELESS, fault="penerima tidak punya nomor telepon")


@dataclass(frozen=True)
class GatewaySender:
    """Through the active gateway of this installation."""

    step: float = STEP_SECONDS
    whole: float = WHOLE_SECONDS
    is_silent: bool = False

    def hand_over(self, notice: Notice, *, now: datetime) -> Result:
        """One request."""
        gateway = Gateway.objects.filter(is_active=True).first()
        secret = kept_secret()
        if gateway is None or not secret:
            return NO_SERVICE
        if not notice.recipient.phone:
            return NO_NUMBER
        told = {"id": key_of(notice), "to": notice.recipient.phone, "text": message_of(notice, at=now).short}
        body = json.dumps(told, ensure_ascii=False).encode()
        headers = signed(body, key=told["id"], secret=secret, at=int(now.timestamp()))
        result = post(gateway.url, body, headers=headers, step=self.step, whole=self.whole)
        return Result(result.outcome, result.receipt, result.fault, hashlib.sha256(told["text"].encode()).hexdigest())


def signed(body: bytes, *, key: str, secret: str, at: int) -> dict[str, str]:
    """The headers that prove who sends, and when; an old request cannot be played again."""
    seal = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": key,
        "X-Konflik-Timestamp": str(at),
        "X-Konflik-Signature": f"sha256={seal}",
    }


def refuse_unsafe_address(url: str) -> None:
    """Raise ValidationError at `url` for an address that is not HTTPS, unless it is this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValidationError({"url": "Isi alamat yang dimulai dengan https://."})


def keep_gateway_secret(secret: str) -> None:
    """Write the shared secret into the data directory; an empty one is taken away."""
    keep_secret(settings.GATEWAY_SECRET_FILE, secret)


def kept_secret() -> str:
    """The shared secret; empty where none is kept."""
    try:
        return settings.GATEWAY_SECRET_FILE.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def post(
    url: str,
    body: bytes,
    *,
    headers: dict[str, str],
    step: float = STEP_SECONDS,
    whole: float = WHOLE_SECONDS,
    check: Callable[[str], None] = refuse_unsafe_address,
    line: Callable[[SplitResult, float], http.client.HTTPConnection] | None = None,
) -> Result:
    """One request and what its answer means. Redirects are not followed; raises nothing.

    `check` raises ValidationError for an address that is not called; `line` makes the connection, else a plain one is made.
    """
    parts = urlsplit(url)
    try:
        check(url)
    except (ValidationError, ValueError) as refused:
        return Result(Outcome.REFUSED, fault=words(" ".join(refused.messages) if isinstance(refused, ValidationError) else "alamat rusak"))
    return _asked((line or plain_line)(parts, step), parts, body, headers, whole)


def _asked(line: http.client.HTTPConnection, parts: SplitResult, body: bytes, headers: dict[str, str], whole: float) -> Result:
    watch = threading.Timer(whole, _hang_up, [line])
    watch.daemon = True
    watch.start()
    is_out = False
    try:
        line.connect()
        is_out = True
        line.request("POST", parts.path + (f"?{parts.query}" if parts.query else "") or "/", body, headers)
        answer = line.getresponse()
        return _read(answer.status, answer.read(LONGEST_ANSWER))
    except (OSError, http.client.HTTPException, ValueError) as broken:
        return Result(Outcome.UNKNOWN if is_out else Outcome.REFUSED, fault=words(type(broken).__name__))
    finally:
        watch.cancel()
        line.close()


def plain_line(parts: SplitResult, step: float) -> http.client.HTTPConnection:
    """A connection as the scheme says, not yet opened."""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=step, context=ssl.create_default_context())
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=step)


def _hang_up(line: http.client.HTTPConnection) -> None:
    if line.sock is not None:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)


def _read(status: int, body: bytes) -> Result:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Result(Outcome.TAKEN, receipt=words(_receipt(body) or status))
    if status in HOPELESS:
        return Result(Outcome.HOPELESS, fault=words(f"HTTP {status}"))
    is_known = status < HTTPStatus.INTERNAL_SERVER_ERROR or status in SURELY_NOT
    return Result(Outcome.REFUSED if is_known else Outcome.UNKNOWN, fault=words(f"HTTP {status}"))


def _receipt(body: bytes) -> str:
    """What the service calls the message, as a text or a number under "id"."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    found = told.get("id", "") if isinstance(told, dict) else ""
    return str(found) if isinstance(found, str | int) else ""
