"""Whom the law, or failing that our practice, tells of what happened; how urgently; and who hears of it when nobody answers.

No article orders most of these messages; they stand as kebijakan daerah beside the article they serve. Written duties to
report or to copy are limits and letters of their own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from konflik.law.events import Event
from konflik.law.grammar.basis import PP_2_2015, UU_7_2012, UU_23_2014, UU_27_2022, Article, Practice
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.offices import Office


class Urgency(StrEnum):
    URGENT = "urgent"
    """Status and violence: never held by quiet hours."""
    NORMAL = "normal"


URGENCY_LABELS: dict[Urgency, str] = {Urgency.URGENT: "Mendesak", Urgency.NORMAL: "Biasa"}


class Group(StrEnum):
    """Kinds of notices among which a person chooses channels."""

    DEADLINE = "deadline"
    CASE = "case"
    STATUS = "status"
    FORUM = "forum"
    SYSTEM = "system"


GROUP_LABELS: dict[Group, str] = {
    Group.DEADLINE: "Tenggat",
    Group.CASE: "Perkara saya",
    Group.STATUS: "Status dan kekerasan",
    Group.FORUM: "Forum, SK, dan penugasan",
    Group.SYSTEM: "Sistem dan ringkasan",
}


@dataclass(frozen=True)
class Telling:
    """Who is told of one kind of event. Office.PENANGGUNG_JAWAB: the person or institution concerned.

    `must_confirm`: each of them answers for having read it, else the ladder is climbed.
    """

    event: Event
    offices: tuple[Office, ...]
    basis: Article | Practice
    group: Group = Group.CASE
    urgency: Urgency = Urgency.NORMAL
    must_confirm: bool = False

    @property
    def is_muted_late(self) -> bool:
        """Whether nobody is told of it once it lies back long: the course of a case, but no status, person or running limit."""
        is_course = self.group is Group.CASE or self.event in _VIOLENCE
        return is_course and Office.PENANGGUNG_JAWAB not in self.offices


_VIOLENCE = (Event.VIOLENCE_REPORTED, Event.VIOLENCE_RECURRED, Event.VIOLENCE_STOPPED)

_ = Office
_CHIEFS = (_.KEPALA_DAERAH, _.SEKRETARIS_DAERAH, _.KEPALA_KESBANGPOL)
_SECURITY = (_.KAPOLRES, _.DANDIM)
_FIELD = (*_CHIEFS, *_SECURITY, _.CAMAT, _.SEKRETARIAT)
_STATUS = (*_CHIEFS, *_SECURITY, _.KAJARI, _.PIMPINAN_DPRD, _.KEPALA_PERANGKAT_DAERAH, _.PPKD, _.CAMAT, _.SEKRETARIAT)
_ASKING = (*_CHIEFS, *_SECURITY, _.KAJARI, _.SEKRETARIAT)
_DESK = (_.KEPALA_KESBANGPOL, _.SEKRETARIAT)
_CONCERNED = (_.PENANGGUNG_JAWAB,)
_FAST = Practice(UU_7_2012.pasal(11, huruf="b"))

URGENT, NORMAL = Urgency.URGENT, Urgency.NORMAL

# fmt: off
TELLINGS: tuple[Telling, ...] = (
    #       event                        offices                                            basis                                      group            urgency
    Telling(Event.VIOLENCE_REPORTED,     _FIELD,                                            _FAST,                                     Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.VIOLENCE_RECURRED,     _FIELD,                                            _FAST,                                     Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.VIOLENCE_STOPPED,      _FIELD,                                            _FAST,                                     Group.STATUS,    URGENT),
    Telling(Event.CONFLICT_PREVENTED,    (*_DESK, _.CAMAT),                                 Practice(UU_7_2012.pasal(8)),              Group.CASE,      NORMAL),
    Telling(Event.RECOVERY_COMPLETED,    (_.KEPALA_DAERAH, *_DESK, _.CAMAT),                Practice(UU_7_2012.pasal(36, "2")),        Group.CASE,      NORMAL),
    Telling(Event.CASE_REOPENED,         (*_DESK, _.KAPOLRES, _.CAMAT),                     Practice(PP_2_2015.pasal(96)),             Group.CASE,      NORMAL),
    Telling(Event.CASE_OPENED,           (*_DESK, _.CAMAT),                                 _FAST,                                     Group.CASE,      NORMAL),
    Telling(Event.STATUS_ASSESSED,       (*_DESK, _.SEKRETARIS_DAERAH),                     Practice(PP_2_2015.pasal(43)),             Group.STATUS,    NORMAL),
    Telling(Event.STATUS_CONSULTED,      (*_CHIEFS, _.PIMPINAN_DPRD, _.SEKRETARIAT),        Practice(UU_7_2012.pasal(16)),             Group.STATUS,    URGENT),
    Telling(Event.STATUS_DECLARED,       _STATUS,                                           Practice(UU_7_2012.pasal(23, "1")),        Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.STATUS_EXTENDED,       _STATUS,                                           Practice(UU_7_2012.pasal(29, "1")),        Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.STATUS_CORRECTED,      _STATUS,                                           Practice(UU_7_2012.pasal(23, "1")),        Group.STATUS,    URGENT),
    Telling(Event.STATUS_ENDED,          _STATUS,                                           Practice(UU_7_2012.pasal(31)),             Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.MEASURE_ORDERED,       _FIELD,                                            Practice(UU_7_2012.pasal(26)),             Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.MEASURE_ENDED,         _FIELD,                                            Practice(UU_7_2012.pasal(26)),             Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.TNI_REQUESTED_ORALLY,  _ASKING,                                           Practice(PP_2_2015.pasal(45, "4")),        Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.TNI_REQUESTED,         (*_ASKING, _.PIMPINAN_DPRD),                       PP_2_2015.pasal(45, "5"),                  Group.STATUS,    URGENT),
    Telling(Event.TNI_APPROVED,          (*_CHIEFS, *_SECURITY, _.SEKRETARIAT),             Practice(PP_2_2015.pasal(48, "1")),        Group.STATUS,    URGENT),
    Telling(Event.TNI_DECLINED,          (*_CHIEFS, *_SECURITY, _.SEKRETARIAT),             Practice(PP_2_2015.pasal(48, "1")),        Group.STATUS,    URGENT),
    Telling(Event.TNI_ORDERED,           (*_CHIEFS, *_SECURITY, _.SEKRETARIAT),             Practice(PP_2_2015.pasal(48, "3")),        Group.STATUS,    URGENT),
    Telling(Event.TNI_ENDED,             (*_CHIEFS, *_SECURITY, _.SEKRETARIAT),             Practice(PP_2_2015.pasal(53, "1")),        Group.STATUS,    URGENT, must_confirm=True),
    Telling(Event.TNI_END_TOLD,          (*_CHIEFS, _.DANDIM, _.SEKRETARIAT),               Practice(PP_2_2015.pasal(53, "2")),        Group.STATUS,    NORMAL),
    Telling(Event.BTT_DECIDED,           (*_DESK, _.SEKRETARIS_DAERAH, _.PPKD),             Practice(PP_2_2015.pasal(80, "2", "a")),   Group.STATUS,    NORMAL, must_confirm=True),
    Telling(Event.BTT_PLAN_SUBMITTED,    (_.PPKD, _.SEKRETARIS_DAERAH, *_DESK),             Practice(PP_2_2015.pasal(80, "2", "b")),   Group.STATUS,    NORMAL, must_confirm=True),
    Telling(Event.BTT_PAID,              (*_DESK, _.KEPALA_DAERAH),                         Practice(PP_2_2015.pasal(80, "2", "c")),   Group.STATUS,    NORMAL),
    Telling(Event.BTT_DPRD_TOLD,         (_.PIMPINAN_DPRD, *_DESK),                         Practice(PP_2_2015.pasal(88, "2", "a")),   Group.STATUS,    NORMAL),
    Telling(Event.BTT_ACCOUNTED,         (_.PPKD, *_DESK),                                  Practice(PP_2_2015.pasal(80, "2", "e")),   Group.STATUS,    NORMAL),
    Telling(Event.PROGRESS_REPORTED,     (_.PIMPINAN_DPRD, *_DESK),                         Practice(UU_7_2012.pasal(23, "2")),        Group.STATUS,    NORMAL),
    Telling(Event.HANDLER_ASSIGNED,      _CONCERNED,                                        Practice(PP_2_2015.pasal(4, "2")),         Group.CASE,      NORMAL, must_confirm=True),
    Telling(Event.ACCESS_GRANTED,        _CONCERNED,                                        Practice(UU_27_2022.pasal(35)),            Group.CASE,      NORMAL),
    Telling(Event.ACTIVITY_PLANNED,      _CONCERNED,                                        Practice(PP_2_2015.pasal(4, "2")),         Group.CASE,      NORMAL, must_confirm=True),
    Telling(Event.AGREEMENT_RECORDED,    (*_DESK, _.CAMAT),                                 Practice(UU_7_2012.pasal(8, "3")),         Group.CASE,      NORMAL),
    Telling(Event.DUTY_RECORDED,         _CONCERNED,                                        Practice(UU_23_2014.pasal(65)),            Group.DEADLINE,  NORMAL, must_confirm=True),
    Telling(Event.DEADLINE_SUSPENDED,    _CONCERNED,                                        Practice(UU_23_2014.pasal(65)),            Group.DEADLINE,  NORMAL),
    Telling(Event.DEADLINE_RESUMED,      _CONCERNED,                                        Practice(UU_23_2014.pasal(65)),            Group.DEADLINE,  NORMAL),
    Telling(Event.DEADLINE_EXTENDED,     _CONCERNED,                                        Practice(UU_23_2014.pasal(65)),            Group.DEADLINE,  NORMAL),
    Telling(Event.DEADLINE_MOVED,        _CONCERNED,                                        Practice(UU_23_2014.pasal(65)),            Group.DEADLINE,  NORMAL),
    Telling(Event.DEADLINE_CANCELLED,    _CONCERNED,                                        Practice(UU_23_2014.pasal(65)),            Group.DEADLINE,  NORMAL),
)
# fmt: on

_BY_EVENT: dict[str, Telling] = {row.event.value: row for row in TELLINGS}


def telling_of(event: str) -> Telling | None:
    """The row of `event`; None where nobody is told."""
    return _BY_EVENT.get(event)


CONFIRM_HOURS = timedelta(hours=1)
CONFIRM_URGENT = timedelta(hours=2)
CONFIRM_NORMAL = timedelta(hours=24)
"""How long somebody has to answer "saya terima, tindakan saya …" before the next above is told: our practice, not law."""


HISTORY_AFTER = timedelta(days=7)
"""What lies back further when it is recorded is entered for the file: our practice, so that an old case alarms nobody."""


def is_history(event: str, occurred_at: datetime, *, now: datetime) -> bool:
    """Whether `event` of `occurred_at` is recorded so late, at `now`, that nobody is told of it any more.

    The end of a status or of help is told however long nobody wrote it down, and so is what a running limit depends on.
    """
    telling = telling_of(event)
    return telling is not None and telling.is_muted_late and now - occurred_at > HISTORY_AFTER


def urgency_of(rule: DeadlineRule) -> Urgency:
    """How urgent the reminders of a limit are: hours do not wait for the morning, nor does a status."""
    is_urgent = rule.is_urgent or rule.clock.counting is Counting.INSTANT
    return Urgency.URGENT if is_urgent else Urgency.NORMAL


def confirm_within(urgency: Urgency, *, is_hours: bool = False) -> timedelta:
    """How long a notice waits for its answer; `is_hours`: it reminds of a limit that is counted in hours."""
    if is_hours:
        return CONFIRM_HOURS
    return CONFIRM_URGENT if urgency is Urgency.URGENT else CONFIRM_NORMAL


WITHOUT_LOGIN = frozenset({_.GUBERNUR, _.PANGLIMA_TNI, _.BPK, _.PARTAI_POLITIK})
"""Offices that nobody holds in this system: what is meant for them is a letter, or a text handed on by hand ("ditembuskan")."""

# Chiefs of state agencies answer to nobody in the kabupaten: the ladder goes to the secretary of the team, who can call them,
# and on to the kepala daerah, who leads the Forkopimda they sit in (UU 23/2014 Pasal 26).
_ABOVE: dict[Office, Office] = {
    _.SEKRETARIS_DAERAH: _.KEPALA_DAERAH,
    _.KEPALA_KESBANGPOL: _.SEKRETARIS_DAERAH,
    _.KEPALA_PERANGKAT_DAERAH: _.SEKRETARIS_DAERAH,
    _.CAMAT: _.SEKRETARIS_DAERAH,
    _.KEPALA_DESA: _.CAMAT,
    _.PPKD: _.SEKRETARIS_DAERAH,
    _.PPID: _.SEKRETARIS_DAERAH,
    _.PETUGAS_PDP: _.SEKRETARIS_DAERAH,
}


def superior_of(office: Office) -> Office | None:
    """The office that learns of it when `office` does not answer; None above the kepala daerah."""
    if office is Office.KEPALA_DAERAH:
        return None
    return _ABOVE.get(office, Office.KEPALA_KESBANGPOL)


def superiors_of(office: Office) -> tuple[Office, ...]:
    """Who hears next, step by step, up to the kepala daerah."""
    above = superior_of(office)
    return (above, *superiors_of(above)) if above else ()
