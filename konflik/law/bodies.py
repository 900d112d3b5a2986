"""The bodies that meet in a kabupaten, their legal basis, and what the law says of who sits in them."""

from dataclasses import dataclass
from enum import StrEnum

from konflik.law.grammar.basis import (
    PBM_2006,
    PERMENDAGRI_2_2018,
    PERMENDAGRI_12_2019,
    PERMENDAGRI_34_2006,
    PERMENDAGRI_42_2015,
    PERMENDAGRI_49_2010,
    PERMENDAGRI_61_2011,
    PP_5_2009,
    PP_12_2022,
    UU_7_2012,
    UU_23_2014,
    Article,
)
from konflik.law.regions import Depth


class BodyKind(StrEnum):
    FORKOPIMDA = "forkopimda"
    FORKOPIMCAM = "forkopimcam"
    TIM_KEWASPADAAN_DINI = "tim_kewaspadaan_dini"
    FKDM_KABUPATEN = "fkdm_kabupaten"
    FKDM_KECAMATAN = "fkdm_kecamatan"
    FKDM_DESA = "fkdm_desa"
    TIM_TERPADU = "tim_terpadu"
    SATGAS = "satgas"
    FKUB = "fkub"
    FPK = "fpk"
    TIM_ORANG_ASING = "tim_orang_asing"
    TIM_VERIFIKASI_PARPOL = "tim_verifikasi_parpol"
    TIM_PEMANTAU_POLITIK = "tim_pemantau_politik"
    TIM_P4GN = "tim_p4gn"


@dataclass(frozen=True)
class BodyRule:
    """The name of a kind of body, the law it rests on, and the depths of region on which it is formed."""

    label: str
    basis: str
    levels: tuple[Depth, ...] = (Depth.KABUPATEN,)


BODY_RULES: dict[BodyKind, BodyRule] = {
    BodyKind.FORKOPIMDA: BodyRule("Forkopimda", f"{UU_23_2014.pasal(26)}; {PP_12_2022.name} Pasal 10-16"),
    BodyKind.FORKOPIMCAM: BodyRule("Forkopimcam", f"{PP_12_2022.name} Pasal 17-22", (Depth.KECAMATAN,)),
    BodyKind.TIM_KEWASPADAAN_DINI: BodyRule(
        "Tim Kewaspadaan Dini Pemerintah Daerah", PERMENDAGRI_2_2018.name, (Depth.KABUPATEN, Depth.KECAMATAN)
    ),
    BodyKind.FKDM_KABUPATEN: BodyRule("FKDM kabupaten/kota", str(PERMENDAGRI_2_2018.pasal(16))),
    BodyKind.FKDM_KECAMATAN: BodyRule("FKDM kecamatan", str(PERMENDAGRI_2_2018.pasal(16)), (Depth.KECAMATAN,)),
    BodyKind.FKDM_DESA: BodyRule("FKDM desa/kelurahan", str(PERMENDAGRI_2_2018.pasal(16)), (Depth.DESA,)),
    BodyKind.TIM_TERPADU: BodyRule("Tim Terpadu Penanganan Konflik Sosial", str(PERMENDAGRI_42_2015.pasal(16))),
    BodyKind.SATGAS: BodyRule("Satuan Tugas Penyelesaian Konflik Sosial", f"{UU_7_2012.name} Pasal 42-51"),
    BodyKind.FKUB: BodyRule("Forum Kerukunan Umat Beragama", f"{PBM_2006.name} Pasal 8-12"),
    BodyKind.FPK: BodyRule(
        "Forum Pembauran Kebangsaan", f"{PERMENDAGRI_34_2006.name} Pasal 8-9", (Depth.KABUPATEN, Depth.KECAMATAN, Depth.DESA)
    ),
    BodyKind.TIM_ORANG_ASING: BodyRule("Tim Pemantauan Orang Asing, Tenaga Kerja Asing, dan Lembaga Asing", PERMENDAGRI_49_2010.name),
    BodyKind.TIM_VERIFIKASI_PARPOL: BodyRule("Tim Verifikasi Bantuan Partai Politik", str(PP_5_2009.pasal(7, "3"))),
    BodyKind.TIM_PEMANTAU_POLITIK: BodyRule("Tim Pemantau Perkembangan Politik di Daerah", PERMENDAGRI_61_2011.name),
    BodyKind.TIM_P4GN: BodyRule("Tim Terpadu P4GN/Badan Narkotika Kabupaten", PERMENDAGRI_12_2019.name),
}


HELD_BY_OFFICE = frozenset({BodyKind.FORKOPIMDA, BodyKind.FORKOPIMCAM})
"""Bodies of whoever holds the offices (UU 23/2014 Pasal 26, PP 12/2022): their SK need not end. All others are appointed for a time."""


class Element(StrEnum):
    PEMERINTAH = "pemerintah"
    MASYARAKAT = "masyarakat"


ELEMENT_LABELS: dict[Element, str] = {Element.PEMERINTAH: "Unsur pemerintah daerah", Element.MASYARAKAT: "Unsur masyarakat"}


class Religion(StrEnum):
    ISLAM = "islam"
    KRISTEN = "kristen"
    KATOLIK = "katolik"
    HINDU = "hindu"
    BUDDHA = "buddha"
    KHONGHUCU = "khonghucu"


RELIGION_LABELS: dict[Religion, str] = {
    Religion.ISLAM: "Islam",
    Religion.KRISTEN: "Kristen",
    Religion.KATOLIK: "Katolik",
    Religion.HINDU: "Hindu",
    Religion.BUDDHA: "Buddha",
    Religion.KHONGHUCU: "Khonghucu",
}

SATGAS_WOMEN_SHARE = (30, 100)
SATGAS_WOMEN_BASIS: Article = UU_7_2012.pasal(47, "4")
FKUB_KABUPATEN_MAX = 17
FKUB_BASIS: Article = PBM_2006.pasal(10)

SK_WARNING_DAYS = 60
"""Local practice, not law: how long before its end an SK is shown as about to end."""


@dataclass(frozen=True)
class Member:
    """What the composition rules look at in one seat, and what it is called."""

    element: Element
    is_woman: bool
    religion: str = ""
    name: str = ""


@dataclass(frozen=True)
class CompositionWarning:
    """A breach of a composition rule: what is wrong, in words, and the article."""

    message: str
    basis: Article


def composition_warnings(kind: BodyKind, members: list[Member], religions_present: list[str]) -> list[CompositionWarning]:
    """Every composition rule of `kind` that these members breach; an empty body breaches none."""
    if not members:
        return []
    if kind is BodyKind.SATGAS:
        return _satgas(members)
    if kind is BodyKind.FKUB:
        return _fkub(members, religions_present)
    return []


def _satgas(members: list[Member]) -> list[CompositionWarning]:
    community = [m for m in members if m.element is Element.MASYARAKAT]
    women = sum(m.is_woman for m in community)
    share, whole = SATGAS_WOMEN_SHARE
    if women * whole >= share * len(community):
        return []
    needed = -(-share * len(community) // whole)
    return [
        CompositionWarning(
            f"Unsur masyarakat Satgas berisi {women} perempuan dari {len(community)} orang. Paling sedikit 30 persen, yaitu {needed} orang, harus perempuan.",
            SATGAS_WOMEN_BASIS,
        )
    ]


def lacks_religion(kind: BodyKind, religion: str) -> bool:
    """Whether a seat should say which religion it stands for and does not: members of an FKUB are religious leaders."""
    return kind is BodyKind.FKUB and not religion


def _fkub(members: list[Member], religions_present: list[str]) -> list[CompositionWarning]:
    found = []
    unsaid = [m.name or "tanpa nama" for m in members if lacks_religion(BodyKind.FKUB, m.religion)]
    if unsaid:
        found.append(CompositionWarning(f"Agama yang diwakili belum diisi pada {len(unsaid)} kedudukan: {'; '.join(unsaid)}.", FKUB_BASIS))
    if len(members) > FKUB_KABUPATEN_MAX:
        found.append(
            CompositionWarning(f"Anggota FKUB kabupaten/kota {len(members)} orang. Paling banyak {FKUB_KABUPATEN_MAX} orang.", FKUB_BASIS)
        )
    seated = {m.religion for m in members}
    missing = [RELIGION_LABELS[Religion(code)] for code in religions_present if code not in seated]
    if missing:
        found.append(
            CompositionWarning(
                f"Belum ada wakil pemuka agama {', '.join(missing)}. Setiap agama yang ada di daerah diwakili paling sedikit satu orang.",
                FKUB_BASIS,
            )
        )
    return found
