"""Where REST framework asks who is there: whoever brings a key speaks for its owner, as far as the key goes."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from accounts.access.selectors import rights_of
from accounts.keys.models import ApiKey
from accounts.keys.selectors import SECRET, key_of
from accounts.keys.services import note_use
from accounts.users.models import User
from konflik.limits import Limit, take

COUNTED = "is_counted_for_key"
REALM = 'Bearer realm="konflik"'
UNKNOWN = "Kunci API ini tidak dikenal. Kirim kepala Authorization: Bearer kfk_… dengan kunci yang berlaku."
REVOKED = "Kunci API ini sudah dicabut. Minta kunci baru kepada sekretariat."
EXPIRED = "Masa berlaku kunci API ini sudah habis. Minta kunci baru kepada sekretariat."
OVER = "Akun atau penugasan pemilik kunci API ini sudah berakhir."


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer kfk_…`. Asked of the database each time, so that what is revoked ends with the next request.

    `request.user` is the owner with what the key leaves, `request.auth` the key. A request counts once against the limit of the
    key, however often it is asked who sent it: a long download asks again and again.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """None without a bearer. Raises AuthenticationFailed (401) for a key that opens nothing, Throttled (429) past its limit."""
        scheme, _, given = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        secret, now = given.strip(), timezone.now()
        key = key_of(secret) if SECRET.fullmatch(secret) else None
        if key is None:
            raise AuthenticationFailed(UNKNOWN)
        if key.revoked_at is not None:
            raise AuthenticationFailed(REVOKED)
        if not key.is_open(at=now):
            raise AuthenticationFailed(EXPIRED)
        owner = key.owner
        if not rights_of(owner, at=now):
            raise AuthenticationFailed(OVER)
        if not getattr(request, COUNTED, False):
            setattr(request, COUNTED, True)
            if wait := take(f"key:{key.digest}", Limit(key.rate), now=int(now.timestamp())):
                raise Throttled(wait)
        note_use(key=key, now=now)
        return owner, key

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return REALM


class KeyScheme(OpenApiAuthenticationExtension):
    """The key, in the schema."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """As OpenAPI writes it."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "kfk_…"}
