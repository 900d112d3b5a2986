"""The cockpit of a Status Keadaan Konflik as a page of the team and as one printed sheet."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access.selectors import house_of
from accounts.access.tables import Act
from konflik.cases.selectors.permitted import permitted_on
from konflik.desk.selectors.cockpit import cockpit_of
from konflik.desk.tables.qr import qr_svg
from konflik.desk.web.reading import case_or_404, reader_of
from konflik.desk.web.shells import TEAM, Shell


@require_GET
def status_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Days left, what is due, who has not acted, and what may be done now."""
    now = timezone.now()
    case = case_or_404(request, pk, now=now)
    permitted = permitted_on(case, reader_of(request), at=now)
    context = {"shell_kind": TEAM, "case": case, "permitted": permitted, "cockpit": cockpit_of(case, permitted, at=now)}
    return render(request, "desk/status/page.html", context)


@require_GET
def print_status(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """One sheet on the newest status; 404 where there never was one."""
    now = timezone.now()
    case = case_or_404(request, pk, now=now)
    permitted = permitted_on(case, reader_of(request), at=now)
    if not permitted.allows(Act.PRINT_CASE):
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang mencetak perkara ini.")
    cockpit = cockpit_of(case, permitted, at=now)
    if cockpit.status is None:
        raise Http404
    context = {
        "shell_kind": shell,
        "case": case,
        "cockpit": cockpit,
        "house": house_of(case.kabupaten),
        "printed_at": now,
        "qr": qr_svg(request.build_absolute_uri(TEAM.url("status", case.pk))),
        "back": shell.part_url("status", case.pk),
    }
    return render(request, "desk/status/print.html", context)
