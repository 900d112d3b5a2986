"""The four temporary measures that a Status Keadaan Konflik permits (UU 7/2012 Pasal 26, 27, 28: the same words for each scale)."""

from enum import StrEnum

from konflik.law.grammar.basis import UU_7_2012, Article
from konflik.law.status.scales import Scale


class Restriction(StrEnum):
    CLOSED_AREA = "closed_area"
    CURFEW = "curfew"
    RELOCATION = "relocation"
    ENTRY_BAN = "entry_ban"


RESTRICTION_TEXTS: dict[Restriction, str] = {
    Restriction.CLOSED_AREA: "pembatasan dan penutupan kawasan Konflik untuk sementara waktu",
    Restriction.CURFEW: "pembatasan orang di luar rumah untuk sementara waktu",
    Restriction.RELOCATION: "penempatan orang di luar kawasan Konflik untuk sementara waktu",
    Restriction.ENTRY_BAN: "pelarangan orang untuk memasuki kawasan Konflik atau keluar dari kawasan Konflik untuk sementara waktu",
}

RESTRICTION_LABELS: dict[Restriction, str] = {
    Restriction.CLOSED_AREA: "Pembatasan dan penutupan kawasan",
    Restriction.CURFEW: "Pembatasan orang di luar rumah",
    Restriction.RELOCATION: "Penempatan orang di luar kawasan",
    Restriction.ENTRY_BAN: "Larangan masuk atau keluar kawasan",
}

_PASAL: dict[Scale, int] = {Scale.KABUPATEN: 26, Scale.PROVINSI: 27, Scale.NASIONAL: 28}

RESTRICTION_BASES: dict[Scale, dict[Restriction, Article]] = {
    scale: {kind: UU_7_2012.pasal(pasal, huruf=letter) for kind, letter in zip(Restriction, "abcd", strict=True)}
    for scale, pasal in _PASAL.items()
}
