"""The kabupaten of the demo, with the places and agencies that public reports from there name."""

from dataclasses import dataclass, field

from accounts.postings.tables import InstitutionKind

EXAMPLE = "data contoh"


@dataclass(frozen=True)
class Home:
    """One kabupaten: how its logins end, what its Kesbangpol is called, and where its camat and its field reporter sit."""

    code: str
    slug: str
    name: str
    kesbangpol: str
    camat: tuple[str, str, str]
    reporter: tuple[str, str, str]
    agencies: dict[str, tuple[str, InstitutionKind]] = field(default_factory=dict)


COMMON: dict[str, tuple[str, InstitutionKind]] = {
    "pemda": ("Pemerintah Kabupaten {}", InstitutionKind.PEMDA),
    "polres": ("Polres {}", InstitutionKind.POLRI),
}
"""Agencies that every kabupaten has, besides Kesbangpol, the kecamatan of the camat and the FKDM of the reporter."""

BATANGHARI = Home(
    "15.04",
    "batanghari",
    "Batanghari",
    "Kantor Kesatuan Bangsa dan Politik Kabupaten Batanghari",
    camat=("15.04.07", "bajubang", "Kecamatan Bajubang"),
    reporter=("15.04.07.2001", "bungku", "FKDM Desa Bungku"),
    agencies={
        "kodim": ("Kodim wilayah Batanghari", InstitutionKind.TNI),
        "kejari": ("Kejaksaan Negeri Batanghari", InstitutionKind.KEJAKSAAN),
        "dprd": ("DPRD Kabupaten Batanghari", InstitutionKind.DPRD),
        "kemenag": ("Kantor Kementerian Agama Kabupaten Batanghari", InstitutionKind.KEMENAG),
        "dishub": ("Dinas Perhubungan Kabupaten Batanghari", InstitutionKind.PERANGKAT_DAERAH),
        "p3a": ("Dinas Pemberdayaan Perempuan dan Pelindungan Anak Kabupaten Batanghari", InstitutionKind.PERANGKAT_DAERAH),
    },
)
TANJABTIMUR = Home(
    "15.07",
    "tanjabtimur",
    "Tanjung Jabung Timur",
    "Badan Kesatuan Bangsa dan Politik Kabupaten Tanjung Jabung Timur",
    camat=("15.07.07", "muarasabakbarat", "Kecamatan Muara Sabak Barat"),
    reporter=("15.07.06", "dendang", "FKDM Kecamatan Dendang"),
)
PASER = Home(
    "64.01",
    "paser",
    "Paser",
    "Badan Kesatuan Bangsa dan Politik Kabupaten Paser",
    camat=("64.01.04", "tanahgrogot", "Kecamatan Tanah Grogot"),
    reporter=("64.01.04", "tanahgrogot", "FKDM Kecamatan Tanah Grogot"),
    agencies={"fkub": ("Sekretariat FKUB Kabupaten Paser", InstitutionKind.FORUM)},
)
BANYUASIN = Home(
    "16.07",
    "banyuasin",
    "Banyuasin",
    "Kesbangpol Kabupaten Banyuasin",
    camat=("16.07.11", "rantaubayur", "Kecamatan Rantau Bayur"),
    reporter=("16.07.11.2017", "rantauharapan", "FKDM Desa Rantau Harapan"),
    agencies={"dlh": ("Dinas Lingkungan Hidup Kabupaten Banyuasin", InstitutionKind.PERANGKAT_DAERAH)},
)

HOMES = (BATANGHARI, TANJABTIMUR, PASER, BANYUASIN)

NEIGHBOUR = ("15.05", "muarojambi", "Muaro Jambi", "Kesbangpol Kabupaten Muaro Jambi")
"""The other side of the boundary of Desa Bungku: one login that sees a case led elsewhere."""

OBSERVERS = (("15", "jambi", "Jambi"), ("16", "sumsel", "Sumatera Selatan"), ("64", "kaltim", "Kalimantan Timur"))
