"""The logins of the demo: one per role and kabupaten. Offices, not names of persons."""

from dataclasses import dataclass

from accounts.postings.tables import Role


@dataclass(frozen=True)
class Login:
    """One login: the front part of the user name, the office, the role, the agency it stands for, and on which ground."""

    prefix: str
    office: str
    role: Role
    agency: str
    place: str = "home"


LOGINS = (
    Login("bupati", "Bupati", Role.KEPALA_DAERAH, "pemda"),
    Login("sekretaris", "Kepala Kesbangpol", Role.SEKRETARIS_TIM, "kesbangpol"),
    Login("staf", "Staf Sekretariat Tim Terpadu", Role.STAF_SEKRETARIAT, "kesbangpol"),
    Login("polres", "Perwira penghubung Polres", Role.ANGGOTA_TIM, "polres"),
    Login("kodim", "Perwira penghubung Kodim", Role.ANGGOTA_TIM, "kodim"),
    Login("kejari", "Penghubung Kejaksaan Negeri", Role.ANGGOTA_TIM, "kejari"),
    Login("dprd", "Penghubung DPRD", Role.ANGGOTA_TIM, "dprd"),
    Login("kemenag", "Penghubung Kantor Kementerian Agama", Role.ANGGOTA_TIM, "kemenag"),
    Login("dishub", "Penghubung Dinas Perhubungan", Role.ANGGOTA_TIM, "dishub"),
    Login("p3a", "Penghubung Dinas P3A", Role.ANGGOTA_TIM, "p3a"),
    Login("dlh", "Penghubung Dinas Lingkungan Hidup", Role.ANGGOTA_TIM, "dlh"),
    Login("camat", "Camat", Role.CAMAT, "camat", place="camat"),
    Login("fkdm", "Anggota FKDM", Role.PELAPOR_LAPANGAN, "reporter", place="reporter"),
    Login("pdp", "Petugas pelindungan data pribadi", Role.PETUGAS_PDP, "pemda"),
    Login("admin", "Administrator sistem", Role.ADMINISTRATOR_SISTEM, "pemda"),
)
"""A login whose agency a kabupaten of the demo does not have is left out there."""

OBSERVER = Login("pengamat", "Pengamat Kesbangpol Provinsi", Role.PENGAMAT_PROVINSI, "")
