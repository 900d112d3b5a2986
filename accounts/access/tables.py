"""One table: what each role may do, and up to which security class it may read."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.postings.tables import Role
from konflik.law.secrecy import Secrecy


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
    MANAGE_REFERENCE = "manage_reference"
    MANAGE_INSTALLATION = "manage_installation"
    SEE_JOURNAL = "see_journal"


READING = frozenset({Act.SEE_CASES, Act.PRINT_CASE, Act.EXPORT_CASES})
"""What a place outside the leading kabupaten opens, below class rahasia; everything else needs the leading kabupaten."""

_READ = frozenset({Act.SEE_CASES, Act.PRINT_CASE, Act.SEE_FORUMS})
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
}

ROLE_ACTS: dict[Role, frozenset[Act]] = {
    Role.KEPALA_DAERAH: _READ | {Act.ADD_NOTE, Act.QUALIFY_CASE},
    Role.SEKRETARIS_TIM: _DESK | {Act.QUALIFY_CASE, Act.GRANT_ACCESS, Act.MANAGE_PEOPLE, Act.MANAGE_REFERENCE, Act.SEE_JOURNAL},
    Role.STAF_SEKRETARIAT: _DESK,
    Role.ANGGOTA_TIM: _MEMBER,
    Role.CAMAT: _MEMBER,
    Role.PELAPOR_LAPANGAN: _FIELD,
    Role.PENGAMAT_PROVINSI: _READ,
    Role.PETUGAS_PDP: frozenset({Act.ENTER_ADMIN, Act.SEE_JOURNAL, Act.SEE_PEOPLE}),
    Role.ADMINISTRATOR_SISTEM: frozenset(
        {
            Act.ENTER_ADMIN,
            Act.SEE_PEOPLE,
            Act.MANAGE_PEOPLE,
            Act.MANAGE_REFERENCE,
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
