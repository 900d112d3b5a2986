"""Nobody answers: the deputy learns of it, then who stands above, step by step up to the kepala daerah; an answer stops it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from accounts.postings.tables import InstitutionKind, Role
from accounts.users.models import User
from forums.bodies.models import Body
from forums.seats.models import Seat
from konflik.acts.services import Clocked, Concerned, climb, confirm_notice, record, settle_notice
from konflik.acts.services.moving import moved
from konflik.acts.services.saying import Told
from konflik.clocks.models import Deadline
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.grammar.counting import Outcome
from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice
from konflik.notices.services.reconciling import reconcile
from konflik.notices.services.scanning import scan
from konflik.notices.tables import Channel, Decision, State
from tests.builders import BATANGHARI, HOUR, NOW, a_case, a_user, region
from tests.notices.making import MINUTE, a_member, a_pending_mail, an_agency, asked_for_tni, reachable, rows
from tests.refusals import WHOLE, refused

pytestmark = pytest.mark.django_db
DAY = 24 * HOUR


def assigned(user: User, *, now: datetime = NOW, case_id: int | None = None) -> Notice:
    """The notice of a hand-over to `user`, to be answered within 24 hours."""
    entry = Entry(Event.HANDLER_ASSIGNED.value, now, case_id=case_id, kabupaten_id=BATANGHARI)
    line = record(entry, now=now, concerned=Concerned((user.pk,)))
    return Notice.objects.get(line=line, recipient=user)


def steps(notice: Notice) -> list[tuple[str, User]]:
    """The rows of the ladder above a notice."""
    found = Notice.objects.filter(source_id=notice.source_id, source=notice.source, step__gt=0, channel=Channel.BELL.value).order_by("pk")
    return [(row.milestone, row.recipient) for row in found]


def lines(event: Event) -> list[JournalLine]:
    return list(JournalLine.objects.filter(event=event.value).order_by("pk"))


@pytest.fixture
def house() -> dict[str, User]:
    return {
        "officer": a_member(InstitutionKind.POLRI),
        "secretary": a_user(Role.SEKRETARIS_TIM),
        "sekda": a_member(InstitutionKind.PEMDA),
        "bupati": a_user(Role.KEPALA_DAERAH),
    }


def test_each_unanswered_step_goes_one_higher_and_leaves_its_line(house: dict[str, User]) -> None:
    notice, now = assigned(house["officer"]), NOW
    assert notice.confirm_until == NOW + DAY
    assert climb(now=NOW + DAY - MINUTE) == 0
    expected = []
    for number, name in enumerate(("secretary", "sekda", "bupati"), 1):
        now += DAY
        assert climb(now=now) == 1
        assert climb(now=now) == 0
        expected.append((f"T{number}:kejadian", house[name]))
        assert steps(notice) == expected
        assert lines(Event.NOTICE_ESCALATED)[-1].payload["told"] == [house[name].pk]
    assert climb(now=now + DAY) == 1, "that nobody is left above is on record too"
    assert steps(notice) == expected
    assert lines(Event.NOTICE_ESCALATED)[-1].payload["told"] == []
    assert climb(now=now + 30 * DAY) == 0
    assert len(lines(Event.NOTICE_ESCALATED)) == 4


def test_who_did_it_need_not_answer_for_it(house: dict[str, User]) -> None:
    officer, other = house["officer"], house["secretary"]
    entry = Entry(Event.HANDLER_ASSIGNED.value, NOW, actor=officer, kabupaten_id=BATANGHARI)
    line = record(entry, now=NOW, concerned=Concerned((officer.pk, other.pk)))
    own, told = (Notice.objects.get(line=line, recipient=user, channel=Channel.BELL.value) for user in (officer, other))
    assert (own.must_confirm, own.confirm_until, own.seen_at) == (False, None, NOW)
    assert (told.must_confirm, told.seen_at) == (True, None)
    assert climb(now=NOW + DAY) == 1
    own.refresh_from_db()
    assert own.climbed_at is None
    assert officer not in [user for _, user in steps(told)]
    assert not [one for one in reconcile(now=NOW + DAY) if one.kind in {"incomplete", "wrong_bell", "ladder"}]


def test_a_deputy_of_the_seat_comes_before_the_office_above(house: dict[str, User]) -> None:
    deputy = a_user(Role.CAMAT, "15.04.07")
    body = Body.objects.create(
        kind="tim_terpadu", name="Tim Terpadu", region=region(BATANGHARI), legal_basis="x", valid_from=date(2026, 1, 1)
    )
    seat = Seat.objects.create(body=body, user=house["officer"], position="Anggota", valid_from=date(2026, 1, 1))
    Seat.objects.create(body=body, user=deputy, position="Wakil", deputy_of=seat, valid_from=date(2026, 1, 1))
    notice = assigned(house["officer"])
    climb(now=NOW + DAY)
    climb(now=NOW + 2 * DAY)
    assert steps(notice) == [("T1:kejadian", deputy), ("T2:kejadian", house["secretary"])]


def test_an_answer_of_anybody_on_the_ladder_stops_it(house: dict[str, User]) -> None:
    notice = assigned(house["officer"])
    climb(now=NOW + DAY)
    above = Notice.objects.get(step=1)
    confirm_notice(notice=above, action_text="Saya hubungi Kapolres.", actor=house["secretary"], now=NOW + DAY + HOUR)
    assert climb(now=NOW + 30 * DAY) == 0
    assert len(steps(notice)) == 1
    [line] = lines(Event.NOTICE_CONFIRMED)
    assert (line.actor, line.payload["notice"], line.detail.data["action"]) == (house["secretary"], above.pk, "Saya hubungi Kapolres.")
    assert "Saya hubungi" not in str(line.payload)


def test_each_office_answers_for_itself_and_one_answer_leaves_the_others_on_their_ladders(house: dict[str, User]) -> None:
    line = record(Entry(Event.VIOLENCE_REPORTED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    for name in ("bupati", "secretary"):
        mine = Notice.objects.get(line=line, recipient=house[name], channel=Channel.BELL.value)
        confirm_notice(notice=mine, action_text="Saya pimpin rapat.", actor=house[name], now=NOW + HOUR)
    assert climb(now=NOW + DAY) == 2
    officer, sekda = house["officer"], house["sekda"]
    [escalated] = lines(Event.NOTICE_ESCALATED)
    told = sorted([house["secretary"].pk, house["bupati"].pk])
    assert escalated.payload["told"] == told, "who has answered for himself hears who has not"
    assert {row.recipient: row.answers_for for row in rows(step=1)} == {
        house["secretary"]: rows(line=line, recipient=officer)[0].answers_for,
        house["bupati"]: rows(line=line, recipient=sekda)[0].answers_for,
    }
    above = Notice.objects.get(step=1, recipient=house["secretary"])
    confirm_notice(notice=above, action_text="Saya hubungi Kapolres.", actor=house["secretary"], now=NOW + DAY + HOUR)
    assert climb(now=NOW + 2 * DAY) == 1, "the ladder of the sekretaris daerah goes on, that of the kapolres has ended"
    assert [row.recipient for row in rows(step=2)] == [], "nobody stands above the bupati"


def test_one_holder_answers_for_an_office_that_several_hold(house: dict[str, User]) -> None:
    staff, other = a_user(Role.STAF_SEKRETARIAT), a_user(Role.STAF_SEKRETARIAT)
    line = record(Entry(Event.VIOLENCE_REPORTED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    for row in rows(line=line):
        if row.recipient != other:
            confirm_notice(notice=row, action_text="Saya catat.", actor=row.recipient, now=NOW + HOUR)
    assert climb(now=NOW + DAY) == 0
    assert steps(rows(line=line, recipient=staff)[0]) == []


def test_whoever_did_it_answers_for_his_office(house: dict[str, User]) -> None:
    staff, other = a_user(Role.STAF_SEKRETARIAT), a_user(Role.STAF_SEKRETARIAT)
    line = record(Entry(Event.VIOLENCE_REPORTED.value, NOW, actor=staff, kabupaten_id=BATANGHARI), now=NOW)
    assert {row.recipient: row.must_confirm for row in rows(line=line) if row.recipient in {staff, other}} == {staff: False, other: False}


def test_a_district_head_does_not_answer_for_another(house: dict[str, User]) -> None:
    first, second = a_user(Role.CAMAT, "15.04.07"), a_user(Role.CAMAT, "15.04.01")
    line = record(Entry(Event.VIOLENCE_REPORTED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    for row in rows(line=line):
        if row.recipient != second:
            confirm_notice(notice=row, action_text="Saya catat.", actor=row.recipient, now=NOW + HOUR)
    assert rows(line=line, recipient=first)[0].answers_for != rows(line=line, recipient=second)[0].answers_for
    assert climb(now=NOW + DAY) == 1
    assert [row.recipient for row in rows(step=1)] == [house["sekda"]]


def test_people_named_together_answer_each_by_himself(house: dict[str, User]) -> None:
    first, second = house["officer"], a_member(InstitutionKind.TNI)
    entry = Entry(Event.HANDLER_ASSIGNED.value, NOW, kabupaten_id=BATANGHARI)
    line = record(entry, now=NOW, concerned=Concerned((first.pk, second.pk)))
    mine = Notice.objects.get(line=line, recipient=first, channel=Channel.BELL.value)
    confirm_notice(notice=mine, action_text="Siap.", actor=first, now=NOW + HOUR)
    assert climb(now=NOW + DAY) == 1
    [escalated] = lines(Event.NOTICE_ESCALATED)
    assert escalated.payload["silent_people"] == [second.pk]
    assert (escalated.payload["recipient"], escalated.payload["told"]) == (second.pk, [house["secretary"].pk])


def test_offices_that_are_silent_together_send_one_notice_to_whoever_is_above_them_all(house: dict[str, User]) -> None:
    record(Entry(Event.BTT_DECIDED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    foot = {part for row in rows(step=0) for part in row.parties}
    assert climb(now=NOW + DAY) == len(foot) > 1
    [above] = rows(step=1)
    assert above.recipient == house["bupati"], "who is silent himself is passed over"
    assert above.parties == foot


def test_one_line_tells_of_a_step_whom_it_is_about_and_each_step_stays_a_row(house: dict[str, User]) -> None:
    deadline = asked_for_tni(at=NOW)
    scan(now=NOW + 12 * HOUR)
    [asked] = rows(deadline=deadline, recipient=house["bupati"], channel=Channel.BELL.value)
    confirm_notice(notice=asked, action_text="Saya tanda tangani.", actor=house["bupati"], now=NOW + 13 * HOUR)
    scan(now=NOW + 18 * HOUR)
    silent = rows(deadline=deadline, step=0, must_confirm=True, confirmed_at=None)
    assert len({row.milestone for row in silent}) > 1
    climb(now=NOW + 24 * HOUR)
    [line] = [line for line in lines(Event.NOTICE_ESCALATED) if line.payload["source"] == "deadline"]
    assert line.payload["notices"] == sorted(row.pk for row in silent)
    assert set(line.payload["silent"]) == {party for row in silent for party in row.parties}
    assert line.payload["step"] == 1
    assert line.detail.data == {"title": deadline.title}
    above = rows(deadline=deadline, step=1, channel=Channel.BELL.value)
    assert sorted({row.recipient_id for row in above}) == line.payload["told"]
    assert {row.milestone.partition(":")[2] for row in above} == {row.milestone for row in silent}


def test_a_reminder_asks_only_those_who_have_not_answered_for_the_date(house: dict[str, User]) -> None:
    staff = a_user(Role.STAF_SEKRETARIAT)
    deadline = asked_for_tni(at=NOW)
    scan(now=NOW + 12 * HOUR)
    told = {row.recipient: row for row in rows(deadline=deadline, channel=Channel.BELL.value)}
    assert {house["bupati"], staff} <= told.keys()
    confirm_notice(notice=told[staff], action_text="Saya siapkan surat.", actor=staff, now=NOW + 13 * HOUR)
    scan(now=NOW + 18 * HOUR)
    later = {row.recipient: row.must_confirm for row in rows(deadline=deadline, milestone="J-6", channel=Channel.BELL.value, step=0)}
    assert (later[staff], later[house["bupati"]]) == (False, True)


def test_who_may_not_read_the_case_is_passed_over(house: dict[str, User]) -> None:
    sealed = a_case(actor=house["secretary"], secrecy=Secrecy.RAHASIA)
    notice = assigned(house["secretary"], case_id=sealed.pk)
    climb(now=NOW + DAY)
    assert steps(notice) == [("T1:kejadian", house["bupati"])]


def test_a_deadline_climbs_before_its_date_and_not_once_it_is_done(house: dict[str, User]) -> None:
    deadline = asked_for_tni(at=NOW)
    Notice.objects.filter(source="line").delete()
    scan(now=NOW + 12 * HOUR)
    [reminder] = rows(deadline=deadline, channel=Channel.BELL.value, recipient=house["bupati"])
    assert reminder.must_confirm
    asked = {row.answers_for for row in rows(deadline=deadline, milestone="J-12", must_confirm=True)}
    assert climb(now=reminder.confirm_until) == len(asked) > 1
    assert lines(Event.NOTICE_ESCALATED)[-1].recorded_at < deadline.due_at
    scan(now=NOW + 18 * HOUR)
    type(deadline).objects.filter(pk=deadline.pk).update(state="met", closed_at=NOW, evidence="x", next_notice_at=None)
    assert climb(now=NOW + 30 * HOUR) == 0


def met(deadline: Deadline) -> None:
    at = NOW + 13 * HOUR
    record(Entry(Event.TNI_REQUESTED.value, at, kabupaten_id=BATANGHARI), now=at, clocked=Clocked(thread=deadline.thread))


def put_off(deadline: Deadline) -> None:
    moved(deadline, Outcome(NOW + 40 * DAY, None), Told(Event.DEADLINE_MOVED, None, at=NOW + 13 * HOUR), now=NOW + 13 * HOUR)


@pytest.mark.parametrize("change", [met, put_off])
def test_nobody_is_asked_any_longer_about_a_date_that_is_done_or_has_moved(
    house: dict[str, User], change: Callable[[Deadline], None]
) -> None:
    deadline = asked_for_tni(at=NOW)
    Notice.objects.filter(source="line").delete()
    scan(now=NOW + 12 * HOUR)
    deadline.refresh_from_db()
    asked = list(Notice.objects.asking().filter(deadline=deadline).values_list("pk", flat=True))
    assert asked
    change(deadline)
    rows_asked = Notice.objects.filter(pk__in=asked)
    assert not any(row.asks for row in rows_asked)
    assert all(row.confirm_until for row in rows_asked), "that they were asked stays on record"
    assert climb(now=NOW + 30 * HOUR) == 0
    assert not rows_asked.filter(climbed_at__isnull=False).exists(), "nobody is said not to have answered"


def test_what_opened_a_clock_asks_no_more_once_all_that_it_opened_is_closed(house: dict[str, User]) -> None:
    deadline = asked_for_tni(at=NOW)
    asking = Notice.objects.asking().filter(line=deadline.trigger)
    assert asking.exists()
    met(deadline)
    assert not Deadline.objects.filter(trigger=deadline.trigger, state="running").exists()
    assert not asking.exists()


def test_an_answer_needs_its_words_its_person_and_comes_once(house: dict[str, User]) -> None:
    notice = assigned(house["officer"])
    with refused("action_text", "Tuliskan tindakan Anda"):
        confirm_notice(notice=notice, action_text="  ", actor=house["officer"], now=NOW)
    with refused("action_text", "Tuliskan paling banyak"):
        confirm_notice(notice=notice, action_text="x" * 2001, actor=house["officer"], now=NOW)
    with refused(WHOLE, "Hanya penerima"):
        confirm_notice(notice=notice, action_text="Siap.", actor=house["secretary"], now=NOW)
    done = confirm_notice(notice=notice, action_text=" Siap. ", actor=house["officer"], now=NOW + HOUR)
    assert (done.confirmed_at, done.confirmation, done.seen_at) == (NOW + HOUR, "Siap.", NOW + HOUR)
    with refused(WHOLE, "Pemberitahuan ini sudah ditanggapi"):
        confirm_notice(notice=notice, action_text="Siap.", actor=house["officer"], now=NOW)


DECISIONS = [(Decision.RESEND, State.PENDING), (Decision.GIVE_UP, State.CANCELLED), (Decision.ARRIVED, State.SENT)]


@pytest.mark.parametrize(("decision", "state"), DECISIONS)
@pytest.mark.parametrize("waits", [State.PARKED, State.FAILED])
def test_a_person_decides_what_the_ledger_cannot(house: dict[str, User], waits: State, decision: Decision, state: State) -> None:
    notice = a_pending_mail(reachable(house["officer"]), state=waits.value, sends=2, refusals=3, fault="terputus")
    done = settle_notice(notice=notice, decision=decision, reason="Ditelepon.", actor=house["secretary"], now=NOW + HOUR)
    assert (done.state, done.settled_by, done.settled_at, done.sends) == (state, house["secretary"], NOW + HOUR, 2)
    [line] = lines(Event.NOTICE_SETTLED)
    assert (line.payload["decision"], line.detail.data) == (decision.value, {"reason": "Ditelepon."})
    with refused(WHOLE, "Pemberitahuan ini tidak lagi menunggu"):
        settle_notice(notice=notice, decision=decision, reason="Lagi.", actor=house["secretary"], now=NOW + HOUR)


def test_a_decision_needs_its_reason_and_is_one_of_the_list(house: dict[str, User]) -> None:
    notice = a_pending_mail(house["officer"], state=State.PARKED.value, sends=2)
    with refused("reason", "Tuliskan alasan"):
        settle_notice(notice=notice, decision=Decision.RESEND, reason=" ", actor=house["secretary"], now=NOW)
    with refused("decision", "Pilih satu keputusan"):
        settle_notice(notice=notice, decision="lain", reason="x", actor=house["secretary"], now=NOW)


def test_the_line_names_who_should_have_been_told_and_could_not(house: dict[str, User]) -> None:
    line = record(Entry(Event.VIOLENCE_REPORTED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    assert line.payload["unreached"] == ["dandim", "camat", "sekretariat"]
    an_agency(InstitutionKind.TNI)
    a_user(Role.STAF_SEKRETARIAT)
    line = record(Entry(Event.VIOLENCE_REPORTED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    assert line.payload["unreached"] == ["dandim", "camat"], "an agency without a person reaches nobody"
