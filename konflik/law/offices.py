"""The offices that the law names and that act in a conflict of kabupaten scale."""

from enum import StrEnum


class Office(StrEnum):
    KEPALA_DAERAH = "kepala_daerah"
    SEKRETARIS_DAERAH = "sekretaris_daerah"
    KEPALA_KESBANGPOL = "kepala_kesbangpol"
    KAPOLRES = "kapolres"
    DANDIM = "dandim"
    KAJARI = "kajari"
    PIMPINAN_DPRD = "pimpinan_dprd"
    KEPALA_PERANGKAT_DAERAH = "kepala_perangkat_daerah"
    KAKANKEMENAG = "kakankemenag"
    CAMAT = "camat"
    KEPALA_DESA = "kepala_desa"
    GUBERNUR = "gubernur"


OFFICE_LABELS: dict[Office, str] = {
    Office.KEPALA_DAERAH: "Bupati/Wali Kota",
    Office.SEKRETARIS_DAERAH: "Sekretaris Daerah",
    Office.KEPALA_KESBANGPOL: "Kepala Kesbangpol",
    Office.KAPOLRES: "Kapolres",
    Office.DANDIM: "Dandim",
    Office.KAJARI: "Kepala Kejaksaan Negeri",
    Office.PIMPINAN_DPRD: "Pimpinan DPRD",
    Office.KEPALA_PERANGKAT_DAERAH: "Kepala perangkat daerah",
    Office.KAKANKEMENAG: "Kepala Kantor Kementerian Agama",
    Office.CAMAT: "Camat",
    Office.KEPALA_DESA: "Kepala desa/lurah",
    Office.GUBERNUR: "Gubernur",
}
