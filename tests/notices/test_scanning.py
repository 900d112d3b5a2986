"""The due scan: each reminder at its time, the latest one after an outage, none twice, none for what is done."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.postings.tables import Role
from accounts.users.models import User
from forums.bodies.services import BodyFacts
from konflik.acts.services import Clocked, begin_periods, cancel_deadline, lapse_deadlines, record
from konflik.acts.services.moving import moved
from konflik.acts.services.saying import Told
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State as Clock
from konflik.journal.services import Entry
from konflik.law.bodies import BodyKind
from konflik.law.events import Event
from konflik.law.grammar.counting import Outcome
from konflik.notices.models import Notice
from konflik.notices.services.reconciling import reconcile
from konflik.notices.services.scanning import scan
from konflik.notices.tables import Channel, State
from konflik.registry.services import record_body
from tests.builders import BATANGHARI, DAY, HOUR, NOW, a_user, region
from tests.notices.making import MINUTE, TNI, asked_for_tni, milestones, reachable, rows

pytestmark = pytest.mark.django_db
SENT, SUPERSEDED = State.SENT.value, State.SUPERSEDED.value
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def bupati() -> User:
    return reachable(a_user(Role.KEPALA_DAERAH))


def test_each_reminder_comes_at_its_time_and_once(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW)
    assert scan(now=NOW + 12 * HOUR - MINUTE) == 0
    assert milestones(deadline) == []
    for hours, code in ((12, "J-12"), (18, "J-6"), (21, "J-3"), (23, "J-1"), (24, "L+0"), (48, "L+1")):
        assert scan(now=NOW + hours * HOUR) == 1
        assert scan(now=NOW + hours * HOUR + MINUTE) == 0
        assert milestones(deadline)[-1] == (code, SENT)
    assert len(milestones(deadline)) == 6
    assert {row.recipient for row in rows(deadline=deadline)} == {bupati}


def test_after_an_outage_the_latest_is_sent_and_the_earlier_ones_are_superseded(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW)
    assert scan(now=NOW + 26 * HOUR) == 1
    assert milestones(deadline) == [*((code, SUPERSEDED) for code in ("J-12", "J-6", "J-3", "J-1")), ("L+0", SENT)]


def test_outages_leave_the_same_keys_as_an_undisturbed_run(bupati: User) -> None:
    calm, troubled = asked_for_tni(at=NOW, thread="status:1"), asked_for_tni(at=NOW, thread="status:2")
    Deadline.objects.filter(pk=troubled.pk).update(next_notice_at=None)
    for minutes in range(0, 50 * 60, 30):
        scan(now=NOW + minutes * MINUTE)
    Deadline.objects.filter(pk=troubled.pk).update(next_notice_at=troubled.next_notice_at)
    scan(now=NOW + 50 * HOUR)
    assert [code for code, _ in milestones(troubled)] == [code for code, _ in milestones(calm)]


def test_a_mail_that_still_waits_is_superseded_by_the_next_reminder(bupati: User, settings: object) -> None:
    settings.EMAIL_HOST = "surel.contoh.go.id"
    deadline = asked_for_tni(at=NOW)
    scan(now=NOW + 12 * HOUR)
    scan(now=NOW + 18 * HOUR)
    mails = rows(deadline=deadline, channel=Channel.EMAIL.value)
    assert [(row.milestone, row.state) for row in mails] == [("J-12", SUPERSEDED), ("J-6", State.PENDING.value)]


def test_a_late_entry_sends_the_latest_of_what_has_passed_and_goes_on_from_there(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW, now=NOW + 30 * HOUR)
    assert deadline.is_late_entry
    assert [row for row in milestones(deadline) if row[1] != SUPERSEDED] == [("L+0", SENT)]
    scan(now=NOW + 48 * HOUR)
    assert milestones(deadline)[-1] == ("L+1", SENT)
    assert [one.kind for one in reconcile(now=NOW + 48 * HOUR + MINUTE) if one.kind == "wrongly_superseded"] == []


def test_of_a_period_slept_through_what_had_passed_is_set_aside_and_the_next_is_sent(bupati: User) -> None:
    facts = BodyFacts(kind=BodyKind.FORKOPIMDA.value, name="Forkopimda", region=region(BATANGHARI), valid_from=date(2024, 1, 1))
    record_body(facts=facts, actor=None, now=NOW)
    begin_periods(now=NOW)
    awake = datetime(2027, 3, 2, 3, tzinfo=UTC)
    begin_periods(now=awake)
    slept = Deadline.objects.get(rule="forkopimda-laporan-bulanan", period="2027-02")
    scan(now=awake)
    assert {state for _, state in milestones(slept)} == {SUPERSEDED}
    scan(now=awake + 2 * DAY)
    assert milestones(slept)[-1] == ("L+3", SENT)


def test_a_late_entry_whose_date_moves_reminds_of_the_new_date(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW, now=NOW + 30 * HOUR)
    later = NOW + 32 * HOUR
    moved(deadline, Outcome(later, None), Told(Event.DEADLINE_MOVED, None, at=NOW + 31 * HOUR), now=NOW + 31 * HOUR)
    assert [(row.milestone, row.state) for row in rows(deadline=deadline, source_version=2)][-1] == ("J-1", SENT)
    deadline.refresh_from_db()
    assert deadline.next_notice_at == later


def test_what_is_recorded_in_time_but_near_its_end_reminds_at_once(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW, now=NOW + 22 * HOUR)
    assert milestones(deadline) == [("J-12", SUPERSEDED), ("J-6", SUPERSEDED), ("J-3", SENT)]


def test_what_is_closed_reminds_no_more_and_its_mail_is_cancelled(bupati: User, settings: object) -> None:
    settings.EMAIL_HOST = "surel.contoh.go.id"
    deadline = asked_for_tni(at=NOW, thread="perkara:1")
    scan(now=NOW + 12 * HOUR)
    deadline.refresh_from_db()
    clerk = a_user(Role.SEKRETARIS_TIM)
    cancel_deadline(deadline=deadline, reason="Dibatalkan.", seen_version=deadline.version, actor=clerk, now=NOW + 13 * HOUR)
    assert [row.state for row in rows(deadline=deadline, channel=Channel.EMAIL.value)] == [State.CANCELLED.value]
    assert scan(now=NOW + 40 * DAY) == 0


def test_a_moved_date_reminds_anew_under_its_own_version(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW)
    scan(now=NOW + 12 * HOUR)
    later = deadline.due_at + DAY
    Deadline.objects.filter(pk=deadline.pk).update(due_at=later, due_version=2, next_notice_at=later - 12 * HOUR)
    scan(now=later - 12 * HOUR)
    assert [(row.source_version, row.milestone) for row in rows(deadline=deadline)] == [(1, "J-12"), (2, "J-12")]


def test_nobody_above_or_below_and_yet_it_goes_on_reminding() -> None:
    deadline = asked_for_tni(at=NOW)
    assert scan(now=NOW + 12 * HOUR) == 1
    assert rows(deadline=deadline) == []
    holder = a_user(Role.KEPALA_DAERAH)
    scan(now=NOW + 21 * HOUR)
    assert [(row.milestone, row.recipient) for row in rows(deadline=deadline, state=SENT)] == [("J-3", holder)]


def test_a_reminder_in_the_second_half_must_be_answered_before_half_of_what_is_left(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW)
    for hours in (12, 18, 21, 23, 24):
        scan(now=NOW + hours * HOUR)
    waits = {row.milestone: (row.confirm_until - row.created_at) / HOUR for row in rows(deadline=deadline)}
    assert waits == {"J-12": 1, "J-6": 1, "J-3": 1, "J-1": 0.5, "L+0": 1}


def test_the_last_reminder_before_the_date_must_be_answered_though_half_of_the_time_is_not_over() -> None:
    a_user(Role.SEKRETARIS_TIM)
    monday_evening = datetime(2026, 12, 28, 19, 35, tzinfo=WIB)
    entry = Entry(event=Event.BTT_DECIDED.value, occurred_at=monday_evening, kabupaten_id=BATANGHARI)
    line = record(entry, now=monday_evening, clocked=Clocked(thread="btt:1"))
    deadline = Deadline.objects.get(trigger=line, rule="btt-rencana-kebutuhan")
    tuesday_morning, end = datetime(2026, 12, 29, 7, tzinfo=WIB), datetime(2026, 12, 30, tzinfo=WIB)
    assert deadline.due_at == end
    scan(now=tuesday_morning)
    told = {row.milestone: row.confirm_until for row in rows(deadline=deadline)}
    assert told == {"H-1": None, "H-0": tuesday_morning + timedelta(hours=2)}


def test_two_scans_of_one_batch_write_it_once(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW)
    seen = Deadline.objects.get(pk=deadline.pk)
    scan(now=NOW + 12 * HOUR)
    Deadline.objects.filter(pk=seen.pk).update(next_notice_at=seen.next_notice_at)
    scan(now=NOW + 12 * HOUR)
    assert milestones(deadline) == [("J-12", SENT)]


def test_what_merely_ends_is_told_once_with_its_line_and_lapses(bupati: User) -> None:
    deadline = asked_for_tni(at=NOW)
    Deadline.objects.filter(pk=deadline.pk).update(rule="skk-berakhir", last_day=deadline.due_at.date(), starts_at=NOW - 80 * DAY)
    after = deadline.due_at + HOUR
    Deadline.objects.filter(pk=deadline.pk).update(next_notice_at=after)
    assert scan(now=after) == 0, "the scan leaves it to whoever ends it"
    assert lapse_deadlines(now=after) == 1
    assert lapse_deadlines(now=after) == 0
    deadline.refresh_from_db()
    assert (deadline.state, deadline.next_notice_at) == (Clock.LAPSED.value, None)
    told = rows(deadline=deadline, state=SENT)
    assert [row.milestone for row in told] == ["L+0"]
    assert not told[0].must_confirm
    assert Notice.objects.filter(deadline=deadline).exclude(state__in=[SENT, SUPERSEDED]).count() == 0
    assert type(deadline.trigger).objects.filter(event=Event.DEADLINE_LAPSED.value, payload__deadline=deadline.pk).count() == 1


def test_the_scan_of_a_batch_costs_no_query_for_each_deadline(bupati: User) -> None:
    for number in range(3):
        asked_for_tni(at=NOW, thread=f"status:{number}")
    with CaptureQueriesContext(
        connection,
    ) as few:
        scan(now=NOW + 12 * HOUR)
    for number in range(30):
        asked_for_tni(at=NOW + DAY, thread=f"lain:{number}")
    with CaptureQueriesContext(connection) as many:
        scan(now=NOW + DAY + 12 * HOUR)
    assert Notice.objects.filter(milestone="J-12").count() == 33
    own = [query for query in many if 'UPDATE "konflik_deadline"' in query["sql"]]
    assert len(many) - len(own) <= len(few) + 6


def test_the_rule_of_these_tests_is_what_they_say() -> None:
    deadline = asked_for_tni(at=NOW)
    assert (deadline.rule, deadline.due_at, deadline.next_notice_at) == (TNI, NOW + 24 * HOUR, NOW + timedelta(hours=12))
