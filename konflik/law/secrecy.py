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

DUTY_CLASS = Secrecy.TERBATAS
"""What an application or report of somebody is, unless whoever enters it says otherwise: it names a person."""

DATA_PROTECTION_CLASS = Secrecy.RAHASIA
"""Requests about one's own data and breaches of it (UU 27/2022; UU 14/2008 Pasal 17 huruf h)."""

SEALED_FROM = Secrecy.RAHASIA
"""From this class upward a case counts in a number series of its own and forces a second factor on its readers."""
