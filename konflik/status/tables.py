"""Closed lists of a Status Keadaan Konflik beside those that stand in the law."""

from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """What the leaders of the DPRD are consulted about."""

    DECLARATION = "declaration"
    EXTENSION = "extension"


PURPOSE_LABELS: dict[Purpose, str] = {
    Purpose.DECLARATION: "Penetapan status (UU 7/2012 Pasal 16)",
    Purpose.EXTENSION: "Perpanjangan status (UU 7/2012 Pasal 30)",
}


class Accounting(StrEnum):
    """What stands behind the use of the money (PP 2/2015 Pasal 80 ayat (2) huruf e)."""

    RECEIPTS = "receipts"
    STATEMENT = "statement"


ACCOUNTING_LABELS: dict[Accounting, str] = {
    Accounting.RECEIPTS: "Bukti pengeluaran yang sah dan lengkap",
    Accounting.STATEMENT: "Surat pernyataan tanggung jawab belanja",
}


class Ending(StrEnum):
    LAPSED = "lapsed"
    REVOKED = "revoked"


ENDING_LABELS: dict[Ending, str] = {Ending.LAPSED: "jangka waktunya habis", Ending.REVOKED: "dicabut"}

EFFECTIVE_WITHIN = timedelta(days=7)
"""Our practice, not law: how far ahead of its entry a decree may take effect. What lies further is a slip of the pen."""
