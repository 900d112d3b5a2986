"""The written table: for every address who may do what. A new address needs a row here; add it to the group it belongs to.

Letters are the roles of `world.PEOPLE`: K kepala daerah, S sekretaris tim, T staf sekretariat, M anggota tim, C camat,
L pelapor lapangan, V pengamat provinsi, P petugas PDP, A administrator sistem.
"""

from dataclasses import dataclass

EVERYBODY = "KSTMCLVPA"
READERS = "KSTMCLV"
OFFICE = "ST"


@dataclass(frozen=True)
class Row:
    """What is answered to whom. Who is not named in `who` is refused with 403."""

    who: str = EVERYBODY
    get: int = 200
    post: int | None = None
    """The answer to an empty form of somebody who may; None where the address takes none (405)."""
    needs_login: bool = True
    in_admin: bool = False
    on_case: bool = False
    on_object: str = ""
    """The kind of row in `World.objects` that the address names; outside one's own region it answers like one that is not there."""
    open_by_grant: bool = False
    """A grant lets read, nothing else."""
    why_open: str = ""
    """Why no login is asked for."""
    without_get: bool = False


ROWS: dict[str, Row] = {}


def rows(*names: str, **told: object) -> None:
    """The same row for these addresses."""
    for name in names:
        assert name not in ROWS, f"{name} stands in the table twice"
        ROWS[name] = Row(**told)  # type: ignore[arg-type]


# The house itself -----------------------------------------------------------------------------------------------------

rows("health", needs_login=False, why_open="the supervisor and the monitor ask without a login; tells no secrets")

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
    rows(f"desk:{name}", who=who, post=400, on_case=True)
    rows(f"admin:konflik_case_{name}", who=who, post=400, on_case=True, in_admin=True)
for name, who in READING.items():
    rows(f"desk:{name}", who=who, on_case=True, open_by_grant=name != "print")
    rows(f"admin:konflik_case_{name}", who=who, on_case=True, open_by_grant=name != "print", in_admin=True)
rows("desk:case", who=READERS, on_case=True, open_by_grant=True)
rows("admin:konflik_case_change", who=READERS, on_case=True, open_by_grant=True, in_admin=True)

# Team pages that are not about one case -----------------------------------------------------------------------------------

rows("desk:today", "desk:cases", "desk:profile", "desk:regions")
rows("desk:case-open", who=OFFICE, post=400)
rows("desk:forums", who="KSTMCVA")
