"""A backup is brought back: what may have gone out since it was taken waits for a person, all of it, and nothing is sent twice (S47)."""

from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.acts.services import record, settle_notice
from konflik.clocks.models import Deadline
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.notices.models import Habit, Heartbeat, Notice
from konflik.notices.selectors.faults import fault_words
from konflik.notices.services.restoring import begin_after_restore
from konflik.notices.tables import MAY_HAVE_GONE_OUT, RESTORE, Channel, Decision, State
from konflik.watch.services import sweep
from tests.builders import BATANGHARI, HOUR, NOW, a_user
from tests.notices import mail_server as servers
from tests.notices.mail_server import Server, serving
from tests.notices.making import MINUTE, asked_for_tni, reachable, rows

pytestmark = pytest.mark.django_db

BACKUP = NOW + 13 * HOUR
"""The reminder of J-12 has gone out before; J-6 is due five hours later, J-3 and J-1 after the restore."""
RESTORED = NOW + 19 * HOUR


@pytest.fixture
def bupati(settings: Any) -> User:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    return reachable(a_user(Role.KEPALA_DAERAH))


@pytest.fixture
def deadline(bupati: User, settings: Any) -> Deadline:
    """Twenty-four hours of which a backup was taken after thirteen; its first mails went out."""
    with serving(servers.good) as server:
        settings.EMAIL_PORT = server.port
        found = asked_for_tni(at=NOW)
        for hours in (0, 12):
            sweep(now=NOW + hours * HOUR)
    return found


def states() -> dict[str, str]:
    return {row.milestone: row.state for row in rows(channel=Channel.EMAIL.value, source="deadline", step=0)}


def swept(server: Server, settings: Any, *at: datetime) -> int:
    """How many mails leave in these sweeps."""
    settings.EMAIL_PORT = server.port
    before = len(server.taken)
    for now in at:
        assert sweep(now=now).is_complete
    return len(server.taken) - before


def test_what_waited_at_the_backup_waits_for_a_person(deadline: Deadline, settings: Any) -> None:
    mail = Notice.objects.filter(channel=Channel.EMAIL.value, source="deadline")
    for state, lease in ((State.PENDING, None), (State.SENDING, BACKUP), (State.UNCERTAIN, None)):
        mail.update(state=state.value, lease_until=lease, sends=1)
        assert begin_after_restore(made_at=BACKUP, now=RESTORED) == mail.count() == 1
        row = mail.get()
        assert (row.state, row.fault, row.lease_until) == (State.PARKED, MAY_HAVE_GONE_OUT, None)
    assert "mungkin sudah terkirim" in fault_words(MAY_HAVE_GONE_OUT)
    with serving(servers.good) as server:
        mail.update(milestone="J-12")
        assert swept(server, settings, BACKUP + MINUTE) == 0


def test_what_fell_due_between_is_written_for_a_person_and_what_comes_after_is_sent(deadline: Deadline, settings: Any) -> None:
    assert states() == {"J-12": State.SENT}
    assert begin_after_restore(made_at=BACKUP, now=RESTORED) == 0
    with serving(servers.good) as server:
        assert swept(server, settings, RESTORED + MINUTE) == 0
        assert states() == {"J-12": State.SENT, "J-6": State.PARKED}
        assert rows(milestone="J-6", channel=Channel.BELL.value)[0].state == State.SENT, "the bell is the installation's own"
        assert not Notice.objects.filter(channel=Channel.EMAIL.value, state__in=[State.PENDING.value, State.UNCERTAIN.value]).exists()
        assert swept(server, settings, NOW + 21 * HOUR) == 1
        assert states()["J-3"] == State.SENT


def test_a_ladder_and_a_digest_of_that_time_wait_too_and_a_new_event_does_not(deadline: Deadline, bupati: User, settings: Any) -> None:
    Habit.objects.create(user=bupati, digest="mine")
    above = reachable(a_user(Role.SEKRETARIS_TIM))
    record(Entry(Event.BTT_DECIDED.value, NOW, actor=bupati, kabupaten_id=BATANGHARI), now=NOW - 6 * HOUR)
    Notice.objects.filter(recipient=above, channel=Channel.BELL.value).update(confirm_until=BACKUP + HOUR)
    # Past the morning of the next day: its digest may have gone out too.
    restored = NOW + 22 * HOUR
    begin_after_restore(made_at=BACKUP, now=restored)
    with serving(servers.good) as server:
        assert swept(server, settings, restored + MINUTE) == 0
        waiting = {(row.source, row.step) for row in rows(channel=Channel.EMAIL.value, state=State.PARKED.value)}
        assert {("line", 1), ("deadline", 0), ("digest", 0)} <= waiting
        later = restored + HOUR / 2
        record(Entry(Event.VIOLENCE_REPORTED.value, later, kabupaten_id=BATANGHARI), now=later)
        assert swept(server, settings, later) == 2


def test_a_person_sends_it_again(deadline: Deadline, bupati: User, settings: Any) -> None:
    begin_after_restore(made_at=BACKUP, now=RESTORED)
    with serving(servers.good) as server:
        swept(server, settings, RESTORED + MINUTE)
        row = Notice.objects.get(channel=Channel.EMAIL.value, state=State.PARKED.value, milestone="J-6")
        settle_notice(notice=row, decision=Decision.RESEND, reason="Belum sampai.", actor=bupati, now=RESTORED + 2 * MINUTE)
        assert swept(server, settings, RESTORED + 3 * MINUTE) == 1


def test_the_command_for_a_database_brought_back_by_other_means(db: None) -> None:
    for told in ("kemarin", "2026-11-20T10:00", "2999-01-01T00:00+07:00"):
        with pytest.raises(CommandError, match="zona"):
            call_command("restored", "--backup-of", told)
    call_command("restored", "--backup-of", "2026-11-20T10:00+07:00")
    assert Heartbeat.objects.get(pk=RESTORE).started_at == datetime.fromisoformat("2026-11-20T10:00+07:00")
