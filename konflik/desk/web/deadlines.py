"""Deadlines: the list, one of them explained, its printed sheet, its data, and what can be done to it. The same in both shells."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access.selectors import acts_of, house_of, installation
from accounts.access.tables import Act
from konflik.clocks.models import Deadline
from konflik.desk.filters.deadlines import DeadlineFilterForm
from konflik.desk.forms.deadlines import DEADLINE_ACTIONS, DeadlineAction, DeadlineForm, KnownForm, lawful_actions, why_unlawful
from konflik.desk.selectors.deadline_page import DeadlineSheet, as_data, deadline_sheet
from konflik.desk.selectors.deadlines import may_manage, numbers_of, row_of, seen_by
from konflik.desk.tables.deadlines import ELSEWHERE, OF_STATUS, TAB_BY_NAME, TABS, Tab
from konflik.desk.tables.qr import qr_svg
from konflik.desk.web.reading import case_or_404, reader_of
from konflik.desk.web.saving import attempt
from konflik.desk.web.shells import TEAM, Shell, View
from konflik.rest.paging import KeyPage


def deadline_patterns(shell: Shell, *, page: str = "<int:pk>/") -> list[URLPattern]:
    """Everything about deadlines below one address, for this shell."""
    views: tuple[tuple[str, str, View], ...] = (
        ("deadline-list", "", deadlines),
        ("deadline", page, deadline_page),
        ("deadline-print", "<int:pk>/cetak/", print_deadline),
        ("deadline-data", "<int:pk>/data.json", deadline_data),
    )
    reading = [path(route, shell.guard(view), {"shell": shell}, name=shell.name(name)) for name, route, view in views]
    acting = [
        path(f"<int:pk>/{one.route}", shell.guard(deadline_action(shell, one)), name=shell.name(f"deadline-{one.name}"))
        for one in DEADLINE_ACTIONS
    ]
    return [*reading, *acting]


@require_GET
def deadlines(request: HttpRequest, shell: Shell) -> HttpResponse:
    """The deadlines that this person may see, one tab at a time, narrowed by what was asked."""
    now = timezone.now()
    if Act.SEE_CLOCKS not in acts_of(reader_of(request), at=now):
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang melihat daftar tenggat.")
    house = installation()
    form = DeadlineFilterForm(request.GET, home=house.region if house else None)
    rows = form.narrow(seen_by(reader_of(request), at=now), at=now)
    numbers = numbers_of(rows, reader_of(request), at=now)
    tab = TAB_BY_NAME.get(request.GET.get("keadaan", "")) or _opens_on(numbers.by_tab)
    page = KeyPage(tab.narrow(rows, now), tab.order, after=request.GET.get("sesudah", ""))
    context = {
        "shell_kind": shell,
        "page_title": "Tenggat",
        "form": form,
        "tabs": [(one, numbers.of(one), _query(request, keadaan=one.name)) for one in TABS if _is_offered(one, tab, numbers.by_tab)],
        "tab": tab,
        "page": page,
        "rows": [row_of(row, at=now) for row in page.rows],
        "query": _query(request, keadaan=tab.name),
        "may_record": Act.MANAGE_CLOCKS in acts_of(reader_of(request), at=now),
    }
    return render(request, "desk/deadlines.html", context, status=200 if form.is_valid() else 400)


def _opens_on(numbers: dict[str, int]) -> Tab:
    """What is near can still be done in time: it comes before what is late; else the first tab that holds anything."""
    near_first = sorted(TABS, key=lambda one: one.name != "segera")
    return next((one for one in near_first if numbers[one.name]), TABS[0])


def _is_offered(one: Tab, current: Tab, numbers: dict[str, int]) -> bool:
    """The tab of what stands still shows only where something does."""
    return one.name != "ditangguhkan" or one is current or bool(numbers[one.name])


def _query(request: HttpRequest, **more: str) -> str:
    """What narrows the list, for another tab or page."""
    kept = request.GET.copy()
    kept.pop("sesudah", None)
    for name, value in more.items():
        kept[name] = value
    return kept.urlencode()


def deadline_or_404(request: HttpRequest, pk: int, *, now: datetime) -> Deadline:
    """The deadline, or the same 404 for one that is not there and one that may not be seen. Notes the reading of a sealed case."""
    deadline = (
        seen_by(reader_of(request), at=now).select_related("case__kabupaten", "kabupaten__province", "closed_by").filter(pk=pk).first()
    )
    if deadline is None:
        raise Http404
    if deadline.case_id is not None:
        case_or_404(request, deadline.case_id, now=now)
    return deadline


@require_GET
def deadline_page(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """One deadline: when, whose, what can be done; then how it was counted; then what moved it."""
    deadline, form, sheet = _read(request, pk)
    context = {**_of_one(shell, sheet), "known_form": form, "actions": lawful_actions(deadline) if sheet.row.may_manage else []}
    return render(request, "desk/deadline.html", context, status=200 if form.is_valid() else 400)


@require_GET
def print_deadline(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """The explanation on A4."""
    deadline, form, sheet = _read(request, pk)
    if not form.is_valid():
        raise Http404
    context = {
        **_of_one(shell, sheet),
        "house": house_of(deadline.kabupaten),
        "printed_at": timezone.now(),
        "qr": qr_svg(request.build_absolute_uri(TEAM.url("deadline", deadline.pk))),
    }
    return render(request, "desk/deadline_print.html", context)


@require_GET
def deadline_data(request: HttpRequest, pk: int, shell: Shell) -> JsonResponse:
    """The same for a machine; `?diketahui=2026-11-22` asks what was known on that day."""
    _, form, sheet = _read(request, pk)
    if not form.is_valid():
        return JsonResponse({"galat": form.errors.get_json_data()}, status=400)
    return JsonResponse(as_data(sheet), headers={"Content-Disposition": f'attachment; filename="tenggat-{pk}.json"'})


def _read(request: HttpRequest, pk: int) -> tuple[Deadline, KnownForm, DeadlineSheet]:
    now = timezone.now()
    deadline = deadline_or_404(request, pk, now=now)
    form = KnownForm(request.GET)
    sheet = deadline_sheet(deadline, reader_of(request), at=now, known_on=form.until(ZoneInfo(deadline.zone)))
    return deadline, form, sheet


def _of_one(shell: Shell, sheet: DeadlineSheet) -> dict[str, Any]:
    deadline = sheet.deadline
    kind, _, key = deadline.thread.partition(":")
    return {
        "shell_kind": shell,
        "page_title": "Tenggat",
        "sheet": sheet,
        "deadline": deadline,
        "region": deadline.kabupaten,
        "duty_id": int(key) if kind == "kewajiban" and key.isdigit() else None,
        "elsewhere": (*ELSEWHERE[kind], int(key)) if kind in ELSEWHERE and key.isdigit() else None,
        "status_url": shell.part_url("status", deadline.case_id) if kind in OF_STATUS and deadline.case_id else "",
    }


def deadline_action(shell: Shell, action: DeadlineAction) -> View:
    """The view of one act inside one shell."""

    @require_http_methods(["GET", "POST"])
    def perform_deadline_action(request: HttpRequest, pk: int) -> HttpResponseBase:
        now = timezone.now()
        deadline = deadline_or_404(request, pk, now=now)
        if not may_manage(deadline, reader_of(request), at=now):
            raise PermissionDenied(f"Penugasan Anda tidak memberi wewenang untuk tindakan ini: {action.label}.")
        form = action.form(request.POST if request.method == "POST" else None, deadline=deadline, user=reader_of(request), now=now)
        refusal = "" if action.is_lawful(deadline) else why_unlawful(action, deadline)
        if request.method == "POST" and not refusal and form.is_valid():
            return _run(request, shell, action, form)
        return _page(request, shell, action, form, refusal=refusal, status=400 if form.is_bound or refusal else 200)

    return perform_deadline_action


def _run(request: HttpRequest, shell: Shell, action: DeadlineAction, form: DeadlineForm) -> HttpResponse:
    saved = attempt(form)
    if saved.refused_with:
        return _page(request, shell, action, form, status=saved.refused_with)
    messages.success(request, saved.said)
    return HttpResponseRedirect(shell.url("deadline", form.deadline.pk))


def _page(
    request: HttpRequest, shell: Shell, action: DeadlineAction, form: DeadlineForm, *, status: int, refusal: str = ""
) -> HttpResponse:
    context = {
        "shell_kind": shell,
        "page_title": "Tenggat",
        "action": action,
        "form": form,
        "refusal": refusal,
        "row": row_of(form.deadline, at=form.now),
        "deadline": form.deadline,
    }
    return render(request, "desk/deadline_action.html", context, status=status)
