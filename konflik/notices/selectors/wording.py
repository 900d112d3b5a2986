"""What a person reads of a notice outside of the system: in mail, short message, calendar, or copied by hand.

Above class biasa no name, title, place or kind leaves the house (S12): only the number of the case or duty, a date, and where to
read on.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.regions.models import Region, TimeZone
from accounts.regions.selectors import zone_name, zone_of
from konflik.clocks.models import Deadline
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.rulebook import RULES
from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice
from konflik.notices.selectors.digest import digest_lines
from konflik.notices.tables import Source

READ_ON = "Masuk untuk membaca"
PARTS = ("recipient", "case__kabupaten", "deadline__case", "line", "kabupaten", "subscription__key__owner")
"""What wording reads of a notice: for select_related."""


@dataclass(frozen=True)
class Dated:
    """A date for a calendar program: a whole day, or an instant."""

    key: str
    version: int
    summary: str
    day: date | None
    at: datetime | None


@dataclass(frozen=True)
class Message:
    """One notice as it leaves the house."""

    subject: str
    lines: tuple[str, ...]
    link: str
    dated: Dated | None = None

    @property
    def text(self) -> str:
        """As plain text, with the address to read on."""
        return "\n\n".join((*self.lines, f"{READ_ON}: {self.link}"))

    @property
    def short(self) -> str:
        """As one paragraph, for a short message."""
        return " ".join((*self.lines, f"{READ_ON}: {self.link}"))


def key_of(notice: Notice) -> str:
    """The key of a notice as one name that tells nothing: it is the same however often it is sent."""
    parts = (notice.source, notice.source_id, notice.source_version, notice.milestone, notice.recipient_id, notice.channel)
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:40]


def text_of(notice: Notice) -> str:
    """The text to hand on by hand; no more than a mail would say."""
    return message_of(notice).text


def message_of(notice: Notice, *, at: datetime | None = None) -> Message:
    """What leaves the house for `notice`; read it with `select_related(*PARTS)`.

    Of a digest: the state of things when it was written, of what the recipient may see `at` that instant, else then.
    """
    with override("id"):
        subject, lines, dated = _of_digest(notice, at) if notice.source == Source.DIGEST else _BY_SOURCE[Source(notice.source)](notice)
    if notice.step:
        subject = f"Belum ditanggapi: {subject}"
        lines = ("Pemberitahuan ini belum ditanggapi, karena itu diteruskan kepada Anda.", *lines)
    if limit := _answer_owed_by(notice):
        lines = (*lines, f"Tanggapi paling lambat {moment(limit, notice.kabupaten)}.")
    return Message(subject, lines, f"{settings.SITE_URL}/pemberitahuan/", dated)


def _answer_owed_by(notice: Notice) -> datetime | None:
    """Until when the recipient owes an answer, whatever channel says so."""
    return Notice.objects.asking().in_bell_beside(notice).values_list("confirm_until", flat=True).first()


def is_discreet(case: object) -> bool:
    """Whether nothing of the case may leave the house."""
    return case is not None and getattr(case, "secrecy", Secrecy.SANGAT_RAHASIA) > Secrecy.BIASA


def is_sealed(deadline: Deadline) -> bool:
    """Whether nothing of what `deadline` is about may leave the house: its case, or the duty that it hangs on."""
    return is_discreet(deadline.case) or deadline.secrecy > Secrecy.BIASA


def moment(at: datetime, region: Region | None) -> str:
    """ "22 November 2026, 09.10 WIB"."""
    zone, name = (zone_of(region), zone_name(region)) if region is not None else (ZoneInfo(settings.TIME_ZONE), "")
    return date_format(at.astimezone(zone), "j F Y, H.i") + (f" {name}" if name else "")


def due_text(deadline: Deadline) -> str:
    """ "24 November 2026, 24.00 WIB": a day ends with its last hour."""
    zone = TimeZone(deadline.zone)
    if deadline.last_day is not None:
        return f"{date_format(deadline.last_day, 'j F Y')}, 24.00 {zone.label}"
    if deadline.due_at is None:
        return "belum dapat dihitung"
    return f"{date_format(deadline.due_at.astimezone(ZoneInfo(zone.value)), 'j F Y, H.i')} {zone.label}"


def title_of(deadline: Deadline) -> str:
    """What is due, in words that may leave the house: those of the rule, of an open case its own; of a secret one nothing."""
    if is_sealed(deadline):
        return ""
    rule = RULES.get(deadline.rule)
    return deadline.title if deadline.case is not None or rule is None else rule.title


def case_words(case: object) -> str:
    """ "Perkara nomor 300/001/TIMDU/2026", of an open one with its title; empty where there is no case."""
    if case is None:
        return ""
    number = f"Perkara nomor {getattr(case, 'number', '')}"
    return number if is_discreet(case) else f"{number}, {getattr(case, 'title', '')}"


def number_of(deadline: Deadline) -> str:
    """What may be said of a deadline of which nothing else may: the number of its case or of its duty."""
    return case_words(deadline.case) or f"Kewajiban lain nomor {deadline.thread.rpartition(':')[2]}"


def dated_of(deadline: Deadline) -> Dated:
    """The date of `deadline` for a calendar program."""
    what = title_of(deadline) or number_of(deadline)
    at = deadline.due_at if deadline.last_day is None else None
    return Dated(f"tenggat-{deadline.pk}", deadline.due_version, f"Tenggat: {what}", deadline.last_day, at)


def _of_deadline(notice: Notice) -> tuple[str, tuple[str, ...], Dated | None]:
    deadline = notice.deadline
    if deadline is None:
        return "Tenggat", ("Ada tenggat yang perlu Anda perhatikan.",), None
    due, title, case = due_text(deadline), title_of(deadline), case_words(deadline.case)
    is_past = notice.milestone.rpartition(":")[2].startswith("L+")
    falls = f"sudah lewat, jatuh tempo {due}" if is_past else f"jatuh tempo {due}"
    dated = None if is_past else dated_of(deadline)
    if is_sealed(deadline):
        number = number_of(deadline)
        return f"{number}: tenggat {due}", (f"{number}: tenggat {falls}.",), dated
    lines = (*((f"{case}.",) if case else ()), f"{title}: {falls}.", f"Dasar: {deadline.basis}.")
    return f"{'Lewat tenggat' if is_past else 'Tenggat'} {due}: {title}", lines, dated


def _of_line(notice: Notice) -> tuple[str, tuple[str, ...], Dated | None]:
    line, case = notice.line, case_words(notice.case)
    if line is None:
        return "Pemberitahuan", ("Ada kejadian yang perlu Anda ketahui.",), None
    when = moment(line.occurred_at, notice.kabupaten)
    if is_discreet(notice.case):
        return f"{case}: ada kejadian", (f"{case}: ada kejadian yang perlu Anda ketahui, {when}.",), None
    if notice.secrecy > Secrecy.BIASA:
        return "Kewajiban lain: ada kejadian", (f"Kewajiban lain: ada kejadian yang perlu Anda ketahui, {when}.",), None
    label = EVENT_LABELS[Event(line.event)]
    return label, (*((f"{case}.",) if case else ()), f"{label}, {when}."), None


def _of_digest(notice: Notice, at: datetime | None) -> tuple[str, tuple[str, ...], Dated | None]:
    lines = digest_lines(notice, at=at or notice.created_at, due=due_text, name=lambda one: title_of(one) or number_of(one))
    return f"Ringkasan tenggat {date_format(date.fromisoformat(notice.milestone), 'j F Y')}", lines, None


def _of_watch(notice: Notice) -> tuple[str, tuple[str, ...], Dated | None]:
    return "Pengawasan tenggat terganggu", ("Penyapuan tenggat tidak berjalan. Periksa sistem.",), None


_BY_SOURCE = {Source.DEADLINE: _of_deadline, Source.LINE: _of_line, Source.WATCH: _of_watch}
