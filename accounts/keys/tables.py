"""What a key can be allowed, each scope with the acts that it leaves of its owner's."""

from enum import StrEnum

from accounts.access.tables import Act
from konflik.law.secrecy import Secrecy

PREFIX = "kfk_"
"""So that a key is recognised wherever it turns up: in a mail, a log, a repository."""
LONGEST_DAYS = 365
FIRST_DAYS = 90
FIRST_RATE = 60
HIGHEST_RATE = 6000
HIGHEST_CLASS = Secrecy.TERBATAS
"""A key knows no second factor, and without one nobody reads rahasia (S15)."""


class Scope(StrEnum):
    CASES_READ = "cases:read"
    CASES_EXPORT = "cases:export"
    CASES_WRITE = "cases:write"
    CASES_DECIDE = "cases:decide"
    CLOCKS_READ = "clocks:read"
    FORUMS_READ = "forums:read"


SCOPE_LABELS: dict[Scope, str] = {
    Scope.CASES_READ: "Membaca perkara dan angka statistiknya",
    Scope.CASES_EXPORT: "Mengekspor daftar perkara",
    Scope.CASES_WRITE: "Mencatat perkara, pihak, angka, kegiatan, kesepakatan, catatan, dan dokumen",
    Scope.CASES_DECIDE: "Memindahkan tahap, menetapkan kualifikasi, angka resmi, dan status",
    Scope.CLOCKS_READ: "Membaca tenggat",
    Scope.FORUMS_READ: "Membaca forum dan kedudukan",
}

SCOPE_ACTS: dict[Scope, frozenset[Act]] = {
    Scope.CASES_READ: frozenset({Act.SEE_CASES}),
    Scope.CASES_EXPORT: frozenset({Act.EXPORT_CASES}),
    Scope.CASES_WRITE: frozenset(
        {
            Act.OPEN_CASE,
            Act.AMEND_CASE,
            Act.ASSIGN_HANDLER,
            Act.ADD_FIGURE,
            Act.ADD_NOTE,
            Act.ADD_ATTACHMENT,
            Act.PLAN_ACTIVITY,
            Act.UPDATE_OWN_ACTIVITY,
            Act.UPDATE_ANY_ACTIVITY,
            Act.RECORD_AGREEMENT,
        }
    ),
    Scope.CASES_DECIDE: frozenset({Act.MOVE_STAGE, Act.QUALIFY_CASE, Act.DECLARE_FIGURE, Act.MANAGE_STATUS}),
    Scope.CLOCKS_READ: frozenset({Act.SEE_CLOCKS}),
    Scope.FORUMS_READ: frozenset({Act.SEE_FORUMS}),
}
"""What is in no row here no key can do: enter the admin, manage people or keys, grant access, change a class."""
