"""Words, states and channels of the ledger of notices."""

from dataclasses import dataclass
from enum import StrEnum

from konflik.law.events import Event
from konflik.law.telling import Group


class Source(StrEnum):
    """What a notice is about."""

    DEADLINE = "deadline"
    LINE = "line"
    DIGEST = "digest"
    WATCH = "watch"


SOURCE_LABELS: dict[Source, str] = {
    Source.DEADLINE: "Tenggat",
    Source.LINE: "Kejadian",
    Source.DIGEST: "Ringkasan harian",
    Source.WATCH: "Pengawasan sistem",
}


class Channel(StrEnum):
    BELL = "bell"
    EMAIL = "email"
    GATEWAY = "gateway"
    WEBHOOK = "webhook"
    """To another system, by subscription; nobody chooses it for himself."""


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.BELL: "Di dalam sistem",
    Channel.EMAIL: "Surel",
    Channel.GATEWAY: "Pesan singkat",
    Channel.WEBHOOK: "Sistem lain (webhook)",
}


ON_BY_DEFAULT: dict[Channel, frozenset[Group]] = {
    Channel.EMAIL: frozenset(Group),
    Channel.GATEWAY: frozenset({Group.STATUS}),
}
"""By which channels somebody is told who has not chosen: short messages cost money, so they carry only what cannot wait."""


HOOKED: tuple[Event, ...] = (
    Event.CASE_OPENED,
    Event.CASE_AMENDED,
    Event.CASE_CORRECTED,
    Event.PLACES_CHANGED,
    Event.CASE_QUALIFIED,
    Event.CASE_CLASSIFIED,
    Event.HANDLER_ASSIGNED,
    Event.SEVERITY_SET,
    Event.CASES_LINKED,
    Event.PARTY_ADDED,
    Event.PARTY_AMENDED,
    Event.FIGURE_RECORDED,
    Event.FIGURE_CORRECTED,
    Event.FIGURE_DECLARED,
    Event.NOTE_ADDED,
    Event.ATTACHMENT_ADDED,
    Event.VIOLENCE_REPORTED,
    Event.VIOLENCE_STOPPED,
    Event.VIOLENCE_RECURRED,
    Event.CONFLICT_PREVENTED,
    Event.RECOVERY_COMPLETED,
    Event.CASE_REOPENED,
    Event.MOVE_CORRECTED,
    Event.MOVE_REVERSED,
    Event.STATUS_DECLARED,
    Event.STATUS_EXTENDED,
    Event.STATUS_CORRECTED,
    Event.STATUS_ENDED,
    Event.ACTIVITY_PLANNED,
    Event.ACTIVITY_UPDATED,
    Event.ACTIVITY_CORRECTED,
    Event.AGREEMENT_RECORDED,
    Event.AGREEMENT_CORRECTED,
    Event.TERM_UPDATED,
    Event.DUTY_RECORDED,
    Event.DUTY_CORRECTED,
    Event.DEADLINE_MET,
    Event.DEADLINE_MOVED,
    Event.DEADLINE_EXTENDED,
    Event.DEADLINE_SUSPENDED,
    Event.DEADLINE_RESUMED,
    Event.DEADLINE_CANCELLED,
    Event.DEADLINE_LAPSED,
)
"""What another system can subscribe to: what happens to a case or a deadline. Nothing about people, logins and reading."""


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    PARKED = "parked"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


STATE_LABELS: dict[State, str] = {
    State.PENDING: "Menunggu",
    State.SENDING: "Sedang dikirim",
    State.SENT: "Terkirim",
    State.UNCERTAIN: "Mungkin terkirim",
    State.PARKED: "Menunggu keputusan petugas",
    State.FAILED: "Gagal",
    State.CANCELLED: "Dibatalkan",
    State.SUPERSEDED: "Digantikan pengingat yang lebih baru",
}

WAITING_STATES = (State.PENDING.value, State.SENDING.value, State.UNCERTAIN.value)
"""The ledger itself still has to act."""

FOR_A_PERSON = (State.PARKED.value, State.FAILED.value)
"""Only a person decides what happens next."""

MOST_SENDS = 2
"""Automatic sends that may have gone out; a third is decided by a person (S30)."""

PERSON = "orang:"
"""A party that is one person; before the key of the user."""

HAPPENING = "kejadian"
"""The milestone of a line: it has only one."""


@dataclass(frozen=True)
class Concerned:
    """Whom an act is about: Office.PENANGGUNG_JAWAB means these people, or without any the people of these institutions."""

    user_ids: tuple[int, ...] = ()
    institution_ids: tuple[int, ...] = ()


NOBODY_IN_PARTICULAR = Concerned()

SWEEP = "sweep"
"""The heartbeat of the complete sweep."""

RECONCILE = "reconcile"
"""The heartbeat of the hourly reconciliation; its tally holds the findings."""


CALENDAR = "calendar"
"""The heartbeat of the last count of every deadline by the applied decrees on days off."""


RESTORE = "restore"
"""The heartbeat of the last restore: began at the instant of the backup, ended when it was brought back."""

MAY_HAVE_GONE_OUT = "dipulihkan dari cadangan, mungkin sudah terkirim"
"""Why a notice of the time between a backup and its restore waits for a person (S47)."""


class Decision(StrEnum):
    """What a person decides of a notice that the ledger could not get out by itself."""

    RESEND = "resend"
    GIVE_UP = "give_up"
    ARRIVED = "arrived"


DECISION_LABELS: dict[Decision, str] = {
    Decision.RESEND: "Kirim lagi",
    Decision.GIVE_UP: "Tidak dikirim lagi",
    Decision.ARRIVED: "Sudah diterima",
}


FINDING_LABELS: dict[str, str] = {
    "missing": "tenggat atau kejadian tanpa pemberitahuan",
    "asleep": "tenggat yang tidak akan diingatkan",
    "unreached": "kejadian yang tidak sampai kepada siapa pun karena jabatannya kosong",
    "incomplete": "pemberitahuan yang barisnya berkurang",
    "stuck": "pengiriman yang macet",
    "held": "pengiriman yang ditahan terlalu lama",
    "waits_for_person": "pengiriman yang menunggu keputusan",
    "wrong_bell": "pemberitahuan di dalam sistem dengan keadaan yang keliru",
    "unproven": "pengiriman tanpa bukti",
    "wrongly_cancelled": "pemberitahuan yang dibatalkan tanpa sebab",
    "wrongly_superseded": "pemberitahuan yang digantikan tanpa sebab",
    "ladder": "pemberitahuan yang tidak diteruskan ke atasan pada waktunya",
    "ahead_of_date": "pemberitahuan untuk tanggal yang tidak ada",
}
"""What the hourly reconciliation can find, as it stands after its number."""
