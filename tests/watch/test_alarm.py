"""Who watches the watch: /health/, and a mail to two people from the web process itself, once for each standstill."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik import alarm as thread
from konflik import health
from konflik.desk.selectors.watch import watch_of
from konflik.notices.models import Heartbeat
from konflik.notices.selectors.watch import STALE_AFTER, is_stale
from konflik.notices.tables import SWEEP
from konflik.watch.services import alarm, sweep
from konflik.watch.services.alarming import people_to_alarm, reached_by_alarm
from tests.builders import HOUR, NOW, a_user
from tests.notices import mail_server as servers
from tests.notices.mail_server import serving
from tests.notices.making import MINUTE, reachable

pytestmark = pytest.mark.django_db
LONG_AGO = NOW - 10 * HOUR


@pytest.fixture
def two() -> list[User]:
    a_user(Role.SEKRETARIS_TIM)
    return [reachable(a_user(role)) for role in (Role.SEKRETARIS_TIM, Role.ADMINISTRATOR_SISTEM)]


def beat(*, finished: timedelta) -> None:
    Heartbeat.objects.update_or_create(pk=SWEEP, defaults={"started_at": NOW - finished, "finished_at": NOW - finished})


def test_a_sweep_is_stale_after_a_quarter_of_an_hour_and_a_process_gives_as_much_grace() -> None:
    assert not is_stale(at=NOW, since=NOW - STALE_AFTER), "never swept, just begun"
    assert is_stale(at=NOW, since=NOW - STALE_AFTER - MINUTE), "never swept, long begun"
    beat(finished=2 * HOUR)
    assert not is_stale(at=NOW, since=NOW - MINUTE), "just begun after a night's rest"
    assert is_stale(at=NOW, since=LONG_AGO)
    beat(finished=STALE_AFTER)
    assert not is_stale(at=NOW, since=LONG_AGO)


def test_who_is_posted_from_today_is_alarmed_from_the_local_midnight(two: list[User]) -> None:
    tomorrow = (NOW + timedelta(days=1)).date()
    Posting.objects.update(valid_from=tomorrow)
    midnight = NOW.replace(hour=17, minute=0, second=0, microsecond=0)
    assert people_to_alarm(midnight - MINUTE) == []
    assert people_to_alarm(midnight) == two, "00:00 WIB"


def test_two_people_get_one_mail_each_for_one_standstill(two: list[User], settings: object) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    assert people_to_alarm(NOW) == two, "who has no address is passed over"
    beat(finished=HOUR)
    with serving(servers.good) as server:
        settings.EMAIL_PORT = server.port
        assert alarm(now=NOW, since=LONG_AGO) == 2
        assert alarm(now=NOW + MINUTE, since=LONG_AGO) == 0
        assert len(server.taken) == 2
        sweep(now=NOW + HOUR)
        assert alarm(now=NOW + HOUR, since=LONG_AGO) == 0
        assert alarm(now=NOW + 2 * HOUR, since=LONG_AGO) == 2, "the next standstill"
    assert {line for line in server.heard if line.startswith("rcpt TO")} == {f"rcpt TO:<{user.email}>" for user in two}
    assert "penyapuan tenggat tidak berjalan" in server.taken[0]


def test_it_goes_on_until_two_different_people_were_reached(two: list[User], settings: object) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    beat(finished=HOUR)
    secretary, administrator = two
    with serving(servers.knows_all_but(secretary.email)) as server:
        settings.EMAIL_PORT = server.port
        assert alarm(now=NOW, since=LONG_AGO) == 1
        assert watch_of(at=NOW).alarm_said == "Surel tanda bahaya baru sampai kepada 1 dari 2 orang."
        assert alarm(now=NOW + MINUTE, since=LONG_AGO) == 0, "another process has just tried"
        assert alarm(now=NOW + 6 * MINUTE, since=LONG_AGO) == 0
        stand_in = reachable(a_user(Role.SEKRETARIS_TIM))
        assert alarm(now=NOW + 12 * MINUTE, since=LONG_AGO) == 1
        assert alarm(now=NOW + 18 * MINUTE, since=LONG_AGO) == 0
        assert len(server.taken) == 2
    assert reached_by_alarm() == [administrator.pk, stand_in.pk], "nobody twice"
    assert watch_of(at=NOW).alarm_said == ""


def test_a_mail_that_may_have_arrived_counts_for_nobody_and_is_sent_once_more(two: list[User], settings: object) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    beat(finished=HOUR)
    with serving(servers.cut_after_dot_taken) as server:
        settings.EMAIL_PORT = server.port
        for look in range(4):
            assert alarm(now=NOW + look * 6 * MINUTE, since=LONG_AGO) == 0
    assert Heartbeat.objects.get(pk=SWEEP).alarmed["unsure"] == [user.pk for user in (*two, *two)]
    assert watch_of(at=NOW).alarm_said == "Surel tanda bahaya baru sampai kepada 0 dari 2 orang."


def test_the_screen_says_that_two_people_could_not_be_reached(two: list[User], settings: object) -> None:
    beat(finished=MINUTE)
    assert "Atur server surel" in watch_of(at=NOW, asks_alarm=True).alarm_said
    settings.EMAIL_HOST = "surel.contoh.go.id"
    assert watch_of(at=NOW, asks_alarm=True).alarm_said == ""
    User.objects.filter(pk=two[0].pk).update(email="")
    assert "isi alamat surel" in watch_of(at=NOW, asks_alarm=True).alarm_said


def test_where_no_mail_leaves_it_is_tried_again(two: list[User], settings: object) -> None:
    beat(finished=HOUR)
    assert alarm(now=NOW, since=LONG_AGO) == 0
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    with serving(servers.good) as server:
        settings.EMAIL_PORT = server.port
        assert alarm(now=NOW + MINUTE, since=LONG_AGO) == 2


def test_never_swept_raises_the_alarm_too(two: list[User], settings: object) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    with serving(servers.good) as server:
        settings.EMAIL_PORT = server.port
        assert alarm(now=NOW, since=LONG_AGO) == 2


def test_health_answers_503_when_the_sweep_stands_still(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.pulse, "age_seconds", lambda _: 1)
    monkeypatch.setattr(health.alarm, "since", lambda now: now - 10 * HOUR)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["penyapuan"]) == (503, "terganggu")
    assert answer.json()["surel_tanda_bahaya"] == "tidak dapat dikirim"
    sweep(now=health.timezone.now())
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["penyapuan"]) == (200, "baik")
    assert answer.json()["umur_penyapuan_detik"] < 60


def test_health_says_when_two_people_would_get_mail(client: Client, two: list[User], settings: object) -> None:
    settings.EMAIL_HOST = "surel.contoh.go.id"
    assert client.get("/health/").json()["surel_tanda_bahaya"] == "baik"


def test_a_look_that_fails_is_logged_and_the_thread_goes_on(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(thread, "alarm", lambda **_: 1 / 0)
    monkeypatch.setattr(thread, "close_old_connections", lambda: None)
    assert thread.look_once(NOW) == 0
    assert "could not look" in caplog.text
