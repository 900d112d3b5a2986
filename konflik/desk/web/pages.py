"""The pages that are not about one case: Tugas saya, forum, my account, the suggestions of the search field."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access.selectors import acts_of, postings_of
from accounts.access.tables import Act
from forums.bodies.models import Body
from forums.seats.selectors import members_on, standing, warnings_of
from konflik.desk.selectors.cockpit.line import statuses_in_force
from konflik.desk.selectors.deadlines import mine
from konflik.desk.selectors.finding import regions_like
from konflik.desk.selectors.inbox import AWAITED, awaiting
from konflik.desk.selectors.today import cases_of, overview_of, tasks_of
from konflik.desk.web.reading import reader_of
from konflik.desk.web.shells import TEAM

CASES_SHOWN = 10


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Tugas saya."""
    now = timezone.now()
    acts = acts_of(reader_of(request), at=now)
    may_work = bool(acts & {Act.UPDATE_OWN_ACTIVITY, Act.UPDATE_ANY_ACTIVITY})
    awaited = awaiting(reader_of(request), at=now)
    context = {
        "shell_kind": TEAM,
        "awaited": awaited[:AWAITED],
        "has_more_awaited": len(awaited) > AWAITED,
        "day": timezone.localdate(now),
        "deadlines": mine(reader_of(request), at=now),
        "tasks": tasks_of(reader_of(request), acts, at=now),
        "cases": list(cases_of(reader_of(request), at=now)[:CASES_SHOWN]) if Act.SEE_CASES in acts else [],
        "statuses": statuses_in_force(reader_of(request), at=now) if Act.SEE_CASES in acts else [],
        "may_see": Act.SEE_CASES in acts,
        "may_open": Act.OPEN_CASE in acts,
        "may_work": may_work,
        # Who leads or watches has no task in the file itself: what counts there is how the whole stands.
        "overview": overview_of(reader_of(request), at=now) if Act.SEE_FORUMS in acts and Act.SEE_CASES in acts and not may_work else [],
    }
    return render(request, "desk/today.html", context)


@require_GET
def forums(request: HttpRequest) -> HttpResponse:
    """The bodies of one's region, to read, with what is wrong with them."""
    now = timezone.now()
    if Act.SEE_FORUMS not in acts_of(reader_of(request), at=now):
        raise PermissionDenied("Penugasan Anda tidak memberi wewenang melihat daftar forum.")
    day = timezone.localdate(now)
    bodies = standing(Body.objects.visible_to(reader_of(request), at=now), day=day)
    rows = [{"body": body, "members": len(members_on(body, day=day)), "warnings": warnings_of(body, day=day)} for body in bodies]
    return render(request, "desk/forums.html", {"shell_kind": TEAM, "rows": rows, "troubled": sum(bool(row["warnings"]) for row in rows)})


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here: postings, password, second step, leaving."""
    now = timezone.now()
    context = {
        "shell_kind": TEAM,
        "postings": postings_of(reader_of(request), at=now),
        "may_enter_admin": Act.ENTER_ADMIN in acts_of(reader_of(request), at=now),
    }
    return render(request, "desk/profile.html", context)


@require_GET
def regions(request: HttpRequest) -> JsonResponse:
    """Names for the search field while somebody types; the form itself works without."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = regions_like(text, at=timezone.now()) if len(text) > 2 else []
    return JsonResponse({"labels": [item.label for item in found]})
