"""Sessions: the second factor where it is owed, and an end twelve hours after login."""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.access.selectors import needs_second_factor
from accounts.access.tables import CONFINED_TO
from accounts.postings.selectors import reading_once
from konflik.rest.problems import Problem, answered

Answer = Callable[[HttpRequest], HttpResponse]


class OneReading:
    """Reads the postings of the asking person once for a request: every rule on the way asks for them.

    A page that changes nothing keeps other answers too. What is sent after the request was answered (a long file) asks anew.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading_once(writes=request.method not in {"GET", "HEAD"}):
            return self.get_response(request)


class AbsoluteSession:
    """Ends a session SESSION_COOKIE_AGE seconds after its login, however busy it is (S17)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
        if records and time.time() - records[0]["at"] > settings.SESSION_COOKIE_AGE:
            logout(request)
        return self.get_response(request)


class SecondFactor:
    """Confines a session that owes its second factor to setting it up or proving it (S15). allauth has no setting for it.

    Owed by staff and by whoever may read rahasia and above. What counts is proof in this very session: a factor that was
    set up elsewhere does not open a session begun with a password alone. Demo mode is exempt and says so on every page.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_confined = self._owes(request)
        request.is_confined = is_confined  # type: ignore[attr-defined]  # read by the context processor
        if is_confined and not _is_open(request):
            return _refuse(request)
        return self.get_response(request)

    def _owes(self, request: HttpRequest) -> bool:
        if settings.DEMO or not request.user.is_authenticated:
            return False
        methods = {record["method"] for record in get_authentication_records(request, request.user)}
        return "mfa" not in methods and needs_second_factor(request.user, at=timezone.now())


def _is_open(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    # A factor that is there must be proven; setting up another one would be a way around it.
    return name in CONFINED_TO and not (name in {"mfa_activate_totp", "mfa_add_webauthn"} and _has_factor(request))


def _refuse(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return answered(Problem("verifikasi-wajib"))
    if not _has_factor(request):
        # Where the pages of setting up lead to once they are done: what was asked for first.
        request.session.setdefault("wanted", request.get_full_path() if request.method == "GET" else "/")
        return HttpResponseRedirect(reverse("mfa_index"))
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    page = "mfa_reauthenticate" if Authenticator.Type.TOTP in factors else "mfa_reauthenticate_webauthn"
    back = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': back})}")


def _has_factor(request: HttpRequest) -> bool:
    return Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
