"""What a file legally is, kept apart from its stage (UU 7/2012 Pasal 1 angka 1).

Decided by a person: potensi, peristiwa, konflik. Derived and only shown: status ditetapkan, pascakonflik, selesai.
"""

from enum import StrEnum

from konflik.law.stages import Stage


class Qualification(StrEnum):
    POTENSI = "potensi"
    PERISTIWA = "peristiwa"
    KONFLIK = "konflik"


QUALIFICATION_LABELS: dict[Qualification, str] = {
    Qualification.POTENSI: "Potensi konflik",
    Qualification.PERISTIWA: "Peristiwa",
    Qualification.KONFLIK: "Konflik menurut UU 7/2012 Pasal 1 angka 1",
}


def shown_qualification(*, decided: Qualification, stage: Stage, has_status: bool) -> str:
    """The word on screen: the derived one where stage or a declared status goes beyond the decided one."""
    if stage is Stage.SELESAI:
        return "Selesai"
    if stage is Stage.PEMULIHAN:
        return "Pascakonflik"
    if has_status:
        return "Status Keadaan Konflik ditetapkan"
    return QUALIFICATION_LABELS[decided]
