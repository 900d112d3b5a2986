"""The four security classes of records.

UU 43/2009 Pasal 40 ayat (4) and 44; PP 28/2012 Pasal 32 ayat (3); Perka ANRI 17/2011 (four classes).
"""

from enum import IntEnum


class Secrecy(IntEnum):
    BIASA = 1
    TERBATAS = 2
    RAHASIA = 3
    SANGAT_RAHASIA = 4


SECRECY_LABELS: dict[Secrecy, str] = {
    Secrecy.BIASA: "Biasa",
    Secrecy.TERBATAS: "Terbatas",
    Secrecy.RAHASIA: "Rahasia",
    Secrecy.SANGAT_RAHASIA: "Sangat rahasia",
}

SEALED_FROM = Secrecy.RAHASIA
"""From this class upward a case counts in a number series of its own and forces a second factor on its readers."""
