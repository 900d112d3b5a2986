"""What the law wants told to everybody, chapter by chapter (PP 2/2015 Pasal 67; UU 7/2012 Pasal 10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from konflik.law.activities import kinds_of
from konflik.law.grammar.basis import PP_2_2015, UU_7_2012, Article
from konflik.law.stages import Stage


class Section(StrEnum):
    """Where an announcement stands on the page."""

    WARNING = "warning"
    POLICY = "policy"
    PREVENTION = "prevention"
    STOPPING = "stopping"
    RECOVERY = "recovery"


SECTION_LABELS: dict[Section, str] = {
    Section.WARNING: "Peringatan dini dan keadaan",
    Section.POLICY: "Kebijakan, rencana, dan program",
    Section.PREVENTION: "Kegiatan pencegahan yang sudah ditetapkan",
    Section.STOPPING: "Arahan penghentian konflik",
    Section.RECOVERY: "Mekanisme pemulihan pascakonflik",
}


@dataclass(frozen=True)
class Chapter:
    """One thing that must be told: where announcements of it stand, its anchor, title, article, introduction, and what the law
    lists, by group."""

    section: Section
    name: str
    title: str
    basis: Article
    lead: str
    groups: Mapping[str, Sequence[tuple[str, str]]]


def _listed(stage: Stage) -> dict[str, list[tuple[str, str]]]:
    """The activities that the law names for a stage, with their article, by group."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in kinds_of(stage):
        groups.setdefault(kind.group, []).append((kind.text, str(kind.basis)))
    return groups


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        section=Section.POLICY,
        name="kebijakan",
        title="Kebijakan, rencana, dan program penanganan konflik",
        basis=PP_2_2015.pasal(67, huruf="a"),
        lead="Penanganan konflik sosial dilakukan menurut UU 7/2012 dan PP 2/2015 dalam tiga tahap: pencegahan, penghentian, dan "
        "pemulihan pascakonflik. Perselisihan diselesaikan lebih dahulu secara damai melalui musyawarah dan pranata adat atau pranata "
        "sosial; hasilnya mengikat para pihak. Rencana kerja tahunan disusun dalam Rencana Aksi Terpadu oleh Tim Terpadu di daerah.",
        groups={},
    ),
    Chapter(
        section=Section.PREVENTION,
        name="pencegahan",
        title="Kegiatan pencegahan",
        basis=PP_2_2015.pasal(67, huruf="b"),
        lead="Pencegahan dilakukan oleh Pemerintah, pemerintah daerah, dan masyarakat. Siapa pun yang melihat tanda perselisihan dapat "
        "menyampaikannya kepada pemerintah desa atau kelurahan, camat, FKDM, atau Badan Kesbangpol.",
        groups=_listed(Stage.PENCEGAHAN),
    ),
    Chapter(
        section=Section.STOPPING,
        name="penghentian",
        title="Arahan dan tata cara penghentian konflik",
        basis=PP_2_2015.pasal(67, huruf="c"),
        lead="Penghentian kekerasan fisik dikoordinasikan dan dikendalikan oleh Polri (UU 7/2012 Pasal 13). Status Keadaan Konflik "
        "hanya dapat ditetapkan oleh kepala daerah atau Presiden, paling lama 90 hari, dan dapat diperpanjang paling lama 30 hari "
        "(Pasal 15–22 dan 29). Saran kami, bukan bunyi undang-undang: jauhi lokasi, dahulukan anak, perempuan, lanjut usia, dan "
        "penyandang disabilitas, ikuti arahan Polri dan pemerintah daerah, dan jangan menyebarkan kabar yang belum jelas.",
        groups=_listed(Stage.PENGHENTIAN),
    ),
    Chapter(
        section=Section.RECOVERY,
        name="pemulihan",
        title="Mekanisme pemulihan pascakonflik",
        basis=PP_2_2015.pasal(67, huruf="d"),
        lead="Pemulihan wajib dilakukan secara terencana, terpadu, berkelanjutan, dan terukur (UU 7/2012 Pasal 36) melalui rekonsiliasi, "
        "rehabilitasi, dan rekonstruksi.",
        groups=_listed(Stage.PEMULIHAN),
    ),
)
EARLY_WARNING = UU_7_2012.pasal(10, "2")
