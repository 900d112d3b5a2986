"""The outbox of the secretariat: the ledger by state, the decisions that wait for a person, when each rule last reminded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access.selectors import acts_of
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.desk.forms.notices import SettleForm
from konflik.desk.selectors.dry_runs import dry_run
from konflik.desk.selectors.habits import zone_of_reader
from konflik.desk.selectors.notice_words import PARTS, told_of
from konflik.desk.selectors.outbox import fired_events, fired_rules, outbox_page, own_notices, tabs_of
from konflik.desk.selectors.watch import findings_of, watch_of
from konflik.desk.tables.outbox import tab_of
from konflik.desk.web.reading import reader_of
from konflik.desk.web.shells import Shell
from konflik.notices.tables import FOR_A_PERSON


def outbox_patterns(shell: Shell) -> list[URLPattern]:
    """The three pages, for this shell."""
    views = (
        ("outbox-list", "", outbox),
        ("outbox-settle", "<int:pk>/putuskan/", settle),
        ("outbox-fired", "terakhir/", rules_fired),
    )
    return [path(route, shell.guard(view), {"shell": shell}, name=shell.name(name)) for name, route, view in views]


@require_GET
def outbox(request: HttpRequest, shell: Shell) -> HttpResponse:
    """One tab of the ledger."""
    now = timezone.now()
    reader = _settler(request)
    tab = tab_of(request.GET.get("keadaan", ""))
    before = request.GET.get("sebelum", "")
    context = {
        "shell_kind": shell,
        "page_title": "Kotak keluar",
        "tab": tab,
        "tabs": tabs_of(reader, at=now),
        "page": outbox_page(reader, tab, at=now, before=before),
        "is_first": not before,
        "region": zone_of_reader(reader, at=now),
        "sweep": watch_of(at=now, asks_alarm=True),
    }
    return render(request, "desk/outbox.html", context)


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """Decide what becomes of one notice."""
    now = timezone.now()
    reader = _settler(request)
    row = own_notices(reader, at=now).filter(pk=pk).select_related(*PARTS).first()
    if row is None:
        raise Http404
    form = SettleForm(request.POST if request.method == "POST" else None, notice=row, user=reader, now=now)
    if form.is_valid():
        try:
            messages.success(request, form.save())
        except ValidationError as refusal:
            form.take(refusal)
        else:
            return HttpResponseRedirect(f"{shell.url('outbox-list')}?keadaan=keputusan")
    [told] = told_of([row], reader, at=now)
    context = {
        "shell_kind": shell,
        "page_title": "Putuskan pemberitahuan",
        "told": told,
        "notice": row,
        "form": form if row.state in FOR_A_PERSON else None,
        "region": zone_of_reader(reader, at=now),
    }
    return render(request, "desk/settle.html", context, status=400 if form.is_bound else 200)


@require_GET
def rules_fired(request: HttpRequest, shell: Shell) -> HttpResponse:
    """When each rule and event last reminded, what a sweep now would find, and how the watch itself stands.

    `?aturan=` names a rule of which is shown whom a sweep would remind of what, now and next.
    """
    now = timezone.now()
    reader = _settler(request)
    context = {
        "shell_kind": shell,
        "page_title": "Terakhir mengingatkan",
        "rules": fired_rules(reader, at=now),
        "events": fired_events(reader, at=now),
        "dry": dry_run(request.GET.get("aturan", ""), reader, at=now),
        "region": zone_of_reader(reader, at=now),
        "sweep": watch_of(at=now, asks_alarm=True),
        "findings": findings_of(),
    }
    return render(request, "desk/rules_fired.html", context)


def _settler(request: HttpRequest) -> User:
    """Who asks; 403 for whoever may not settle notices anywhere."""
    reader = reader_of(request)
    if Act.SETTLE_NOTICES not in acts_of(reader, at=timezone.now()):
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang melihat kotak keluar.")
    return reader
