"""What the codes of a reminder mean to a reader."""

import re

CODE = re.compile(r"(?:T(?P<step>\d+):)?(?:(?P<kind>[HJL])(?P<sign>[-+])(?P<number>\d+)|.*)")
LATE = "Tenggat lewat"


def milestone_words(code: str, *, left: int | None = None) -> str:
    """ "Pengingat 3 hari sebelumnya" for "H-3", "Diteruskan, tingkat 1" for the first step above something that happened.

    `left`: how many days (of "J" hours) there really were when the reminder was written. One that was written late says
    so many and not those of its code; None: it is not known, and no number is said.
    """
    found = CODE.fullmatch(code)
    if found is None:
        return ""
    step = f"Diteruskan, tingkat {found['step']}" if found["step"] else ""
    said = _reminder(found["kind"], left) if found["kind"] else ""
    return " · ".join(filter(None, (step, said)))


def is_in_hours(code: str) -> bool:
    """Whether the reminder counts hours."""
    found = CODE.fullmatch(code)
    return found is not None and found["kind"] == "J"


def _reminder(kind: str, left: int | None) -> str:
    unit = "jam" if kind == "J" else "hari"
    if left is None:
        return LATE if kind == "L" else "Pengingat"
    if kind == "L" or left < 0:
        return f"Lewat {-left} {unit}" if left < 0 else LATE
    return f"Pengingat {left} {unit} sebelumnya" if left else f"Pengingat {unit} terakhir"
