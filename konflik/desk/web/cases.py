"""The list of cases, the case page, its history, its printed sheet and its documents."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access.selectors import acts_of, house_of, rights_of
from accounts.access.tables import Act
from konflik.cases.selectors.permitted import permitted_on
from konflik.cases.services.access import note_download
from konflik.cases.services.documents import path_of
from konflik.cases.services.previews import preview_of
from konflik.cases.tables import DOWNLOAD_HEADERS
from konflik.desk.filters.cases import NEWEST_FIRST, CaseFilterForm, visible_cases
from konflik.desk.forms.opening import OpenCaseForm
from konflik.desk.selectors.briefing import briefing
from konflik.desk.selectors.case_page import case_sheet
from konflik.desk.selectors.history import history_page
from konflik.desk.tables.qr import qr_svg
from konflik.desk.web.reading import case_or_404, reader_of, recipients
from konflik.desk.web.shells import TEAM, Shell
from konflik.desk.web.status import print_status
from konflik.rest.paging import KeyPage


def reading_patterns(shell: Shell) -> list[URLPattern]:
    """History, printed sheet and documents of a case, for this shell."""
    views = (
        ("history", "riwayat/", history),
        ("print", "cetak/", print_sheet),
        ("status-print", "status/cetak/", print_status),
        ("download", "dokumen/<int:document>/", download),
        ("preview", "dokumen/<int:document>/kecil/", preview),
    )
    return [path(f"<int:pk>/{route}", shell.guard(view), {"shell": shell}, name=shell.name(name)) for name, route, view in views]


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that this person may see, narrowed by what was asked."""
    now = timezone.now()
    form = CaseFilterForm(request.GET)
    rows = form.narrow(visible_cases(reader_of(request), at=now), at=now)
    page = KeyPage(rows, NEWEST_FIRST, after=request.GET.get("sesudah", ""))
    context = {
        "shell_kind": TEAM,
        "form": form,
        "page": page,
        "query": _query(request),
        "may_open": Act.OPEN_CASE in acts_of(reader_of(request), at=now),
    }
    return render(request, "desk/cases.html", context, status=200 if form.is_valid() else 400)


def _query(request: HttpRequest) -> str:
    """What narrows the list, for the address of the next page."""
    kept = request.GET.copy()
    kept.pop("sesudah", None)
    return kept.urlencode()


@require_GET
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: where am I, what waits for me, the facts, the history last."""
    now = timezone.now()
    sheet = case_sheet(case_or_404(request, pk, now=now), reader_of(request), at=now)
    return render(request, "desk/case.html", {"shell_kind": TEAM, "case": sheet.case, "sheet": sheet})


@require_GET
def history(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """The whole history, page by page."""
    now = timezone.now()
    case = case_or_404(request, pk, now=now)
    page = history_page(case, reader_of(request), at=now, before=request.GET.get("sebelum", ""))
    return render(request, "desk/history.html", {"shell_kind": shell, "case": case, "page": page, "is_first": "sebelum" not in request.GET})


@require_GET
def print_sheet(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """One A4 page for the bupati."""
    now = timezone.now()
    case = case_or_404(request, pk, now=now)
    if not permitted_on(case, reader_of(request), at=now).allows(Act.PRINT_CASE):
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang mencetak perkara ini.")
    sheet = case_sheet(case, reader_of(request), at=now, latest=1)
    address = request.build_absolute_uri(TEAM.url("case", case.pk))
    context = {
        "shell_kind": shell,
        "case": case,
        "sheet": sheet,
        "brief": briefing(sheet, at=now),
        "house": house_of(case.kabupaten),
        "printed_at": now,
        "qr": qr_svg(address),
        "back": shell.url("case", case.pk),
    }
    return render(request, "desk/print.html", context)


@require_GET
def download(request: HttpRequest, pk: int, document: int, shell: Shell) -> HttpResponseBase:
    """A document as a download, never shown inside the browser; from class rahasia upward with a line in the journal."""
    now = timezone.now()
    case = case_or_404(request, pk, now=now)
    attachment = case.attachments.select_related("case").filter(pk=document).first()
    if attachment is None:
        raise Http404
    try:
        content = path_of(attachment).open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    note_download(attachment=attachment, reader=reader_of(request), now=now)
    return FileResponse(
        content,
        as_attachment=True,
        filename=attachment.original_name,
        content_type=attachment.media_type,
        headers=DOWNLOAD_HEADERS,
    )


@require_GET
def preview(request: HttpRequest, pk: int, document: int, shell: Shell) -> HttpResponse:
    """The small picture of an attached picture, made by us; everything else is only ever downloaded."""
    now = timezone.now()
    case = case_or_404(request, pk, now=now)
    attachment = case.attachments.select_related("case").filter(pk=document).first()
    picture = preview_of(attachment) if attachment else None
    if picture is None:
        raise Http404
    return HttpResponse(
        picture,
        content_type="image/jpeg",
        headers={"Content-Disposition": "inline", **DOWNLOAD_HEADERS},
    )


@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, shell: Shell = TEAM) -> HttpResponse:
    """A new case, for whoever may open one."""
    now = timezone.now()
    homes = [right.region for right in rights_of(reader_of(request), at=now) if Act.OPEN_CASE in right.acts]
    if not homes:
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang membuka perkara.")
    form = OpenCaseForm(request.POST if request.method == "POST" else None, user=reader_of(request), home=homes[0], now=now)
    if "only" in request.POST:
        return recipients(request, form)
    if form.is_valid():
        try:
            case = form.save()
        except ValidationError as refusal:
            form.take(refusal)
        else:
            form.case = case
            messages.success(request, f"Tersimpan. Perkara {case.number} dibuka. {form.told()}".strip())
            return HttpResponseRedirect(shell.url("case", case.pk))
    return render(request, "desk/open_case.html", {"shell_kind": shell, "form": form}, status=400 if form.is_bound else 200)
