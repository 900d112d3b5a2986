"""When a status may be declared: both conditions of UU 7/2012 Pasal 14, taken apart by PP 2/2015 Pasal 43 and its elucidation.

The law joins conditions and requirements by "dan": each must be there. The signs of the elucidation stand after "antara
lain" or define the requirement: at least one of each must be on file, with its evidence.
"""

from collections.abc import Collection
from dataclasses import dataclass

from konflik.law.grammar.basis import PP_2_2015, UU_7_2012, Article
from konflik.law.status.scales import Scale


@dataclass(frozen=True)
class Condition:
    """One of the two things that must both be so (Pasal 14)."""

    code: str
    text: str
    basis: Article


@dataclass(frozen=True)
class Sign:
    """One thing by which a requirement is recognised; `scales` empty: on every scale."""

    code: str
    text: str
    scales: tuple[Scale, ...] = ()

    def holds_for(self, scale: Scale) -> bool:
        """Whether the sign speaks of that scale."""
        return not self.scales or scale in self.scales


@dataclass(frozen=True)
class Requirement:
    """One part of a condition, with its signs."""

    code: str
    condition: str
    text: str
    basis: Article
    signs: tuple[Sign, ...]


CONDITIONS: tuple[Condition, ...] = (
    Condition("uncontrolled", "Konflik tidak dapat dikendalikan oleh Polri", UU_7_2012.pasal(14)),
    Condition("disrupted", "Terganggunya fungsi pemerintahan", UU_7_2012.pasal(14)),
)

REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        "escalating",
        "uncontrolled",
        "eskalasi Konflik semakin meningkat",
        PP_2_2015.pasal(43, "2", "a"),
        (
            Sign("crowd_grows", "jumlah massanya bertambah banyak dan masif"),
            Sign("anarchy", "terjadi tindakan anarki berupa pembakaran, penjarahan, perusakan kantor pemerintah dan obyek vital"),
            Sign("police_outnumbered", "jumlah personel Polri dengan massa yang dihadapi tidak berimbang"),
            Sign("equipment_short", "terbatasnya peralatan yang dimiliki oleh kepolisian setempat"),
        ),
    ),
    Requirement(
        "widening",
        "uncontrolled",
        "risiko makin meluas",
        PP_2_2015.pasal(43, "2", "b"),
        (
            Sign("deaths_rise", "jumlah korban jiwa bertambah"),
            Sign("several_kecamatan", "Konflik telah meluas pada beberapa kecamatan", (Scale.KABUPATEN,)),
            Sign("several_kabupaten", "Konflik telah meluas pada beberapa kabupaten/kota", (Scale.PROVINSI, Scale.NASIONAL)),
        ),
    ),
    Requirement(
        "administration_down",
        "disrupted",
        "penyelenggaraan administrasi pemerintahan tidak berjalan sebagaimana mestinya",
        PP_2_2015.pasal(43, "3"),
        (
            Sign(
                "offices_down",
                "tidak dapat berjalannya beberapa kantor pemerintahan atau pemerintah daerah akibat dirusak/dibakar/diduduki massa",
            ),
        ),
    ),
    Requirement(
        "services_down",
        "disrupted",
        "fungsi pelayanan pemerintahan kepada masyarakat tidak berjalan sebagaimana mestinya",
        PP_2_2015.pasal(43, "3"),
        (
            Sign(
                "facilities_down",
                "sarana dan prasarana pemerintahan atau pemerintah daerah tidak dapat difungsikan untuk memberikan pelayanan kepada masyarakat",
            ),
        ),
    ),
)


def signs_of(scale: Scale) -> tuple[Sign, ...]:
    """Every sign that speaks of `scale`, in the order of the law."""
    return tuple(sign for requirement in REQUIREMENTS for sign in requirement.signs if sign.holds_for(scale))


def unmet(scale: Scale, found: Collection[str]) -> tuple[Requirement, ...]:
    """Requirements for which no sign of `scale` is among the codes `found`."""
    return tuple(one for one in REQUIREMENTS if not any(sign.code in found and sign.holds_for(scale) for sign in one.signs))
