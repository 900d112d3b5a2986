"""Closed lists of the case file that no statute names."""

from enum import StrEnum


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
