"""What everybody may read, without login: how conflicts are handled, announcements, frozen numbers. No case is read here."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, conditional_page, require_safe

from accounts.access.selectors import installation
from accounts.regions.selectors import zone_of
from konflik.public.models import PublicNote
from konflik.public.tables import CHAPTERS, EARLY_WARNING, Section
from konflik.statistics.models import Release
from konflik.statistics.selectors.released import Sheet, Shown, latest, sheets, tidy
from konflik.statistics.tables.drawing import Stripe, stripes
from konflik.statistics.tables.published import WAIT_DAYS

KEPT_SECONDS = 600
CSV_HEAD = ("month", "region_code", "region", "table", "category", "category_label", "since_january", "added", "least", "most")

kept = cache_control(public=True, max_age=KEPT_SECONDS)


@require_safe
@login_not_required
@kept
@conditional_page
def front(_request: HttpRequest) -> HttpResponse:
    """The public page: the same bytes for everybody, so that any cache may keep them."""
    release, house = latest(), installation()
    today = timezone.localdate(timezone.now(), zone_of(house.region) if house is not None else None)
    notes = list(PublicNote.objects.shown_on(today))
    context: dict[str, Any] = {
        "demo_banner": "Mode contoh: perkara dan angka di halaman ini rekaan." if settings.DEMO else "",
        "house": house,
        "release": release,
        "sheets": [_drawn(sheet) for sheet in sheets(release)] if release is not None else [],
        "warnings": [note for note in notes if note.section == Section.WARNING],
        "chapters": [(chapter, [note for note in notes if note.section == chapter.section]) for chapter in CHAPTERS],
        "early_warning": EARLY_WARNING,
        "wait_days": WAIT_DAYS,
    }
    # Without the request: nothing of whoever asks can get into a page that others are given.
    return HttpResponse(render_to_string("public/front.html", context))


@require_safe
@login_not_required
@kept
@condition(etag_func=lambda _request: _tag(latest()))
def numbers_csv(_request: HttpRequest) -> StreamingHttpResponse:
    """Every published number, one leaf of one month a line."""
    answer = StreamingHttpResponse(_lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="konflik-angka-terbit.csv"'
    return answer


def _tag(release: Release | None) -> str:
    return f'"{release.month:%Y-%m}-{release.frozen_at:%Y%m%d%H%M%S}"' if release is not None else '"none"'


def _drawn(sheet: Sheet) -> dict[str, Any]:
    """A table with its bars: each category of the whole, and what each month added."""
    months = [date_format(month, "M Y") for month, _ in sheet.trend]
    return {
        "sheet": sheet,
        "by_category": _with_bars(sheet.table.categories.values(), sheet.foot.cells),
        "has_months": any(not line.total.is_hidden for _, line in sheet.trend),
        "by_month": _with_bars(months, [line.total for _, line in sheet.trend]),
    }


def _with_bars(labels: Iterable[str], cells: list[Shown]) -> list[tuple[Stripe, Shown]]:
    bars = stripes(zip(labels, (cell.number for cell in cells), strict=True))
    return list(zip(bars, cells, strict=True))


class _Echo:
    """Hands a line of CSV back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines() -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(CSV_HEAD)
    for row in tidy():
        label = row.table.categories[row.category]
        values = (f"{row.month:%Y-%m}", row.kabupaten.code, row.kabupaten.label, row.table.code, row.category, label)
        yield writer.writerow((*values, row.number, row.added, row.span.least, row.span.most))
