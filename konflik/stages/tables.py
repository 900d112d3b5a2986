"""Closed lists of the work inside a stage."""

from enum import StrEnum


class ActivityStatus(StrEnum):
    RENCANA = "rencana"
    BERJALAN = "berjalan"
    TERTUNDA = "tertunda"
    SELESAI = "selesai"
    BATAL = "batal"


ACTIVITY_STATUS_LABELS: dict[ActivityStatus, str] = {
    ActivityStatus.RENCANA: "Rencana",
    ActivityStatus.BERJALAN: "Berjalan",
    ActivityStatus.TERTUNDA: "Tertunda",
    ActivityStatus.SELESAI: "Selesai",
    ActivityStatus.BATAL: "Batal",
}

OPEN_STATUSES = (ActivityStatus.RENCANA, ActivityStatus.BERJALAN, ActivityStatus.TERTUNDA)


class AgreementKind(StrEnum):
    MUSYAWARAH = "musyawarah"
    PRANATA_ADAT = "pranata_adat"
    SATGAS = "satgas"
    PENGADILAN = "pengadilan"


AGREEMENT_KIND_LABELS: dict[AgreementKind, str] = {
    AgreementKind.MUSYAWARAH: "Musyawarah mufakat (UU 7/2012 Pasal 8 ayat (3))",
    AgreementKind.PRANATA_ADAT: "Pranata adat/sosial (UU 7/2012 Pasal 41 ayat (3))",
    AgreementKind.SATGAS: "Satuan Tugas (UU 7/2012 Pasal 43 ayat (2))",
    AgreementKind.PENGADILAN: "Putusan pengadilan (UU 7/2012 Pasal 43 ayat (3))",
}


class TermStatus(StrEnum):
    BELUM = "belum"
    DIPENUHI = "dipenuhi"
    DILANGGAR = "dilanggar"


TERM_STATUS_LABELS: dict[TermStatus, str] = {
    TermStatus.BELUM: "Belum dipenuhi",
    TermStatus.DIPENUHI: "Dipenuhi",
    TermStatus.DILANGGAR: "Dilanggar",
}
