"""The forums that the reports name, with the day of the report; seats by office, never by name of a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from konflik.demo.tables.homes import BANYUASIN, BATANGHARI, PASER, TANJABTIMUR, Home
from konflik.law.bodies import BodyKind

REPORTED = "Tercatat menurut pemberitaan {}. Nomor dan masa berlaku SK belum diketahui."


@dataclass(frozen=True)
class Forum:
    """One body: whose, of which kind, where if not in the whole kabupaten, since when reported, and its offices with the agency of each."""

    home: Home
    kind: BodyKind
    name: str
    reported_on: date
    report: str
    secretariat: str = "kesbangpol"
    region: str = ""
    seats: tuple[tuple[str, str, str], ...] = ()
    ends_in: int | None = None


_FORKOPIMDA = (
    ("Ketua", "Bupati", "pemda"),
    ("Anggota", "Ketua DPRD", "dprd"),
    ("Anggota", "Kapolres", "polres"),
    ("Anggota", "Kepala Kejaksaan Negeri", "kejari"),
    ("Anggota", "Dandim", "kodim"),
    ("Sekretaris", "Sekretaris Daerah", "pemda"),
)
_FORKOPIMCAM = (
    ("Ketua", "Camat", "camat"),
    ("Anggota", "Kapolsek", "polres"),
    ("Anggota", "Danramil", "kodim"),
    ("Sekretaris", "Sekretaris Kecamatan", "camat"),
)

_TIM_TERPADU = (
    ("Ketua", "Bupati", "pemda"),
    ("Anggota", "Kapolres", "polres"),
    ("Anggota", "Dandim", "kodim"),
    ("Anggota", "Kepala Kejaksaan Negeri", "kejari"),
    ("Sekretaris", "Kepala Kesbangpol", "kesbangpol"),
)


def _batanghari(kind: BodyKind, name: str, *, report: str = "", **more: Any) -> Forum:
    return Forum(BATANGHARI, kind, name, date(2023, 5, 25), report, **more)


def _paser(kind: BodyKind, name: str, **more: Any) -> Forum:
    """One of the nine forums that the report lists, and the Badan Narkotika Kabupaten that it names beside them."""
    return Forum(PASER, kind, f"{name} Kabupaten Paser", date(2022, 6, 16), "kunjungan kerja ke Kota Batam 16 Juni 2022", **more)


FORUMS = (
    _batanghari(
        BodyKind.FORKOPIMDA, "Forkopimda Kabupaten Batanghari", report="rapat koordinasi Forkopimda 25 Mei 2023", seats=_FORKOPIMDA
    ),
    _batanghari(BodyKind.TIM_TERPADU, "Tim Terpadu Penanganan Konflik Sosial Kabupaten Batanghari", seats=_TIM_TERPADU, ends_in=30),
    _batanghari(BodyKind.FORKOPIMCAM, "Forkopimcam Bajubang", secretariat="camat", region="15.04.07", seats=_FORKOPIMCAM),
    _batanghari(BodyKind.FKDM_DESA, "FKDM Desa Bungku", region="15.04.07.2001"),
    Forum(
        TANJABTIMUR,
        BodyKind.FORKOPIMDA,
        "Forkopimda Kabupaten Tanjung Jabung Timur",
        date(2022, 4, 7),
        "rapat koordinasi Forkopimda 7 April 2022",
        seats=_FORKOPIMDA,
    ),
    Forum(
        BANYUASIN,
        BodyKind.FORKOPIMCAM,
        "Forkopimcam Rantau Bayur",
        date(2023, 7, 13),
        "rapat koordinasi tingkat kecamatan 13 Juli 2023",
        secretariat="camat",
        region="16.07.11",
        seats=_FORKOPIMCAM,
    ),
    _paser(BodyKind.FORKOPIMDA, "Forum Koordinasi Pimpinan Daerah", seats=_FORKOPIMDA),
    _paser(BodyKind.TIM_KEWASPADAAN_DINI, "Tim Kewaspadaan Dini Pemerintah Daerah"),
    _paser(BodyKind.FKDM_KABUPATEN, "Forum Kewaspadaan Dini Masyarakat"),
    _paser(BodyKind.TIM_TERPADU, "Tim Terpadu Penanganan Konflik Sosial"),
    _paser(BodyKind.FKUB, "Forum Kerukunan Umat Beragama", secretariat="fkub"),
    _paser(BodyKind.FPK, "Forum Pembauran Kebangsaan"),
    _paser(BodyKind.TIM_ORANG_ASING, "Tim Pemantauan Orang Asing, Tenaga Kerja Asing, dan Lembaga Asing"),
    _paser(BodyKind.TIM_VERIFIKASI_PARPOL, "Tim Verifikasi Bantuan Partai Politik"),
    _paser(BodyKind.TIM_PEMANTAU_POLITIK, "Tim Pemantau Perkembangan Politik di Daerah"),
    _paser(BodyKind.TIM_P4GN, "Badan Narkotika"),
)
