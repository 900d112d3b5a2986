"""Extended once and only after consultation, revoked while in force, ended at its instant whether anybody looks or not."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.access.selectors import acts_on
from accounts.postings.tables import Role
from konflik.acts.services.lapsing import lapse_deadlines
from konflik.cases.models import AccessGrant, Case
from konflik.clocks.models import Deadline
from konflik.clocks.selectors import recount
from konflik.clocks.tables import OPEN_STATES, State
from konflik.journal.models import JournalLine
from konflik.notices.models import Notice
from konflik.notices.tables import State as Waiting
from konflik.rowwise import SomeFailed
from konflik.status.models import ConflictStatus, StatusExtension, StatusMeasure
from konflik.status.selectors.lawful import why_not_extend
from konflik.status.services import dates, end_measure, grant_for_status, lapse, lapsing, report_progress, revoke
from tests.builders import DAY, HOUR, NOW, PASER, a_user
from tests.refusals import overtaken, refused
from tests.status.building import (
    LAST_DAY,
    START,
    TODAY,
    a_consultation,
    a_measure,
    a_status,
    a_written_request,
    an_extension,
    copies_of,
)
from tests.status.test_declaring import END

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)
NEAR_END = END - 15 * DAY


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def status(clerk: Any) -> ConflictStatus:
    return a_status(actor=clerk)


def told(status: ConflictStatus, event: str) -> list[JournalLine]:
    return list(JournalLine.objects.filter(case=status.case, event=event).order_by("position"))


def open_rules(status: ConflictStatus) -> set[str]:
    return set(Deadline.objects.filter(thread=status.thread, state__in=OPEN_STATES).values_list("rule", flat=True))


# Extension ------------------------------------------------------------------------------------------------------------------


def test_without_consultation_no_extension_and_with_it_one(status: ConflictStatus, clerk: Any) -> None:
    with refused("consulted_on", "Catat dahulu konsultasi dengan pimpinan DPRD"):
        an_extension(status, actor=clerk, now=NEAR_END)
    a_consultation(status.case, of=status, actor=clerk, now=NEAR_END)
    an_extension(status, actor=clerk, now=NEAR_END)
    status.refresh_from_db()
    assert status.ends_at == END + 30 * DAY
    assert status.ends_on == LAST_DAY + 30 * DAY
    [line] = told(status, "status_extended")
    assert line.basis == "UU 7/2012 Pasal 29 ayat (1)"
    assert "skk-konsultasi-perpanjangan" not in open_rules(status)


def test_the_first_end_is_no_end_any_more_once_it_was_extended(status: ConflictStatus, clerk: Any) -> None:
    a_consultation(status.case, of=status, actor=clerk, now=NEAR_END)
    an_extension(status, actor=clerk, now=NEAR_END)
    first = Deadline.objects.get(thread=status.thread, rule="skk-berakhir")
    assert (first.state, first.closed_at, first.next_notice_at) == (State.EXTENDED.value, NEAR_END, None)
    assert not Notice.objects.filter(deadline=first, state=Waiting.PENDING.value).exists()
    lapse_deadlines(now=END + HOUR)
    assert not told(status, "deadline_lapsed")
    assert "skk-perpanjangan-berakhir" in open_rules(status)


def test_the_consultation_before_the_declaration_does_not_serve_again(status: ConflictStatus, clerk: Any) -> None:
    a_consultation(status.case, actor=clerk, now=NEAR_END)
    with refused("consulted_on", "Catat dahulu konsultasi dengan pimpinan DPRD"):
        an_extension(status, actor=clerk, now=NEAR_END)


# fmt: off
UNLAWFUL = [
    # field          begins with                                       given
    ("number",       "Bagian ini harus diisi.",                        {"number": ""}),
    ("evaluation",   "Bagian ini harus diisi.",                        {"evaluation": " "}),
    ("decided_on",   "Tanggal ini belum tiba.",                        {"decided_on": LAST_DAY}),
    ("consulted_on", "Konsultasi harus mendahului perpanjangan.",      {"decided_on": LAST_DAY - 20 * DAY}),
    ("new_ends_on",  "Tanggal berakhir yang baru harus sesudah",       {"new_ends_on": LAST_DAY}),
    ("new_ends_on",  "Perpanjangan paling lama 30 hari",               {"new_ends_on": LAST_DAY + 31 * DAY}),
]
# fmt: on


@pytest.mark.parametrize(("field", "says", "given"), UNLAWFUL)
def test_what_an_extension_may_not_say(status: ConflictStatus, clerk: Any, field: str, says: str, given: dict) -> None:
    a_consultation(status.case, of=status, actor=clerk, now=NEAR_END)
    with refused(field, says):
        an_extension(status, actor=clerk, now=NEAR_END, **given)


def test_never_a_second_time_nor_after_the_end(status: ConflictStatus, clerk: Any) -> None:
    a_consultation(status.case, of=status, actor=clerk, now=NEAR_END)
    with refused("number", "Status sudah berakhir."):
        an_extension(status, actor=clerk, now=END)
    an_extension(status, actor=clerk, now=NEAR_END, new_ends_on=LAST_DAY + 5 * DAY)
    status.refresh_from_db()
    with refused("purpose", "Status ini sudah pernah diperpanjang."):
        a_consultation(status.case, of=status, actor=clerk, now=NEAR_END)
    assert [one.message for one in why_not_extend(status, at=NEAR_END)] == [
        "Status ini sudah pernah diperpanjang. Undang-undang tidak menyebut perpanjangan kedua."
    ]
    with refused("new_ends_on", "Status ini sudah pernah diperpanjang."):
        an_extension(status, actor=clerk, now=NEAR_END, new_ends_on=LAST_DAY + 10 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusExtension.objects.create(
            status=status, number="2", decided_on=TODAY, days=1, evaluation="x", consultation=status.consultation, recorded_by=clerk,
            recorded_at=NOW,
        )  # fmt: skip


def test_a_shorter_decree_is_extended_by_no_more_than_30_days(clerk: Any) -> None:
    status = a_status(actor=clerk, ends_on=TODAY + 9 * DAY)
    at = NOW + 5 * DAY
    a_consultation(status.case, of=status, actor=clerk, now=at)
    with refused("new_ends_on", "Perpanjangan paling lama 30 hari"):
        an_extension(status, actor=clerk, now=at, new_ends_on=TODAY + 40 * DAY)
    an_extension(status, actor=clerk, now=at, new_ends_on=TODAY + 39 * DAY)


def test_of_two_who_extend_one_wins(status: ConflictStatus, clerk: Any) -> None:
    a_consultation(status.case, of=status, actor=clerk, now=NEAR_END)
    ConflictStatus.objects.filter(pk=status.pk).update(version=2)
    with overtaken(status, version=2):
        an_extension(status, actor=clerk, now=NEAR_END)


# The end ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delay", [timedelta(), HOUR, 3 * DAY])
def test_the_end_is_told_once_whenever_the_sweep_comes(status: ConflictStatus, clerk: Any, delay: timedelta) -> None:
    measure = a_measure(status, actor=clerk, until_at=END)
    assert lapse(now=END - TICK) == 0
    assert lapse(now=END + delay) == 1
    assert lapse(now=END + delay + HOUR) == 0
    [line] = told(status, "status_ended")
    assert (line.occurred_at, line.recorded_at, line.basis) == (END, END + delay, "UU 7/2012 Pasal 22")
    assert line.payload["measures"] == [measure.pk]
    assert (line.payload["ending"], line.actor) == ("lapsed", None)
    assert not open_rules(status) & {"skk-berakhir", "skk-konsultasi-perpanjangan"}


def test_an_end_that_was_slept_through_for_weeks_is_told_all_the_same(status: ConflictStatus, clerk: Any) -> None:
    lapse(now=END + 20 * DAY)
    [line] = told(status, "status_ended")
    assert Notice.objects.filter(line=line, recipient=clerk).exists()


def test_everything_ends_at_the_instant_without_any_job(status: ConflictStatus, clerk: Any) -> None:
    measure = a_measure(status, actor=clerk, until_at=END)
    reader = a_user(Role.SEKRETARIS_TIM, PASER)
    grant = grant_for_status(status=status, user=reader, body=None, reason="Pendampingan", actor=clerk, now=NOW)
    for at, holds in ((END - TICK, True), (END, False)):
        assert ConflictStatus.objects.in_force(at).filter(pk=status.pk).exists() is holds
        assert StatusMeasure.objects.in_force(at).filter(pk=measure.pk).exists() is holds
        assert measure.is_in_force(at) is holds
        assert AccessGrant.objects.in_force(at).filter(pk=grant.pk).exists() is holds
        assert Case.objects.visible_to(reader, at=at).filter(pk=status.case_id).exists() is holds


def test_special_access_moves_with_the_end(status: ConflictStatus, clerk: Any) -> None:
    reader = a_user(Role.SEKRETARIS_TIM, PASER)
    grant = grant_for_status(status=status, user=reader, body=None, reason="Pendampingan", actor=clerk, now=NOW)
    a_consultation(status.case, of=status, actor=clerk, now=NEAR_END)
    an_extension(status, actor=clerk, now=NEAR_END)
    grant.refresh_from_db()
    assert grant.valid_until == END + 30 * DAY
    status.refresh_from_db()
    revoke(status=status, number="9", revoked_at=END, reason="Aman", seen_version=status.version, actor=clerk, now=END + HOUR)
    grant.refresh_from_db()
    assert grant.valid_until == END


def test_revoked_it_ends_at_that_instant_and_powers_with_it(status: ConflictStatus, clerk: Any) -> None:
    measure = a_measure(status, actor=clerk)
    at = NOW + DAY
    revoke(status=status, number="300/9", revoked_at=at, reason="Situasi pulih", seen_version=status.version, actor=clerk, now=at + HOUR)
    status.refresh_from_db()
    measure.refresh_from_db()
    assert status.ends_at == at
    assert measure.is_in_force(at - TICK)
    assert not measure.is_in_force(at)
    [line] = told(status, "status_ended")
    assert (line.occurred_at, line.basis, line.payload["ending"]) == (at, "UU 7/2012 Pasal 31", "revoked")
    assert lapse(now=END + DAY) == 0


@pytest.mark.parametrize(
    ("field", "says", "given"),
    [
        ("number", "Bagian ini harus diisi.", {"number": " "}),
        ("reason", "Tuliskan alasan pencabutan.", {"reason": ""}),
        ("revoked_at", "Waktu ini belum terjadi.", {"revoked_at": NOW + DAY}),
        ("revoked_at", "Waktu ini sebelum status berlaku.", {"revoked_at": START - HOUR}),
    ],
)
def test_what_a_revocation_may_not_say(status: ConflictStatus, clerk: Any, field: str, says: str, given: dict) -> None:
    plain = {"number": "300/9", "revoked_at": NOW, "reason": "Pulih", "seen_version": status.version}
    with refused(field, says):
        revoke(status=status, actor=clerk, now=NOW, **{**plain, **given})


def test_what_is_over_is_not_revoked(status: ConflictStatus, clerk: Any) -> None:
    with refused("revoked_at", "Status sudah berakhir."):
        revoke(status=status, number="9", revoked_at=NOW, reason="Pulih", seen_version=1, actor=clerk, now=END)


def test_help_of_the_tni_is_told_to_have_ended(status: ConflictStatus, clerk: Any) -> None:
    asked = a_written_request(status, actor=clerk)
    type(asked).objects.filter(pk=asked.pk).update(approved_at=NOW, approval="x", ordered_at=NOW, order="y")
    lapse(now=END + HOUR)
    [line] = told(status, "tni_ended")
    assert (line.occurred_at, line.basis) == (END, "PP 2/2015 Pasal 53 ayat (1) huruf b")


# Measures and reports -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "says", "given"),
    [
        ("area", "Bagian ini harus diisi.", {"area": " "}),
        ("daily_until", "Isi jam mulai dan jam berakhir", {"daily_from": time(20)}),
        ("until_at", "Waktu berakhir harus sesudah waktu mulai.", {"until_at": START}),
        ("until_at", "Tindakan pembatasan hanya sah selama status", {"until_at": END + DAY}),
        ("until_at", "Tindakan pembatasan hanya sah selama status", {"starts_at": START - DAY}),
        ("starts_at", "Jam ini di luar masa berlaku status.", {"starts_at": START - HOUR}),
    ],
)
def test_what_a_measure_may_not_say(status: ConflictStatus, clerk: Any, field: str, says: str, given: dict) -> None:
    with refused(field, says):
        a_measure(status, actor=clerk, **given)


def test_no_measure_under_a_status_that_is_over(status: ConflictStatus, clerk: Any) -> None:
    with refused("starts_at", "Status sudah berakhir."):
        a_measure(status, actor=clerk, now=END)


def test_a_measure_is_ended_once(status: ConflictStatus, clerk: Any) -> None:
    measure = a_measure(status, actor=clerk)
    at = NOW + DAY
    end_measure(measure=measure, ended_at=at, reason="Kawasan aman", actor=clerk, now=at)
    assert not StatusMeasure.objects.in_force(at).exists()
    with refused("ended_at", "Tindakan ini sudah berakhir."):
        end_measure(measure=measure, ended_at=at, reason="Lagi", actor=clerk, now=at)


def end_of(measure: StatusMeasure) -> Deadline:
    return Deadline.objects.get(rule="skk-pembatasan-berakhir", thread=f"tindakan:{measure.pk}")


def test_a_measure_that_runs_out_leaves_its_line(status: ConflictStatus, clerk: Any) -> None:
    measure = a_measure(status, actor=clerk)
    assert (end_of(measure).state, end_of(measure).due_at) == (State.RUNNING.value, measure.until_at)
    lapse_deadlines(now=NOW + 16 * DAY)
    assert end_of(measure).state == State.LAPSED.value
    [line] = told(status, "deadline_lapsed")
    assert line.payload["deadline"] == end_of(measure).pk


def test_a_measure_that_ends_at_an_hour_is_due_at_that_hour(status: ConflictStatus, clerk: Any) -> None:
    until = START + 3 * DAY + 5 * HOUR
    row = end_of(a_measure(status, actor=clerk, until_at=until))
    assert (row.due_at, row.last_day) == (until, None)
    assert (recount(row).due_at, recount(row).last_day) == (until, None)


def test_the_hour_of_a_measure_that_an_older_system_did_not_keep_is_put_right(status: ConflictStatus, clerk: Any) -> None:
    measure = a_measure(status, actor=clerk)
    whole_day = Deadline.objects.get(rule="skk-pembatasan-berakhir")
    at = measure.until_at - HOUR
    type(measure).objects.filter(pk=measure.pk).update(until_at=at)
    assert dates.open_dates(now=NOW) == 1
    kept = Deadline.objects.get(pk=whole_day.pk)
    assert (kept.due_at, kept.last_day, kept.due_version) == (at, None, whole_day.due_version + 1)
    assert JournalLine.objects.filter(event="deadline_moved", payload__deadline=kept.pk).count() == 1
    assert dates.open_dates(now=NOW) == 0
    Notice.objects.filter(deadline=kept).delete()
    kept.faces.all().delete()
    kept.delete()
    assert dates.open_dates(now=NOW) == 1, "and one that never was is opened"


def test_nothing_waits_for_the_end_of_a_measure_that_was_ended_or_whose_status_was(status: ConflictStatus, clerk: Any) -> None:
    first, other = a_measure(status, actor=clerk), a_measure(status, actor=clerk, starts_at=START + 5 * DAY)
    at = NOW + DAY
    end_measure(measure=first, ended_at=at, reason="Kawasan aman", actor=clerk, now=at)
    assert (end_of(first).state, end_of(other).state) == (State.CANCELLED.value, State.RUNNING.value)
    revoke(status=status, number="300/9", revoked_at=at, reason="Pulih", seen_version=status.version, actor=clerk, now=at)
    assert end_of(other).state == State.CANCELLED.value


def test_the_consultation_counts_on_the_day_on_which_it_was_held(status: ConflictStatus, clerk: Any) -> None:
    a_consultation(status.case, of=status, actor=clerk, now=NEAR_END, held_on=(NEAR_END - 3 * DAY).date())
    met = Deadline.objects.get(thread=status.thread, rule="skk-konsultasi-perpanjangan")
    assert met.state == State.MET.value
    assert met.closed_at.astimezone(status.zone).date() == (NEAR_END - 3 * DAY).date()


def test_progress_goes_to_the_governor_with_every_copy(status: ConflictStatus, clerk: Any) -> None:
    given = {"status": status, "number": "300/150", "reported_at": NOW, "summary": "Terkendali", "actor": clerk, "now": NOW}
    with refused("copies", "Tembusan belum lengkap: DPRD kabupaten/kota."):
        report_progress(copies=copies_of()[:1], **given)
    report = report_progress(copies=copies_of(), **given)
    assert report.addressee == "Gubernur"
    assert told(status, "progress_reported")[0].basis == "UU 7/2012 Pasal 23 ayat (2)"


def test_rows_of_a_status_are_seen_with_their_case_only(status: ConflictStatus, clerk: Any) -> None:
    measure = a_measure(status, actor=clerk)
    stranger = a_user(Role.SEKRETARIS_TIM, PASER)
    for model, row in ((ConflictStatus, status), (StatusMeasure, measure)):
        assert model.objects.visible_to(clerk, at=NOW).filter(pk=row.pk).exists()
        assert not model.objects.visible_to(stranger, at=NOW).exists()
    assert acts_on(stranger, leading=status.case.kabupaten_id, regions=[], secrecy=1, at=NOW) == frozenset()


def test_nothing_to_report_before_it_begins(clerk: Any) -> None:
    status = a_status(actor=clerk, effective_at=NOW + DAY)
    given = {"number": "1", "reported_at": NOW, "summary": "x", "copies": copies_of(), "actor": clerk, "now": NOW}
    with refused("reported_at", "Status belum berlaku."):
        report_progress(status=status, **given)


def test_one_status_whose_end_cannot_be_written_stops_no_other(clerk: Any, status: ConflictStatus, monkeypatch: pytest.MonkeyPatch) -> None:
    other = a_status(actor=clerk)
    write = lapsing.note_end

    def note_end(*, status: ConflictStatus, **told: Any) -> JournalLine | None:
        if status.pk == bad:
            raise RuntimeError
        return write(status=status, **told)

    bad = status.pk
    monkeypatch.setattr(lapsing, "note_end", note_end)
    with pytest.raises(SomeFailed) as seen:
        lapse(now=END + HOUR)
    assert seen.value.done == 1
    assert set(ConflictStatus.objects.filter(ended_noted_at__isnull=False)) == {other}
