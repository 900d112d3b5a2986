"""The list of deadlines as data: its tabs, what stands in each, in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from konflik.clocks.tables import OPEN_STATES, State
from konflik.desk.tables.due import SOON_DAYS, SOON_FOR
from konflik.rest.paging import Order

COUNTED_TO = 999
SOONEST_FIRST = Order.by("due_at")

ELSEWHERE: dict[str, tuple[str, str]] = {
    "kegiatan": ("activity-update", "Perbarui kegiatan"),
    "butir": ("term-update", "Perbarui butir"),
}
"""Threads of what is done on a page of its own: the act there, and its word."""
OF_STATUS = {"status", "btt", "tindakan"}
"""Threads of what is done, step by step, in the status part of the case; lists show and count them all the same."""


@dataclass(frozen=True)
class Tab:
    """One tab: what stands in it, and in which order."""

    name: str
    label: str
    which: Callable[[datetime], Q]
    tone: str = ""
    order: Order = SOONEST_FIRST
    empty: str = ""

    def narrow(self, rows: Any, at: datetime) -> Any:
        """The rows of this tab."""
        return rows.filter(self.which(at))


def _running(**more: object) -> Q:
    return Q(state=State.RUNNING.value, **more)


TABS: tuple[Tab, ...] = (
    Tab(
        "lewat",
        "Lewat",
        lambda at: _running(due_at__lte=at),
        "late",
        empty="Tidak ada tenggat yang lewat.",
    ),
    Tab(
        "segera",
        "Segera",
        lambda at: _running(due_at__gt=at, due_at__lte=at + SOON_FOR),
        "soon",
        empty=f"Tidak ada tenggat yang jatuh dalam {SOON_DAYS} hari.",
    ),
    Tab(
        "tenang",
        "Tenang",
        lambda at: _running(due_at__gt=at + SOON_FOR),
        "calm",
        empty="Tidak ada tenggat lain yang berjalan. Tenggat dibuka sendiri oleh kejadian yang dicatat, atau dari kewajiban yang dicatat.",
    ),
    Tab(
        "ditangguhkan",
        "Ditangguhkan",
        lambda at: Q(state=State.SUSPENDED.value),
        order=Order.by("-opened_at"),
        empty="Tidak ada tenggat yang ditangguhkan.",
    ),
    Tab(
        "selesai",
        "Selesai",
        lambda at: ~Q(state__in=OPEN_STATES),
        order=Order.by("-closed_at"),
        empty="Belum ada tenggat yang dipenuhi, berakhir, atau dibatalkan.",
    ),
)
TAB_BY_NAME = {tab.name: tab for tab in TABS}
