"""The written table: for every address who may do what. A new address needs a row here; add it to the group it belongs to.

Letters are the roles of `world.PEOPLE`: K kepala daerah, S sekretaris tim, T staf sekretariat, M anggota tim, C camat,
L pelapor lapangan, V pengamat provinsi, P petugas PDP, A administrator sistem.
"""

from dataclasses import dataclass
from enum import Enum

EVERYBODY = "KSTMCLVPA"
NOBODY = ""
READERS = "KSTMCLV"
OFFICE = "ST"
STAFF = "STPA"
"""Whom the room of the secretariat (the admin) lets in at all; everybody else is sent to the login page."""


class About(Enum):
    """What an address is about, besides the person who asks."""

    NOTHING = "nothing"
    CASE = "case"
    OBJECT = "object"
    HISTORY_OF_OBJECT = "history"


@dataclass(frozen=True)
class Row:
    """What is answered to whom. Who is let in but not named in `who` is refused with 403."""

    who: str = EVERYBODY
    """Who may open it; for an object, who may change it."""
    sees: str = NOBODY
    """For an object: who may look at it."""
    get: int | None = 200
    post: int | None = None
    """The answer to an empty form of somebody who may. None: the address does not take the method (405)."""
    in_admin: bool = False
    about: About = About.NOTHING
    open_by_grant: bool = False
    """A grant lets read, nothing else."""
    everywhere: bool = False
    """An object that belongs to no region."""
    stranger: tuple[int, int] | None = None
    """What somebody without a login gets, where that is not the way to the login page."""
    why_open: str = ""


ROWS: dict[str, Row] = {}


def rows(*names: str, **told: object) -> None:
    """The same row for these addresses."""
    for name in names:
        assert name not in ROWS, f"{name} stands in the table twice"
        ROWS[name] = Row(**told)  # type: ignore[arg-type]


# Acts on a case: once for the team, once inside the admin -----------------------------------------------------------------

ACTS = {
    "move": OFFICE,
    "move-correct": OFFICE,
    "move-reverse": OFFICE,
    "activity-plan": OFFICE,
    "activity-update": "STM",  # the member of the institution that does it; the camat stands for no institution here
    "agreement-record": OFFICE,
    "agreement-correct": OFFICE,
    "term-update": OFFICE,
    "figure-add": "STMCL",
    "figure-correct": "STMCL",
    "figure-declare": OFFICE,
    "note": "KSTMCL",
    "document": "STMCL",
    "party-add": OFFICE,
    "party-amend": OFFICE,
    "amend": OFFICE,
    "opening-correct": OFFICE,
    "places": OFFICE,
    "severity": OFFICE,
    "qualify": "KS",
    "handler": OFFICE,
    "classify": OFFICE,
    "link": OFFICE,
    "grant": "S",
    "revoke": "S",
}
READING = {"history": READERS, "print": "KSTMCV", "download": READERS}

for name, who in ACTS.items():
    rows(f"desk:{name}", who=who, post=400, about=About.CASE)
    rows(f"admin:konflik_case_{name}", who=who, post=400, about=About.CASE, in_admin=True)
for name, who in READING.items():
    rows(f"desk:{name}", who=who, about=About.CASE, open_by_grant=name != "print")
    rows(f"admin:konflik_case_{name}", who=who, about=About.CASE, open_by_grant=name != "print", in_admin=True)
rows("desk:case", who=READERS, about=About.CASE, open_by_grant=True)
rows("admin:konflik_case_change", who=READERS, about=About.CASE, open_by_grant=True, in_admin=True)

# Team pages that are not about one case -----------------------------------------------------------------------------------

rows("desk:today", "desk:cases", "desk:profile", "desk:regions")
rows("desk:case-open", who=OFFICE, post=400)
rows("desk:forums", who="KSTMCVA")

# The room of the secretariat ----------------------------------------------------------------------------------------------

rows("admin:index", "admin:search", post=200, in_admin=True)
rows("admin:jsi18n", "admin:password_change_done", in_admin=True)
rows("admin:login", who=STAFF, get=302, post=302)
rows("admin:logout", "admin:password_change", get=302, post=302)
rows("admin:autocomplete", who=NOBODY, in_admin=True)  # without the field that asks: refused
rows("admin:view_on_site", "admin:app_list", "admin/(?P<url>.*)$", get=404, post=404, in_admin=True)
rows("admin:konflik_case_changelist", "admin:konflik_case_export", who=OFFICE, post=200, in_admin=True)
rows("admin:konflik_case_add", who=OFFICE, post=400, in_admin=True)


def table(name: str, *, sees: str, adds: str = NOBODY, changes: str = NOBODY, everywhere: bool = False) -> None:
    """The five addresses that Django gives a table of the admin. Nothing is deleted there by anybody."""
    told = {"in_admin": True, "post": 200}
    one = {**told, "sees": sees, "everywhere": everywhere}
    rows(f"admin:{name}_changelist", who=sees, **told)
    rows(f"admin:{name}_add", who=adds, **told)
    rows(f"admin:{name}_change", who=changes, about=About.OBJECT, **one)
    rows(f"admin:{name}_history", about=About.HISTORY_OF_OBJECT, **one)
    rows(f"admin:{name}_delete", who=NOBODY, **told)
    rows(f"admin/{name.replace('_', '/')}/<path:object_id>/", get=302, **{**told, "post": 302})


table("forums_body", sees="STA", adds="STA", changes="STA")
table("forums_seat", sees="STA", adds="STA", changes="STA")
table("accounts_institution", sees="STA", adds="STA", changes="STA")
table("accounts_user", sees=STAFF, adds="SA", changes="SA")
table("accounts_posting", sees=STAFF, adds="SA", changes="SA")
table("accounts_region", sees=STAFF, everywhere=True)
table("accounts_installation", sees="A", changes="A")
table("konflik_issuetype", sees=STAFF, adds="SA", changes="SA", everywhere=True)
table("konflik_journalline", sees="SP")
for name in ("auth_group", "account_emailaddress", "mfa_authenticator"):
    table(name, sees=NOBODY)

rows("admin:forums_body_add_seat", who="STA", sees="STA", get=302, post=302, about=About.OBJECT, in_admin=True)
rows("admin:accounts_user_add_posting", who="SA", sees="SA", get=302, post=302, about=About.OBJECT, in_admin=True)
rows("admin:accounts_user_issue_link", who="SA", sees="SA", post=200, about=About.OBJECT, in_admin=True)
rows("admin:accounts_user_release_second_factor", who="SA", sees="SA", post=302, about=About.OBJECT, in_admin=True)

# Coming in ------------------------------------------------------------------------------------------------------------------

rows("health", stranger=(200, 405), why_open="the supervisor and the monitor ask without a login; tells no secrets")
rows("account_login", get=302, post=302, stranger=(200, 200), why_open="where one logs in")
rows("account_inactive", stranger=(200, 405), why_open="says to somebody shut out that the login is shut")
rows("account_reset_password", post=200, stranger=(200, 200), why_open="for who has forgotten the password")
rows("account_reset_password_done", stranger=(200, 405), why_open="says that a mail may be under way")
rows("account_link", get=404, post=404, stranger=(404, 404), why_open="the one-time link is the key; this one is wrong")
rows("setup", get=404, post=404, stranger=(404, 404), why_open="there only while nobody can log in")
rows("checklist", who="A", post=200)
rows("account_logout", post=302)
rows("account_change_password", post=200)
rows("account_reauthenticate", post=200)
rows("mfa_authenticate", get=302, post=302)
# Without a second factor there is nothing to prove, to show or to take away.
rows("mfa_reauthenticate", "mfa_reauthenticate_webauthn", get=302, post=302)
rows("mfa_index", "mfa_list_webauthn")
rows("mfa_view_recovery_codes", get=404)
rows("mfa_deactivate_totp", "mfa_download_recovery_codes", get=404, post=404)
# Asks for the password once more first: these sessions did not begin with one.
rows("mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn", get=302, post=302)
rows("mfa_remove_webauthn", "mfa_edit_webauthn", get=302, post=302)
