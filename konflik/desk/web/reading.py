"""Fetching the case that an address names: through the one door, and with the trace that class rahasia leaves."""

from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.services.access import note_opening
from konflik.desk.forms.telling import TellingForm
from konflik.desk.selectors.case_page import find_case
from konflik.law.secrecy import SEALED_FROM


def reader_of(request: HttpRequest) -> User:
    """Who makes the request; the login middleware lets nobody else through to these pages."""
    return cast("User", request.user)


def case_or_404(request: HttpRequest, pk: int, *, now: datetime) -> Case:
    """The case, or the same 404 for one that is not there and one that may not be seen. Notes the reading of a sealed one."""
    case = find_case(pk, reader_of(request), at=now)
    if case is None:
        raise Http404
    if case.secrecy >= SEALED_FROM:
        note_opening(case=case, reader=reader_of(request), now=now)
    return case


def recipients(request: HttpRequest, form: TellingForm) -> HttpResponse:
    """The piece of a page that says who would be told as the form stands now. Nothing is saved."""
    form.full_clean()
    return render(request, "desk/recipients.html", {"form": form})
