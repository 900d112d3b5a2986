"""Fetching the case that an address names: through the one door, and with the trace that class rahasia leaves."""

from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.services.access import note_sealed_read
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
        _leave_trace(case, reader_of(request), now)
    return case


def _leave_trace(case: Case, reader: User, now: datetime) -> None:
    midnight = timezone.localtime(now, zone_of(case.kabupaten)).replace(hour=0, minute=0, second=0, microsecond=0)
    note_sealed_read(case=case, reader=reader, day_start=midnight, now=now)
