"""How grave a case is at one moment. A working scale of the secretariat, not of the law."""

from enum import IntEnum


class Severity(IntEnum):
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


SEVERITY_LABELS: dict[Severity, str] = {
    Severity.LOW: "Rendah",
    Severity.MEDIUM: "Sedang",
    Severity.HIGH: "Tinggi",
    Severity.CRITICAL: "Kritis",
}
