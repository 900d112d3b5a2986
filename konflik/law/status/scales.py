"""The three scales of a Status Keadaan Konflik and who acts on each (UU 7/2012 Pasal 15-25)."""

from dataclasses import dataclass
from enum import StrEnum

from konflik.law.grammar.basis import UU_7_2012, Article
from konflik.law.offices import Office


class Scale(StrEnum):
    KABUPATEN = "kabupaten"
    PROVINSI = "provinsi"
    NASIONAL = "nasional"


SCALE_LABELS: dict[Scale, str] = {
    Scale.KABUPATEN: "Skala kabupaten/kota",
    Scale.PROVINSI: "Skala provinsi",
    Scale.NASIONAL: "Skala nasional",
}


@dataclass(frozen=True)
class ScaleRule:
    """Who decides on one scale, whom he consults before, who watches, whom he reports to.

    `office` is the deciding office where somebody can hold it in this system.
    """

    office: Office | None
    criterion: str
    criterion_basis: Article
    decided_by: str
    consulted: str
    decided_basis: Article
    overseen_by: str
    overseen_basis: Article
    responsible: str
    responsible_basis: Article
    reports_to: str
    copied: tuple[str, ...]
    reports_basis: Article
    extended_basis: Article
    consulted_basis: Article


SCALE_RULES: dict[Scale, ScaleRule] = {
    Scale.KABUPATEN: ScaleRule(
        office=Office.KEPALA_DAERAH,
        criterion="eskalasi Konflik dalam suatu daerah atau wilayah kabupaten/kota dan memiliki dampak hanya pada tingkat kabupaten/kota",
        criterion_basis=UU_7_2012.pasal(15, "2"),
        decided_by="Bupati/Wali Kota",
        consulted="Pimpinan DPRD kabupaten/kota",
        decided_basis=UU_7_2012.pasal(16),
        overseen_by="DPRD kabupaten/kota",
        overseen_basis=UU_7_2012.pasal(17),
        responsible="Bupati/Wali Kota",
        responsible_basis=UU_7_2012.pasal(23, "1"),
        reports_to="Gubernur",
        copied=("Menteri Dalam Negeri dan/atau menteri terkait", "DPRD kabupaten/kota"),
        reports_basis=UU_7_2012.pasal(23, "2"),
        extended_basis=UU_7_2012.pasal(29, "1"),
        consulted_basis=UU_7_2012.pasal(30, "1"),
    ),
    Scale.PROVINSI: ScaleRule(
        office=Office.GUBERNUR,
        criterion=(
            "eskalasi Konflik dalam suatu daerah atau wilayah kabupaten/kota dan/atau beberapa kabupaten/kota dalam suatu provinsi "
            "dan memiliki dampak sampai pada tingkat provinsi"
        ),
        criterion_basis=UU_7_2012.pasal(15, "3"),
        decided_by="Gubernur",
        consulted="Pimpinan DPRD provinsi",
        decided_basis=UU_7_2012.pasal(18),
        overseen_by="DPRD provinsi",
        overseen_basis=UU_7_2012.pasal(19),
        responsible="Gubernur",
        responsible_basis=UU_7_2012.pasal(24, "1"),
        reports_to="Presiden melalui Menteri Dalam Negeri dan/atau menteri terkait",
        copied=("DPRD provinsi",),
        reports_basis=UU_7_2012.pasal(24, "2"),
        extended_basis=UU_7_2012.pasal(29, "2"),
        consulted_basis=UU_7_2012.pasal(30, "2"),
    ),
    Scale.NASIONAL: ScaleRule(
        office=None,
        criterion=(
            "eskalasi Konflik mencakup suatu daerah atau wilayah kabupaten/kota dan/atau beberapa provinsi dan memiliki dampak secara nasional"
        ),
        criterion_basis=UU_7_2012.pasal(15, "4"),
        decided_by="Presiden",
        consulted="Pimpinan DPR",
        decided_basis=UU_7_2012.pasal(20),
        overseen_by="DPR",
        overseen_basis=UU_7_2012.pasal(21),
        responsible="Presiden; dapat menunjuk menteri yang membidangi koordinasi urusan politik, hukum, dan keamanan",
        responsible_basis=UU_7_2012.pasal(25, "1"),
        reports_to="DPR",
        copied=(),
        reports_basis=UU_7_2012.pasal(25, "3"),
        extended_basis=UU_7_2012.pasal(29, "3"),
        consulted_basis=UU_7_2012.pasal(30, "3"),
    ),
}


def has_own_limits(scale: str) -> bool:
    """Whether the duties under a status of `scale` are those of the kabupaten (UU 7/2012 Pasal 16, 23); else of others (Pasal 17-20, 24, 25)."""
    return scale == Scale.KABUPATEN
