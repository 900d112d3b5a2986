"""What stands around every page: who is logged in, for which office and place, where one can go, what is unread."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.access.selectors import acts_of, postings_of
from accounts.access.tables import Act
from accounts.postings.models import Posting
from konflik.desk.selectors.inbox import COUNTED_TO, unread_of
from konflik.desk.selectors.watch import Watch, watch_of
from konflik.desk.tables.navigation import NAVIGATION
from konflik.desk.web.reading import reader_of

STARTED = timezone.now()
"""Since when this process runs: a system that was just started has had no time to sweep."""
WATCHERS = frozenset({Act.SETTLE_NOTICES, Act.MANAGE_INSTALLATION})
"""Who is told on every page that the watch stands still."""


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation as the template draws it."""

    label: str
    icon: str
    url: str
    is_current: bool
    wide_only: bool


@dataclass(frozen=True)
class Bell:
    """How much is unread: the number, and as it is written beside the bell."""

    number: int

    @property
    def text(self) -> str:
        """ "99+" from there on."""
        return f"{COUNTED_TO}+" if self.number > COUNTED_TO else str(self.number)


@dataclass(frozen=True)
class Frame:
    """The lines under the name, the navigation, and the acts that decide both."""

    where: list[str]
    nav: list[NavItem]
    acts: frozenset[Act]


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: `shell`, `bell` and `watch`, each read only when a template asks for it."""
    return {
        "shell": SimpleLazyObject(lambda: frame_of(request)),
        "bell": SimpleLazyObject(lambda: Bell(unread_of(reader_of(request)))),
        "watch": SimpleLazyObject(lambda: _watch(request)),
    }


def frame_of(request: HttpRequest) -> Frame:
    """The frame for whoever makes `request`."""
    now = timezone.now()
    acts = acts_of(reader_of(request), at=now)
    items = [
        NavItem(entry.label, entry.icon, url, _is_current(request.path, url), entry.wide_only)
        for entry in NAVIGATION
        if entry.act is None or entry.act in acts
        for url in [reverse(entry.url_name)]
    ]
    return Frame(where=[_place(p) for p in postings_of(reader_of(request), at=now)][:2], nav=items, acts=acts)


def _watch(request: HttpRequest) -> Watch | None:
    """How the watch stands, for whoever has to see to it; None for everybody else."""
    now = timezone.now()
    return watch_of(at=now, since=STARTED) if acts_of(reader_of(request), at=now) & WATCHERS else None


def _place(posting: Posting) -> str:
    """ "Polres Batanghari", or the role and region where the posting stands for no institution."""
    return str(posting.institution) if posting.institution else f"{posting.get_role_display()} · {posting.region.name}"


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
