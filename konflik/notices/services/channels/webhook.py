"""What happened, told to another system: ids and the kind of event, signed like the requests of the gateway.

Body: JSON {"id", "event", "line", "case", "kabupaten"}; whoever wants to know more reads the API with the key. The headers are those of
the gateway (`X-Konflik-Timestamp`, `X-Konflik-Signature`, `Idempotency-Key`). A receiver knows a message by its id, so that
whatever was not answered by 2xx is sent again, in growing pauses for about 25 hours; 410 says that nobody is there any more.
"""

import hashlib
import http.client
import ipaddress
import json
import socket
import ssl
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

from konflik.notices.models import Notice, Subscription
from konflik.notices.selectors.wording import key_of
from konflik.notices.services.channels.gateway import STEP_SECONDS, WHOLE_SECONDS, plain_line, post, signed
from konflik.notices.services.channels.outcomes import Outcome, Result

SALT = "konflik.notices.webhook"
NOT_HTTPS = "Isi alamat yang dimulai dengan https://."
NOT_OUTSIDE = "Alamat ini berada di dalam jaringan sendiri. Isi alamat yang dapat dicapai dari luar."
UNKNOWN_HOST = "Nama penerima ini tidak dikenal. Periksa alamatnya."
GONE = f"HTTP {HTTPStatus.GONE.value}"


@dataclass(frozen=True)
class WebhookSender:
    """To the address of the subscription."""

    step: float = STEP_SECONDS
    whole: float = WHOLE_SECONDS
    is_silent: bool = False

    def hand_over(self, notice: Notice, *, now: datetime) -> Result:
        """One request."""
        subscription = notice.subscription
        assert subscription is not None  # noqa: S101 - written with the row, and asked before sending
        body = body_of(notice)
        headers = signed(body, key=key_of(notice), secret=secret_of(subscription), at=int(now.timestamp()))
        found = post(subscription.url, body, headers=headers, step=self.step, whole=self.whole, check=refuse_inside, line=_line)
        outcome = found.outcome
        if outcome is not Outcome.TAKEN:
            outcome = Outcome.HOPELESS if found.fault == GONE else Outcome.REFUSED
        return Result(outcome, found.receipt, found.fault, hashlib.sha256(body).hexdigest())


def body_of(notice: Notice) -> bytes:
    """What is told: ids and codes, nothing that a person wrote."""
    line = notice.line
    told = {
        "id": key_of(notice),
        "event": line.event if line else None,
        "line": notice.line_id,
        "case": notice.case_id,
        "kabupaten": notice.kabupaten_id,
    }
    return json.dumps(told).encode()


def secret_of(subscription: Subscription) -> str:
    """What signs; shown once to whoever makes the subscription, and never stored."""
    return salted_hmac(SALT, f"{subscription.pk}:{subscription.seed}", algorithm="sha256").hexdigest()


def refuse_inside(url: str) -> None:
    """Raise ValidationError at `url` unless it is HTTPS to a host outside; which the host is, is asked again when it is called."""
    parts = urlsplit(url)
    if settings.WEBHOOKS_MAY_STAY_INSIDE and parts.scheme in {"http", "https"} and parts.hostname:
        return
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        raise ValidationError({"url": NOT_HTTPS})
    try:
        _outside(parts.hostname, parts.port or 443)
    except PermissionError as inside:
        raise ValidationError({"url": NOT_OUTSIDE}) from inside
    except OSError as unknown:
        raise ValidationError({"url": UNKNOWN_HOST}) from unknown


class _OutsideLine(http.client.HTTPSConnection):
    """Connects to the very address that was looked at: a name that changes its address in between leads nowhere else."""

    def connect(self) -> None:
        self.sock = socket.create_connection(_outside(self.host, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _line(parts: SplitResult, step: float) -> http.client.HTTPConnection:
    if settings.WEBHOOKS_MAY_STAY_INSIDE:
        return plain_line(parts, step)
    return _OutsideLine(parts.hostname or "", parts.port, timeout=step)


def _outside(host: str, port: int) -> tuple[str, int]:
    """The first address of `host`; PermissionError where any of them lies in a private, local or reserved network."""
    found = [entry[4] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(_is_public(str(address[0])) for address in found):
        raise PermissionError(host)
    return str(found[0][0]), port


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return inner.is_global and not inner.is_multicast and not getattr(address, "teredo", None)
