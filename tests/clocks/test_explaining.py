"""Every date explains itself: trigger and proof, each day counted or skipped, what stood still, what moved it, what was known when."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.users.models import User
from forums.bodies.services import BodyFacts
from konflik.acts.services import apply_calendar, extend_deadline, load_calendar, meet_deadline, resume_deadline, suspend_deadline
from konflik.cases.models import Case
from konflik.clocks.models import Deadline
from konflik.clocks.selectors import explain, known_at, preview, start_means
from konflik.law.grammar.clocks import Counting
from konflik.law.rulebook import RULES
from konflik.registry.services import amend_body, record_body
from konflik.stages.services.activities import update_activity
from tests.acts.building import LETTER, a_decree, a_duty, days, deadline_of, started
from tests.builders import BATANGHARI, HOUR, NOW, a_case, a_user, an_activity, region

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def clerk(db: None) -> User:
    return a_user()


@pytest.fixture
def case(clerk: User) -> Case:
    return a_case(actor=clerk)


def test_the_walk_names_every_day(clerk: User) -> None:
    apply_calendar(decree=a_decree({date(2026, 11, 25): "Libur A"}), actor=None, now=FRIDAY)
    deadline = deadline_of(a_duty(clerk, at=FRIDAY))
    told = explain(deadline, at=NOW)
    assert (told.counted, told.steps[0].day, told.steps[-1].day) == (10, date(2026, 11, 21), deadline.last_day)
    assert [(step.day.day, step.reason) for step in told.skipped[:3]] == [
        (21, "hari Sabtu"),
        (22, "hari Minggu"),
        (25, "Libur A (SKB 1/2026)"),
    ]
    assert (told.ground.figure, told.ground.basis, told.counting) == ("10 hari kerja", "UU 14/2008 Pasal 22 ayat (7)", "duty")
    assert told.trigger is not None
    assert (told.trigger.event, told.trigger.stream, told.trigger.hash) == ("duty_recorded", f"kab:{BATANGHARI}", deadline.trigger.hash)
    assert (told.state_label, told.is_provisional, told.zone) == ("Berjalan", False, "Asia/Jakarta")


def test_the_same_as_data(clerk: User, case: Case) -> None:
    for deadline in (deadline_of(a_duty(clerk)), started(case, clerk), started(case, clerk, "status_declared", thread="status:1")):
        data = explain(deadline, at=NOW, as_known_at=NOW).as_data()
        assert json.loads(json.dumps(data)) == data
        assert data["due_at"] == deadline.due_at.isoformat()


def test_a_standstill_and_every_move_are_told(clerk: User) -> None:
    deadline = deadline_of(a_duty(clerk, at=FRIDAY))
    still = suspend_deadline(deadline=deadline, begins=NOW + days(1), basis=LETTER, seen_version=1, actor=clerk, now=NOW + days(2))
    resume_deadline(deadline=still, ends=NOW + days(4), basis="Surat 2", seen_version=2, actor=clerk, now=NOW + days(5))
    deadline.refresh_from_db()
    told = explain(deadline, at=NOW + days(6))
    assert [(one.begins, one.ends, one.basis) for one in told.standstills] == [(NOW + days(1), NOW + days(4), LETTER)]
    assert [(one.proof.event, one.old.last_day, one.new.last_day) for one in told.moves] == [
        ("deadline_suspended", date(2026, 12, 4), None),
        ("deadline_resumed", None, date(2026, 12, 8)),
    ]
    assert "waktu ditangguhkan" in {step.reason for step in told.skipped}


def test_what_was_known_when(clerk: User) -> None:
    deadline = deadline_of(a_duty(clerk, at=FRIDAY, now=NOW))
    apply_calendar(decree=a_decree({date(2026, 11, 25): "A", date(2026, 11, 26): "B"}), actor=None, now=NOW + days(1))
    deadline.refresh_from_db()
    meet_deadline(deadline=deadline, evidence=LETTER, on=NOW + days(2), seen_version=2, actor=clerk, now=NOW + days(3))
    deadline.refresh_from_db()
    known = [known_at(deadline, at) for at in (NOW - HOUR, NOW, NOW + days(1), NOW + days(3))]
    assert [(one.state, one.last_day) if one else None for one in known] == [
        None,
        ("running", date(2026, 12, 4)),
        ("running", date(2026, 12, 8)),
        ("met", date(2026, 12, 8)),
    ]
    told = explain(deadline, at=NOW + days(9), as_known_at=NOW)
    assert (told.known_at, told.known.last_day if told.known else None, told.last_day) == (NOW, date(2026, 12, 4), date(2026, 12, 8))


def test_a_closed_one_is_walked_by_the_calendar_of_its_time(clerk: User) -> None:
    deadline = deadline_of(a_duty(clerk, at=FRIDAY))
    met = meet_deadline(deadline=deadline, evidence=LETTER, on=NOW, seen_version=1, actor=clerk, now=NOW)
    apply_calendar(decree=a_decree({date(2026, 11, 25): "A"}), actor=None, now=NOW + days(1))
    assert explain(met, at=NOW + days(2)).steps[-1].day == met.last_day == date(2026, 12, 4)


def test_an_extension_begins_where_the_first_period_ends(clerk: User) -> None:
    first = deadline_of(a_duty(clerk, at=FRIDAY))
    second = extend_deadline(deadline=first, reason=LETTER, on=NOW, seen_version=1, actor=clerk, now=NOW)
    told = explain(second, at=NOW)
    assert (told.steps[0].day, told.starts_at, told.trigger.event if told.trigger else "") == (
        date(2026, 12, 5),
        first.due_at,
        "deadline_extended",
    )


def test_a_backward_limit_shows_the_other_reading(case: Case, clerk: User) -> None:
    started(case, clerk, "status_declared", thread="status:1")
    deadline = Deadline.objects.get(rule="skk-konsultasi-perpanjangan")
    told = explain(deadline, at=NOW)
    assert told.other_reading == f"{deadline.last_day.isoformat()}/2027-02-19"
    assert told.counting == "backwards"


def test_a_date_that_a_decree_sets_is_walked_too(case: Case, clerk: User) -> None:
    deadline = started(case, clerk, "status_declared", thread="status:1", last_days=(("skk-berakhir", date(2026, 12, 21)),))
    told = explain(deadline, at=NOW)
    assert (told.counted, told.last_day, told.counting) == (30, date(2026, 12, 21), "validity")


def test_a_plan_that_was_moved_is_known_as_it_was(case: Case, clerk: User) -> None:
    activity = an_activity(case, actor=clerk, planned_end=date(2026, 12, 1))
    update_activity(activity=activity, seen_version=1, changes={"planned_end": date(2026, 12, 9)}, actor=clerk, now=NOW + days(1))
    deadline = Deadline.objects.get(rule="kegiatan-selesai")
    assert [known_at(deadline, at).last_day for at in (NOW, NOW + days(1))] == [date(2026, 12, 1), date(2026, 12, 9)]
    assert [one.proof.event for one in explain(deadline, at=NOW + days(2)).moves] == ["activity_updated"]


def test_a_decree_that_was_amended_is_known_as_it_was() -> None:
    facts = {"kind": "fkub", "name": "FKUB", "region": region(BATANGHARI), "valid_from": date(2024, 1, 1)}
    body = record_body(facts=BodyFacts(**facts, valid_until=date(2026, 12, 31)), actor=None, now=NOW)
    amend_body(body=body, facts=BodyFacts(**facts, valid_until=date(2027, 6, 30)), actor=None, now=NOW + days(1))
    deadline = Deadline.objects.get(thread=f"forum:{body.pk}")
    assert (deadline.rule, deadline.last_day, deadline.due_version) == ("sk-forum-berakhir", date(2027, 6, 30), 2)
    assert [known_at(deadline, at).last_day for at in (NOW, NOW + days(1))] == [date(2026, 12, 31), date(2027, 6, 30)]


def test_every_rule_says_what_it_is_counted_from() -> None:
    means = {code: start_means(rule) for code, rule in RULES.rules.items()}
    assert means["kip-perpanjangan"].startswith("Akhir jangka waktu pertama: Pemberitahuan tertulis")
    assert means["skk-konsultasi-perpanjangan"].startswith("Waktu dimulainya: ")
    assert means["skk-berakhir"] == means["kip-jawaban"] == "Waktu kejadian yang memulai tenggat"
    assert means["forkopimda-laporan-bulanan"] == "Hari apa pun dalam masa laporan"


def test_the_calculator_counts_each_kind_as_its_deadline_would(clerk: User) -> None:
    load_calendar(now=NOW)
    first = deadline_of(a_duty(clerk, at=FRIDAY))
    second = extend_deadline(deadline=first, reason=LETTER, on=NOW, seen_version=1, actor=clerk, now=NOW)
    for row in (first, second):
        start = row.starts_at
        _, outcome = preview(RULES.rules[row.rule], start=start, zone=ZoneInfo(row.zone), kabupaten_id=BATANGHARI)
        assert outcome is not None
        assert (outcome.due_at, outcome.last_day) == (row.due_at, row.last_day)
    monthly = RULES.rules["forkopimda-laporan-bulanan"]
    assert monthly.clock.counting is Counting.PERIOD
    _, outcome = preview(monthly, start=NOW, zone=ZoneInfo("Asia/Jakarta"), kabupaten_id=BATANGHARI)
    assert outcome is not None
    assert (outcome.period.code if outcome.period else "", outcome.last_day) == ("2026-11", date(2026, 11, 30))
