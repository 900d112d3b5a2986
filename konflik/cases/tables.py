"""Closed lists of the case file that no statute names."""

from enum import StrEnum

from accounts.access.tables import Act


class Series(StrEnum):
    """Two number series, so that gaps in the open one tell nothing of the sealed one."""

    OPEN = "terbuka"
    SEALED = "tertutup"


class PartyKind(StrEnum):
    GROUP = "group"
    COMPANY = "company"
    AGENCY = "agency"


PARTY_KIND_LABELS: dict[PartyKind, str] = {
    PartyKind.GROUP: "Kelompok masyarakat",
    PartyKind.COMPANY: "Perusahaan",
    PartyKind.AGENCY: "Instansi pemerintah",
}


class PartyRole(StrEnum):
    CLAIMANT = "claimant"
    RESPONDENT = "respondent"
    AFFECTED = "affected"
    MEDIATOR = "mediator"
    WITNESS = "witness"


PARTY_ROLE_LABELS: dict[PartyRole, str] = {
    PartyRole.CLAIMANT: "Pihak yang menuntut",
    PartyRole.RESPONDENT: "Pihak yang dituntut",
    PartyRole.AFFECTED: "Pihak terdampak",
    PartyRole.MEDIATOR: "Penengah",
    PartyRole.WITNESS: "Saksi/tokoh",
}


class LinkKind(StrEnum):
    RELATED = "related"
    DUPLICATE = "duplicate"
    CONTINUES = "continues"


LINK_KIND_LABELS: dict[LinkKind, str] = {
    LinkKind.RELATED: "Berkaitan",
    LinkKind.DUPLICATE: "Perkara yang sama",
    LinkKind.CONTINUES: "Kelanjutan dari",
}
LINKED_FROM_LABELS: dict[LinkKind, str] = LINK_KIND_LABELS | {LinkKind.CONTINUES: "Dilanjutkan oleh"}
"""The same link as the file of the other case tells it."""

ACT_FOR: dict[str, Act] = {
    "move": Act.MOVE_STAGE,
    "move-correct": Act.MOVE_STAGE,
    "move-reverse": Act.MOVE_STAGE,
    "activity-plan": Act.PLAN_ACTIVITY,
    "activity-update": Act.UPDATE_OWN_ACTIVITY,
    "activity-correct": Act.UPDATE_ANY_ACTIVITY,
    "agreement-record": Act.RECORD_AGREEMENT,
    "agreement-correct": Act.RECORD_AGREEMENT,
    "term-update": Act.RECORD_AGREEMENT,
    "figure-add": Act.ADD_FIGURE,
    "figure-correct": Act.ADD_FIGURE,
    "figure-declare": Act.DECLARE_FIGURE,
    "note": Act.ADD_NOTE,
    "document": Act.ADD_ATTACHMENT,
    "party-add": Act.AMEND_CASE,
    "party-amend": Act.AMEND_CASE,
    "amend": Act.AMEND_CASE,
    "opening-correct": Act.AMEND_CASE,
    "places": Act.AMEND_CASE,
    "severity": Act.AMEND_CASE,
    "qualify": Act.QUALIFY_CASE,
    "handler": Act.ASSIGN_HANDLER,
    "classify": Act.CLASSIFY_CASE,
    "link": Act.AMEND_CASE,
    "grant": Act.GRANT_ACCESS,
    "revoke": Act.GRANT_ACCESS,
    **dict.fromkeys(
        (
            *("status-criteria", "status-consult", "status-declare", "status-correct", "status-extend", "status-revoke"),
            *("measure-order", "measure-end", "progress-report"),
            *("tni-oral", "tni-letter", "tni-follow", "tni-approve", "tni-decline", "tni-order", "tni-end"),
            *("btt-decide", "btt-plan", "btt-pay", "btt-dprd", "btt-account"),
        ),
        Act.MANAGE_STATUS,
    ),
    "status-grant": Act.GRANT_ACCESS,
}
"""What somebody must be allowed on a case for each thing that can be done to it. Pages and API ask here, nowhere else."""

CHRONOLOGY_MAX, ACCOUNT_MAX, NOTE_MAX, TEXT_MAX, REASON_MAX = 20_000, 8_000, 8_000, 4_000, 2_000
"""How long texts may be, in signs: the story, a party's own version, a note, any other text, a reason. Pages and API ask the same."""

DOWNLOAD_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
"""With every document that is handed out: nothing of it runs in a browser, and no copy stays there."""

MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg",),
    "video/mp4": ("mp4",),
}
"""What may be attached: the type told by the content, and the endings it may carry."""

ISSUE_TYPES: dict[str, str] = {
    "tapal-batas": "Tapal batas",
    "agraria": "Agraria, tanah ulayat, dan HGU",
    "masyarakat-perusahaan": "Masyarakat dan perusahaan",
    "lingkungan": "Limbah dan pencemaran lingkungan",
    "perburuhan": "Perburuhan",
    "ormas": "Organisasi kemasyarakatan",
    "pemilihan": "Pemilu, pilkada, dan pilkades",
    "tata-kelola": "Tata kelola pemerintahan",
    "rumah-ibadat": "Rumah ibadat",
    "aliran-keagamaan": "Aliran keagamaan",
    "antaretnis": "Antaretnis dan antarsuku",
    "antarwarga": "Bentrok antarwarga",
    "antarpelajar": "Antarpelajar dan antarpemuda",
    "perempuan-anak": "Kekerasan terhadap perempuan dan anak",
    "nelayan-satwa": "Nelayan, satwa, dan kawasan konservasi",
    "main-hakim-sendiri": "Main hakim sendiri",
}
"""The list a new installation starts with: a proposal from practice, not from a statute. The secretariat edits it."""
