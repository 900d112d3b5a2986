"""What is added to every answer, whichever topic gave it."""

import time
from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
ADMIN_PREFIX = "/admin/"
SEEN_KEY = "last_seen"
SEEN_EVERY_SECONDS = 60


class AdminScriptPolicy:
    """Unfold's Alpine compiles expressions: 'unsafe-eval' is allowed under /admin/ and nowhere else (S40)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(ADMIN_PREFIX):
            response._csp_update = {"script-src": "'unsafe-eval'"}  # type: ignore[attr-defined]  # noqa: SLF001
        return response


class SettledPolicy:
    """The policy of every page (django-csp) as one text: for answers that hold no script. A view that sets its own keeps it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class AdminAddress:
    """Refuses an address under /admin/ that asks with a NUL: PostgreSQL takes none, and no honest link holds one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ADMIN_PREFIX) and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("Alamat ini memuat tanda yang tidak dapat dibaca.")
        return self.get_response(request)


class IdleSession:
    """Ends the session of whoever may enter the admin after SESSION_IDLE_SECONDS without a request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_staff:
            self._keep_or_end(request)
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest) -> None:
        now = int(time.time())
        seen = request.session.get(SEEN_KEY, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
        # Written once a minute at most: reading pages must not become writing to the database.
        elif SEEN_KEY not in request.session or now - seen >= SEEN_EVERY_SECONDS:
            request.session[SEEN_KEY] = now


class PrivateAnswers:
    """What a person sees after login stays in no cache on the way and in no shared browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response
