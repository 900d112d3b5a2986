"""What is told of notices: who answered, and who above heard that nobody did."""

from collections import Counter
from collections.abc import Iterable

from accounts.regions.selectors import office_at
from konflik.desk.tables.facts import Told
from konflik.desk.tables.sentences.words import Sentence, label_of
from konflik.desk.tables.words import listed
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.offices import Office
from konflik.notices.tables import PERSON, Source

SOMEBODY = "seorang penerima"


def _about(told: Told) -> str:
    """What the notice is about."""
    if told.get("happened"):
        return f": {label_of(EVENT_LABELS, Event, told.get('happened'))}"
    return f" tentang tenggat “{told.word('title')}”" if told.get("source") == Source.DEADLINE else ""


def _confirmed(told: Told) -> str:
    return f"Pemberitahuan diterima{_about(told)}. Tindakan: {told.word('action').rstrip('.')}."


def _escalated(told: Told) -> str:
    parties = told.get("silent")
    if not parties:  # a line of before: of one ladder, and not what it was about
        return f"{EVENT_LABELS[Event.NOTICE_ESCALATED]}."
    silent = _parties(parties, told)
    number = f"{len(parties)} penerima ({silent})" if len(parties) > 1 else silent
    above = listed(_office(code, told) for code in told.get("offices") or [])
    then = f"Diteruskan ke atasan (tingkat {told.get('step')}): {above}" if above else "Di atasnya tidak ada lagi yang dapat diberi tahu"
    return f"Pemberitahuan belum ditanggapi oleh {number}{_about(told)}. {then}."


def _parties(parties: Iterable[str], told: Told) -> str:
    """ "Kapolres, Camat (2), dan Siti Aminah": offices by name with their number, people by name."""
    named = Counter(_party(party, told) for party in parties)
    return listed(f"{name} ({number})" if number > 1 else name for name, number in named.items())


def _party(party: str, told: Told) -> str:
    if party.startswith(PERSON):
        return told.names.of("user", party.removeprefix(PERSON), SOMEBODY)
    return _office(party.partition(":")[0], told)


def _office(code: str, told: Told) -> str:
    return office_at(code, told.names.region) if code in set(Office) else SOMEBODY


NOTICES: dict[Event, Sentence] = {Event.NOTICE_CONFIRMED: _confirmed, Event.NOTICE_ESCALATED: _escalated}
