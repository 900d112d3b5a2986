"""Who is told of what, how urgently, and who hears of it when nobody answers."""

from datetime import UTC, datetime, timedelta

import pytest

from konflik.law.events import Event
from konflik.law.offices import OFFICE_LABELS, Office
from konflik.law.rulebook import RULES
from konflik.law.stages import STAGE_EVENTS
from konflik.law.telling import (
    CONFIRM_HOURS,
    CONFIRM_NORMAL,
    CONFIRM_URGENT,
    GROUP_LABELS,
    TELLINGS,
    URGENCY_LABELS,
    WITHOUT_LOGIN,
    Group,
    Telling,
    Urgency,
    confirm_within,
    is_history,
    superior_of,
    superiors_of,
    telling_of,
    urgency_of,
)

MUST_BE_TOLD = {
    *STAGE_EVENTS,
    *(event for event in Event if event.value.startswith(("status_", "measure_", "tni_", "btt_"))),
    Event.PROGRESS_REPORTED,
    Event.HANDLER_ASSIGNED,
    Event.ACCESS_GRANTED,
    Event.CASE_OPENED,
    Event.ACTIVITY_PLANNED,
}
URGENT_EVENTS = {
    Event.VIOLENCE_REPORTED,
    Event.VIOLENCE_STOPPED,
    Event.VIOLENCE_RECURRED,
    Event.STATUS_CONSULTED,
    Event.STATUS_DECLARED,
    Event.STATUS_EXTENDED,
    Event.STATUS_CORRECTED,
    Event.STATUS_ENDED,
    Event.MEASURE_ORDERED,
    Event.MEASURE_ENDED,
    Event.TNI_REQUESTED_ORALLY,
    Event.TNI_REQUESTED,
    Event.TNI_APPROVED,
    Event.TNI_DECLINED,
    Event.TNI_ORDERED,
    Event.TNI_ENDED,
}


@pytest.mark.parametrize("event", sorted(MUST_BE_TOLD), ids=str)
def test_somebody_is_told_of_every_move_of_stage_and_every_step_of_a_status(event: Event) -> None:
    telling = telling_of(event.value)
    assert telling is not None
    assert telling.offices


@pytest.mark.parametrize("telling", TELLINGS, ids=lambda telling: telling.event)
def test_a_row_is_complete(telling: Telling) -> None:
    assert len(telling.offices) == len(set(telling.offices)) > 0
    assert set(telling.offices).isdisjoint(WITHOUT_LOGIN), "what goes outside is a letter, not a notice"
    assert str(telling.basis)
    assert (telling.urgency is Urgency.URGENT) == (telling.event in URGENT_EVENTS)
    assert telling.urgency is Urgency.NORMAL or telling.group is Group.STATUS


def test_no_event_stands_in_the_table_twice_and_an_unknown_one_tells_nobody() -> None:
    assert len({row.event for row in TELLINGS}) == len(TELLINGS)
    assert telling_of(Event.DETAIL_ERASED.value) is None
    assert telling_of("no_such_event") is None


def test_violence_reaches_the_five_who_must_act() -> None:
    told = telling_of(Event.VIOLENCE_REPORTED.value)
    assert {Office.KEPALA_DAERAH, Office.KEPALA_KESBANGPOL, Office.KAPOLRES, Office.DANDIM, Office.CAMAT} <= set(told.offices)
    assert told.must_confirm


@pytest.mark.parametrize("office", Office)
def test_every_ladder_ends_with_the_kepala_daerah(office: Office) -> None:
    ladder = superiors_of(office)
    assert office not in ladder
    assert len(ladder) == len(set(ladder))
    assert set(ladder).isdisjoint(WITHOUT_LOGIN)
    assert (ladder[-1:] == (Office.KEPALA_DAERAH,)) == (office is not Office.KEPALA_DAERAH)
    assert superior_of(office) == (ladder[0] if ladder else None)


def test_the_ladders_that_one_would_name() -> None:
    above = (Office.SEKRETARIS_DAERAH, Office.KEPALA_DAERAH)
    assert superiors_of(Office.KEPALA_KESBANGPOL) == above
    assert superiors_of(Office.KEPALA_DESA) == (Office.CAMAT, *above)
    assert superiors_of(Office.KAPOLRES) == (Office.KEPALA_KESBANGPOL, *above)
    assert superiors_of(Office.KEPALA_DAERAH) == ()


def test_hours_and_emergencies_are_urgent() -> None:
    urgent = {code for code, rule in RULES.rules.items() if urgency_of(rule) is Urgency.URGENT}
    assert {"tni-permintaan-tertulis", "pdp-kegagalan", "skk-berakhir", "btt-pencairan"} <= urgent
    assert urgent.isdisjoint({"kip-jawaban", "renaksi-b04", "kegiatan-selesai", "btt-pemberitahuan-dprd"})


def test_what_is_urgent_must_be_answered_sooner() -> None:
    assert CONFIRM_HOURS < CONFIRM_URGENT < CONFIRM_NORMAL == timedelta(hours=24)
    assert confirm_within(Urgency.URGENT, is_hours=True) == confirm_within(Urgency.NORMAL, is_hours=True) == CONFIRM_HOURS
    assert confirm_within(Urgency.URGENT) == CONFIRM_URGENT
    assert confirm_within(Urgency.NORMAL) == CONFIRM_NORMAL


def test_every_heading_and_office_has_its_words() -> None:
    assert set(GROUP_LABELS) == set(Group)
    assert set(URGENCY_LABELS) == set(Urgency)
    assert set(OFFICE_LABELS) == set(Office)


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (7, True), (8, False), (1200, False)])
def test_the_course_of_a_case_that_lies_back_more_than_a_week_is_history(days: int, is_told: bool) -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    for event in (*STAGE_EVENTS, Event.CASE_OPENED):
        assert is_history(event, now - timedelta(days=days), now=now) is not is_told, event


def test_a_status_a_running_limit_and_whom_it_concerns_are_told_however_late() -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    always = [row.event for row in TELLINGS if row.event.value.startswith(("status_", "measure_", "tni_", "btt_", "duty_", "deadline_"))]
    assert {Event.STATUS_ENDED, Event.TNI_ENDED, Event.DUTY_RECORDED, Event.DEADLINE_SUSPENDED} <= set(always)
    for event in (*always, Event.HANDLER_ASSIGNED):
        assert not is_history(event, now - timedelta(days=1200), now=now), event
