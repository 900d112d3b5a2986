"""Mail servers as they are (S33): whatever they do, the ledger says what is known, and nothing that is not."""

import pytest

from accounts.access.tables import MailServer
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.notices.models import Notice
from konflik.notices.services import sending
from konflik.notices.services.channels.dialogue import hand_over
from konflik.notices.services.channels.mail import MailSender
from konflik.notices.services.channels.outcomes import Outcome
from konflik.notices.services.sending import PAUSES, UNSURE_PAUSE, claim, deliver, new_worker, send, take_up_expired
from konflik.notices.tables import Channel, State
from tests.builders import DAY, HOUR, NOW, a_user
from tests.notices import mail_server as servers
from tests.notices.mail_server import Behaviour, closed_port, serving
from tests.notices.making import MINUTE, a_pending_mail, reachable
from tests.profiles import LONG

pytestmark = pytest.mark.django_db
SENDERS = {Channel.EMAIL: MailSender(step=0.3, whole=0.8)}
WAITS, SENT, UNSURE, FAILED, PARKED = State.PENDING, State.SENT, State.UNCERTAIN, State.FAILED, State.PARKED

BEHAVIOURS: list[tuple[Behaviour, State, int, int]] = [
    # what it does, then the state, sends and refusals after one attempt
    (servers.good, SENT, 1, 0),
    (servers.busy_at_greeting, WAITS, 0, 1),
    (servers.hang_at_greeting, WAITS, 0, 1),
    (servers.drop_by_drop, WAITS, 0, 1),
    (servers.broken_tls, WAITS, 0, 1),
    (servers.refuse_sender, WAITS, 0, 1),
    (servers.greylist, WAITS, 0, 1),
    (servers.no_such_person, FAILED, 0, 1),
    (servers.refuse_data, WAITS, 0, 1),
    (servers.full_after_dot, WAITS, 0, 1),
    (servers.spam_after_dot, WAITS, 0, 1),
    (servers.cut_after_dot_taken, UNSURE, 1, 0),
    (servers.cut_after_dot_lost, UNSURE, 1, 0),
    (servers.hang_after_dot, UNSURE, 1, 0),
    (servers.babble_after_dot, UNSURE, 1, 0),
]


@pytest.fixture
def reader() -> User:
    return reachable(a_user(Role.STAF_SEKRETARIAT))


@pytest.fixture(autouse=True)
def _mail(settings: object) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    settings.DEFAULT_FROM_EMAIL = "Tim Terpadu <tim@contoh.go.id>"


def attempt(notice: Notice, *, now=NOW) -> Notice:
    worker = new_worker()
    assert claim(worker=worker, now=now) == [notice.pk]
    send(notice_id=notice.pk, worker=worker, now=now, senders=SENDERS)
    notice.refresh_from_db()
    assert (notice.lease_by, notice.lease_until) == ("", None)
    return notice


@pytest.mark.parametrize(("behaviour", "state", "sends", "refusals"), BEHAVIOURS, ids=[row[0].__name__ for row in BEHAVIOURS])
def test_the_ledger_says_what_is_known(
    reader: User, settings: object, behaviour: Behaviour, state: State, sends: int, refusals: int
) -> None:
    settings.EMAIL_USE_TLS = behaviour is servers.broken_tls
    times = 50 if "races" in LONG else 2
    with serving(behaviour) as server:
        settings.EMAIL_PORT = server.port
        for _ in range(times):
            notice = attempt(a_pending_mail(reader))
            assert (notice.state, notice.sends, notice.refusals) == (state, sends, refusals), notice.fault
            assert bool(notice.sent_at) == (state is SENT)
            assert bool(notice.fault) != (state is SENT)
    if state is SENT:
        assert len(server.taken) == times
    if state in {WAITS, FAILED}:
        assert server.taken == [], "what was taken must not be sent again as if it were not"


def test_cut_in_the_middle_of_the_text_is_surely_not_taken() -> None:
    text = b"Subject: panjang\r\n\r\n" + b"satu baris dari banyak\r\n" * 400_000
    with serving(servers.cut_before_dot) as port:
        server = MailServer("127.0.0.1", port.port, "", "", "tim@contoh.go.id", may_upgrade=False)
        assert hand_over(server, to="a@contoh.go.id", message=text).outcome is Outcome.REFUSED


def test_lines_that_begin_with_a_dot_arrive_as_they_were(reader: User) -> None:
    with serving(servers.good) as port:
        server = MailServer("127.0.0.1", port.port, "", "", "tim@contoh.go.id", may_upgrade=False)
        assert hand_over(server, to="a@contoh.go.id", message=b"Subject: x\n\n.\n..b\nc").outcome is Outcome.TAKEN
        assert port.taken == ["Subject: x\n\n..\n...b\nc"]


def test_a_port_on_which_nobody_listens_is_a_refusal(reader: User, settings: object) -> None:
    settings.EMAIL_PORT = closed_port()
    notice = attempt(a_pending_mail(reader))
    assert (notice.state, notice.sends, notice.refusals) == (WAITS, 0, 1)


def test_no_mail_server_at_all_is_a_refusal(reader: User, settings: object) -> None:
    settings.EMAIL_HOST = ""
    assert attempt(a_pending_mail(reader)).fault == "server surel belum diatur"


def test_a_person_without_an_address_cannot_be_reached(reader: User, settings: object) -> None:
    User.objects.filter(pk=reader.pk).update(email="")
    assert attempt(a_pending_mail(reader)).state == FAILED


def test_unsure_once_is_sent_once_more_with_the_same_id_and_then_a_person_decides(reader: User, settings: object) -> None:
    with serving(servers.cut_after_dot_taken) as server:
        settings.EMAIL_PORT = server.port
        notice = attempt(a_pending_mail(reader))
        assert claim(worker=new_worker(), now=NOW + UNSURE_PAUSE - MINUTE) == []
        notice = attempt(notice, now=NOW + UNSURE_PAUSE)
        assert (notice.state, notice.sends) == (PARKED, 2)
        assert claim(worker=new_worker(), now=NOW + 10 * DAY) == []
    ids = {line for text in server.taken for line in text.splitlines() if line.startswith("Message-ID")}
    assert len(server.taken) == 2
    assert len(ids) == 1


def test_unsure_then_refused_stays_unsure_and_the_refusal_takes_no_send_away(reader: User, settings: object) -> None:
    with serving(servers.cut_after_dot_lost, servers.busy_at_greeting, servers.good) as server:
        settings.EMAIL_PORT = server.port
        notice = attempt(a_pending_mail(reader))
        notice = attempt(notice, now=NOW + HOUR)
        assert (notice.state, notice.sends, notice.refusals) == (UNSURE, 1, 1)
        notice = attempt(notice, now=NOW + 2 * HOUR)
        assert (notice.state, notice.sends) == (SENT, 2)
    assert len(server.taken) == 1


def test_what_a_person_has_sent_once_more_and_is_refused_may_still_have_gone_out(reader: User, settings: object) -> None:
    with serving(servers.no_such_person) as server:
        settings.EMAIL_PORT = server.port
        notice = attempt(a_pending_mail(reader, sends=2, settled_by=reader, settled_at=NOW))
    assert (notice.state, notice.sends) == (PARKED, 2)


def test_refusals_are_tried_again_with_growing_pauses_and_end_after_a_day(reader: User, settings: object) -> None:
    settings.EMAIL_PORT = closed_port()
    notice, now = a_pending_mail(reader), NOW
    for pause in PAUSES:
        notice = attempt(notice, now=now)
        assert (notice.state, notice.send_after) == (WAITS, now + pause)
        now += pause
    assert now - NOW > DAY
    notice = attempt(notice, now=now)
    assert (notice.state, notice.sends) == (FAILED, 0)
    assert list(PAUSES) == sorted(PAUSES)


def test_whoever_died_while_sending_has_made_one_attempt(reader: User) -> None:
    notice, worker = a_pending_mail(reader), new_worker()
    claim(worker=worker, now=NOW)
    dying = {"state": State.SENDING.value, "sends": 1, "lease_until": NOW + sending.SEND_LEASE}
    Notice.objects.filter(pk=notice.pk).update(**dying)
    assert take_up_expired(now=NOW + sending.SEND_LEASE) == 0
    assert take_up_expired(now=NOW + sending.SEND_LEASE + MINUTE) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.sends, notice.lease_by) == (UNSURE, 1, "")
    Notice.objects.filter(pk=notice.pk).update(lease_by="x", **{**dying, "sends": 2})
    take_up_expired(now=NOW + HOUR)
    notice.refresh_from_db()
    assert (notice.state, notice.sends) == (PARKED, 2)


def test_a_lease_belongs_to_one_and_ends_by_itself(reader: User) -> None:
    notice = a_pending_mail(reader)
    first, second = new_worker(), new_worker()
    assert claim(worker=first, now=NOW) == [notice.pk]
    assert claim(worker=second, now=NOW) == []
    assert send(notice_id=notice.pk, worker=second, now=NOW, senders=SENDERS) is None
    late = NOW + sending.WAIT_LEASE + MINUTE
    assert claim(worker=second, now=late) == [notice.pk]
    assert send(notice_id=notice.pk, worker=first, now=late, senders=SENDERS) is None
    notice.refresh_from_db()
    assert (notice.state, notice.sends) == (WAITS, 0)


def test_delivery_goes_on_until_nothing_is_left_and_gives_back_what_it_did_not_begin(reader: User, settings: object) -> None:
    for _ in range(5):
        a_pending_mail(reader)
    ticks = iter([NOW, NOW, NOW, NOW, NOW, NOW + HOUR])
    with serving(servers.good) as server:
        settings.EMAIL_PORT = server.port
        deliver(clock=lambda: next(ticks, NOW + HOUR), until=NOW + HOUR, senders=SENDERS)
        assert 0 < len(server.taken) < 5
        assert Notice.objects.exclude(lease_by="").count() == 0
        tally = deliver(clock=lambda: NOW, until=NOW + HOUR, limit=2, senders=SENDERS)
        assert len(server.taken) == 5
    assert sum(tally.values()) < 5
    assert set(Notice.objects.values_list("state", flat=True)) == {SENT.value}


def test_a_shut_login_is_sent_nothing(reader: User) -> None:
    notice = a_pending_mail(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    notice = attempt(notice)
    assert (notice.state, notice.fault, notice.sends) == (State.CANCELLED, sending.NOT_ACTIVE, 0)


def test_what_cannot_be_made_ready_was_not_sent(reader: User, caplog: pytest.LogCaptureFixture) -> None:
    User.objects.filter(pk=reader.pk).update(email="bukan alamat")
    notice = attempt(a_pending_mail(reader))
    assert (notice.state, notice.sends, notice.refusals) == (WAITS, 0, 1)
    assert "bukan alamat" not in caplog.text.split("Traceback")[0]
