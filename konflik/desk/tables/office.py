"""The tabs of a case page in the secretariat, as data."""

from collections.abc import Container
from dataclasses import dataclass

from accounts.access.tables import Act


@dataclass(frozen=True)
class Tab:
    """One tab: its name in the address, its word, which parts of an act it shows, and who is offered it."""

    name: str
    label: str
    parts: tuple[str, ...] = ()
    act: Act | None = None

    @property
    def template(self) -> str:
        """The piece of page that it shows."""
        return f"desk/office/{self.name}.html"


HISTORY, STATUS = "riwayat", "status"

TABS: tuple[Tab, ...] = (
    Tab("ringkasan", "Ringkasan", ("atas", "hubungan")),
    Tab("tenggat", "Tenggat"),
    Tab("kronologi", "Kronologi"),
    Tab("pihak", "Para pihak"),
    Tab("angka", "Angka"),
    Tab("kegiatan", "Kegiatan per tahap"),
    Tab(STATUS, "Status"),
    Tab("kesepakatan", "Kesepakatan"),
    Tab("dokumen", "Dokumen"),
    Tab(HISTORY, "Riwayat"),
    Tab("akses", "Akses", act=Act.GRANT_ACCESS),
)

ON_TOP = ("amend", "places", "handler", "severity", "qualify", "classify", "link", "opening-correct")
"""The acts on the case itself, offered beside its facts."""


def tab_of(name: str, acts: Container[Act]) -> Tab:
    """The tab of that name, or the one that shows a part of that name; the first where there is none or it is not offered."""
    for tab in TABS:
        if (name == tab.name or name in tab.parts) and (tab.act is None or tab.act in acts):
            return tab
    return TABS[0]
