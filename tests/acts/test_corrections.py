"""A wrong entry is put right by a new line, and the clocks it started follow; one that is taken back takes them with it."""

from datetime import date

import pytest

from accounts.users.models import User
from konflik.acts.services import Clocked, record
from konflik.cases.models import Case
from konflik.clocks.models import Deadline
from konflik.clocks.services.correcting import REVERSALS
from konflik.journal.models import JournalLine
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.law.stages import Stage
from konflik.stages.services.moves import reverse_move
from tests.acts.building import lines, started
from tests.builders import HOUR, NOW, a_case, a_user, an_activity, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db: None) -> User:
    return a_user()


@pytest.fixture
def case(clerk: User) -> Case:
    return a_case(actor=clerk)


def put_right(case: Case, wrong: JournalLine, clerk: User, *, event: Event = Event.MOVE_CORRECTED, hours: int = -3) -> JournalLine:
    at = wrong.occurred_at + hours * HOUR
    entry = Entry(event.value, at, actor=clerk, case_id=case.pk, kabupaten_id=case.kabupaten_id, corrects=wrong)
    return record(entry, now=NOW + HOUR)


def test_the_clock_starts_when_it_really_happened(case: Case, clerk: User) -> None:
    deadline = started(case, clerk)
    line = put_right(case, deadline.trigger, clerk)
    deadline.refresh_from_db()
    assert (deadline.starts_at, deadline.due_at, deadline.due_version, deadline.trigger) == (NOW - 3 * HOUR, NOW + 21 * HOUR, 2, line)
    (told,) = lines("deadline_moved")
    assert (told.payload["cause"], told.payload["deadline"]) == (line.pk, deadline.pk)
    again = put_right(case, line, clerk, hours=1)
    deadline.refresh_from_db()
    assert (deadline.due_at, deadline.trigger) == (NOW + 22 * HOUR, again), "a correction of the correction is followed too"


def test_other_facts_put_right_move_nothing(case: Case, clerk: User) -> None:
    deadline = started(case, clerk)
    put_right(case, deadline.trigger, clerk, hours=0)
    deadline.refresh_from_db()
    assert (deadline.due_version, deadline.version) == (1, 1)
    assert not lines("deadline_moved")


def test_what_starts_by_the_day_of_a_decree_stays_there(case: Case, clerk: User) -> None:
    deadline = started(case, clerk, "status_declared", thread="status:1", starts_at=NOW + 24 * HOUR)
    put_right(case, deadline.trigger, clerk)
    deadline.refresh_from_db()
    assert (deadline.starts_at, deadline.due_version) == (NOW + 24 * HOUR, 1)


def test_what_was_taken_back_takes_its_clocks_along(case: Case, clerk: User) -> None:
    assert Event.MOVE_REVERSED.value in REVERSALS
    deadline = started(case, clerk)
    put_right(case, deadline.trigger, clerk, event=Event.MOVE_REVERSED)
    deadline.refresh_from_db()
    assert (deadline.state, deadline.next_notice_at) == ("cancelled", None)


def test_and_gives_back_what_it_had_ended(case: Case, clerk: User) -> None:
    deadline = started(case, clerk)
    entry = Entry("tni_requested", NOW + HOUR, actor=clerk, case_id=case.pk, kabupaten_id=case.kabupaten_id)
    ended_by = record(entry, now=NOW + HOUR, clocked=Clocked(starts_none=True))
    deadline.refresh_from_db()
    assert (deadline.state, deadline.closed_at) == ("met", NOW + HOUR)
    put_right(case, ended_by, clerk, event=Event.MOVE_REVERSED, hours=0)
    deadline.refresh_from_db()
    assert (deadline.state, deadline.due_at, deadline.closed_at, deadline.evidence) == ("running", NOW + 24 * HOUR, None, "")
    assert (deadline.due_version, deadline.next_notice_at is not None) == (2, True)


def test_what_it_had_ended_is_found_by_its_key_whatever_the_words_of_the_evidence(case: Case, clerk: User) -> None:
    deadline = started(case, clerk)
    entry = Entry("tni_requested", NOW + HOUR, actor=clerk, case_id=case.pk, kabupaten_id=case.kabupaten_id)
    ended_by = record(entry, now=NOW + HOUR, clocked=Clocked(starts_none=True, evidence="Surat 300/12"))
    deadline.refresh_from_db()
    assert (deadline.evidence, deadline.closed_line) == ("Surat 300/12", ended_by)
    put_right(case, put_right(case, ended_by, clerk, hours=0), clerk, event=Event.MOVE_REVERSED, hours=0)
    deadline.refresh_from_db()
    assert (deadline.state, deadline.closed_line) == ("running", None), "a correction in between changes nothing"


def test_a_closed_case_that_was_closed_by_mistake_has_its_dates_again(case: Case, clerk: User) -> None:
    an_activity(case, actor=clerk, planned_end=date(2026, 12, 1))
    move = moved(case, Stage.SELESAI, actor=clerk)
    assert [row.state for row in Deadline.objects.filter(rule="kegiatan-selesai")] == ["cancelled"]
    reverse_move(move=move, reason="Salah perkara.", seen_version=case.version, actor=clerk, now=NOW)
    open_now = Deadline.objects.open().get(rule="kegiatan-selesai")
    assert open_now.last_day == date(2026, 12, 1)
