"""The page of one case as the secretariat sees it: one house with the admin, one set of acts with the team pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET

from konflik.desk.forms.actions import ACTION_BY_NAME
from konflik.desk.selectors.case_page import case_sheet
from konflik.desk.selectors.cockpit import cockpit_of
from konflik.desk.selectors.history import history_page
from konflik.desk.tables.office import HISTORY, ON_TOP, STATUS, TABS, tab_of
from konflik.desk.web.actions import action_patterns
from konflik.desk.web.cases import open_case, reading_patterns
from konflik.desk.web.reading import case_or_404
from konflik.desk.web.shells import Shell
from konflik.registry.admin.base import person

SHOWN = 4
"""Lines of the history on the first tab."""


def office_patterns(shell: Shell) -> list[URLPattern]:
    """Everything about one case inside the admin: its page, a new one, history, sheet, documents, acts."""
    return [
        path("add/", shell.guard(open_case), {"shell": shell}, name=shell.name("add")),
        path("<int:pk>/change/", shell.guard(case_page), {"shell": shell}, name=shell.name(shell.case_page)),
        *reading_patterns(shell),
        *action_patterns(shell),
    ]


@require_GET
def case_page(request: HttpRequest, pk: int, shell: Shell) -> HttpResponse:
    """One case, one tab at a time: where it stands, what may be done, then the facts."""
    now = timezone.now()
    case = case_or_404(request, pk, now=now)
    reader = person(request)
    before = request.GET.get("sebelum", "")
    # The tab of the history reads its own lines, that of the status shows none.
    sheet = case_sheet(case, reader, at=now, latest=0 if request.GET.get("bagian") in (HISTORY, STATUS) else SHOWN)
    tab = tab_of(request.GET.get("bagian", ""), sheet.permitted.acts)
    context = {
        "shell_kind": shell,
        "case": case,
        "sheet": sheet,
        "acts": sheet.permitted.acts,
        "tab": tab,
        "last_move": sheet.moves[-1] if sheet.moves else None,
        "tabs": [one for one in TABS if one.act is None or one.act in sheet.permitted.acts],
        "on_top": [ACTION_BY_NAME[name] for name in ON_TOP if ACTION_BY_NAME[name].is_open(sheet.permitted)],
        "cockpit": cockpit_of(case, sheet.permitted, at=now) if tab.name == STATUS else None,
        "page": history_page(case, reader, at=now, before=before) if tab.name == HISTORY else None,
    }
    return render(request, "desk/office/case.html", context)
