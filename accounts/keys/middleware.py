"""Requests with a key: one in an address is refused, one in its header walks only the layers that concern it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import ResolverMatch, resolve
from django.utils.module_loading import import_string

from accounts.keys.selectors import SECRET
from konflik.rest.problems import Problem, answered

Answer = Callable[[HttpRequest], HttpResponse]


KEYED_PREFIX = "/api/v1/"
BEARER = "bearer "


class NoKeyInAddress:
    """A key in an address would stand in every log on the way: it is refused before anything reads the address.

    Answers 400 where something that looks like a key stands in the path or in the parameters (S18).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"
        if SECRET.search(address) or SECRET.search(unquote(address)):
            return answered(Problem("kunci-dalam-alamat"))
        return self.get_response(request)


class KeyRequests:
    """A request with a bearer to `/api/v1/` has no session and asks for no page: it walks settings.KEY_MIDDLEWARE, not all the rest.

    Every view there is REST framework's, closed by default, and answers 401 to a bearer that is no key; so nothing opens that the
    other layers would have closed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.answer: Callable[[HttpRequest], Any] = _view
        for path in reversed(settings.KEY_MIDDLEWARE):
            self.answer = convert_exception_to_response(import_string(path)(self.answer))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_keyed = request.path_info.startswith(KEYED_PREFIX) and request.META.get("HTTP_AUTHORIZATION", "").lower().startswith(BEARER)
        answer: HttpResponse = self.answer(request) if is_keyed else self.get_response(request)
        return answer


@lru_cache(2000)
def resolved(path: str) -> ResolverMatch:
    """The view of an address. Raises Resolver404, which is not kept."""
    return resolve(path)


def _view(request: HttpRequest) -> HttpResponse:
    request.user = AnonymousUser()
    request.resolver_match = found = resolved(request.path_info)
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    # REST framework answers with what is still to be written; Django's own innermost layer would write it here.
    return answer.render() if isinstance(answer, SimpleTemplateResponse) else answer
