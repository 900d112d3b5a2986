"""Where one can go, as data."""

from dataclasses import dataclass

from accounts.access.tables import Act


@dataclass(frozen=True)
class NavEntry:
    """One place in the navigation; `act` is what somebody must be allowed to do to be offered it."""

    label: str
    icon: str
    url_name: str
    act: Act | None = None
    wide_only: bool = False


NAVIGATION: tuple[NavEntry, ...] = (
    NavEntry("Tugas saya", "tasks", "desk:today"),
    NavEntry("Perkara", "cases", "desk:cases", Act.SEE_CASES),
    NavEntry("Tenggat", "clock", "desk:deadline-list", Act.SEE_CLOCKS),
    NavEntry("Statistik", "chart", "desk:statistics-list", Act.SEE_CASES, wide_only=True),
    NavEntry("Forum", "forums", "desk:forums", Act.SEE_FORUMS),
    NavEntry("Hitung tenggat", "calculate", "desk:calculator", wide_only=True),
    NavEntry("Akun saya", "account", "desk:profile"),
    NavEntry("Ruang sekretariat", "office", "admin:index", Act.ENTER_ADMIN, wide_only=True),
)
