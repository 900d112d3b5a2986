"""The logins of the demo: one per role and kabupaten. Offices, not names of persons."""

from dataclasses import dataclass

from accounts.postings.tables import Role
from konflik.law.bodies import BodyKind


@dataclass(frozen=True)
class Login:
    """One login: front part of the user name, office, role, the agency it stands for, on which ground, in a forum of which kind."""

    prefix: str
    office: str
    role: Role
    agency: str
    place: str = "home"
    forum: BodyKind | None = BodyKind.TIM_TERPADU


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
    Login("camat", "Camat", Role.CAMAT, "camat", place="camat", forum=BodyKind.FORKOPIMCAM),
    Login("fkdm", "Anggota FKDM", Role.PELAPOR_LAPANGAN, "reporter", place="reporter", forum=BodyKind.FKDM_DESA),
    Login("pdp", "Petugas pelindungan data pribadi", Role.PETUGAS_PDP, "pemda", forum=None),
    Login("admin", "Administrator sistem", Role.ADMINISTRATOR_SISTEM, "pemda", forum=None),
)
"""A login whose agency a kabupaten of the demo does not have is left out there."""

OBSERVER = Login("pengamat", "Pengamat Kesbangpol Provinsi", Role.PENGAMAT_PROVINSI, "", forum=None)
