"""The one view behind every act on a case: fetch through the door, ask whether it is open, one form, one service."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from konflik.cases.models import Case
from konflik.cases.selectors.permitted import permitted_on
from konflik.desk.forms.actions import CASE_ACTIONS, CaseAction
from konflik.desk.forms.base import ActionForm
from konflik.desk.selectors.history import is_dated_back
from konflik.desk.tables.words import moment
from konflik.desk.web.reading import case_or_404, reader_of, recipients
from konflik.desk.web.saving import attempt
from konflik.desk.web.shells import Shell, View
from konflik.journal.selectors import history_of


def action_patterns(shell: Shell) -> list[URLPattern]:
    """One address per row of the table of acts, for this shell."""
    return [
        path(f"<int:pk>/{action.route}", shell.guard(action_view(shell, action)), name=shell.name(action.name)) for action in CASE_ACTIONS
    ]


def action_view(shell: Shell, action: CaseAction) -> View:
    """The view of one act inside one shell."""

    @require_http_methods(["GET", "POST"])
    def perform_action(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        now = timezone.now()
        case = case_or_404(request, pk, now=now)
        form = _form(request, case, action, kwargs, now)
        if "only" in request.POST:
            return recipients(request, form)
        if request.method == "POST" and not form.is_blocked and form.is_valid():
            return _run(request, shell, action, form)
        return _page(request, shell, action, form, status=400 if form.is_bound or form.refusal else 200)

    return perform_action


def _form(request: HttpRequest, case: Case, action: CaseAction, kwargs: dict[str, Any], now: datetime) -> ActionForm:
    """The form of the act. 404 for a part that is not of this case, 403 with the reason for an act that is not open."""
    row = action.rows(case).filter(pk=kwargs["row"]).first() if action.rows else None
    named = action.from_address(kwargs)
    if named is None or (action.rows and row is None):
        raise Http404
    if not action.is_open(permitted_on(case, reader_of(request), at=now), row):
        raise PermissionDenied(f"Penugasan Anda tidak memberi wewenang untuk tindakan ini: {action.label}.")
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {"initial": _suggested(request, action)}
    return action.form(**sent, **named, case=case, user=reader_of(request), now=now, row=row)


def _suggested(request: HttpRequest, action: CaseAction) -> dict[str, str]:
    """Values that a link proposes ("?status=selesai"); the person still sees and sends them."""
    return {name: str(value) for name, value in request.GET.items() if name in action.form.base_fields and name != "seen_version"}


def _run(request: HttpRequest, shell: Shell, action: CaseAction, form: ActionForm) -> HttpResponse:
    saved = attempt(form)
    if saved.refused_with:
        return _page(request, shell, action, form, status=saved.refused_with)
    messages.success(request, " ".join(filter(None, (saved.said, form.told(), _where_it_stands(form)))))
    return HttpResponseRedirect(shell.part_url(action.part, form.case.pk))


def _where_it_stands(form: ActionForm) -> str:
    """What happened on an earlier day stands further down in the history, and somebody looks for it on top."""
    line = history_of(form.case.pk, form.user, at=form.now).order_by("-pk").first()
    region = form.case.kabupaten
    if line is None or line.recorded_at != form.now or not is_dated_back(line, region):
        return ""
    return f"Dalam riwayat tercatat pada {moment(line.occurred_at, region)}."


def _page(request: HttpRequest, shell: Shell, action: CaseAction, form: ActionForm, *, status: int) -> HttpResponse:
    context = {"shell_kind": shell, "case": form.case, "action": action, "form": form, "back": shell.part_url(action.part, form.case.pk)}
    return render(request, "desk/action.html", context, status=status)
