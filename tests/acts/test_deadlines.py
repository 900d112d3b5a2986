"""One deadline: met, standing still, running again, extended, cancelled; each with its line and the dates before and after."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.users.models import User
from konflik.acts.services import cancel_deadline, extend_deadline, meet_deadline, record_policy, resume_deadline, suspend_deadline
from konflik.cases.models import Case
from konflik.clocks.models import Deadline, Suspension
from konflik.clocks.selectors import recount
from konflik.desk.forms.deadlines import lawful_actions
from konflik.desk.selectors.deadlines import row_of
from konflik.journal.models import JournalLine
from tests.acts.building import LETTER, a_duty, days, deadline_of, started
from tests.builders import HOUR, NOW, a_case, a_user, an_activity
from tests.refusals import WHOLE, overtaken, refused

pytestmark = pytest.mark.django_db

LATER = NOW + 2 * HOUR


@pytest.fixture
def clerk(db: None) -> User:
    return a_user()


@pytest.fixture
def case(clerk: User) -> Case:
    return a_case(actor=clerk)


@pytest.fixture
def deadline(case: Case, clerk: User) -> Deadline:
    """24 hours from NOW."""
    return started(case, clerk)


def last_line() -> JournalLine:
    return JournalLine.objects.order_by("-pk").first()


def meet(deadline: Deadline, clerk: User, **told: Any) -> Deadline:
    plain = {"evidence": LETTER, "on": NOW + HOUR, "seen_version": deadline.version, "now": LATER}
    return meet_deadline(deadline=deadline, actor=clerk, **{**plain, **told})


def suspend(deadline: Deadline, clerk: User, **told: Any) -> Deadline:
    plain = {"begins": NOW + HOUR, "basis": LETTER, "seen_version": deadline.version, "now": LATER}
    return suspend_deadline(deadline=deadline, actor=clerk, **{**plain, **told})


def resume(deadline: Deadline, clerk: User, **told: Any) -> Deadline:
    plain = {"ends": NOW + 4 * HOUR, "basis": LETTER, "seen_version": deadline.version, "now": NOW + 5 * HOUR}
    return resume_deadline(deadline=deadline, actor=clerk, **{**plain, **told})


def extend(deadline: Deadline, clerk: User, **told: Any) -> Deadline:
    plain = {"reason": LETTER, "on": NOW + HOUR, "seen_version": deadline.version, "now": LATER}
    return extend_deadline(deadline=deadline, actor=clerk, **{**plain, **told})


# meet and cancel ----------------------------------------------------------------------------------------------------------


def test_met_by_hand_with_its_proof(deadline: Deadline, clerk: User) -> None:
    met = meet(deadline, clerk, evidence=f" {LETTER} ")
    assert (met.state, met.evidence, met.closed_at, met.closed_by, met.version) == ("met", LETTER, NOW + HOUR, clerk, 2)
    assert met.next_notice_at is None
    line = last_line()
    assert (line.event, line.occurred_at, line.recorded_at, line.actor) == ("deadline_met", NOW + HOUR, LATER, clerk)
    assert (line.payload["old"]["state"], line.payload["new"]["state"], line.payload["deadline"]) == ("running", "met", deadline.pk)
    assert line.payload["old"]["due_at"] == line.payload["new"]["due_at"] == "2026-11-23T03:00:00.000000+00:00"
    assert line.detail.data["evidence"] == LETTER


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"evidence": "  "}, "evidence", "Tuliskan bukti pelaksanaan"),
        ({"evidence": "x" * 2001}, "evidence", "Paling banyak 2000 huruf."),
        ({"on": LATER + HOUR}, "on", "Waktu ini belum terjadi."),
        ({"on": NOW - HOUR}, "on", "Waktu ini sebelum tenggat mulai dihitung."),
    ],
)
def test_not_met(deadline: Deadline, clerk: User, told: dict[str, Any], field: str, says: str) -> None:
    with refused(field, says):
        meet(deadline, clerk, **told)


def test_what_is_closed_stays_closed(deadline: Deadline, clerk: User) -> None:
    met = meet(deadline, clerk)
    for act in (meet, suspend, extend):
        with refused(WHOLE, "Tenggat ini sudah ditutup: dipenuhi."):
            act(met, clerk)


def test_the_second_of_two_clerks_is_told_what_stands(deadline: Deadline, clerk: User) -> None:
    meet(deadline, clerk)
    for act in (meet, suspend, extend, resume):
        with overtaken(deadline, state="met", version=2):
            act(deadline, clerk)


def test_cancelled_with_a_reason(deadline: Deadline, clerk: User) -> None:
    with refused("reason", "Tuliskan mengapa tenggat ini dibatalkan."):
        cancel_deadline(deadline=deadline, reason=" ", seen_version=1, actor=clerk, now=LATER)
    gone = cancel_deadline(deadline=deadline, reason="Permintaan ditarik.", seen_version=1, actor=clerk, now=LATER)
    assert (gone.state, gone.evidence, gone.closed_at) == ("cancelled", "Permintaan ditarik.", LATER)
    assert (last_line().event, last_line().detail.data["reason"]) == ("deadline_cancelled", "Permintaan ditarik.")


def test_what_an_activity_says_is_not_said_twice(case: Case, clerk: User) -> None:
    an_activity(case, actor=clerk, planned_end=date(2026, 12, 1))
    deadline = Deadline.objects.get(rule="kegiatan-selesai")
    with refused(WHOLE, "Tenggat ini mengikuti kegiatan. Perbarui kegiatan itu."):
        meet(deadline, clerk)
    with refused(WHOLE, "Tanggal ini ditetapkan, tidak dihitung"):
        suspend(deadline, clerk)


@pytest.mark.parametrize("thread", ["status:1", "btt:1", "tindakan:1"])
def test_what_a_step_of_a_status_governs_is_neither_met_dropped_nor_stopped_by_hand(case: Case, clerk: User, thread: str) -> None:
    deadline = started(case, clerk, thread=thread)
    with refused(WHOLE, "Tenggat ini "):
        meet(deadline, clerk)
    with refused(WHOLE, "Tenggat ini "):
        cancel_deadline(deadline=deadline, reason="Salah.", seen_version=1, actor=clerk, now=LATER)
    with refused(WHOLE, "Tenggat ini mengikuti"):
        suspend(deadline, clerk)
    assert lawful_actions(deadline) == []
    assert not row_of(deadline, at=NOW, may_manage=True).may_be_met


# suspend and resume -------------------------------------------------------------------------------------------------------


def test_hours_stand_still_and_run_again(deadline: Deadline, clerk: User) -> None:
    still = suspend(deadline, clerk)
    assert (still.state, still.due_at, still.next_notice_at, still.due_version) == ("suspended", None, None, 2)
    assert (last_line().event, last_line().payload["new"]["due_at"]) == ("deadline_suspended", None)
    again = resume(still, clerk)
    assert (again.state, again.due_at, again.due_version, again.version) == ("running", NOW + 27 * HOUR, 3, 3)
    assert (last_line().event, last_line().payload["new"]["due_at"]) == ("deadline_resumed", "2026-11-23T06:00:00.000000+00:00")
    assert last_line().detail.data["basis"] == LETTER
    assert again.next_notice_at is not None
    kept = Suspension.objects.get()
    assert (kept.begins, kept.ends, kept.basis, kept.recorded_by) == (NOW + HOUR, NOW + 4 * HOUR, LETTER, clerk)


def test_working_days_count_only_days_on_which_the_clock_ran(clerk: User) -> None:
    """Received Friday 20 November 2026: 10 working days end Friday 4 December; still from Wednesday to Monday: five days more."""
    at = datetime(2026, 11, 20, 2, tzinfo=UTC)
    deadline = deadline_of(a_duty(clerk, at=at))
    assert (deadline.last_day, deadline.is_provisional) == (date(2026, 12, 4), True)
    still = suspend(deadline, clerk, begins=datetime(2026, 11, 24, 17, tzinfo=UTC), now=NOW + days(9))
    assert still.due_at is None
    again = resume(still, clerk, ends=datetime(2026, 11, 30, 17, tzinfo=UTC), now=NOW + days(9))
    assert again.last_day == date(2026, 12, 10), "25, 26, 27 and 30 November do not count"


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"basis": ""}, "basis", "Tuliskan dasar penangguhan"),
        ({"begins": LATER + HOUR}, "begins", "Waktu ini belum terjadi."),
        ({"begins": NOW - HOUR}, "begins", "Waktu ini sebelum tenggat mulai dihitung."),
        ({"begins": NOW + 25 * HOUR, "now": NOW + 26 * HOUR}, "begins", "Tenggat ini sudah berakhir pada waktu itu"),
    ],
)
def test_not_suspended(deadline: Deadline, clerk: User, told: dict[str, Any], field: str, says: str) -> None:
    with refused(field, says):
        suspend(deadline, clerk, **told)


def test_one_standstill_at_a_time_and_none_within_another(deadline: Deadline, clerk: User) -> None:
    still = suspend(deadline, clerk)
    with refused(WHOLE, "Tenggat ini sudah ditangguhkan."):
        suspend(still, clerk, begins=NOW + 2 * HOUR)
    again = resume(still, clerk)
    with refused("begins", "Waktu ini masih dalam penangguhan yang sudah dicatat."):
        suspend(again, clerk, begins=NOW + 3 * HOUR, now=NOW + 5 * HOUR)
    assert suspend(again, clerk, begins=NOW + 4 * HOUR, now=NOW + 5 * HOUR).state == "suspended"


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"ends": NOW + HOUR}, "ends", "Penangguhan tidak boleh berakhir sebelum dimulai."),
        ({"ends": NOW}, "ends", "Penangguhan tidak boleh berakhir sebelum dimulai."),
        ({"ends": NOW + 6 * HOUR}, "ends", "Waktu ini belum terjadi."),
        ({"basis": " "}, "basis", "Tuliskan dasar berjalannya kembali"),
    ],
)
def test_not_resumed(deadline: Deadline, clerk: User, told: dict[str, Any], field: str, says: str) -> None:
    still = suspend(deadline, clerk)
    with refused(field, says):
        resume(still, clerk, **told)


def test_what_runs_is_not_resumed(deadline: Deadline, clerk: User) -> None:
    with refused(WHOLE, "Tenggat ini tidak sedang ditangguhkan."):
        resume(deadline, clerk)


def test_what_stands_still_can_be_met(deadline: Deadline, clerk: User) -> None:
    assert meet(suspend(deadline, clerk), clerk).state == "met"


# extend -------------------------------------------------------------------------------------------------------------------


def test_an_answer_to_an_application_is_extended_once(clerk: User) -> None:
    first = deadline_of(a_duty(clerk))
    second = extend(first, clerk)
    first.refresh_from_db()
    assert (first.state, first.evidence, second.rule, second.thread) == ("extended", LETTER, "kip-perpanjangan", first.thread)
    assert second.starts_at == first.due_at
    assert second.last_day == date(2026, 12, 15), "seven working days after Friday 4 December"
    assert recount(second).last_day == second.last_day
    line = last_line()
    assert (line.event, line.payload["new"]["state"], line.detail.data["reason"]) == ("deadline_extended", "extended", LETTER)
    assert second.trigger == line
    with refused(WHOLE, "Tenggat ini tidak dapat diperpanjang menurut aturannya."):
        extend(second, clerk, on=NOW + days(13), now=NOW + days(13))


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"reason": ""}, "reason", "Tuliskan alasan tertulis perpanjangan"),
        ({"on": NOW - HOUR}, "on", "Waktu ini sebelum tenggat mulai dihitung."),
        ({"on": LATER + HOUR}, "on", "Waktu ini belum terjadi."),
        ({"on": NOW + days(14), "now": NOW + days(14)}, "on", "Perpanjangan harus diberitahukan sebelum"),
    ],
)
def test_not_extended(clerk: User, told: dict[str, Any], field: str, says: str) -> None:
    first = deadline_of(a_duty(clerk))
    with refused(field, says):
        extend(first, clerk, **told)


STEPS = "Tenggat ini terpenuhi oleh langkahnya. Catat langkah itu pada Status Keadaan Konflik."
FOLLOWS = "Tanggal berakhir ini mengikuti keputusannya."


def test_what_a_decree_ends_is_not_met_held_or_dropped_by_hand(case: Case, clerk: User) -> None:
    status = started(case, clerk, "status_declared", thread="status:1")
    consult = Deadline.objects.get(rule="skk-konsultasi-perpanjangan")
    with refused(WHOLE, FOLLOWS):
        meet(status, clerk)
    with refused(WHOLE, FOLLOWS):
        cancel_deadline(deadline=status, reason="Aman", seen_version=1, actor=clerk, now=LATER)
    for row in (status, consult):
        with refused(WHOLE, "Jangka waktu ini mengikuti masa berlaku keputusannya"):
            suspend(row, clerk)
    with refused(WHOLE, STEPS):
        meet(consult, clerk)


def test_a_licence_for_a_time_ends_by_itself_and_may_be_withdrawn(clerk: User) -> None:
    record_policy(
        code="rumah-ibadat-izin-sementara-berakhir",
        kabupaten=None,
        number=2,
        unit="years",
        basis="PBM",
        valid_from=date(2026, 1, 1),
        actor=None,
        now=NOW,
    )
    licence = deadline_of(a_duty(clerk, "rumah-ibadat-izin-sementara-berakhir"))
    with refused(WHOLE, "Jangka waktu ini berakhir sendiri dan tidak dipenuhi."):
        meet(licence, clerk)
    assert cancel_deadline(deadline=licence, reason="Dicabut", seen_version=1, actor=clerk, now=LATER).state == "cancelled"


def test_the_law_holds_from_the_local_day_on_which_it_came_into_force(case: Case, clerk: User) -> None:
    midnight = datetime(2012, 5, 9, 17, 0, tzinfo=UTC)
    assert started(case, clerk, "status_declared", at=midnight - HOUR, thread="status:1") is None
    first = started(case, clerk, "status_declared", at=midnight, thread="status:2")
    assert first.rule == "skk-berakhir", "00:00 WIB of 10 May 2012"


def test_a_status_is_extended_by_its_own_decree(case: Case, clerk: User, deadline: Deadline) -> None:
    with refused(WHOLE, "Tenggat ini tidak dapat diperpanjang menurut aturannya."):
        extend(deadline, clerk)
    status = started(case, clerk, "status_declared", thread="status:1")
    assert status.rule == "skk-berakhir"
    with refused(WHOLE, "Perpanjangan ini ditetapkan dengan keputusan tersendiri."):
        extend(status, clerk)
