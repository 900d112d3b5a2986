"""Which deadlines another act governs: nobody meets, drops or stops them beside it. Each answer is the reason, or empty."""

from konflik.clocks.models import Deadline
from konflik.law.grammar.clocks import Counting
from konflik.law.rulebook import RULES

ENDS = {Counting.VALIDITY, Counting.FIXED}
"""Dates that a decree or a plan sets: nobody meets or drops them beside it."""
ELSEWHERE = {
    "kegiatan": "kegiatan",
    "butir": "butir kesepakatan",
    "penugasan": "penugasan",
    "tindakan": "tindakan pembatasan",
}
"""Threads of what is done and dropped on a page of its own."""
STEPS = {"status": "Status Keadaan Konflik", "btt": "belanja tidak terduga"}
"""Threads whose duties are met, and end, by a step that is recorded there with its letter."""


def why_not_met(row: Deadline) -> str:
    """What is in force is not met, it ends; and a step of a status is recorded with its letter, which meets the duty."""
    if why := _why_followed(row):
        return why
    rule = RULES.get(row.rule)
    if rule is not None and rule.clock.counting is Counting.VALIDITY:
        return "Jangka waktu ini berakhir sendiri dan tidak dipenuhi. Bila dicabut, batalkan tenggatnya."
    where = STEPS.get(_kind(row))
    return f"Tenggat ini terpenuhi oleh langkahnya. Catat langkah itu pada {where}." if where else ""


def why_not_cancelled(row: Deadline) -> str:
    """A duty of a status or of an expense ends by its step there, and never by hand."""
    where = STEPS.get(_kind(row))
    return _why_followed(row) or (f"Tenggat ini berakhir oleh langkahnya. Catat langkah itu pada {where}." if where else "")


def why_not_suspended(row: Deadline) -> str:
    """A date that was set does not stand still; nor does what a decree bounds, nor what a step of a status ends."""
    if row.fixed_on is not None:
        return "Tanggal ini ditetapkan, tidak dihitung, sehingga tidak dapat ditangguhkan. Ubah tanggalnya."
    rule = RULES.get(row.rule)
    if rule is not None and rule.clock.counting in {Counting.VALIDITY, Counting.BACKWARDS}:
        return "Jangka waktu ini mengikuti masa berlaku keputusannya, sehingga tidak dapat ditangguhkan."
    where = STEPS.get(_kind(row)) or ELSEWHERE.get(_kind(row))
    return f"Tenggat ini mengikuti {where}, sehingga tidak dapat ditangguhkan." if where else ""


def _why_followed(row: Deadline) -> str:
    """What an activity or a term says of itself is written there, once."""
    where = ELSEWHERE.get(_kind(row))
    if where is not None:
        return f"Tenggat ini mengikuti {where}. Perbarui {where} itu."
    rule = RULES.get(row.rule)
    if rule is not None and not rule.is_entered and (rule.clock.counting in ENDS or rule.merely_ends):
        return "Tanggal berakhir ini mengikuti keputusannya. Catat perubahan atau pencabutannya pada keputusan itu."
    return ""


def _kind(row: Deadline) -> str:
    return row.thread.partition(":")[0]
