"""Kewajiban lain: the list, entering one, one of them with its clock. The same in both shells."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access.selectors import acts_of, may
from accounts.access.tables import Act
from konflik.acts.services import entered_rules
from konflik.clocks.models import Duty
from konflik.desk.forms.duties import CorrectDutyForm, DutyFilterForm, DutyForm
from konflik.desk.selectors.duties import duty_rows, homes_of, search_duties, seen_duties
from konflik.desk.tables.rule_lists import rule_groups
from konflik.desk.web.reading import reader_of
from konflik.desk.web.shells import Shell, View
from konflik.rest.paging import KeyPage, Order


def duty_patterns(shell: Shell, *, page: str = "<int:pk>/") -> list[URLPattern]:
    """Everything about duties below one address, for this shell."""
    views: tuple[tuple[str, str, View], ...] = (
        ("duty-list", "", duties),
        ("duty-new", "baru/", new_duty),
        ("duty", page, duty_page),
        ("duty-correct", "<int:pk>/perbaiki/", correct),
    )
    return [path(route, shell.guard(view), {"shell": shell}, name=shell.name(name)) for name, route, view in views]


@require_GET
def duties(request: HttpRequest, shell: Shell) -> HttpResponse:
    """The duties of one's kabupaten, each with its clock."""
    now = timezone.now()
    acts = acts_of(reader_of(request), at=now)
    if Act.SEE_CLOCKS not in acts:
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang melihat kewajiban lain.")
    form = DutyFilterForm(request.GET)
    seen = seen_duties(reader_of(request), at=now)
    rows = search_duties(seen, text=form.cleaned_data["q"], rule=form.cleaned_data["aturan"]) if form.is_valid() else seen.none()
    page = KeyPage(rows, Order.by("-received_at"), after=request.GET.get("sesudah", ""))
    kept = request.GET.copy()
    kept.pop("sesudah", None)
    context = {
        "shell_kind": shell,
        "page_title": "Kewajiban lain",
        "form": form,
        "page": page,
        "rows": duty_rows(page.rows, at=now),
        "query": kept.urlencode(),
        "may_record": Act.MANAGE_CLOCKS in acts,
    }
    return render(request, "desk/duties.html", context, status=200 if form.is_valid() else 400)


@require_http_methods(["GET", "POST"])
def new_duty(request: HttpRequest, shell: Shell) -> HttpResponse:
    """Enter what came in: first it is shown what that starts, then it is saved."""
    now = timezone.now()
    homes = homes_of(reader_of(request), at=now)
    if not homes:
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang mencatat kewajiban lain.")
    sent = request.POST if request.method == "POST" else None
    initial = {"rule": request.GET.get("aturan", ""), "received_at": now.replace(second=0, microsecond=0)}
    form = DutyForm(sent, homes=homes, user=reader_of(request), now=now, initial=initial)
    if form.is_bound and form.is_seen:
        try:
            duty = form.save()
        except ValidationError as refusal:
            form.take(refusal)
        else:
            messages.success(request, f"Tersimpan. {_told(form)}")
            return HttpResponseRedirect(shell.url("duty", duty.pk))
    words = request.GET.get("cari", "")[:100]
    context = {
        "shell_kind": shell,
        "page_title": "Kewajiban lain",
        "form": form,
        "start": form.start if form.is_bound else None,
        "words": words,
        "rule_groups": rule_groups(entered_rules(), words=words, home=form.region) if not form.is_bound and not initial["rule"] else [],
    }
    return render(request, "desk/duty_new.html", context, status=400 if form.is_bound and not form.is_valid() else 200)


def _told(form: DutyForm) -> str:
    ends = form.start.answer.due if form.start else None
    return f"Tenggatnya berakhir {ends.exact}." if ends else ""


def _duty_or_404(request: HttpRequest, pk: int) -> Duty:
    seen = seen_duties(reader_of(request), at=timezone.now()).select_related("kabupaten__province")
    duty = seen.filter(pk=pk).first()
    if duty is None:
        raise Http404
    return duty


@require_GET
def duty_page(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """One duty: what came in, its clock, what can be done."""
    now = timezone.now()
    duty = _duty_or_404(request, pk)
    may_manage = may(reader_of(request), Act.MANAGE_CLOCKS, at=now, region=duty.kabupaten)
    [row] = duty_rows([duty], at=now, may_manage=may_manage)
    context = {
        "shell_kind": shell,
        "page_title": "Kewajiban lain",
        "duty": duty,
        "row": row,
        "region": duty.kabupaten,
        "may_manage": may_manage,
    }
    return render(request, "desk/duty.html", context)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """When it was received, put right."""
    now = timezone.now()
    duty = _duty_or_404(request, pk)
    if not may(reader_of(request), Act.MANAGE_CLOCKS, at=now, region=duty.kabupaten):
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang memperbaiki catatan ini.")
    form = CorrectDutyForm(request.POST if request.method == "POST" else None, duty=duty, user=reader_of(request), now=now)
    if form.is_valid():
        try:
            messages.success(request, form.save())
        except ValidationError as refusal:
            form.take(refusal)
        else:
            return HttpResponseRedirect(shell.url("duty", duty.pk))
    context = {"shell_kind": shell, "page_title": "Kewajiban lain", "duty": duty, "form": form}
    return render(request, "desk/duty_correct.html", context, status=400 if form.is_bound else 200)
