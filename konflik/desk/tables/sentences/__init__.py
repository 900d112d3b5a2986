"""One sentence for everything that can happen, as a clerk would write it into the file."""

from konflik.desk.tables.facts import Told
from konflik.desk.tables.sentences.cases import CASES
from konflik.desk.tables.sentences.clocks import CLOCKS
from konflik.desk.tables.sentences.facts import FACTS
from konflik.desk.tables.sentences.notices import NOTICES
from konflik.desk.tables.sentences.stages import STAGES
from konflik.desk.tables.sentences.status import STATUS
from konflik.desk.tables.sentences.words import Sentence, about, label_of, plain
from konflik.law.events import EVENT_LABELS, Event


def _erased(told: Told) -> str:
    event = label_of(EVENT_LABELS, Event, told.get("event"))
    return f"Rincian baris {told.get('position')} ({event}) dihapus atas permintaan yang sah. Alasan: {told.word('reason')}."


CLOCK_EVENTS = tuple(
    event
    for event in Event
    if event.value.startswith(
        (
            "duty_",
            "deadline_",
            "calendar_",
            "policy_",
            "notice_",
        )
    )
)

SENTENCES: dict[Event, Sentence] = {
    **CASES,
    **FACTS,
    **STAGES,
    **STATUS,
    **{event: plain(event) for event in CLOCK_EVENTS},
    **CLOCKS,
    **NOTICES,
    Event.BODY_RECORDED: about(Event.BODY_RECORDED, "body"),
    Event.BODY_AMENDED: about(Event.BODY_AMENDED, "body"),
    Event.SEAT_RECORDED: about(Event.SEAT_RECORDED, "body"),
    Event.SEAT_AMENDED: about(Event.SEAT_AMENDED, "body"),
    Event.INSTITUTION_RECORDED: about(Event.INSTITUTION_RECORDED, "institution"),
    Event.INSTITUTION_AMENDED: about(Event.INSTITUTION_AMENDED, "institution"),
    Event.USER_CREATED: about(Event.USER_CREATED, "user"),
    Event.USER_AMENDED: about(Event.USER_AMENDED, "user"),
    Event.LOGIN_LINK_ISSUED: about(Event.LOGIN_LINK_ISSUED, "user"),
    Event.POSTING_RECORDED: about(Event.POSTING_RECORDED, "user"),
    Event.POSTING_ENDED: about(Event.POSTING_ENDED, "user"),
    Event.SECOND_FACTOR_RELEASED: about(Event.SECOND_FACTOR_RELEASED, "user"),
    Event.KEY_MADE: about(Event.KEY_MADE, "user"),
    Event.KEY_REVOKED: about(Event.KEY_REVOKED, "user"),
    Event.SUBSCRIPTION_MADE: about(Event.SUBSCRIPTION_MADE, "user"),
    Event.SUBSCRIPTION_ENDED: about(Event.SUBSCRIPTION_ENDED, "user"),
    Event.PUBLIC_NOTE_RECORDED: plain(Event.PUBLIC_NOTE_RECORDED),
    Event.PUBLIC_NOTE_AMENDED: plain(Event.PUBLIC_NOTE_AMENDED),
    Event.INSTALLATION_SET_UP: plain(Event.INSTALLATION_SET_UP),
    Event.INSTALLATION_AMENDED: plain(Event.INSTALLATION_AMENDED),
    Event.DETAIL_ERASED: _erased,
}
