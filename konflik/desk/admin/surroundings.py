"""What stands around every admin page: the place in the head, the menu with its counts, the mark of the demo."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.access.selectors import postings_of, walks
from accounts.access.tables import Act
from konflik.cases.models import Case
from konflik.desk.selectors.deadlines import pressing_numbers
from konflik.desk.selectors.endings import COUNTED_TO, decrees_number
from konflik.desk.selectors.outbox import waiting_for_decision
from konflik.registry.admin.base import person
from konflik.rest.prepared import run_count


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `act` is what somebody must be allowed to do to be offered it."""

    title: str
    icon: str
    url_name: str
    act: Act | None = None
    badge: str = ""


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("Lembar Harian", "today", "admin:index"),
            Entry("Perkara", "folder_open", "admin:konflik_case_changelist", Act.SEE_CASES, badge="cases"),
            Entry("Tenggat", "timer", "admin:konflik_deadline_changelist", Act.SEE_CLOCKS, badge="late"),
            Entry("Kewajiban lain", "assignment", "admin:konflik_duty_changelist", Act.SEE_CLOCKS),
            Entry("Statistik", "bar_chart", "admin:konflik_release_changelist", Act.SEE_CASES),
            Entry("Kotak keluar", "outgoing_mail", "admin:konflik_notice_changelist", Act.SETTLE_NOTICES, badge="undecided"),
        ),
    ),
    (
        "Forum & kedudukan",
        (
            Entry("Forum", "groups", "admin:forums_body_changelist", Act.SEE_FORUMS, badge="decrees"),
            Entry("Kedudukan", "chair", "admin:forums_seat_changelist", Act.SEE_FORUMS),
        ),
    ),
    (
        "Orang & penugasan",
        (
            Entry("Pengguna", "person", "admin:accounts_user_changelist", Act.SEE_PEOPLE),
            Entry("Penugasan", "badge", "admin:accounts_posting_changelist", Act.SEE_PEOPLE),
            Entry("Instansi", "apartment", "admin:accounts_institution_changelist", Act.SEE_FORUMS),
            Entry("Kunci API", "key", "admin:accounts_apikey_changelist", Act.MANAGE_KEYS),
            Entry("Langganan kejadian", "webhook", "admin:konflik_subscription_changelist", Act.MANAGE_KEYS),
        ),
    ),
    (
        "Rujukan",
        (
            Entry("Wilayah", "map", "admin:accounts_region_changelist"),
            Entry("Riwayat", "history", "admin:konflik_journalline_changelist", Act.SEE_JOURNAL),
            Entry("Pengumuman", "campaign", "admin:konflik_publicnote_changelist", Act.MANAGE_REFERENCE),
            Entry("Jenis isu", "category", "admin:konflik_issuetype_changelist"),
            Entry("Hari libur", "event", "admin:konflik_calendardecree_changelist", Act.MANAGE_CALENDAR),
            Entry("Kebijakan tenggat", "rule", "admin:konflik_policy_changelist", Act.MANAGE_CALENDAR),
        ),
    ),
    (
        "Sistem",
        (
            Entry("Langkah penyiapan", "checklist", "checklist", Act.MANAGE_INSTALLATION),
            Entry("Kop surat & surel", "settings", "admin:accounts_installation_changelist", Act.MANAGE_INSTALLATION),
            Entry("Pesan singkat", "sms", "admin:konflik_gateway_changelist", Act.MANAGE_INSTALLATION),
        ),
    ),
)


def without_inline_colours(request: HttpRequest) -> dict[str, Any]:
    """Unfold would write the colours into each page as a style element, which our policy forbids; admin.css holds them."""
    return {"colors": None}


def frame(request: Any) -> dict[str, Any]:
    """Context processor: what Unfold draws around a page, for our own views that stand in its frame."""
    if not getattr(request, "is_framed", False):
        return {}
    # Unfold draws pieces of a page as templates of their own: what stands around is read once for all of them.
    if not hasattr(request, "frame"):
        request.frame = admin.site.each_context(request)
    return request.frame


def place(request: HttpRequest) -> str:
    """The region of the first posting, under the name of the site."""
    held = postings_of(person(request), at=timezone.now())
    return held[0].region.name if held else "Penanganan konflik sosial"


def environment(request: HttpRequest) -> list[str] | None:
    """The mark of the demo."""
    return ["Data contoh", "warning"] if settings.DEMO else None


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu of whoever asks, with what waits as numbers."""
    now = timezone.now()
    groups = []
    for title, entries in MENU:
        items = [_item(request, entry, now) for entry in entries if entry.act is None or request.user.has_perm(f"accounts.{entry.act}")]
        if items:
            groups.append({"title": title, "separator": bool(title), "items": items})
    return groups


def _item(request: HttpRequest, entry: Entry, now: datetime) -> dict[str, Any]:
    link = reverse(entry.url_name)
    number = BADGES[entry.badge](request, now) if entry.badge else 0
    badge = {"badge": f"{COUNTED_TO}+" if number > COUNTED_TO else str(number), "badge_variant": "warning"} if number else {}
    return {"title": entry.title, "icon": entry.icon, "link": link, **badge}


def _running_cases(request: HttpRequest, now: datetime) -> int:
    def build() -> list[QuerySet]:
        return [Case.objects.filter(piece).running().values_list("pk")[: COUNTED_TO + 1] for piece in walks(person(request), at=now)]

    return run_count(build, at=now)


def _decrees_ending(request: HttpRequest, now: datetime) -> int:
    return decrees_number(person(request), at=now)


def _undecided(request: HttpRequest, now: datetime) -> int:
    return waiting_for_decision(person(request), at=now, most=COUNTED_TO + 1)


def _late_deadlines(request: HttpRequest, now: datetime) -> int:
    return pressing_numbers(person(request), at=now).by_tab["lewat"]


BADGES = {"cases": _running_cases, "late": _late_deadlines, "decrees": _decrees_ending, "undecided": _undecided}
