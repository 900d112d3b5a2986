"""The roles of a posting and the ways to hold one."""

from enum import StrEnum

from accounts.regions.models import Level


class Role(StrEnum):
    KEPALA_DAERAH = "kepala_daerah"
    SEKRETARIS_TIM = "sekretaris_tim"
    STAF_SEKRETARIAT = "staf_sekretariat"
    ANGGOTA_TIM = "anggota_tim"
    CAMAT = "camat"
    PELAPOR_LAPANGAN = "pelapor_lapangan"
    PENGAMAT_PROVINSI = "pengamat_provinsi"
    PETUGAS_PDP = "petugas_pdp"
    ADMINISTRATOR_SISTEM = "administrator_sistem"


ROLE_LABELS: dict[Role, str] = {
    Role.KEPALA_DAERAH: "Kepala daerah",
    Role.SEKRETARIS_TIM: "Sekretaris tim (Kepala Kesbangpol)",
    Role.STAF_SEKRETARIAT: "Staf sekretariat",
    Role.ANGGOTA_TIM: "Anggota tim",
    Role.CAMAT: "Camat/Forkopimcam",
    Role.PELAPOR_LAPANGAN: "Pelapor lapangan (FKDM)",
    Role.PENGAMAT_PROVINSI: "Pengamat provinsi",
    Role.PETUGAS_PDP: "Petugas pelindungan data pribadi",
    Role.ADMINISTRATOR_SISTEM: "Administrator sistem",
}


ROLE_LEVELS: dict[Role, tuple[Level, ...]] = {
    Role.KEPALA_DAERAH: (Level.KABUPATEN,),
    Role.SEKRETARIS_TIM: (Level.KABUPATEN,),
    Role.STAF_SEKRETARIAT: (Level.KABUPATEN,),
    Role.ANGGOTA_TIM: (Level.KABUPATEN,),
    Role.CAMAT: (Level.KECAMATAN,),
    Role.PELAPOR_LAPANGAN: (Level.DESA, Level.KECAMATAN),
    Role.PENGAMAT_PROVINSI: (Level.PROVINCE,),
    Role.PETUGAS_PDP: (Level.KABUPATEN, Level.PROVINCE),
    Role.ADMINISTRATOR_SISTEM: (Level.KABUPATEN, Level.PROVINCE),
}
"""The level of region on which a role exists."""


class Tenure(StrEnum):
    DEFINITIF = "definitif"
    PLT = "plt"
    PLH = "plh"


TENURE_LABELS: dict[Tenure, str] = {
    Tenure.DEFINITIF: "Definitif",
    Tenure.PLT: "Pelaksana tugas (Plt.)",
    Tenure.PLH: "Pelaksana harian (Plh.)",
}


class InstitutionKind(StrEnum):
    PEMDA = "pemda"
    KESBANGPOL = "kesbangpol"
    POLRI = "polri"
    TNI = "tni"
    KEJAKSAAN = "kejaksaan"
    DPRD = "dprd"
    KEMENAG = "kemenag"
    BPN = "bpn"
    BIN = "bin"
    PERANGKAT_DAERAH = "perangkat_daerah"
    KECAMATAN = "kecamatan"
    DESA = "desa"
    FORUM = "forum"
    LAINNYA = "lainnya"


INSTITUTION_KIND_LABELS: dict[InstitutionKind, str] = {
    InstitutionKind.PEMDA: "Pemerintah daerah",
    InstitutionKind.KESBANGPOL: "Badan/Kantor Kesbangpol",
    InstitutionKind.POLRI: "Kepolisian (Polres/Polsek)",
    InstitutionKind.TNI: "TNI (Kodim/Koramil)",
    InstitutionKind.KEJAKSAAN: "Kejaksaan Negeri",
    InstitutionKind.DPRD: "DPRD",
    InstitutionKind.KEMENAG: "Kantor Kementerian Agama",
    InstitutionKind.BPN: "Kantor Pertanahan",
    InstitutionKind.BIN: "Badan Intelijen Negara di daerah",
    InstitutionKind.PERANGKAT_DAERAH: "Perangkat daerah lain",
    InstitutionKind.KECAMATAN: "Kecamatan",
    InstitutionKind.DESA: "Desa/kelurahan",
    InstitutionKind.FORUM: "Forum masyarakat",
    InstitutionKind.LAINNYA: "Instansi lain",
}
