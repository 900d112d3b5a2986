"""The tabs of the outbox, and the faults of a channel in plain words."""

from dataclasses import dataclass

from konflik.notices.tables import State


@dataclass(frozen=True)
class Tab:
    """One tab: its name in the address, its word, the states it shows, what it means when it is empty."""

    name: str
    label: str
    states: tuple[State, ...]
    empty: str


TABS: tuple[Tab, ...] = (
    Tab(
        "menunggu",
        "Menunggu",
        (State.PENDING, State.SENDING),
        "Tidak ada surel atau pesan singkat yang menunggu dikirim. Pengingat masuk pada jamnya dan biasanya keluar dalam satu menit.",
    ),
    Tab(
        "keputusan",
        "Menunggu keputusan",
        (State.PARKED,),
        "Tidak ada yang menunggu keputusan. Ke sini masuk pesan yang sudah dua kali dikirim tanpa kepastian sampai.",
    ),
    Tab(
        "gagal",
        "Gagal",
        (State.FAILED,),
        "Tidak ada yang gagal. Ke sini masuk pesan yang ditolak selama 24 jam, misalnya karena alamatnya salah.",
    ),
    Tab(
        "mungkin",
        "Mungkin terkirim",
        (State.UNCERTAIN,),
        "Tidak ada yang belum pasti. Ke sini masuk pesan yang sambungannya putus setelah isinya terkirim; dicoba sekali lagi, lalu "
        "diputuskan petugas.",
    ),
    Tab("terkirim", "Terkirim", (State.SENT,), "Belum ada yang terkirim. Pemberitahuan lahir dari tenggat dan kejadian pada perkara."),
)

COUNTED = tuple(state for tab in TABS if State.SENT not in tab.states for state in tab.states)
"""The states that are counted beside their tab; what was sent only grows."""


def tab_of(name: str) -> Tab:
    """The tab of that name; the first one with work for a person where there is none."""
    return next((tab for tab in TABS if tab.name == name), TABS[0])
