"""The notices of whoever is logged in: the list, one of them, the answer by name."""

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access.selectors import acts_of
from accounts.access.tables import Act
from accounts.regions.models import Region
from konflik.clocks.models import Deadline
from konflik.desk.forms.notices import ConfirmForm
from konflik.desk.selectors.habits import zone_of_reader
from konflik.desk.selectors.history import HistoryItem
from konflik.desk.selectors.history import told as sentences_of
from konflik.desk.selectors.inbox import inbox_of
from konflik.desk.selectors.ladder import ladder_of, next_above
from konflik.desk.selectors.notice_words import PARTS, Told, place_of, told_of
from konflik.desk.web.reading import reader_of
from konflik.desk.web.shells import TEAM
from konflik.notices.models import Notice
from konflik.notices.selectors.wording import message_of
from konflik.notices.services.reading import mark_all_seen, mark_seen
from konflik.notices.tables import Source


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything I was told, the unread first."""
    now = timezone.now()
    reader = reader_of(request)
    region = zone_of_reader(reader, at=now)
    context = {
        "shell_kind": TEAM,
        "inbox": inbox_of(reader, region, at=now, after=request.GET.get("sesudah", "")),
        "region": region,
        "may_settle": Act.SETTLE_NOTICES in acts_of(reader, at=now),
    }
    return render(request, "desk/inbox.html", context)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything counts as read; what must be answered still waits."""
    number = mark_all_seen(user=reader_of(request), now=timezone.now())
    messages.success(request, f"{number} pemberitahuan ditandai sudah dibaca." if number else "Semua pemberitahuan sudah dibaca.")
    return HttpResponseRedirect(reverse("desk:inbox"))


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: what, on which ground, by when, who was told, who answered; and my own answer."""
    now = timezone.now()
    row = notice_or_404(request, pk, now=now)
    is_mine = row.recipient_id == reader_of(request).pk
    if request.method == "POST" and not is_mine:
        raise PermissionDenied("Hanya penerima pemberitahuan ini yang dapat menjawabnya.")
    if is_mine:
        mark_seen(notice=row, now=now)
    form = ConfirmForm(request.POST if request.method == "POST" else None, notice=row, user=reader_of(request), now=now)
    if form.is_valid():
        try:
            messages.success(request, form.save())
        except ValidationError as refusal:
            form.take(refusal)
        else:
            return HttpResponseRedirect(reverse("desk:notice", args=[row.pk]))
    return _page(request, row, form, now=now, is_mine=is_mine)


def notice_or_404(request: HttpRequest, pk: int, *, now: datetime) -> Notice:
    """The notice in the bell that the address names; of one that went out by mail, its fellow in the bell."""
    seen = Notice.objects.visible_to(reader_of(request), at=now).select_related(*PARTS)
    found = seen.filter(pk=pk).first()
    if found is None:
        raise Http404
    return seen.in_bell_beside(found).first() or found


def _page(request: HttpRequest, row: Notice, form: ConfirmForm, *, now: datetime, is_mine: bool) -> HttpResponse:
    [told] = told_of([row], reader_of(request), at=now)
    told = replace(told, deadline_url=_deadline_url(request, row, now))
    # What has left the house says more than the page may: a case hidden since, a digest of what another may see.
    is_readable = not told.is_hidden and (is_mine or row.source != Source.DIGEST)
    message = message_of(row, at=now) if is_readable else None
    region = place_of(row) or zone_of_reader(reader_of(request), at=now)
    context = {
        "shell_kind": TEAM,
        "told": told,
        "happened": _happened(request, told, region, now),
        "notice": row,
        "form": form if is_mine and row.must_confirm and row.confirmed_at is None else None,
        "is_mine": is_mine,
        "steps": ladder_of(row, reader=reader_of(request), is_hidden=told.is_hidden),
        "next": next_above(row, at=now),
        "text": message.text if message else "",
        "lines": message.lines if message and row.case_id is None and row.deadline_id is None else (),
        "region": region,
    }
    return render(request, "desk/notice.html", context, status=400 if form.is_bound else 200)


def _deadline_url(request: HttpRequest, row: Notice, now: datetime) -> str:
    """Where the deadline of the notice stands; "" where there is none, or none that the reader may open."""
    seen = Deadline.objects.visible_to(reader_of(request), at=now).filter(pk=row.deadline_id) if row.deadline_id else None
    return reverse("desk:deadline", args=[row.deadline_id]) if seen is not None and seen.exists() else ""


def _happened(request: HttpRequest, told: Told, region: Region | None, now: datetime) -> HistoryItem | None:
    """What happened as the history tells it; None for a reminder, and for a case that the reader may not open."""
    line = told.notice.line
    if line is None or region is None or told.is_hidden:
        return None
    return sentences_of([line], reader_of(request), region, at=now)[0]
