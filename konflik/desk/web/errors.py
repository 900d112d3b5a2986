"""Refusals in our own words: Django's views with our templates."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a form that is too large to be read."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, on a page of its own also where the refused page stands in the frame of the admin."""
    return defaults.permission_denied(_unframed(request), exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, likewise."""
    return defaults.page_not_found(_unframed(request), exception)


def _unframed(request: HttpRequest) -> HttpRequest:
    """So that nothing is read for a menu that is not drawn."""
    request.is_framed = False  # type: ignore[attr-defined]
    return request
