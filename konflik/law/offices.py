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
    SEKRETARIAT = "sekretariat"
    PPKD = "ppkd"
    PPID = "ppid"
    PETUGAS_PDP = "petugas_pdp"
    PANGLIMA_TNI = "panglima_tni"
    PARTAI_POLITIK = "partai_politik"
    BPK = "bpk"
    SATGAS = "satgas"
    PENANGGUNG_JAWAB = "penanggung_jawab"


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
    Office.SEKRETARIAT: "Sekretariat Tim Terpadu",
    Office.PPKD: "PPKD/Bendahara Umum Daerah",
    Office.PPID: "Pejabat Pengelola Informasi dan Dokumentasi",
    Office.PETUGAS_PDP: "Petugas pelindungan data pribadi",
    Office.PANGLIMA_TNI: "Panglima TNI",
    Office.PARTAI_POLITIK: "Partai politik",
    Office.BPK: "Badan Pemeriksa Keuangan",
    Office.SATGAS: "Satuan Tugas Penyelesaian Konflik Sosial",
    Office.PENANGGUNG_JAWAB: "Instansi penanggung jawab",
}


def said_in(text: str, *, is_kota: bool) -> str:
    """`text` with the head of the region called as he is there: a kabupaten has a bupati, a kota a wali kota (UU 23/2014 Pasal 59)."""
    head = "Wali Kota" if is_kota else "Bupati"
    return text.replace("Bupati/Wali Kota", head).replace("bupati/wali kota", head.lower())


def office_in(office: Office, *, is_kota: bool) -> str:
    """The office as it is called there."""
    return said_in(OFFICE_LABELS[office], is_kota=is_kota)
