"""For every row of the table of acts: its address, and what a person sends."""

from datetime import timedelta
from typing import Any

from konflik.cases.models import AccessGrant, Case
from konflik.cases.services.access import grant_access
from konflik.desk.forms.actions import CaseAction
from konflik.stages.selectors import moves_in_force
from tests.builders import NOW, a_case
from tests.desk.acting_status import status_form, status_row
from tests.desk.conftest import World, a_photo

AN_HOUR_AGO = "2026-11-22T09:00"
TERMS = {"term-0-text": "Portal dibuka", "term-0-due_on": "2026-12-21"}


def a_grant(world: World) -> AccessGrant:
    """Access for the observer of the province."""
    return grant_access(
        case=world.case,
        user=world.people["provinsi"],
        body=None,
        valid_from=NOW,
        valid_until=NOW + timedelta(days=5),
        reason="Pendampingan",
        actor=world.people["sekretaris"],
        now=NOW,
    )


def row_of(world: World, action: CaseAction) -> int:
    """The part of the case that the act is tried on."""
    kind = action.route.split("/", maxsplit=1)[0]
    if kind == "akses":
        return a_grant(world).pk
    if action.part == "status":
        return status_row(world, action)
    return {
        "kegiatan": world.activity.pk,
        "angka": world.figure.pk,
        "pihak": world.party.pk,
        "kesepakatan": world.agreement.pk,
        "butir": world.agreement.terms.get().pk,
        "perpindahan": moves_in_force(world.case).get().pk,
    }.get(kind, 0)


def address(world: World, action: CaseAction, *, case: Case | None = None) -> str:
    """Where the act is done; a move goes on to pemulihan."""
    route = action.route.replace("<str:target>", "pemulihan")
    if "<int:row>" in route:
        route = route.replace("<int:row>", str(row_of(world, action)))
    return f"/perkara/{(case or world.case).pk}/{route}"


def sent(world: World, action: CaseAction) -> dict[str, Any]:
    """A full, lawful form. The version is that of what is changed, as the page shows it."""
    parties = list(world.case.parties.values_list("pk", flat=True))
    agreement = {"kind": "musyawarah", "title": "Damai", "agreed_on": "2026-11-20", "parties": parties, **TERMS}
    figure = {"measure": "dead", "value": "2", "source": "polri", "source_note": "", "as_of": AN_HOUR_AGO}
    party = {"kind": "company", "name": "Perusahaan angkutan", "role": "respondent", "claim": "", "account": ""}
    case = {"seen_version": world.case.version}
    forms: dict[str, dict[str, Any]] = {
        "move": {**case, "violence_stopped_at": AN_HOUR_AGO, "security_statement": "Surat Polres nomor 12"},
        "move-correct": {**case, "violence_occurred_at": "2026-11-11T09:00", "violence_summary": "Pelemparan", "reason": "Salah jam"},
        "move-reverse": {**case, "reason": "Salah perkara"},
        "activity-plan": {"kind": "uu-32-a", "title": "Evakuasi", "institution": world.polres.pk, "planned_end": "2026-12-01"},
        "activity-update": {"seen_version": world.activity.version, "status": "berjalan", "progress": "40", "photo": a_photo("green")},
        "activity-correct": {
            **{name: getattr(world.activity, name) for name in ("kind", "title", "status", "progress")},
            "seen_version": world.activity.version,
            "institution": world.polres.pk,
            "planned_end": "2026-12-03",
            "reason": "Salah tanggal",
        },
        "agreement-record": agreement,
        "agreement-correct": {**agreement, "reason": "Salah tanggal"},
        "term-update": {"seen_version": 1, "status": "dipenuhi", "status_note": ""},
        "figure-add": figure,
        "figure-correct": {**figure, "measure": "houses", "reason": "Salah hitung"},
        "figure-declare": {"reason": "Hasil verifikasi bersama"},
        "note": {"text": "Rapat di kantor camat"},
        "document": {"title": "Berita acara", "file": a_photo("navy")},
        "party-add": party,
        "party-amend": {**party, "seen_version": world.party.version},
        "amend": {**case, "title": "Judul baru", "chronology": "Baru", "source": "d", "issue_type": world.case.issue_type_id},
        "opening-correct": {**case, "opened_at": "2026-10-20T08:00", "reason": "Salah hari"},
        "places": {**case, "places": "Kec. Bajubang, Kab. Batanghari", "other_1": "15.05"},
        "severity": {**case, "level": "3", "since": AN_HOUR_AGO, "reason": "Ada korban"},
        "qualify": {**case, "qualification": "konflik", "decided_by": "Rapat tim", "decided_at": AN_HOUR_AGO, "reason": "Meluas"},
        "handler": {**case, "institution": world.polres.pk, "handler": "polres", "reason": "Keamanan"},
        "classify": {**case, "secrecy": "3", "reason": "Menyangkut anak"},
        "link": {"kind": "related", "other": "", "reason": ""},
        "grant": {
            "user": "provinsi",
            "body": "",
            "valid_from": "2026-11-22T10:00",
            "valid_until": "2026-12-22T10:00",
            "reason": "Dampingi",
        },
        "revoke": {"reason": "Sudah selesai"},
    }
    if action.name == "link":
        forms["link"]["other"] = a_case(actor=world.people["staf"], title="Perkara tetangga").number
    return forms[action.name] if action.name in forms else status_form(world, action)
