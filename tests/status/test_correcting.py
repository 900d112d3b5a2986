"""A wrongly entered decree is put right by a new line that names the old one; everything that follows from it is counted anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.users.models import User
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.status import Scale
from konflik.status.models import ConflictStatus
from konflik.status.services import Decree, correct_status, grant_for_status, lapse, revoke
from konflik.versions import StaleVersion
from tests.builders import DAY, HOUR, NOW, a_user, region
from tests.refusals import WHOLE, nothing_written
from tests.status.building import LAST_DAY, START, TODAY, a_consultation, a_measure, a_spoken_request, a_status, an_extension

pytestmark = pytest.mark.django_db
LATER = NOW + HOUR
BAJUBANG = "15.04.07"


@pytest.fixture
def clerk(db: None) -> User:
    return a_user()


@pytest.fixture
def status(clerk: User) -> ConflictStatus:
    """The longest that the law permits, from 22 November 2026."""
    return a_status(actor=clerk)


def as_it_stands(status: ConflictStatus, **told: Any) -> Decree:
    """What was entered, but for `told`."""
    last = (status.decreed_until - timedelta(microseconds=1)).astimezone(status.zone).date()
    areas = [area.region for area in status.areas.select_related("region")]
    plain = Decree(status.number, status.decided_on, status.decided_by, status.effective_at, last, areas, status.note)
    return replace(plain, **told)


def corrected(status: ConflictStatus, clerk: User, *, now=LATER, **told: Any) -> ConflictStatus:
    status = ConflictStatus.objects.get(pk=status.pk)
    decree = as_it_stands(status, **told)
    return correct_status(status=status, decree=decree, reason="Salah salin", seen_version=status.version, actor=clerk, now=now)


@contextmanager
def refused_by(field: str, says: str) -> Iterator[None]:
    """Refused at `field` in words that contain `says`, mostly the article; nothing is half written."""
    with nothing_written(), pytest.raises(ValidationError) as caught, transaction.atomic():
        yield
    told = caught.value.message_dict if hasattr(caught.value, "error_dict") else {WHOLE: caught.value.messages}
    assert says in " ".join(told.get(field, [])), told


def line_of(event: Event) -> JournalLine:
    return JournalLine.objects.filter(event=event.value).latest("pk")


def last_day(status: ConflictStatus, rule: str) -> date | None:
    return Deadline.objects.get(thread=status.thread, rule=rule).last_day


def test_a_number_and_an_area_are_put_right_by_a_line_that_names_the_old_one(status: ConflictStatus, clerk: User) -> None:
    wrong = line_of(Event.STATUS_DECLARED)
    due = dict(Deadline.objects.values_list("pk", "due_version"))
    done = corrected(status, clerk, number="300/154/2026", areas=[region(BAJUBANG)])
    assert (done.number, [area.region_id for area in done.areas.all()]) == ("300/154/2026", [BAJUBANG])
    line = line_of(Event.STATUS_CORRECTED)
    assert (line.corrects, line.occurred_at, line.actor) == (wrong, wrong.occurred_at, clerk)
    assert line.payload["fields"] == ["number", "areas"]
    assert (line.detail.data["number_before"], line.detail.data["reason"]) == ("300/145/2026", "Salah salin")
    assert dict(Deadline.objects.values_list("pk", "due_version")) == due, "no date has moved"
    assert not JournalLine.objects.filter(event=Event.DEADLINE_MOVED.value).exists()
    again = corrected(status, clerk, number="300/155/2026", now=LATER + HOUR)
    assert line_of(Event.STATUS_CORRECTED).corrects == line
    assert again.number == "300/155/2026"


def test_an_earlier_beginning_moves_every_limit_that_the_decree_started(status: ConflictStatus, clerk: User) -> None:
    before = {row.pk: (row.rule, row.due_at) for row in Deadline.objects.filter(thread=status.thread, state=State.RUNNING.value)}
    assert len(before) > 1
    earlier = START - HOUR
    done = corrected(status, clerk, effective_at=earlier, ends_on=date(2027, 1, 20))
    assert (done.days, done.ends_on) == (60, date(2027, 1, 20))
    assert last_day(status, "skk-berakhir") == date(2027, 1, 20)
    assert last_day(status, "skk-konsultasi-perpanjangan") == date(2027, 1, 10)
    assert set(Deadline.objects.filter(pk__in=before).values_list("starts_at", flat=True)) == {earlier}
    moved = JournalLine.objects.filter(event=Event.DEADLINE_MOVED.value)
    cause = line_of(Event.STATUS_CORRECTED)
    assert {line.payload["cause"] for line in moved} == {cause.pk}
    really = {pk for pk, (_, due_at) in before.items() if Deadline.objects.get(pk=pk).due_at != due_at}
    assert {line.payload["deadline"] for line in moved} == really
    whole = corrected(status, clerk, effective_at=START, ends_on=LAST_DAY, now=LATER + HOUR)
    assert whole.days == 90
    assert {pk: Deadline.objects.get(pk=pk).due_at for pk in before} == {pk: due_at for pk, (_, due_at) in before.items()}


def test_measures_and_access_end_with_the_status_as_it_is_corrected(status: ConflictStatus, clerk: User) -> None:
    long, short = a_measure(status, actor=clerk, until_at=START + 60 * DAY), a_measure(status, actor=clerk, until_at=START + 5 * DAY)
    grant = grant_for_status(status=status, user=a_user(), body=None, reason="Pendampingan", actor=clerk, now=NOW)
    done = corrected(status, clerk, ends_on=date(2026, 12, 21))
    for row in (long, short, grant):
        row.refresh_from_db()
    assert (long.until_at, short.until_at, grant.valid_until) == (done.ends_at, START + 5 * DAY, done.ends_at)
    assert Deadline.objects.get(thread=f"tindakan:{long.pk}").last_day == date(2026, 12, 21)
    assert line_of(Event.STATUS_CORRECTED).payload["measures"] == [long.pk]


def test_an_extension_keeps_its_own_last_day_and_must_stay_lawful(status: ConflictStatus, clerk: User) -> None:
    at = NOW + 80 * DAY
    a_consultation(status.case, of=status, actor=clerk, now=at)
    extension = an_extension(status, actor=clerk, now=at, new_ends_on=LAST_DAY + timedelta(days=20))
    done = corrected(status, clerk, now=at + HOUR, ends_on=LAST_DAY - timedelta(days=5))
    extension.refresh_from_db()
    assert (done.ends_on, extension.days) == (LAST_DAY + timedelta(days=20), 25)
    running = Deadline.objects.get(thread=status.thread, rule="skk-perpanjangan-berakhir")
    assert (running.starts_at, running.last_day) == (done.decreed_until, LAST_DAY + timedelta(days=20))
    first = Deadline.objects.get(thread=status.thread, rule="skk-berakhir")
    assert (first.state, first.last_day, first.next_notice_at) == (State.EXTENDED, LAST_DAY - timedelta(days=5), None)
    with refused_by("ends_on", "paling lama 30 hari"):
        corrected(status, clerk, now=at + HOUR, ends_on=LAST_DAY - timedelta(days=11))


REFUSED = [
    # what is entered, at which field, with which article
    ({"ends_on": LAST_DAY + timedelta(days=1)}, "ends_on", "Pasal 22"),
    ({"ends_on": TODAY - timedelta(days=1)}, "ends_on", "Pasal 22"),
    ({"decided_on": TODAY - timedelta(days=1), "effective_at": START - DAY}, "consulted_on", "Konsultasi harus mendahului"),
    ({"decided_on": TODAY + timedelta(days=1)}, "decided_on", "belum tiba"),
    ({"effective_at": START - DAY}, "effective_at", "tidak berlaku surut"),
    ({"areas": ()}, "areas", "paling sedikit satu wilayah"),
    ({"number": " "}, "number", "harus diisi"),
    ({}, WHOLE, "Tidak ada yang berubah"),
]


@pytest.mark.parametrize(("told", "field", "says"), REFUSED)
def test_what_the_law_does_not_permit_is_refused_and_nothing_is_written(
    status: ConflictStatus, clerk: User, told: dict, field: str, says: str
) -> None:
    with refused_by(field, says):
        corrected(status, clerk, **told)


def test_an_area_outside_the_kabupaten_and_no_reason_are_refused(status: ConflictStatus, clerk: User) -> None:
    with refused_by("areas", "Pasal 15"):
        corrected(status, clerk, areas=[region("16.07.01")])
    with refused_by("reason", "Tuliskan apa yang keliru"):
        told = {"decree": as_it_stands(status, number="1"), "reason": " ", "seen_version": status.version}
        correct_status(status=status, actor=clerk, now=LATER, **told)


def test_what_was_done_under_the_status_must_have_been_done_while_it_was_in_force(status: ConflictStatus, clerk: User) -> None:
    a_measure(status, actor=clerk, starts_at=START + 20 * DAY, until_at=START + 30 * DAY)
    with refused_by("ends_on", "Pasal 26"):
        corrected(status, clerk, ends_on=TODAY + timedelta(days=10))
    a_spoken_request(status, actor=clerk)
    with refused_by("effective_at", "Pasal 40"):
        corrected(status, clerk, effective_at=START + HOUR)


def test_a_status_that_should_have_ended_already_ends_at_its_instant(status: ConflictStatus, clerk: User) -> None:
    done = corrected(status, clerk, now=NOW + 10 * DAY, ends_on=TODAY + timedelta(days=4))
    line = line_of(Event.STATUS_ENDED)
    assert line.occurred_at == done.ends_at < NOW + 10 * DAY
    assert not Deadline.objects.filter(thread=status.thread, rule="skk-berakhir").open().exists()


def test_an_end_that_is_history_stays_and_its_words_are_still_put_right(status: ConflictStatus, clerk: User) -> None:
    after = NOW + 100 * DAY
    lapse(now=after)
    with refused_by("ends_on", "sudah tercatat"):
        corrected(status, clerk, now=after, ends_on=LAST_DAY - timedelta(days=1))
    assert corrected(status, clerk, now=after, number="300/154/2026").number == "300/154/2026"


def test_a_revocation_stays_within_the_status(status: ConflictStatus, clerk: User) -> None:
    told = {"number": "9", "reason": "Aman", "seen_version": status.version, "actor": clerk}
    revoke(status=status, revoked_at=NOW + 30 * DAY, now=NOW + 30 * DAY, **told)
    with refused_by("effective_at", "Pasal 31"):
        corrected(status, clerk, now=NOW + 31 * DAY, ends_on=TODAY + timedelta(days=20))


def test_whoever_was_overtaken_is_told(status: ConflictStatus, clerk: User) -> None:
    corrected(status, clerk, number="1")
    told = {"decree": as_it_stands(status, number="2"), "reason": "x", "seen_version": status.version}
    with pytest.raises(StaleVersion):
        correct_status(status=status, actor=clerk, now=LATER, **told)


def test_the_database_is_the_first_guard(status: ConflictStatus) -> None:
    assert status.scale == Scale.KABUPATEN
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictStatus.objects.filter(pk=status.pk).update(days=91, decreed_until=status.decreed_until + DAY)
