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
    THING = "thing"
    """Of a kabupaten, on a page of ours: 404 where it may not be seen."""


@dataclass(frozen=True)
class Row:
    """What is answered to whom. Who is let in but not named in `who` is refused with 403."""

    who: str = EVERYBODY
    """Who may open it; for an object, who may change it."""
    sends: str | None = None
    """Who may send to it, where those are others than who may open it: a list that one adds to. A grant never lets send."""
    sees: str = NOBODY
    """For an object: who may look at it."""
    get: int | None = 200
    post: int | None = None
    """The answer to an empty form of somebody who may. None: the address does not take the method (405)."""
    in_admin: bool = False
    about: About = About.NOTHING
    open_by_grant: bool = False
    """A grant lets read, nothing else."""
    sealed: int | None = None
    """The answer about a case of class rahasia or above, where it is another one."""
    part: str = "case"
    """Which part of a case, or which thing of a kabupaten, the address names by its key."""
    everywhere: bool = False
    """An object that belongs to no region."""
    stranger: tuple[int, int] | None = None
    """What somebody without a login gets, where that is not the way to the login page."""
    why_open: str = ""
    machine: bool = False
    """An address of the API: nobody is led to a login page (401), and an empty form is an empty object."""


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
    "activity-correct": OFFICE,
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
    **dict.fromkeys(
        (
            *("status-criteria", "status-consult", "status-declare", "status-correct", "status-extend", "status-revoke"),
            *("measure-order", "measure-end", "progress-report"),
            *("tni-oral", "tni-letter", "tni-follow", "tni-approve", "tni-decline", "tni-order", "tni-end"),
            *("btt-decide", "btt-plan", "btt-pay", "btt-dprd", "btt-account"),
        ),
        OFFICE,
    ),
    "status-grant": "S",
}
READING = {"history": READERS, "print": "KSTMCV", "status-print": "KSTMCV", "download": READERS}
PRINTED = ("print", "status-print")

# The cases of the world have a status in force: another one cannot be declared, and the page says so.
REFUSED = {"status-declare"}
for name, who in ACTS.items():
    answers = {"get": 400 if name in REFUSED else 200, "post": 400}
    rows(f"desk:{name}", who=who, about=About.CASE, **answers)
    rows(f"admin:konflik_case_{name}", who=who, about=About.CASE, in_admin=True, **answers)
for name, who in READING.items():
    rows(f"desk:{name}", who=who, about=About.CASE, open_by_grant=name not in PRINTED)
    rows(f"admin:konflik_case_{name}", who=who, about=About.CASE, open_by_grant=name not in PRINTED, in_admin=True)
# A small picture leaves no line in the journal: in a sealed case there is none.
rows("desk:preview", who=READERS, about=About.CASE, open_by_grant=True, sealed=404)
rows("admin:konflik_case_preview", who=READERS, about=About.CASE, open_by_grant=True, sealed=404, in_admin=True)
rows("desk:status", who=READERS, about=About.CASE, open_by_grant=True)
rows("desk:case", who=READERS, about=About.CASE, open_by_grant=True)
rows("admin:konflik_case_change", who=READERS, about=About.CASE, open_by_grant=True, in_admin=True)

# Clocks: the same pages in both shells ---------------------------------------------------------------------------------------

SEE_CLOCKS, MANAGE_CLOCKS = "KSTMCVP", "STP"
SEE_DUTIES = "KSTMVP"  # the camat's posting covers no whole kabupaten
for prefix, in_admin in (("desk:deadline", False), ("admin:konflik_deadline", True)):
    dash = "_" if in_admin else "-"
    of_a_case = {"about": About.CASE, "part": "tenggat", "in_admin": in_admin}
    rows(f"{prefix}{dash}{'changelist' if in_admin else 'list'}", who=SEE_CLOCKS, in_admin=in_admin)
    names = ("konflik_deadline_change" if in_admin else "deadline",)
    rows(
        *(f"{prefix.partition(':')[0]}:{name}" for name in names),
        *(f"{prefix}{dash}{name}" for name in ("print", "data")),
        who=READERS,
        open_by_grant=True,
        **of_a_case,
    )
    rows(*(f"{prefix}{dash}{name}" for name in ("meet", "suspend", "cancel")), who=OFFICE, post=400, **of_a_case)
    # This one is neither suspended nor has it an extension: refused with the reason.
    rows(*(f"{prefix}{dash}{name}" for name in ("resume", "extend")), who=OFFICE, get=400, post=400, **of_a_case)
for prefix, in_admin in (("desk:duty", False), ("admin:konflik_duty", True)):
    dash = "_" if in_admin else "-"
    one = {"about": About.THING, "part": "duty", "sees": SEE_DUTIES, "in_admin": in_admin}
    rows(f"{prefix}{dash}{'changelist' if in_admin else 'list'}", who=SEE_CLOCKS, in_admin=in_admin)
    rows(f"{prefix}{dash}new", who=MANAGE_CLOCKS, post=400, in_admin=in_admin)
    rows("admin:konflik_duty_change" if in_admin else "desk:duty", who=SEE_DUTIES, **one)
    rows(f"{prefix}{dash}correct", who=MANAGE_CLOCKS, post=400, **one)

# Team pages that are not about one case -----------------------------------------------------------------------------------

rows("desk:today", "desk:cases", "desk:profile", "desk:regions")
rows("desk:case-open", who=OFFICE, post=400)
rows("desk:forums", who="KSTMCVA")
rows("desk:statistics-list", who=READERS)
rows("admin:konflik_release_changelist", who=OFFICE, in_admin=True)

# Notices: one's own, and for the secretariat the ledger. Those of somebody else are not there; tests/desk tries real ones.
rows("desk:inbox")
rows("desk:inbox-read", "desk:calendar-revoke", get=None, post=302)
rows("desk:calendar-make", get=None, post=200)
rows("desk:notice", get=404, post=404)
rows("desk:habits", post=302)
rows(
    "desk:calendar",
    get=404,
    stranger=(404, 405),
    why_open="a calendar program cannot log in; the secret address is the key, this one is wrong",
)
rows("desk:outbox-list", "desk:outbox-fired", who=OFFICE)
rows("desk:outbox-settle", who=OFFICE, get=404, post=404)
rows("admin:konflik_notice_changelist", "admin:konflik_notice_fired", who=OFFICE, in_admin=True)
rows("admin:konflik_notice_settle", who=OFFICE, get=404, post=404, in_admin=True)

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
table("accounts_apikey", sees="SA", adds="SA")
table("accounts_region", sees=STAFF, everywhere=True)
table("accounts_installation", sees="A", changes="A")
table("konflik_issuetype", sees=STAFF, adds="SA", changes="SA", everywhere=True)
table("konflik_journalline", sees="SP")
table("konflik_calendardecree", sees="SA", adds="SA", changes="SA")
table("konflik_policy", sees="SA", adds="SA")
table("konflik_subscription", sees="SA", adds="SA")
table("konflik_publicnote", sees="SA", adds="SA", changes="SA")
table("konflik_gateway", sees="A", adds="A", changes="A", everywhere=True)
for name in ("auth_group", "account_emailaddress", "mfa_authenticator"):
    table(name, sees=NOBODY)

rows("admin:forums_body_add_seat", who="STA", sees="STA", get=302, post=302, about=About.OBJECT, in_admin=True)
rows("admin:accounts_user_add_posting", who="SA", sees="SA", get=302, post=302, about=About.OBJECT, in_admin=True)
rows("admin:accounts_user_issue_link", who="SA", sees="SA", post=200, about=About.OBJECT, in_admin=True)
rows("admin:konflik_subscription_end", who="SA", sees="SA", post=302, about=About.OBJECT, in_admin=True)
rows("admin:accounts_apikey_revoke", who="SA", sees="SA", post=302, about=About.OBJECT, in_admin=True)
rows("admin:accounts_installation_send_test", who="A", sees="A", post=302, about=About.OBJECT, in_admin=True)
rows("admin:konflik_gateway_send_test", who="A", sees="A", post=302, about=About.OBJECT, in_admin=True, everywhere=True)
rows("admin:accounts_user_release_second_factor", who="SA", sees="SA", post=302, about=About.OBJECT, in_admin=True)

rows(
    "admin:konflik_calendardecree_import_file",
    "admin:konflik_calendardecree_show_effect",
    who="SA",
    sees="SA",
    post=400,
    about=About.OBJECT,
    in_admin=True,
)

# Coming in ------------------------------------------------------------------------------------------------------------------

rows("health", stranger=(200, 405), why_open="the supervisor and the monitor ask without a login; tells no secrets")
rows("desk:calculator", stranger=(200, 405), why_open="shows law, calendar and regions, nothing else")
rows("public", stranger=(200, 405), why_open="what the law wants everybody told, and frozen numbers (PP 2/2015 Pasal 67)")
rows("public-csv", stranger=(200, 405), why_open="the frozen numbers of the public page")
# Without a question: refused in words.
rows("desk:calculator-data", get=400, stranger=(400, 405), why_open="the same answer for a machine")
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

# The API: the same rights as the pages. One line for an address; what hangs on a case has `about=About.CASE` -------------------


def api(*names: str, **told: object) -> None:
    """Addresses under /api/v1/ by their names in konflik/api.py."""
    rows(*(f"api:{name}" for name in names), machine=True, **told)


api("cases", sends=OFFICE, post=400)
of_a_case: dict[str, object] = {"who": READERS, "about": About.CASE, "open_by_grant": True}
api("cases-bulk", who=OFFICE, get=None, post=400)
api("activities")
api("case", "case-events", **of_a_case)
# Adding to a list: an empty body is refused; where the case itself changes, the version is asked for first.
for name, act in {"parties": "party-add", "figures": "figure-add", "links": "link"}.items():
    api(f"case-{name}", sends=ACTS[act], post=400, **of_a_case)
for name, act in {"activities": "activity-plan", "agreements": "agreement-record"}.items():
    api(f"case-{name}", sends=ACTS[act], post=400, **of_a_case)
api("case-attachments", sends=ACTS["document"], post=415, **of_a_case)
api("case-moves", sends=ACTS["move"], post=428, **of_a_case)
api("case-access-grants", who=ACTS["grant"], post=400, about=About.CASE)
api("case-notes", who=ACTS["note"], get=None, post=400, about=About.CASE)
for name, act in {
    "opening": "opening-correct",
    "qualification": "qualify",
    "secrecy": "classify",
    **{same: same for same in ("places", "severity", "handler")},
}.items():
    api(f"case-{name}", who=ACTS[act], get=None, post=428, about=About.CASE)
PARTS = {
    "party": "pihak",
    "figure": "angka",
    "attachment": "dokumen",
    "move": "perpindahan",
    "activity": "kegiatan",
    "agreement": "kesepakatan",
    "term": "butir",
}
for name, part in PARTS.items():
    api(name, part=part, **of_a_case)
api("attachment-file", part="dokumen", **of_a_case)
for name in (
    "figure-correct",
    "figure-declare",
    "move-correct",
    "move-reverse",
    "activity-update",
    "activity-correct",
    "agreement-correct",
    "term-update",
):
    api(name, who=ACTS[name], get=None, post=428, about=About.CASE, part=PARTS[name.partition("-")[0]])
# Grants are shown to whoever may give them; for everybody else there are none.
api("access-grant", who="S", sees="S", about=About.CASE, part="akses")
api("access-grant-revoke", who="S", sees="S", get=None, post=428, about=About.CASE, part="akses")
api("statistics", stranger=(200, 405), why_open="what the numbers mean; not one number stands there")
api("statistics-cases", "statistics-stage-times", "statistics-activities", "statistics-figures", who=READERS)
api("statistics-deadlines", who="".join(sorted(set(READERS) & set(SEE_CLOCKS))))
api("statistics-events", who="ST")
api("deadlines", who=SEE_CLOCKS)
api("deadline", part="tenggat", **of_a_case)
api("status-decrees")
api("status-decree", part="status", **of_a_case)
for name, act in {"status-criteria": "status-criteria", "consultations": "status-consult", "status-decrees": "status-declare"}.items():
    api(f"case-{name}", sends=ACTS[act], post=400, **of_a_case)
for name, part in {"status-criterion": "syarat", "consultation": "konsultasi"}.items():
    api(name, part=part, **of_a_case)
for name, part in {"status-measure": "tindakan", "tni-request": "tni", "btt-use": "btt"}.items():
    api(name, part=part, **of_a_case)
# What is recorded under a status asks for no version; what changes the status or a part of it does.
ADDED = ("measures", "reports", "tni-oral", "tni-letter", "tni-end", "btt-uses")
api(*(f"status-{name}" for name in ADDED), who=OFFICE, get=None, post=400, about=About.CASE, part="status")
api("status-access-grants", who=ACTS["status-grant"], get=None, post=400, about=About.CASE, part="status")
for part, steps in {
    "status": ("status-correct", "status-extend", "status-revoke"),
    "tindakan": ("status-measure-end",),
    "tni": ("tni-request-letter", "tni-request-approve", "tni-request-decline", "tni-request-order"),
    "btt": ("btt-use-plan", "btt-use-pay", "btt-use-dprd", "btt-use-account"),
}.items():
    api(*steps, who=OFFICE, get=None, post=428, about=About.CASE, part=part)
api("notices", "regions", "bodies", "seats")
api("notice", "region", get=404)  # of this number, and of this code, there is none
SEE_FORUMS = "KSTMVA"  # the camat's posting covers no whole kabupaten
for name in ("body", "seat"):
    api(name, who=SEE_FORUMS, sees=SEE_FORUMS, about=About.THING, part=f"forums_{name}")
api("deadline-rules", stranger=(200, 405), why_open="law is public; names nobody")
api("deadline-rule", "deadline-rule-preview", get=404, stranger=(404, 405), why_open="law is public; no rule has this code")
api("working-days", get=400, stranger=(400, 405), why_open="the calendar is public; nothing was asked")
rows("api-schema", machine=True)
rows("api-docs", "api-redoc")
rows("api-problem", get=404, machine=True, stranger=(404, 405), why_open="what a refusal means, the same for everybody")
rows("api-nowhere", get=404, post=404, machine=True, stranger=(404, 404), why_open="there is nothing")
