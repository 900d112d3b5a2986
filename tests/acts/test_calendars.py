"""A decree on days off: a dry run, then applied; old and new date stay in the history, and nothing is left stale (S36)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.acts.services import (
    apply_calendar,
    draft_decree,
    import_days,
    load_calendar,
    meet_deadline,
    recount_all,
    settle_calendar,
    shift_report,
)
from konflik.acts.services import calendars as calendars_of_acts
from konflik.acts.services.calendars import on_calendar
from konflik.clocks.models import CalendarDecree, DayOff, Deadline
from konflik.clocks.selectors import days_off, recount
from konflik.clocks.tables.calendar_files import shipped_decrees
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.rowwise import SomeFailed
from tests.acts.building import LETTER, a_decree, a_duty, days, deadline_of, lines, started
from tests.builders import BATANGHARI, HOUR, MUARO_JAMBI, NOW, PASER, a_case, a_user, region
from tests.refusals import WHOLE, nothing_written, refused

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 2, tzinfo=UTC)
LATER = NOW + HOUR
NEXT_WEEK = {date(2026, 11, 25): "Libur A", date(2026, 11, 26): "Libur B"}


@pytest.fixture
def clerk(db: None) -> User:
    return a_user()


@pytest.fixture
def answer(clerk: User) -> Deadline:
    """Ten working days from Friday 20 November: Friday 4 December, as no day off is known."""
    return deadline_of(a_duty(clerk, at=FRIDAY))


def last_days() -> dict[int, date | None]:
    return dict(Deadline.objects.values_list("pk", "last_day"))


def test_a_dry_run_says_what_would_move_and_writes_nothing(answer: Deadline, clerk: User) -> None:
    started(a_case(actor=clerk), clerk)  # hours: no calendar moves them
    decree = a_decree(NEXT_WEEK)
    with nothing_written():
        report = shift_report(decree, now=LATER)
    assert str(report) == "1 tenggat bergeser, 0 lebih cepat"
    (row,) = report.rows
    assert (row.deadline, row.old_day, row.new_day, row.is_earlier) == (answer, date(2026, 12, 4), date(2026, 12, 8), False)


def test_applied_it_moves_what_counts_working_days_and_says_so(answer: Deadline, clerk: User) -> None:
    hours = started(a_case(actor=clerk), clerk)
    report = apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=LATER)
    decree = CalendarDecree.objects.get()
    assert (report.moved, decree.applied_at) == (1, LATER)
    before, due = answer.due_at, hours.due_at
    answer.refresh_from_db()
    hours.refresh_from_db()
    assert (answer.last_day, answer.due_version, answer.version, answer.is_provisional) == (date(2026, 12, 8), 2, 2, False)
    assert (hours.due_at, hours.due_version) == (due, 1)
    line, applied = lines("calendar_applied", "deadline_moved")
    assert applied.payload == {"decree": decree.pk, "number": "SKB 1/2026", "moved": 1, "earlier": 0, "settled": 0}
    assert (line.payload["deadline"], line.payload["number"]) == (answer.pk, "SKB 1/2026")
    assert (line.payload["old"]["last_day"], line.payload["new"]["last_day"]) == ("2026-12-04", "2026-12-08")
    assert datetime.fromisoformat(line.payload["old"]["due_at"]) == before


def test_a_newer_decree_can_take_days_back(answer: Deadline) -> None:
    apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=LATER)
    newer = a_decree({date(2026, 11, 25): "Libur A"}, number="SKB 2/2026")
    assert str(shift_report(newer, now=LATER + HOUR)) == "1 tenggat bergeser, 1 lebih cepat"
    apply_calendar(decree=newer, actor=None, now=LATER + HOUR)
    answer.refresh_from_db()
    assert (answer.last_day, answer.due_version) == (date(2026, 12, 7), 3)
    assert [line.payload["new"]["last_day"] for line in lines("deadline_moved")] == ["2026-12-08", "2026-12-07"]


def test_a_date_that_stays_only_ceases_to_be_provisional(answer: Deadline) -> None:
    assert answer.is_provisional
    report = apply_calendar(decree=a_decree({date(2026, 1, 1): "Tahun Baru"}), actor=None, now=LATER)
    answer.refresh_from_db()
    assert (report.moved, len(report.settled), answer.is_provisional, answer.due_version) == (0, 1, False, 1)
    assert not lines("deadline_moved")


def test_beyond_the_last_decree_a_date_is_provisional(clerk: User) -> None:
    apply_calendar(decree=a_decree({date(2026, 1, 1): "Tahun Baru"}), actor=None, now=NOW)
    inside = deadline_of(a_duty(clerk, at=datetime(2026, 12, 1, 3, tzinfo=UTC)))
    beyond = deadline_of(a_duty(clerk, at=datetime(2026, 12, 28, 3, tzinfo=UTC)))
    assert (inside.is_provisional, beyond.is_provisional) == (False, True)


def test_a_regional_day_off_moves_its_kabupaten_only(clerk: User) -> None:
    here = deadline_of(a_duty(clerk, at=FRIDAY))
    there = deadline_of(a_duty(a_user(at=MUARO_JAMBI), at=FRIDAY, kabupaten=MUARO_JAMBI))
    report = apply_calendar(decree=a_decree(NEXT_WEEK, number="SK Bupati 5", kabupaten=BATANGHARI), actor=None, now=LATER)
    assert [row.deadline for row in report.rows] == [here]
    assert last_days() == {here.pk: date(2026, 12, 8), there.pk: date(2026, 12, 4)}
    assert lines("calendar_applied")[0].kabupaten_id == BATANGHARI


def test_what_is_closed_or_stands_still_does_not_move(answer: Deadline, clerk: User) -> None:
    meet_deadline(deadline=answer, evidence=LETTER, on=NOW, seen_version=1, actor=clerk, now=NOW)
    assert apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=LATER).moved == 0
    assert last_days() == {answer.pk: date(2026, 12, 4)}


def test_nothing_is_stale_afterwards(clerk: User) -> None:
    for number in range(12):
        a_duty(clerk, at=FRIDAY + days(number), now=NOW + days(12))
    apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=NOW + days(13))
    assert all(recount(row).due_at == row.due_at for row in Deadline.objects.all())
    assert recount_all(now=NOW + days(14)) == 0


def test_what_others_opened_by_the_old_calendar_is_found_again(answer: Deadline) -> None:
    apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=LATER)
    Deadline.objects.filter(pk=answer.pk).update(last_day=date(2026, 12, 4), due_at=answer.due_at)
    assert recount_all(now=LATER) == 1
    assert last_days() == {answer.pk: date(2026, 12, 8)}


@pytest.mark.parametrize("gap", [HOUR / 2, 5 * HOUR, days(3)])
def test_after_any_gap_the_sweep_counts_once_more_by_a_decree(answer: Deadline, gap: timedelta) -> None:
    apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=LATER)
    Deadline.objects.filter(pk=answer.pk).update(last_day=date(2026, 12, 4), due_at=answer.due_at)
    assert settle_calendar(now=LATER + gap) == 1
    assert last_days() == {answer.pk: date(2026, 12, 8)}
    settle_calendar(now=LATER + gap + HOUR)
    with CaptureQueriesContext(connection) as asked:
        assert settle_calendar(now=LATER + gap + 2 * HOUR) == 0
    assert len(asked) == 2, "settled: the last decree and the mark are read, no deadline"


def test_what_was_opened_by_the_old_calendar_within_the_hour_is_found(answer: Deadline) -> None:
    apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=LATER)
    assert settle_calendar(now=LATER + HOUR / 4) == 0
    Deadline.objects.filter(pk=answer.pk).update(last_day=date(2026, 12, 4), due_at=answer.due_at)
    assert settle_calendar(now=LATER + HOUR / 2) == 1


def test_one_deadline_that_cannot_be_counted_stops_no_other(answer: Deadline, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    other = deadline_of(a_duty(clerk, at=FRIDAY, now=NOW))
    apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=LATER)
    Deadline.objects.update(last_day=date(2026, 12, 4), due_at=answer.due_at)
    counted = calendars_of_acts.recount

    def failing(row: Deadline, off: object = None) -> object:
        if row.pk == answer.pk:
            raise ValueError("Nama Orang")
        return counted(row, off)

    monkeypatch.setattr(calendars_of_acts, "recount", failing)
    with pytest.raises(SomeFailed):
        settle_calendar(now=LATER + days(1))
    assert last_days() == {answer.pk: date(2026, 12, 4), other.pk: date(2026, 12, 8)}
    monkeypatch.undo()
    assert settle_calendar(now=LATER + days(2)) == 1, "not settled before every one was counted"


@pytest.mark.parametrize("at_fault", ["recount", "moved"])
def test_what_a_person_applies_moves_all_but_the_one_that_cannot_be_counted(
    answer: Deadline, clerk: User, monkeypatch: pytest.MonkeyPatch, at_fault: str
) -> None:
    other = deadline_of(a_duty(clerk, at=FRIDAY, now=NOW))
    sound = getattr(calendars_of_acts, at_fault)

    def failing(row: Deadline, *told: object, **more: object) -> object:
        done = sound(row, *told, **more)
        if row.pk == answer.pk:
            raise ValueError("Nama Orang")
        return done

    monkeypatch.setattr(calendars_of_acts, at_fault, failing)
    decree = a_decree(NEXT_WEEK)
    report = apply_calendar(decree=decree, actor=None, now=LATER)
    assert last_days() == {answer.pk: date(2026, 12, 4), other.pk: date(2026, 12, 8)}
    assert ([row.deadline for row in report.rows], report.failed) == ([other], (answer,))
    assert str(report) == "1 tenggat bergeser, 0 lebih cepat; 1 tenggat tidak dapat dihitung"
    [applied] = lines(Event.CALENDAR_APPLIED)
    assert (applied.payload["moved"], applied.payload["failed"]) == (1, [answer.pk])
    assert [line.payload["deadline"] for line in lines(Event.DEADLINE_MOVED)] == [other.pk], "each row whole, its line with it"
    decree.refresh_from_db()
    assert decree.applied_at == LATER
    monkeypatch.undo()
    assert settle_calendar(now=LATER + HOUR) == 1, "the sweep tries again what was left"
    assert last_days()[answer.pk] == date(2026, 12, 8)


# refusals -----------------------------------------------------------------------------------------------------------------


def test_a_decree_is_applied_once_and_whole(clerk: User) -> None:
    with refused(WHOLE, "Keputusan ini belum memuat satu hari libur pun."):
        apply_calendar(decree=a_decree({}, number="SKB 9"), actor=None, now=NOW)
    with refused(WHOLE, "Ada hari libur di luar masa yang dimuat keputusan ini."):
        apply_calendar(decree=a_decree({date(2027, 1, 1): "Tahun Baru"}, number="SKB 8"), actor=None, now=NOW)
    decree = a_decree(NEXT_WEEK)
    apply_calendar(decree=decree, actor=None, now=NOW)
    with refused(WHOLE, "Keputusan ini sudah diberlakukan."):
        apply_calendar(decree=decree, actor=None, now=LATER)


def test_only_whoever_manages_the_calendar_there(clerk: User) -> None:
    secretary = a_user(Role.SEKRETARIS_TIM)
    there = a_decree(NEXT_WEEK, number="SK Bupati Paser", kabupaten=PASER)
    with refused("kabupaten", "Wilayah ini di luar penugasan Anda."):
        apply_calendar(decree=there, actor=secretary, now=NOW)
    national = a_decree(NEXT_WEEK)
    with refused("kabupaten", "Wilayah ini di luar penugasan Anda."):
        apply_calendar(decree=national, actor=clerk, now=NOW)
    assert apply_calendar(decree=national, actor=secretary, now=NOW).moved == 0


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"decided_on": date(2026, 11, 23)}, "decided_on", "Tanggal keputusan tidak boleh di masa depan."),
        ({"covers_until": date(2025, 12, 31)}, "covers_until", "Tanggal akhir tidak boleh sebelum tanggal awal."),
        ({"number": "SKB 1/2026"}, "number", "Keputusan ini sudah dicatat."),
        ({"kabupaten": "15"}, "kabupaten", "Pilih kabupaten atau kota."),
    ],
)
def test_a_draft_is_refused(told: dict, field: str, says: str) -> None:
    a_decree({})
    plain = {"number": "SKB 5", "decided_on": date(2026, 1, 2), "covers_from": date(2026, 1, 1), "covers_until": date(2026, 12, 31)}
    told = {**told, "kabupaten": region(told["kabupaten"]) if "kabupaten" in told else None}
    with refused(field, says):
        draft_decree(actor=None, now=NOW, **{**plain, **told})


# the database -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE konflik_calendardecree SET number = 'x'",
        "UPDATE konflik_calendardecree SET applied_at = NULL",
        "DELETE FROM konflik_dayoff",
        "UPDATE konflik_dayoff SET day = '2026-12-01'",
        "INSERT INTO konflik_dayoff (decree_id, day, name, kind) SELECT id, '2026-12-02', 'x', 'holiday' FROM konflik_calendardecree",
    ],
)
def test_an_applied_decree_stays_as_it_is(statement: str) -> None:
    apply_calendar(decree=a_decree(NEXT_WEEK), actor=None, now=NOW)
    with pytest.raises(DatabaseError, match="sudah diberlakukan tidak boleh diubah"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nor_is_it_replaced_or_deleted(clerk: User) -> None:
    decree = a_decree(NEXT_WEEK)
    apply_calendar(decree=decree, actor=None, now=NOW)
    if connection.vendor == "sqlite":
        columns = "id, number, decided_on, covers_from, covers_until"
        with pytest.raises(DatabaseError, match="sudah diberlakukan"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT OR REPLACE INTO konflik_calendardecree ({columns}) SELECT {columns} FROM konflik_calendardecree")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM konflik_calendardecree")


def test_a_draft_can_be_changed() -> None:
    decree = a_decree(NEXT_WEEK)
    DayOff.objects.filter(decree=decree).delete()
    CalendarDecree.objects.filter(pk=decree.pk).update(number="SKB 1a/2026")


# files and what is shipped ------------------------------------------------------------------------------------------------


def test_a_file_replaces_the_days_of_a_draft(clerk: User) -> None:
    decree = a_decree(NEXT_WEEK)
    content = b"tanggal;nama;jenis\n2026-12-25;Hari Raya Natal;Libur nasional\n24-12-2026;Cuti bersama Natal;cuti bersama\n"
    assert import_days(decree=decree, content=content, actor=None, now=NOW) == 2
    assert list(decree.days.values_list("day", "kind")) == [(date(2026, 12, 24), "joint_leave"), (date(2026, 12, 25), "holiday")]
    apply_calendar(decree=decree, actor=None, now=NOW)
    with refused(WHOLE, "Keputusan ini sudah diberlakukan, sehingga tidak dapat diubah."):
        import_days(decree=decree, content=content, actor=None, now=NOW)


def test_nothing_is_taken_of_a_file_with_a_fault() -> None:
    decree = a_decree(NEXT_WEEK)
    with refused("file", "Kolom “keterangan” tidak dikenal."):
        import_days(decree=decree, content=b"tanggal;nama;keterangan\n2026-12-25;Natal;x\n", actor=None, now=NOW)
    with refused("file", "Libur daerah hanya ada dalam keputusan daerah"):
        import_days(decree=decree, content=b"tanggal;nama;jenis\n2026-12-25;Natal;libur daerah\n", actor=None, now=NOW)
    assert decree.days.count() == 2


def test_what_is_shipped_is_applied_once_and_later_decrees_go_before_it() -> None:
    assert load_calendar(now=NOW) == len(shipped_decrees())
    with nothing_written():
        assert load_calendar(now=LATER) == 0
    off = days_off(BATANGHARI)
    assert off.why_off(date(2026, 12, 24)) == "Cuti Bersama Hari Raya Natal (SKB 3 Menteri Nomor 1497/2025, 2/2025, dan 5/2025)"
    assert off.why_off(date(2025, 8, 18)).endswith("(SKB 3 Menteri Nomor 933/2025, 1/2025, dan 3/2025)")
    assert off.covered_until == date(2027, 12, 31)
    assert days_off(None, at=datetime(2025, 8, 1, tzinfo=UTC)).why_off(date(2025, 8, 18)) == "", "not yet decided then"
    apply_calendar(decree=a_decree({date(2026, 12, 31): "Libur akhir tahun"}), actor=None, now=LATER)
    off = days_off(BATANGHARI)
    assert (off.why_off(date(2026, 12, 31)), off.why_off(date(2026, 12, 24))) == ("Libur akhir tahun (SKB 1/2026)", "")


def test_loading_the_calendar_moves_what_was_counted_without_it(clerk: User) -> None:
    deadline = deadline_of(a_duty(clerk, at=datetime(2026, 12, 21, 3, tzinfo=UTC)))
    assert deadline.last_day == date(2027, 1, 4)
    load_calendar(now=NOW + days(30))
    deadline.refresh_from_db()
    assert deadline.last_day == date(2027, 1, 8), "24 and 25 December, 1 and 5 January are off"
    assert JournalLine.objects.filter(event="deadline_moved").count() == 1


# plan ---------------------------------------------------------------------------------------------------------------------


def test_a_recount_walks_over_deadlines_of_working_days_only(answer: Deadline, clerk: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert list(on_calendar(None)) == [answer]
    (statement,) = [one["sql"] for one in asked.captured_queries if "konflik_deadline" in one["sql"] and "suspension" not in one["sql"]]
    assert "span_unit" in statement
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plan = " ".join(row[-1] for row in cursor.fetchall())
        assert "deadline_on_calendar" in plan, plan
