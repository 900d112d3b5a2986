"""Who answers late stops his own ladder: nothing of it is sent any more, and whoever was told in his place is asked no more."""

import pytest

from accounts.postings.tables import InstitutionKind, Role
from accounts.users.models import User
from konflik.acts.services import Concerned, climb, confirm_notice, record
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.notices.models import Notice
from konflik.notices.services.reconciling import reconcile
from konflik.notices.services.scanning import scan
from konflik.notices.services.sending import ANSWERED, claim, new_worker, send
from konflik.notices.tables import Channel, State
from tests.builders import BATANGHARI, HOUR, NOW, a_user
from tests.notices.making import MINUTE, a_member, asked_for_tni, reachable, rows

pytestmark = pytest.mark.django_db
DAY = 24 * HOUR
BELL = Channel.BELL.value


@pytest.fixture
def house(settings: object) -> dict[str, User]:
    settings.EMAIL_HOST = "127.0.0.1"
    return {
        "officer": a_member(InstitutionKind.POLRI),
        "soldier": a_member(InstitutionKind.TNI),
        "secretary": reachable(a_user(Role.SEKRETARIS_TIM)),
        "sekda": a_member(InstitutionKind.PEMDA),
        "bupati": a_user(Role.KEPALA_DAERAH),
    }


def asked(house: dict[str, User], *names: str) -> dict[str, Notice]:
    """People who are named together and must answer within 24 hours, each for himself."""
    people = {name: house[name] for name in names}
    entry = Entry(Event.HANDLER_ASSIGNED.value, NOW, kabupaten_id=BATANGHARI)
    line = record(entry, now=NOW, concerned=Concerned(tuple(user.pk for user in people.values())))
    return {name: Notice.objects.get(line=line, recipient=user, channel=BELL) for name, user in people.items()}


def answer(notice: Notice, *, now=NOW + 25 * HOUR) -> Notice:
    return confirm_notice(notice=notice, action_text="Saya ke lokasi.", actor=notice.recipient, now=now)


def fresh(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def test_a_late_answer_lets_the_superior_be_asked_no_more(house: dict[str, User]) -> None:
    [notice] = asked(house, "officer").values()
    climb(now=NOW + DAY)
    [above] = rows(step=1, channel=BELL)
    [mail] = rows(step=1, channel=Channel.EMAIL.value)
    assert (above.recipient, above.asks, mail.state) == (house["secretary"], True, State.PENDING)
    answer(notice)
    above, mail = fresh(above), fresh(mail)
    assert (above.asks, above.answer, above.confirmed_at) == (False, notice, None)
    assert (mail.state, mail.fault) == (State.CANCELLED, ANSWERED)
    assert climb(now=NOW + 30 * DAY) == 0
    assert rows(step=2) == []
    kinds = {one.kind for one in reconcile(now=NOW + 30 * DAY)}
    assert not kinds & {"ladder", "wrongly_cancelled", "wrong_bell", "stuck"}


def test_the_ladders_of_others_go_on_and_who_stands_above_both_is_asked_for_the_other(house: dict[str, User]) -> None:
    notices = asked(house, "officer", "soldier")
    climb(now=NOW + DAY)
    [above] = rows(step=1, channel=BELL)
    assert above.parties == notices["officer"].parties | notices["soldier"].parties
    answer(notices["officer"])
    assert fresh(above).asks
    assert climb(now=NOW + 2 * DAY) == 1
    [higher] = rows(step=2, channel=BELL)
    assert higher.parties == notices["soldier"].parties, "nobody is told of who has answered"
    answer(notices["soldier"], now=NOW + 2 * DAY + HOUR)
    assert not fresh(higher).asks
    assert not fresh(above).asks
    assert climb(now=NOW + 30 * DAY) == 0


def test_one_holder_answers_for_his_office_on_every_step(house: dict[str, User]) -> None:
    first, second = a_user(Role.STAF_SEKRETARIAT), a_user(Role.STAF_SEKRETARIAT)
    line = record(Entry(Event.VIOLENCE_REPORTED.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    mine, other = (Notice.objects.get(line=line, recipient=user, channel=BELL) for user in (first, second))
    answer(mine, now=NOW + HOUR)
    assert fresh(other).answer == mine
    assert {row.recipient for row in rows(line=line, answer__isnull=False)} == {second}, "no other office"


def test_an_answer_is_good_for_what_was_asked_up_to_it_and_is_asked_anew_after_the_date(house: dict[str, User]) -> None:
    deadline = asked_for_tni(at=NOW)
    scan(now=NOW + 12 * HOUR)
    scan(now=NOW + 18 * HOUR)
    earlier, later = rows(deadline=deadline, recipient=house["bupati"], channel=BELL, must_confirm=True)
    answer(later, now=NOW + 19 * HOUR)
    assert fresh(earlier).answer == later
    scan(now=NOW + 26 * HOUR)
    [overdue] = rows(deadline=deadline, recipient=house["bupati"], channel=BELL, milestone__startswith="L+", step=0)
    assert overdue.asks
    answer(overdue, now=NOW + 27 * HOUR)
    assert fresh(earlier).answer == later, "what is settled stays settled by whom it was"


def test_a_step_that_was_being_sent_when_the_answer_came_is_not_sent_again(house: dict[str, User]) -> None:
    [notice] = asked(house, "officer").values()
    climb(now=NOW + DAY)
    mails = Notice.objects.filter(step=1, channel=Channel.EMAIL.value)
    mails.update(state=State.SENDING.value, lease_until=NOW + 2 * DAY, sends=1)
    answer(notice)
    assert mails.get().state == State.SENDING
    mails.update(state=State.UNCERTAIN.value, lease_until=None)
    worker = new_worker()
    [pk] = [pk for pk in claim(worker=worker, now=NOW + 26 * HOUR) if pk == mails.get().pk]
    assert send(notice_id=pk, worker=worker, now=NOW + 26 * HOUR, senders={}) is State.CANCELLED


def test_whoever_was_asked_in_vain_may_still_say_what_he_does(house: dict[str, User]) -> None:
    [notice] = asked(house, "officer").values()
    climb(now=NOW + DAY)
    answer(notice)
    [above] = rows(step=1, channel=BELL)
    assert answer(above, now=NOW + 26 * HOUR).confirmed_at == NOW + 26 * HOUR


def test_a_step_taken_back_without_an_answer_is_found(house: dict[str, User]) -> None:
    asked(house, "officer")
    climb(now=NOW + DAY)
    Notice.objects.filter(step=1, channel=Channel.EMAIL.value).update(state=State.CANCELLED.value, fault=ANSWERED)
    assert "wrongly_cancelled" in {one.kind for one in reconcile(now=NOW + DAY + MINUTE)}
