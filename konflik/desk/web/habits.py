"""How I want to be told, and the dates of my tasks for a calendar program."""

import hashlib
import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from konflik.desk.forms.habits import HabitForm
from konflik.desk.selectors.habits import means_of, zone_of_reader
from konflik.desk.web.reading import reader_of
from konflik.desk.web.shells import TEAM
from konflik.notices.models import CalendarFeed
from konflik.notices.selectors.feeds import calendar_of
from konflik.notices.services.habits import digest_of, make_calendar_address, revoke_calendar_address

STAMP = re.compile(rb"DTSTAMP[^\r\n]*\r?\n")


@require_http_methods(["GET", "POST"])
def habits(request: HttpRequest) -> HttpResponse:
    """Kinds of notices by channels, quiet hours, digest, calendar."""
    now = timezone.now()
    form = HabitForm(request.POST if request.method == "POST" else None, user=reader_of(request), now=now)
    if form.is_valid():
        try:
            form.save()
        except ValidationError as refusal:
            form.take(refusal)
        else:
            messages.success(request, "Tersimpan. Pilihan ini berlaku untuk pemberitahuan berikutnya.")
            return HttpResponseRedirect(reverse("desk:habits"))
    return _page(request, form, status=400 if form.is_bound else 200)


@require_POST
def make_address(request: HttpRequest) -> HttpResponse:
    """A new calendar address, shown on this page and never again."""
    now = timezone.now()
    token = make_calendar_address(user=reader_of(request), now=now)
    address = request.build_absolute_uri(reverse("desk:calendar", args=[token]))
    return _page(request, HabitForm(user=reader_of(request), now=now), address=address)


@require_POST
def revoke_address(request: HttpRequest) -> HttpResponse:
    """The address ends at once."""
    ended = revoke_calendar_address(user=reader_of(request))
    messages.success(request, "Alamat kalender dicabut." if ended else "Tidak ada alamat kalender yang perlu dicabut.")
    return HttpResponseRedirect(f"{reverse('desk:habits')}#kalender")


@login_not_required
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of whoever holds this address, for a calendar program that cannot log in. 404 once it was revoked."""
    feed = CalendarFeed.objects.select_related("user").filter(digest=digest_of(token), user__is_active=True).first()
    if feed is None:
        raise Http404
    content = calendar_of(feed.user, at=timezone.now())
    # The stamp says when it was read, not what changed.
    etag = f'"{hashlib.sha256(STAMP.sub(b"", content)).hexdigest()[:32]}"'
    fresh = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    fresh["Content-Disposition"] = 'inline; filename="konflik.ics"'
    return get_conditional_response(request, etag=etag, response=fresh) or fresh


def _page(request: HttpRequest, form: HabitForm, *, status: int = 200, **more: Any) -> HttpResponse:
    now = timezone.now()
    reader = reader_of(request)
    context = {
        "shell_kind": TEAM,
        "form": form,
        "means": means_of(reader),
        "region": zone_of_reader(reader, at=now),
        "feed": CalendarFeed.objects.filter(user=reader).first(),
        **more,
    }
    return render(request, "desk/habits.html", context, status=status)
