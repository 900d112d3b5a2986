"""One table: what each role may do, and up to which security class it may read."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from accounts.postings.tables import InstitutionKind, Role
from accounts.regions.models import ANCESTOR_COLUMN, Region
from konflik.law.offices import Office
from konflik.law.secrecy import Secrecy
from konflik.law.telling import WITHOUT_LOGIN


class Act(StrEnum):
    """Everything that can be permitted. What is not in a role's row is forbidden."""

    ENTER_ADMIN = "enter_admin"
    SEE_CASES = "see_cases"
    OPEN_CASE = "open_case"
    AMEND_CASE = "amend_case"
    MOVE_STAGE = "move_stage"
    QUALIFY_CASE = "qualify_case"
    ASSIGN_HANDLER = "assign_handler"
    CLASSIFY_CASE = "classify_case"
    GRANT_ACCESS = "grant_access"
    ADD_FIGURE = "add_figure"
    DECLARE_FIGURE = "declare_figure"
    ADD_NOTE = "add_note"
    ADD_ATTACHMENT = "add_attachment"
    PLAN_ACTIVITY = "plan_activity"
    UPDATE_OWN_ACTIVITY = "update_own_activity"
    UPDATE_ANY_ACTIVITY = "update_any_activity"
    RECORD_AGREEMENT = "record_agreement"
    EXPORT_CASES = "export_cases"
    PRINT_CASE = "print_case"
    SEE_FORUMS = "see_forums"
    MANAGE_FORUMS = "manage_forums"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_KEYS = "manage_keys"
    MANAGE_REFERENCE = "manage_reference"
    MANAGE_INSTALLATION = "manage_installation"
    SEE_JOURNAL = "see_journal"
    SEE_CLOCKS = "see_clocks"
    MANAGE_CLOCKS = "manage_clocks"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_STATUS = "manage_status"
    SETTLE_NOTICES = "settle_notices"


READING = frozenset({Act.SEE_CASES, Act.PRINT_CASE, Act.EXPORT_CASES})
"""What a place outside the leading kabupaten opens, below class rahasia; everything else needs the leading kabupaten."""

_READ = frozenset({Act.SEE_CASES, Act.PRINT_CASE, Act.SEE_FORUMS, Act.SEE_CLOCKS})
_FIELD = frozenset({Act.SEE_CASES, Act.ADD_NOTE, Act.ADD_FIGURE, Act.ADD_ATTACHMENT})
_MEMBER = _READ | _FIELD | {Act.UPDATE_OWN_ACTIVITY}
_DESK = _MEMBER | {
    Act.ENTER_ADMIN,
    Act.OPEN_CASE,
    Act.AMEND_CASE,
    Act.MOVE_STAGE,
    Act.ASSIGN_HANDLER,
    Act.CLASSIFY_CASE,
    Act.DECLARE_FIGURE,
    Act.PLAN_ACTIVITY,
    Act.UPDATE_ANY_ACTIVITY,
    Act.RECORD_AGREEMENT,
    Act.EXPORT_CASES,
    Act.MANAGE_FORUMS,
    Act.SEE_PEOPLE,
    Act.MANAGE_CLOCKS,
    Act.MANAGE_STATUS,
    Act.SETTLE_NOTICES,
}

ROLE_ACTS: dict[Role, frozenset[Act]] = {
    Role.KEPALA_DAERAH: _READ | {Act.ADD_NOTE, Act.QUALIFY_CASE},
    Role.SEKRETARIS_TIM: _DESK
    | {
        Act.QUALIFY_CASE,
        Act.GRANT_ACCESS,
        Act.MANAGE_PEOPLE,
        Act.MANAGE_KEYS,
        Act.MANAGE_REFERENCE,
        Act.SEE_JOURNAL,
        Act.MANAGE_CALENDAR,
    },
    Role.STAF_SEKRETARIAT: _DESK,
    Role.ANGGOTA_TIM: _MEMBER,
    Role.CAMAT: _MEMBER,
    Role.PELAPOR_LAPANGAN: _FIELD,
    Role.PENGAMAT_PROVINSI: _READ,
    Role.PETUGAS_PDP: frozenset({Act.ENTER_ADMIN, Act.SEE_JOURNAL, Act.SEE_PEOPLE, Act.SEE_CLOCKS, Act.MANAGE_CLOCKS}),
    Role.ADMINISTRATOR_SISTEM: frozenset(
        {
            Act.ENTER_ADMIN,
            Act.SEE_PEOPLE,
            Act.MANAGE_PEOPLE,
            Act.MANAGE_KEYS,
            Act.MANAGE_REFERENCE,
            Act.MANAGE_CALENDAR,
            Act.MANAGE_INSTALLATION,
            Act.SEE_FORUMS,
            Act.MANAGE_FORUMS,
        }
    ),
}

ROLE_CLEARANCE: dict[Role, Secrecy] = {
    Role.KEPALA_DAERAH: Secrecy.SANGAT_RAHASIA,
    Role.SEKRETARIS_TIM: Secrecy.SANGAT_RAHASIA,
    Role.STAF_SEKRETARIAT: Secrecy.RAHASIA,
    Role.ANGGOTA_TIM: Secrecy.TERBATAS,
    Role.CAMAT: Secrecy.TERBATAS,
    Role.PELAPOR_LAPANGAN: Secrecy.BIASA,
    Role.PENGAMAT_PROVINSI: Secrecy.TERBATAS,
    Role.PETUGAS_PDP: Secrecy.BIASA,
    Role.ADMINISTRATOR_SISTEM: Secrecy.BIASA,
}

CLOCKS = frozenset({Act.SEE_CLOCKS, Act.MANAGE_CLOCKS})
FURTHER: dict[Role, tuple[frozenset[Act], Secrecy]] = {Role.PETUGAS_PDP: (CLOCKS, Secrecy.RAHASIA)}
"""With these acts a role reaches further than in all else: requests and breaches of personal data are the officer's own work
(UU 27/2022 Pasal 53), the history of a sealed case is not."""


@dataclass(frozen=True)
class Part:
    """What a role gives: these acts, up to this class; `is_own_work` where only for the work that is the role's own."""

    acts: frozenset[Act]
    clearance: Secrecy
    is_own_work: bool = False


def parts_of(role: Role) -> tuple[Part, ...]:
    """All that `role` gives: its acts up to its clearance, and what reaches further."""
    whole = Part(ROLE_ACTS[role], ROLE_CLEARANCE[role])
    if role not in FURTHER:
        return (whole,)
    acts, clearance = FURTHER[role]
    return whole, Part(ROLE_ACTS[role] & acts, clearance, is_own_work=True)


def reach(role: Role, act: Act) -> Secrecy:
    """The highest class up to which `role` does `act`, where it may do it at all."""
    return max((part.clearance for part in parts_of(role) if act in part.acts), default=ROLE_CLEARANCE[role])


def highest(role: Role) -> Secrecy:
    """The highest class that `role` reads of anything."""
    return max(reach(role, act) for act in ROLE_ACTS[role])


@dataclass(frozen=True)
class Narrowing:
    """What a key leaves of the rights of its owner: these acts, inside these regions, up to this class. It never adds any."""

    acts: frozenset[Act]
    regions: tuple[Region, ...]
    clearance: Secrecy

    @cached_property
    def key(self) -> Hashable:
        """What tells it from another one, without its regions themselves."""
        return self.acts, tuple(region.pk for region in self.regions), self.clearance

    def inside(self, outer: Region) -> Sequence[Region]:
        """Its regions that are `outer` or lie inside of it."""
        return self._by_ancestor.get(outer.pk, ())

    def around(self, inner: Region) -> list[Region]:
        """Its regions that `inner` lies inside of, `inner` itself not among them."""
        return [self._by_code[code] for code in _lineage(inner) if code != inner.pk and code in self._by_code]

    @cached_property
    def _by_code(self) -> dict[str, Region]:
        return {region.pk: region for region in self.regions}

    @cached_property
    def _by_ancestor(self) -> dict[str, list[Region]]:
        found: dict[str, list[Region]] = {}
        for region in self.regions:
            for code in _lineage(region):
                found.setdefault(code, []).append(region)
        return found


def _lineage(region: Region) -> tuple[str, ...]:
    """The codes of a region and of all that it lies in, each once."""
    return tuple(dict.fromkeys([region.pk, *(code for column in ANCESTOR_COLUMN.values() if (code := getattr(region, column)))]))


@dataclass(frozen=True)
class Holding:
    """One way to hold an office here: a role, and where the office heads an agency, of which kind.

    `is_local`: the agency lies below the kabupaten. A Polsek is of the kind of its Polres and does not make a Kapolres.
    """

    role: Role
    kind: InstitutionKind | None = None
    is_local: bool = False


def _member_of(kind: InstitutionKind) -> tuple[Holding, ...]:
    return (Holding(Role.ANGGOTA_TIM, kind),)


OFFICE_HOLDINGS: dict[Office, tuple[Holding, ...]] = {
    Office.KEPALA_DAERAH: (Holding(Role.KEPALA_DAERAH),),
    Office.SEKRETARIS_DAERAH: _member_of(InstitutionKind.PEMDA),
    Office.KEPALA_KESBANGPOL: (Holding(Role.SEKRETARIS_TIM),),
    Office.SEKRETARIAT: (Holding(Role.STAF_SEKRETARIAT),),
    Office.KAPOLRES: _member_of(InstitutionKind.POLRI),
    Office.DANDIM: _member_of(InstitutionKind.TNI),
    Office.KAJARI: _member_of(InstitutionKind.KEJAKSAAN),
    Office.PIMPINAN_DPRD: _member_of(InstitutionKind.DPRD),
    Office.KAKANKEMENAG: _member_of(InstitutionKind.KEMENAG),
    Office.KEPALA_PERANGKAT_DAERAH: _member_of(InstitutionKind.PERANGKAT_DAERAH),
    Office.KEPALA_DESA: tuple(Holding(role, InstitutionKind.DESA, is_local=True) for role in (Role.ANGGOTA_TIM, Role.PELAPOR_LAPANGAN)),
    Office.CAMAT: (Holding(Role.CAMAT),),
    Office.PETUGAS_PDP: (Holding(Role.PETUGAS_PDP),),
}
"""Who stands for an office that the law names. An office that is not in the list has no login here."""

HANDED_ON = WITHOUT_LOGIN | {Office.SATGAS, Office.PPKD, Office.PPID}
"""Offices for which no posting can be given: the secretariat is told in their place and hands the message on."""

SSL_PORT = 465  # encrypted from the first byte; on other ports the connection is upgraded where the settings say so


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    may_upgrade: bool

    @property
    def is_ssl(self) -> bool:
        """Encrypted from the start."""
        return self.port == SSL_PORT

    @property
    def is_starttls(self) -> bool:
        """Encrypted after greeting."""
        return self.may_upgrade and not self.is_ssl


# What a session may still do that owes its second factor: set it up, prove it, leave.
CONFINED_TO = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "health",
    }
)
